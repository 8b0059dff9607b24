/* The report on an issue: what there is of it in its work folder, as one HTML page that needs nothing else.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <stdio.h>

#include "base/error.h"
#include "page/articles.h"
#include "page/issue.h"
#include "run/record.h"
#include "run/stage.h"

/* A page of the issue, as far as the stages came. */
struct report_page {
    const struct bi_frame *frame;
    char *folder;
    struct run_record records[RUN_STAGE_COUNT]; /* of its steps; .stage is NULL where there is none */
    bool has_text;                              /* `page` was read */
    bool corrected;
    struct bi_page page;
    const struct bi_page_verdict *verdict; /* NULL before the issue was stitched */
};

struct report {
    struct bi_arena arena;
    char *folder;
    struct bi_issue issue;
    struct bi_articles articles;
    bool stitched;                              /* `articles` was read */
    struct run_record records[RUN_STAGE_COUNT]; /* of the issue's own steps */
    struct report_page *pages;
    size_t page_count;
};

/* Reads an issue's work folder. What is missing, since a stage has not run or failed, is left out; without
 * issue.json it is BI_EXIT_INPUT. Release it in any case. */
int report_read(struct report *report, const char *folder, struct bi_error *err);
void report_release(struct report *report);
/* The page of a number as printed, NULL if there is none. */
const struct report_page *report_page_numbered(const struct report *report, int page_number);

/* Writes the whole document. `width` is that of the pages' pictures, in pixels. */
int report_write(FILE *out, const struct report *report, int width, struct bi_error *err);
/* One page: its facts, its picture with the confidence of each region, and its most doubtful lines. */
int report_write_page(FILE *out, const struct report *report, const struct report_page *page, int width,
                      struct bi_error *err);
/* How long each step took, of each page and of the issue. */
void report_write_timings(FILE *out, const struct report *report);

#endif
