/* Doing an export: the formats, issue after issue. */
#ifndef EXPORT_WORK_H
#define EXPORT_WORK_H

#include "base/progress.h"
#include "export/format.h"
#include "export/select.h"

/* What a worker's exit code says beside those of base/error.h: all was there already. */
#define EXPORT_WORKER_UNCHANGED 10

struct export_work {
    const char *archive; /* path */
    struct export_selection selection;
    struct export_options options;
    const char *const
        *arguments; /* of this program after the verb, ended with NULL: what workers are called with */
    int jobs;
    bool quiet;
};

struct export_result {
    size_t issues, unchanged, failed;
    int signal; /* that stopped it; 0 if none did */
};

/* Exports all that was selected. Issues that fail have had their message and are counted; -1 where nothing
 * can go on, or a signal came. */
int export_work(const struct export_work *work, struct export_result *result, struct bi_error *err);

/* The part of a worker: one issue in all formats that write folders. 1: all was there already. */
int export_work_issue(const struct export_work *work, long long issue_id, struct bi_error *err);

#endif
