/* What every program of the pipeline does the same way: --help and --version through glibc's argp, one-line
 * messages, the exit codes of base/error.h. */
#ifndef BASE_PROGRAM_H
#define BASE_PROGRAM_H

#include <argp.h>

#include "base/error.h"

/* Call first in main: sets argp's version line ("backissue-ocr (backissue) 0.1.0") and its exit code for
 * wrong usage, the C.UTF-8 locale for characters only, libraries' chatter off, and signal handlers that
 * remove temporary files before the process dies by the signal. `name` is the program's full name. */
void bi_program_init(const char *name);

/* "backissue-ocr: p01.tif: is empty" on stderr; returns err->kind for `return bi_program_fail(&err);`. */
int bi_program_fail(const struct bi_error *err);
/* A line on stderr that is no failure. */
void bi_program_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
