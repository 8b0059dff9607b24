/* Ini files that people write: sections of names and values, over inih, with what inih lets pass made an
 * error. */
#ifndef BASE_INI_H
#define BASE_INI_H

#include <stddef.h>

#include "base/error.h"

/* Calls `take` for every value in the order of the file. It returns -1 for one that cannot be, with the
 * reason as err->text ("is not …"), or with an empty text to have it called what it looks like. A line that
 * is neither a [section] nor a name = value in one, that is no UTF-8 or is too long is an error too.
 * BI_EXIT_INPUT; the message begins with `name` and the line. data must be followed by a NUL. White space
 * before a line means nothing. */
int bi_ini_parse(const char *name, const char *data, size_t size,
                 int (*take)(void *user, const char *section, const char *key, const char *value,
                             struct bi_error *err),
                 void *user, struct bi_error *err);

#endif
