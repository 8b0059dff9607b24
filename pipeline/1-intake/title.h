/* title.ini: what an archivist knows of a paper beforehand. */
#ifndef INTAKE_TITLE_H
#define INTAKE_TITLE_H

#include "base/error.h"
#include "page/issue.h"

/* Adds the settings of title.ini of the issue's folder and then of the folder above, as far as the first does
 * not set them itself. Neither needs to be there. BI_EXIT_INPUT, naming the file and the line, for what is
 * not readable as an ini file in UTF-8. */
int title_read(struct bi_issue *issue, const char *folder, struct bi_error *err);

/* Adds the settings of one such file; `name` is for messages. An existing setting of the same section and
 * name from before the call wins. data must be followed by a NUL. */
int title_parse(struct bi_issue *issue, const char *name, const char *data, size_t size,
                struct bi_error *err);

#endif
