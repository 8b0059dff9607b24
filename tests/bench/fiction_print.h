/* How the pages of a made-up issue are set. All sizes are in pixels of a page of 3000 × 4200. */
#ifndef BENCH_FICTION_PRINT_H
#define BENCH_FICTION_PRINT_H

#include "fiction.h"
#include "prose.h"

#define FICTION_EM 40      /* body type */
#define FICTION_PITCH 56   /* from line to line */
#define FICTION_MEASURE 12 /* characters a column is wide */
#define FICTION_GUTTER 60
#define FICTION_COLUMNS 5
#define FICTION_LEFT 100
#define FICTION_TOP 300
#define FICTION_FIRST_TOP 700 /* of page 1, under the masthead */
#define FICTION_BOTTOM 4100

/* Columns side by side, rows lines high. */
struct fiction_slot {
    int column, span, y, rows;
};

/* What a paper does alike in all its articles. */
struct fiction_style {
    const char *to, *from; /* pointers, with {N} for the page's number */
    bool chinese;          /* that number in Chinese numerals */
    bool within;           /* pointers stand in the last line where there is room */
    double repeats;        /* share of continuations with the headline again */
    double slugs;          /* share of continuations with words of the headline in their pointer */
};

/* One article while it is printed, part by part. */
struct fiction_story {
    const struct fiction_style *style;
    struct prose_topic topic;
    struct bi_text headline;
    struct bi_text text; /* composed and not yet printed */
    size_t at;           /* bytes of it printed */
    bool indent;         /* a paragraph begins there */
};

struct fiction_style fiction_style(struct chance *chance);

/* A page with its running head, and page 1 with a masthead. */
void fiction_begin_page(struct fiction *fiction, int page);

void fiction_story(struct fiction *fiction, const struct fiction_style *style, struct fiction_story *story);
void fiction_story_release(struct fiction_story *story);

/* Prints the next part of a story into a slot of a page; `from` and `to` are the numbers of the pages before
 * and after, 0 where it begins and ends. */
void fiction_print(struct fiction *fiction, struct fiction_story *story, int page,
                   const struct fiction_slot *slot, int part, int from, int to);

#endif
