#include "export/pdf/document.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/text.h"

#define PDF_VERSION "1.7"
/* Larger pages are not allowed (6.1.13, with UserUnit 1), nor smaller ones. */
#define MAX_PAGE_POINTS 14400
#define MIN_PAGE_POINTS 3

int pdf_open(struct pdf_document *document, struct bi_error *err)
{
    document->qpdf = qpdf_init();
    qpdf_silence_errors(document->qpdf);
    qpdf_set_suppress_warnings(document->qpdf, QPDF_TRUE);
    if (qpdf_empty_pdf(document->qpdf) & QPDF_ERRORS)
        return bi_error_set(err, BI_EXIT_INTERNAL, "qpdf cannot begin a document");
    document->root = qpdf_get_root(document->qpdf);
    return 0;
}

int pdf_save(struct pdf_document *document, const char *path, struct bi_error *err)
{
    qpdf_data qpdf = document->qpdf;
    QPDF_ERROR_CODE failed = qpdf_has_error(qpdf) ? QPDF_ERRORS : qpdf_init_write(qpdf, path);
    if (!(failed & QPDF_ERRORS)) {
        qpdf_force_pdf_version(qpdf, PDF_VERSION);
        qpdf_set_object_stream_mode(qpdf, qpdf_o_generate);
        qpdf_set_compress_streams(qpdf, QPDF_TRUE);
        qpdf_set_newline_before_endstream(qpdf, QPDF_TRUE); /* 6.1.7.1 */
        qpdf_set_deterministic_ID(qpdf, QPDF_TRUE);         /* 6.1.3 */
        failed = qpdf_write(qpdf);
    }
    if (failed & QPDF_ERRORS)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: cannot be written: %s", path,
                            qpdf_get_error_full_text(qpdf, qpdf_get_error(qpdf)));
    return 0;
}

void pdf_close(struct pdf_document *document)
{
    if (document->qpdf)
        qpdf_cleanup(&document->qpdf);
}

static __attribute__((format(printf, 2, 0))) qpdf_oh parse(struct pdf_document *document, const char *format,
                                                           va_list arguments)
{
    char syntax[1024];
    vsnprintf(syntax, sizeof syntax, format, arguments);
    return qpdf_oh_parse(document->qpdf, syntax);
}

qpdf_oh pdf_object(struct pdf_document *document, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    qpdf_oh object = parse(document, format, arguments);
    va_end(arguments);
    return object;
}

qpdf_oh pdf_own_object(struct pdf_document *document, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    qpdf_oh object = parse(document, format, arguments);
    va_end(arguments);
    return qpdf_make_indirect_object(document->qpdf, object);
}

qpdf_oh pdf_string(struct pdf_document *document, const char *text)
{
    return qpdf_oh_new_unicode_string(document->qpdf, text);
}

void pdf_set(struct pdf_document *document, qpdf_oh dictionary, const char *key, qpdf_oh value)
{
    qpdf_oh_replace_key(document->qpdf, dictionary, key, value);
}

void pdf_append(struct pdf_document *document, qpdf_oh array, qpdf_oh value)
{
    qpdf_oh_append_item(document->qpdf, array, value);
}

qpdf_oh pdf_stream(struct pdf_document *document, const void *data, size_t size, const char *filter)
{
    qpdf_oh stream = qpdf_oh_new_stream(document->qpdf), null = qpdf_oh_new_null(document->qpdf);
    qpdf_oh_replace_stream_data(document->qpdf, stream, data, size,
                                filter ? qpdf_oh_new_name(document->qpdf, filter) : null, null);
    return stream;
}

qpdf_oh pdf_stream_dictionary(struct pdf_document *document, qpdf_oh stream)
{
    return qpdf_oh_get_dict(document->qpdf, stream);
}

static double page_side(double points)
{
    return points < MIN_PAGE_POINTS ? MIN_PAGE_POINTS : points > MAX_PAGE_POINTS ? MAX_PAGE_POINTS : points;
}

qpdf_oh pdf_add_page(struct pdf_document *document, double width, double height)
{
    qpdf_oh page = pdf_own_object(document, "<< /Type /Page /MediaBox [0 0 %.2f %.2f] >>", page_side(width),
                                  page_side(height));
    qpdf_add_page(document->qpdf, document->qpdf, page, QPDF_FALSE);
    return page;
}
