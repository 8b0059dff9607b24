#include "page/xml_write.h"

#include <stdarg.h>
#include <stdlib.h>

static void check(struct bi_xml *xml, int status)
{
    if (status < 0)
        xml->failed = true;
}

static void open_writer(struct bi_xml *xml, bool indented)
{
    if (!xml->writer) {
        xml->failed = true;
        return;
    }
    if (indented) {
        check(xml, xmlTextWriterSetIndent(xml->writer, 1));
        check(xml, xmlTextWriterSetIndentString(xml->writer, BAD_CAST " "));
    }
    check(xml, xmlTextWriterStartDocument(xml->writer, "1.0", "UTF-8", NULL));
}

void bi_xml_open_buffer(struct bi_xml *xml, xmlBufferPtr buffer, bool indented)
{
    *xml = (struct bi_xml){.writer = buffer ? xmlNewTextWriterMemory(buffer, 0) : NULL};
    open_writer(xml, indented);
}

void bi_xml_open_stream(struct bi_xml *xml, FILE *stream, bool indented)
{
    *xml = (struct bi_xml){0};
    xmlOutputBufferPtr out = xmlOutputBufferCreateFile(stream, NULL);
    xml->writer = out ? xmlNewTextWriter(out) : NULL;
    if (out && !xml->writer)
        xmlOutputBufferClose(out);
    open_writer(xml, indented);
}

int bi_xml_close(struct bi_xml *xml, const char *path, struct bi_error *err)
{
    if (xml->writer) {
        check(xml, xmlTextWriterEndDocument(xml->writer));
        xmlFreeTextWriter(xml->writer);
        xml->writer = NULL;
    }
    bi_text_release(&xml->scratch);
    return xml->failed ? bi_error_set(err, BI_EXIT_INTERNAL, "%s: cannot be written as XML", path) : 0;
}

void bi_xml_start(struct bi_xml *xml, const char *name)
{
    if (xml->writer)
        check(xml, xmlTextWriterStartElement(xml->writer, BAD_CAST name));
}

void bi_xml_end(struct bi_xml *xml)
{
    if (xml->writer)
        check(xml, xmlTextWriterEndElement(xml->writer));
}

void bi_xml_end_full(struct bi_xml *xml)
{
    if (xml->writer)
        check(xml, xmlTextWriterFullEndElement(xml->writer));
}

void bi_xml_doctype(struct bi_xml *xml, const char *name, const char *public_id, const char *system_id)
{
    if (xml->writer)
        check(xml, xmlTextWriterWriteDTD(xml->writer, BAD_CAST name, BAD_CAST public_id, BAD_CAST system_id,
                                         NULL));
}

const char *bi_xml_clean(struct bi_xml *xml, const char *text)
{
    bi_text_clear(&xml->scratch);
    for (uint32_t r; (r = bi_rune_next(&text)) != 0;)
        if ((r >= 0x20 && r != 0xFFFE && r != 0xFFFF) || r == '\t' || r == '\n')
            bi_text_add_rune(&xml->scratch, r);
    return bi_text_get(&xml->scratch);
}

void bi_xml_attribute_text(struct bi_xml *xml, const char *name, const char *value)
{
    if (xml->writer && value)
        check(xml,
              xmlTextWriterWriteAttribute(xml->writer, BAD_CAST name, BAD_CAST bi_xml_clean(xml, value)));
}

void bi_xml_attribute_number(struct bi_xml *xml, const char *name, long value)
{
    bi_xml_attribute_format(xml, name, "%ld", value);
}

void bi_xml_attribute_format(struct bi_xml *xml, const char *name, const char *format, ...)
{
    char *value = NULL;
    va_list list;
    va_start(list, format);
    int length = vasprintf(&value, format, list);
    va_end(list);
    if (length < 0) {
        xml->failed = true;
        return;
    }
    bi_xml_attribute_text(xml, name, value);
    free(value);
}

void bi_xml_text(struct bi_xml *xml, const char *text)
{
    if (xml->writer)
        check(xml, xmlTextWriterWriteString(xml->writer, BAD_CAST bi_xml_clean(xml, text)));
}

void bi_xml_element(struct bi_xml *xml, const char *name, const char *text)
{
    bi_xml_start(xml, name);
    bi_xml_text(xml, text);
    bi_xml_end(xml);
}
