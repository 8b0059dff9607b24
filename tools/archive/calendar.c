#include "archive/calendar.h"

#include <stdio.h>

#include "base/date.h"

#define DAYS_A_WEEK 7
#define WEEKS_AROUND 4
#define LEAST_WEEKS 3

static int year_of(int day)
{
    char date[BI_DATE_CHARS];
    int year = 0;
    bi_date_format(day, date);
    sscanf(date, "%d", &year);
    return year;
}

/* Issues missing between two by their numbers, -1 if these do not tell. */
static int count_by_number(const struct archive_day *a, const struct archive_day *b)
{
    int missing = -1;
    if (a->total > 0 && b->total > 0)
        missing = b->total - a->total - 1;
    else if (a->number > 0 && b->number > 0 && year_of(a->day) == year_of(b->day))
        missing = b->number - a->number - 1;
    return missing >= 0 && missing <= b->day - a->day - 1 ? missing : -1;
}

static bool appeared(const struct archive_day *issues, size_t count, int day)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (issues[middle].day == day)
            return true;
        if (issues[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* Whether an issue should have appeared on a day between issue `after` and the next. */
static bool is_expected(const struct archive_day *issues, size_t count, size_t after, int day)
{
    int weeks = 0, with = 0;
    for (int side = -1; side <= 1; side += 2) {
        int at = day, seen = 0;
        while (side < 0 ? at > issues[after].day : at < issues[after + 1].day)
            at += side * DAYS_A_WEEK;
        for (; seen < WEEKS_AROUND && at >= issues[0].day && at <= issues[count - 1].day; seen++) {
            with += appeared(issues, count, at);
            at += side * DAYS_A_WEEK;
        }
        weeks += seen;
    }
    return weeks >= LEAST_WEEKS && 4 * with > 3 * weeks;
}

struct archive_gap *archive_calendar_gaps(struct bi_arena *arena, const struct archive_day *issues,
                                          size_t count, size_t *gap_count)
{
    struct archive_gap *gaps = NULL;
    size_t room = 0;
    *gap_count = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        const struct archive_day *a = &issues[i], *b = &issues[i + 1];
        int by_number = count_by_number(a, b), expected = 0;
        if (by_number == 0 || b->day - a->day < 2)
            continue;
        int *days = NULL;
        size_t day_room = 0;
        for (int day = a->day + 1; day < b->day; day++)
            if (is_expected(issues, count, i, day)) {
                days = bi_arena_grow(arena, days, (size_t)expected, &day_room, sizeof *days);
                days[expected++] = day;
            }
        int missing = by_number > 0 ? by_number : expected;
        if (missing == 0)
            continue;
        gaps = bi_arena_grow(arena, gaps, *gap_count, &room, sizeof *gaps);
        gaps[(*gap_count)++] = (struct archive_gap){
            .after = i,
            .missing = missing,
            .days = expected == missing ? days : NULL,
            .by_number = by_number > 0,
        };
    }
    return gaps;
}
