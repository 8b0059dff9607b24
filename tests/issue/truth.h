/* What really stands on the pages of a sample issue: tests/data/truth/. */
#ifndef TESTS_ISSUE_TRUTH_H
#define TESTS_ISSUE_TRUTH_H

#include "base/arena.h"
#include "page/geometry.h"

struct truth_line {
    int page;
    const char *role; /* body, headline, caption, jump-to … */
    const char *text;
    size_t block; /* number of the block it stands in: a paragraph's stretch in one column, a headline … */
    const char *article;        /* its id; empty if it belongs to none */
    struct bi_point corners[4]; /* in scan pixels, clockwise from the top left */
};

struct truth_article {
    const char *id, *headline, *byline, *text;
    int *pages; /* where its parts stand, in order */
    size_t page_count;
};

struct truth_page {
    int number;
    const char *image;
    double skew_degrees; /* counter-clockwise positive */
};

struct truth {
    struct bi_arena arena;
    const char *paper, *date;
    int number, total, pages;
    struct truth_page *page;
    size_t page_count;
    struct truth_line *lines;
    size_t line_count;
    struct truth_article *articles;
    size_t article_count;
};

/* Ends the process with a message if the file is missing or not such a file: a test cannot go on without it.
 */
void truth_read(const char *path, struct truth *truth);
void truth_release(struct truth *truth);

#endif
