/* What is on a page besides its stories: masthead, running head, and the teasers at the foot of the front
 * page. */
#ifndef PRESS_FURNITURE_H
#define PRESS_FURNITURE_H

#include "slot.h"

struct issue_day {
    int year, month, day;
    int number, total; /* of the year, and of all */
    int pages;
};

/* Prints the masthead or the running head and returns the box that is left for stories; `corner` is the
 * height that a vertical masthead takes of its first column, else 0. */
struct box furniture_print(struct sheet *sheet, const struct paper *paper, const struct issue_day *day,
                           const char *section, double *corner);
/* Prints a strip of teasers at the foot of the box and returns what is left above. */
struct box furniture_teasers(struct sheet *sheet, const struct paper *paper, struct box box,
                             struct story *const *stories, const int *pages, int count);
/* Prints a box of contents: a title, and each headline with its page at the right. */
void furniture_contents(struct sheet *sheet, const struct paper *paper, struct box box,
                        struct story *const *stories, const int *pages, int count);

#endif
