/* What a page says, as annotations of its canvas: a file of its lines and, where it points elsewhere or is
 * pointed to, one of links. */
#ifndef EXPORT_IIIF_ANNOTATIONS_H
#define EXPORT_IIIF_ANNOTATIONS_H

#include "export/iiif/document.h"

/* Writes annotations/0003.json (motivation "supplementing": the text of every line, in reading order) and
 * links/0003.json (motivation "linking": printed pointers, continuations in both directions). A page without
 * any has no file. Sets *references, which is an array that the caller owns, to what a canvas says of them.
 */
int iiif_annotations_write(struct iiif_document *document, const struct iiif_canvas *canvas,
                           json_t **references, struct bi_error *err);

#endif
