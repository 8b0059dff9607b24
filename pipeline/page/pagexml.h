/* PAGE-XML 2019-07-15 in and out (https://github.com/PRImA-Research-Lab/PAGE-XML), the format of OCR-D,
 * Transkribus, eScriptorium and LAREX.
 *
 * Text regions carry the standard @type nearest to their role and our role by name in @custom in the way of
 * Transkribus ("structure {type:kicker;}"), rules are SeparatorRegion, frames GraphicRegion type="frame".
 * Lines carry
 * @custom "structure {type:jump;} backissue {em:38.5; reversed:true;}". Vertical text has
 * readingDirection="top-to-bottom" on region and line. The transform and the processing steps are
 * MetadataItems. */
#ifndef PAGE_PAGEXML_H
#define PAGE_PAGEXML_H

#include "page/page.h"

/* Files past this are refused. */
#define BI_PAGEXML_MAX_BYTES (256u << 20)

/* Reads a file into a page that was not initialised or is released; the caller releases it. Pages made by
 * other programs are taken as they come: older PAGE versions, no reading order (document order then), no
 * glyphs, words instead of line text, regions nested in regions (flattened), unknown roles. Only this page's
 * own arena is used, and on failure it is released. BI_EXIT_INPUT for what is not PAGE-XML. */
int bi_pagexml_read(const char *path, struct bi_page *page, struct bi_error *err);
/* The same from memory; `name` is for messages. */
int bi_pagexml_parse(const char *name, const char *data, size_t size, struct bi_page *page,
                     struct bi_error *err);
/* Writes whole or not at all. The same page gives the same bytes: Created and LastChange are the epoch. */
int bi_pagexml_write(const char *path, const struct bi_page *page, struct bi_error *err);

#endif
