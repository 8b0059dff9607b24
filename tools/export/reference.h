/* How files of an export name other files. */
#ifndef EXPORT_REFERENCE_H
#define EXPORT_REFERENCE_H

#include "export/format.h"

/* The way to a file of the archive, such as a page image, from the folder of a format (or one below it,
 * "mets/alto"), as it will lie in options->folder: relative, so that it holds as long as both stay where they
 * are to each other. `path` as one to open here and now; where there is no such file, `stored`. From the
 * arena. */
char *export_reference(struct bi_arena *arena, const struct export_options *options,
                       const struct export_issue *issue, const char *format, const char *path,
                       const char *stored);

/* A file that is exported with the issue, `name` as of export_name_page, relative to the issue's folder: as a
 * URL below options->base_url, or if there is none relative to the folder of a format. Percent-encoded. */
char *export_reference_exported(struct bi_arena *arena, const struct export_options *options,
                                const struct export_issue *issue, const char *name);

/* A path as a relative URI: what may not stand in one as %XX. */
char *export_uri(struct bi_arena *arena, const char *path);

/* The media type of a scan or page image by the ending of its name; "application/octet-stream" for others. */
const char *export_media_type(const char *name);

#endif
