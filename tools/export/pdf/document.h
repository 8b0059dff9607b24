/* A PDF document being made, over qpdf.
 *
 * Of the libraries that Debian has, libharu knows neither PDF 1.7 nor fonts without outlines nor XMP, cairo
 * chooses fonts and text operators itself, and PoDoFo has no C interface. qpdf has one, leaves every object
 * to us and takes over what is easily done wrong: strings, names, object and cross-reference streams,
 * compression, and a file identifier that depends on the content alone.
 *
 * All documents are meant to be PDF/A-2u (ISO 19005-2, level U). Clauses in comments are of that standard.
 * Everything that the document is given is kept in memory until it is saved: compressed images, and text. */
#ifndef EXPORT_PDF_DOCUMENT_H
#define EXPORT_PDF_DOCUMENT_H

#include <qpdf/qpdf-c.h>
#include <stddef.h>

#include "base/error.h"

struct pdf_document {
    qpdf_data qpdf;
    qpdf_oh root; /* the catalogue */
};

int pdf_open(struct pdf_document *document, struct bi_error *err);
/* Writes the file. Same objects, same bytes. */
int pdf_save(struct pdf_document *document, const char *path, struct bi_error *err);
/* Safe on a zeroed struct. */
void pdf_close(struct pdf_document *document);

/* An object from PDF syntax, as of printf: for what has neither texts nor references in it. */
qpdf_oh pdf_object(struct pdf_document *document, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same as an object of its own, that can be referred to. */
qpdf_oh pdf_own_object(struct pdf_document *document, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A text string. */
qpdf_oh pdf_string(struct pdf_document *document, const char *text);
void pdf_set(struct pdf_document *document, qpdf_oh dictionary, const char *key, qpdf_oh value);
void pdf_append(struct pdf_document *document, qpdf_oh array, qpdf_oh value);

/* A stream of data, which are copied. `filter` is the name of how they are encoded; NULL: not at all, and
 * they are compressed when the document is saved. More keys can be set in pdf_stream_dictionary(). */
qpdf_oh pdf_stream(struct pdf_document *document, const void *data, size_t size, const char *filter);
qpdf_oh pdf_stream_dictionary(struct pdf_document *document, qpdf_oh stream);

/* Adds a page of a size in points. Its other keys are set by the caller. */
qpdf_oh pdf_add_page(struct pdf_document *document, double width, double height);

#endif
