/* A page on its way through deskew, segment and ocr. */
#ifndef RUN_PAGE_H
#define RUN_PAGE_H

#include "run/issue.h"

/* Prepares a page that intake has found: its folder, its correction, and whether there is anything to do on
 * it. -1 if the whole run has to stop. */
int run_page_open(struct run_context *context, struct run_issue *issue, struct run_page *page,
                  const struct bi_frame *frame, struct bi_error *err);
/* Moves a page on to its next step that has to run; *job stays NULL if the page has ended. -1 if the whole
 * run has to stop. */
int run_page_next(struct run_context *context, struct run_issue *issue, struct run_page *page,
                  struct run_job **job, struct bi_error *err);
/* The page has failed at a place such as "4-ocr"; `before`: in an earlier run. */
void run_page_fail(struct run_context *context, struct run_issue *issue, struct run_page *page, bool before,
                   const char *where, const char *message);

/* Removes what stages from `first` on, and corrections that take the place of their output, have left in the
 * page's folder: a run from nothing would not make it. */
void run_page_clear(struct run_context *context, struct run_issue *issue, const struct run_page *page,
                    enum run_stage first);
/* Removes what is left of pages that the issue has no longer. */
void run_page_clear_others(struct run_context *context, struct run_issue *issue);

/* What the report tells of: a page, or with NULL the issue, and where in the work on it. */
struct run_subject run_subject_of(const struct run_issue *issue, const struct run_page *page,
                                  const char *where);
/* The line of --explain on a step: what becomes of it, and why. `page` NULL: a step of the whole issue. */
void run_explain(struct run_context *context, struct run_issue *issue, const struct run_page *page,
                 enum run_stage stage, const char *what, const char *reason);
/* Removes what a load that was killed while it made an archive left beside it; nobody else may be making it.
 */
void run_sweep_archive(const char *archive);
/* Removes temporary files that a killed program left in a folder. */
void run_sweep(const char *folder);

#endif
