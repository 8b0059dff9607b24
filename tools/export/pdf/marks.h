/* What leads from one place of a document to another: bookmarks and links. */
#ifndef EXPORT_PDF_MARKS_H
#define EXPORT_PDF_MARKS_H

#include "export/issue.h"
#include "export/pdf/layer.h"

/* A place: a page of the document, and the part of a page image that it shows. */
struct pdf_place {
    qpdf_oh page; /* 0: nowhere */
    struct pdf_frame frame;
    struct bi_point point; /* on the page image: what is to be seen at the top */
};

/* A bookmark with those below it, which are all shown. */
struct pdf_bookmark {
    struct pdf_bookmark *above; /* NULL: it is the root */
    qpdf_oh object, first, last;
    int below;
};

/* Adds a bookmark below another. Once those below it are added it is closed, and after it the one above. */
struct pdf_bookmark pdf_bookmark_add(struct pdf_document *document, struct pdf_bookmark *above,
                                     const char *title, const struct pdf_place *place);
void pdf_bookmark_close(struct pdf_document *document, struct pdf_bookmark *bookmark);
/* The root of a document's bookmarks. */
struct pdf_bookmark pdf_bookmarks(struct pdf_document *document);

/* Makes a line, on a page, a link to a place; nothing for a place that is nowhere. */
void pdf_link_add(struct pdf_document *document, const struct pdf_place *from, const struct export_line *line,
                  const struct pdf_place *to);

#endif
