/* runs.jsonl in an issue's work folder: every execution of every step of the issue, one a line
 * (run_record_line), those too that failed and those that have been done again since. The archive takes them
 * in with each load. */
#ifndef RUN_JOURNAL_H
#define RUN_JOURNAL_H

#include <stddef.h>

#include "base/error.h"

#define RUN_JOURNAL "runs.jsonl"
#define RUN_JOURNAL_MAX_BYTES ((size_t)64 << 20)

/* Adds those of the lines (each ended with '\n') that the journal does not have yet; makes it if it is not
 * there. What a run that died left of a line is removed. */
int run_journal_add(const char *path, const char *lines, struct bi_error *err);

#endif
