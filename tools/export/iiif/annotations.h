/* What a page says, as annotations of its canvas: a file of its lines and, where it points elsewhere or is
 * pointed to, one of links. */
#ifndef EXPORT_IIIF_ANNOTATIONS_H
#define EXPORT_IIIF_ANNOTATIONS_H

#include "export/iiif/document.h"

/* annotations/0003.json: the text of every line, in reading order (motivation "supplementing"). The caller
 * owns it; NULL for a page without text. */
json_t *iiif_annotations_lines(struct iiif_document *document, const struct iiif_canvas *canvas);
/* links/0003.json: printed pointers, continuations in both directions (motivation "linking"). NULL for a page
 * without any. */
json_t *iiif_annotations_links(struct iiif_document *document, const struct iiif_canvas *canvas);
/* What a canvas says of them: an array, perhaps empty, that the caller owns. */
json_t *iiif_annotations_references(struct iiif_document *document, const struct iiif_canvas *canvas);

/* Writes the files that there are of the two. */
int iiif_annotations_write(struct iiif_document *document, const struct iiif_canvas *canvas,
                           struct bi_error *err);

#endif
