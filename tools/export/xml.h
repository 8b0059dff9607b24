/* XML files of an issue's folder. */
#ifndef EXPORT_XML_H
#define EXPORT_XML_H

#include <stdio.h>

#include "page/xml_write.h"

struct export_xml_file {
    FILE *stream;
    const char *path;
};

/* Begins a file, as bi_xml_open_stream. `path` must outlive it. After 0 export_xml_close has to follow. */
int export_xml_open(struct export_xml_file *file, struct bi_xml *xml, const char *path, bool indented,
                    struct bi_error *err);
int export_xml_close(struct export_xml_file *file, struct bi_xml *xml, struct bi_error *err);

/* Whether a text is a time as XML Schema's dateTime has it, in UTC: 2025-07-04T08:30:00.25Z. */
bool export_is_time(const char *text);

#endif
