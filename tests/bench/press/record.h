/* The truth: what is printed on the pages of an issue, and where. Written as truth.json, in the form that the
 * sample issues have (tests/issue/truth.h reads it). */
#ifndef PRESS_RECORD_H
#define PRESS_RECORD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"

struct record_corners {
    double x[4], y[4]; /* clockwise from the upper left */
};

struct record_line {
    const char *text;
    struct record_corners corners;
};

/* What stands together: a headline, a paragraph's stretch in one column, a caption. */
struct record_block {
    int page, order;
    const char *role;
    const char *article; /* NULL if it belongs to none */
    const char *target;  /* of a teaser: the article it announces */
    const char *feature; /* what it was printed to show; NULL for plain */
    int part, paragraph; /* -1 for none */
    bool vertical;
    struct record_line *lines;
    size_t line_count, line_capacity;
    struct record_corners corners; /* of a picture; else made from the lines */
};

struct record_article {
    const char *id, *section, *kicker, *headline, *subhead, *byline;
    struct bi_text text; /* paragraphs, ended with line feeds */
    int pages[8];
    int page_count;
};

struct record_page {
    int number, width, height, dpi;
    const char *image, *damage;
    double skew_degrees; /* counter-clockwise positive */
};

struct record {
    struct bi_arena arena;
    const char *paper, *date;
    int number, total;
    struct record_page *pages;
    size_t page_count, page_capacity;
    struct record_block **blocks;
    size_t block_count, block_capacity;
    struct record_article **articles;
    size_t article_count, article_capacity;
};

struct record_block *record_add_block(struct record *record, int page, const char *role);
/* A line of the box x0, y0 … x1, y1 in pixels of the sheet; surrounding spaces of the text are left out. */
void record_add_line(struct record *record, struct record_block *block, const char *text, double x0,
                     double y0, double x1, double y1);
void record_set_box(struct record_block *block, double x0, double y0, double x1, double y1);
struct record_article *record_add_article(struct record *record);
struct record_page *record_add_page(struct record *record, int number);

/* Where a point of the sheet comes to lie on the scan. */
typedef void record_map(const void *how, double *x, double *y);
/* Moves everything on the page from the sheet to the scan. A box that is bent keeps the four corners that fit
 * it best. */
void record_map_page(struct record *record, int page, record_map *map, const void *how);
/* 0, or -1 with a message on standard error. */
int record_write(const struct record *record, const char *path);
void record_release(struct record *record);

#endif
