/* Problems of an archive that a person has settled. */
#ifndef ARCHIVE_PROBLEM_H
#define ARCHIVE_PROBLEM_H

#include "archive/archive.h"

/* Marks a problem as settled, or takes that back; one that is settled stays so when its issue is loaded again
 * and the same problem is found. The archive is open for writing. BI_EXIT_INPUT if there is no such problem.
 */
int archive_problem_settle(const struct archive *archive, long id, bool closed, struct bi_error *err);

#endif
