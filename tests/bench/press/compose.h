/* Composition: a page cut into places, and what comes to stand in each. */
#ifndef PRESS_COMPOSE_H
#define PRESS_COMPOSE_H

#include "furniture.h"

enum { COMPOSE_MOST_SLOTS = 60, COMPOSE_MOST_PAGES = 64 };

struct composed_page {
    struct sheet sheet;
    struct box box; /* what the stories have */
    double corner;  /* a vertical masthead's height in the first column */
    const char *section;
    struct slot slots[COMPOSE_MOST_SLOTS];
    int slot_count;
    struct story *teased[4];
    int teased_pages[4];
    int teased_count;
};

/* Prints an issue of that many pages, each at `point` pixels a point. The pages' sheets are the caller's to
 * release. */
void compose_issue(struct composed_page *pages, int count, const struct paper *paper,
                   const struct issue_day *day, struct chance *chance, struct type *type,
                   struct record *record, double point);

#endif
