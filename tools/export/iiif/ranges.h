/* The contents of an issue as Ranges: sections, and in them articles with their parts, on whatever pages. */
#ifndef EXPORT_IIIF_RANGES_H
#define EXPORT_IIIF_RANGES_H

#include "export/iiif/document.h"

/* The structures of a manifest: one Range of the contents, in reading order. Articles that follow each other
 * in a section are in a Range of it; each article is a Range of the parts of canvases that it covers (what
 * archive_article_page says), part 0 first. An empty array where there are no articles. */
json_t *iiif_ranges(struct iiif_document *document);

#endif
