/* The days on which a paper should have appeared and did not: gaps in what an archive holds of it. Pure: no
 * database. */
#ifndef ARCHIVE_CALENDAR_H
#define ARCHIVE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* An issue of the paper. */
struct archive_day {
    int day;           /* bi_date_parse */
    int total, number; /* 总第N期 and 第N期 as printed; 0 if unknown */
};

/* Issues missing between two neighbouring ones. */
struct archive_gap {
    size_t after;   /* index of the issue before the gap; the one behind it is after + 1 */
    int missing;    /* how many */
    int *days;      /* on which days, in order; NULL where that cannot be told */
    bool by_number; /* the printed numbers say so, else the days of the week */
};

/* Finds the gaps between issues, which are in the order of their days, each day once.
 *
 * Where two neighbours both have numbers that can be right (no more missing than there are days between),
 * these decide, also that nothing is missing: a paper does not appear on every holiday. Else the days of the
 * week do: a day on which an issue appeared in more than three quarters of the weeks around (four before the
 * gap, four behind it, three at least) is one on which it should have. */
struct archive_gap *archive_calendar_gaps(struct bi_arena *arena, const struct archive_day *issues,
                                          size_t count, size_t *gap_count);

#endif
