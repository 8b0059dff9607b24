/* XML written as a stream, with libxml2's writer: what PAGE-XML and the exports share. A failed call is
 * remembered and asked for once at the end. Characters that XML 1.0 forbids are left out; broken UTF-8 gives
 * U+FFFD. */
#ifndef PAGE_XML_WRITE_H
#define PAGE_XML_WRITE_H

#include <libxml/xmlwriter.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"
#include "base/text.h"

struct bi_xml {
    xmlTextWriterPtr writer;
    struct bi_text scratch; /* a value without what XML forbids */
    bool failed;
};

/* Begins a document of UTF-8 that goes into a buffer or to a stream, indented by one space a level, or not
 * at all where white space between elements would be text. Without memory, what follows does nothing and
 * bi_xml_close fails. */
void bi_xml_open_buffer(struct bi_xml *xml, xmlBufferPtr buffer, bool indented);
void bi_xml_open_stream(struct bi_xml *xml, FILE *stream, bool indented);
/* Ends the document and releases everything. `path` is for messages; what a stream could not take shows in
 * the stream itself, too. */
int bi_xml_close(struct bi_xml *xml, const char *path, struct bi_error *err);

void bi_xml_doctype(struct bi_xml *xml, const char *name, const char *public_id, const char *system_id);
void bi_xml_start(struct bi_xml *xml, const char *name);
void bi_xml_end(struct bi_xml *xml);
void bi_xml_end_full(struct bi_xml *xml); /* never <a/>, which HTML takes for a start */
void bi_xml_attribute_text(struct bi_xml *xml, const char *name, const char *value); /* NULL: nothing */
void bi_xml_attribute_number(struct bi_xml *xml, const char *name, long value);
void bi_xml_attribute_format(struct bi_xml *xml, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void bi_xml_text(struct bi_xml *xml, const char *text);
void bi_xml_element(struct bi_xml *xml, const char *name, const char *text);

/* The characters of a string that XML allows, until the next call of anything here. */
const char *bi_xml_clean(struct bi_xml *xml, const char *text);

#endif
