#include "align.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "profile.h"

/* Divisions are looked for this far from where the network saw the character, in ems. */
#define REACH_EMS 1.1
/* It reports characters late by about this. */
#define LATE_EMS 0.2
/* Prices, for squared distances in ems. */
#define NEAR_PRICE 0.15    /* division away from where the network saw it */
#define WIDE_PRICE 30.0    /* ink wider than the character can be */
#define CROWDED_PRICE 12.0 /* place narrower than the character takes */
#define EMPTY_PRICE 4.0    /* no ink at all */

#define INK_PRICE 2.0 /* division through ink of THICK_PIXELS or more; less in proportion */
#define THICK_PIXELS 6
/* A Chinese character has a place of at least, and ink of at most, this many ems. */
#define HAN_PLACE_EMS 0.94
#define HAN_INK_EMS 1.05
/* At the ends of a line its side bearing is missing from the place. */
#define BEARING_EMS 0.1

/* Commas and full stops have a whole em in the usual setting, half in the tight one; only ink can tell. */
#define PUNCTUATION_PLACE_EMS 0.35

/* A stroke so thin that the scan has made it this light is ink still where it goes on from darker ink. */
#define HAIRLINE_GREY 240
/* Less, in ems, is the soft edge of a stroke. */
#define HAIRLINE_EMS 0.1

/* Least place and most ink, in ems. */
struct measure {
    double place, ink;
};

/* Columns of the strip, with the sums that prices need. */
struct field {
    int width;
    int *ink;  /* ink pixels of a column */
    int *next; /* first column with ink from here on; width if none */
    int *last; /* last column with ink before this one; -1 if none; width + 1 long */
    double em;
};

struct window {
    int from, to; /* divisions considered: from … to inclusive */
    double seen;
};

static struct measure measure_of(const struct symbol *symbol)
{
    const char *text = symbol->text;
    uint32_t rune = bi_rune_next(&text);
    if (bi_rune_is_han(rune))
        return (struct measure){HAN_PLACE_EMS, HAN_INK_EMS};
    if (rune == 0x2014 || rune == 0x2026) /* dash and dots, half of a pair or the pair */
        return (struct measure){0.3, 2.1};
    if (bi_rune_is_cjk(rune))
        return (struct measure){PUNCTUATION_PLACE_EMS, 0.6};
    if (rune == 'W' || rune == 'M' || rune == 'm' || rune == 'w' || rune == '%' || rune == '@')
        return (struct measure){0.4, 1.1};
    if (rune < 0x80 && strchr("iljIt1.,:;'!|()[]", (int)rune))
        return (struct measure){0.08, 0.5};
    if (rune < 0x100)
        return (struct measure){0.25, 0.85};
    return (struct measure){0.2, HAN_INK_EMS};
}

static struct field field_new(const struct strip *strip)
{
    struct field field = {.width = strip->plane.width, .em = strip->em};
    size_t n = (size_t)field.width + 1;
    field.ink = profile_columns(&strip->plane, 0, strip->plane.height);
    field.next = bi_xcalloc(n, sizeof *field.next);
    field.last = bi_xcalloc(n, sizeof *field.last);
    field.next[field.width] = field.width;
    for (int x = field.width - 1; x >= 0; x--)
        field.next[x] = field.ink[x] ? x : field.next[x + 1];
    field.last[0] = -1;
    for (int x = 1; x <= field.width; x++)
        field.last[x] = field.ink[x - 1] ? x - 1 : field.last[x - 1];
    return field;
}

static void field_release(struct field *field)
{
    free(field->ink);
    free(field->next);
    free(field->last);
}

static double price(const struct field *field, struct measure measure, int from, int to, bool at_end)
{
    int first = field->next[from], last = field->last[to];
    if (first >= to)
        return EMPTY_PRICE + CROWDED_PRICE * measure.place * measure.place;
    double ink = (last + 1 - first) / field->em, place = (to - from) / field->em + (at_end ? BEARING_EMS : 0);
    double sum = 0;
    if (ink > measure.ink)
        sum += WIDE_PRICE * (ink - measure.ink) * (ink - measure.ink);
    if (place < measure.place)
        sum += CROWDED_PRICE * (measure.place - place) * (measure.place - place);
    return sum;
}

/* Divides the strip; fills cuts[0 … count] if it is not NULL. Symbol `without` is left out. */
static double divide(const struct field *field, const struct symbol *symbols, size_t count, size_t without,
                     int *cuts)
{
    int reach = (int)(REACH_EMS * field->em), span = 2 * reach + 1;
    int begin = field->next[0], end = field->last[field->width] + 1;
    BI_CLEANUP(bi_freep) double *cost = bi_xcalloc((count + 1) * (size_t)span, sizeof *cost);
    BI_CLEANUP(bi_freep) int *from = bi_xcalloc((count + 1) * (size_t)span, sizeof *from);
    BI_CLEANUP(bi_freep) struct window *windows = bi_xcalloc(count + 1, sizeof *windows);
    BI_CLEANUP(bi_freep) const struct symbol **used = bi_xcalloc(count + 1, sizeof(struct symbol *));
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (i != without)
            used[n++] = &symbols[i];
    for (size_t i = 0; i <= n; i++) {
        int seen = i == 0 ? begin : i == n ? end : used[i]->x - (int)(LATE_EMS * field->em);
        seen = seen < begin ? begin : seen > end ? end : seen;
        int far = i == 0 || i == n ? 0 : reach;
        windows[i] = (struct window){seen - far < begin ? begin : seen - far,
                                     seen + far > end ? end : seen + far, seen};
    }
    for (size_t i = 1; i <= n; i++) {
        struct window here = windows[i], before = windows[i - 1];
        double *now = cost + i * (size_t)span;
        const double *past = cost + (i - 1) * (size_t)span;
        struct measure measure = measure_of(used[i - 1]);
        for (int x = here.from; x <= here.to; x++) {
            double best = DBL_MAX, away = (x - here.seen) / field->em;
            int best_from = before.from;
            for (int y = before.from; y <= before.to && y < x; y++) {
                double sum = past[y - before.from];
                if (sum < best && (sum += price(field, measure, y, x, i == 1 || i == n)) < best) {
                    best = sum;
                    best_from = y;
                }
            }
            if (best < DBL_MAX && i < n)
                best += NEAR_PRICE * away * away + INK_PRICE * fmin(1, (double)field->ink[x] / THICK_PIXELS);
            now[x - here.from] = best;
            from[i * (size_t)span + (size_t)(x - here.from)] = best_from;
        }
    }
    double total = cost[n * (size_t)span];
    if (cuts && total < DBL_MAX) {
        cuts[n] = end;
        for (size_t i = n; i > 0; i--)
            cuts[i - 1] = from[i * (size_t)span + (size_t)(cuts[i] - windows[i].from)];
    }
    return total;
}

/* The symbol without which the line costs least, if that gains enough; count if there is none. */
static size_t invented(const struct field *field, const struct symbol *symbols, size_t count, double cost)
{
    size_t worst = count;
    double least = cost - ALIGN_DROP_GAIN;
    for (size_t i = 0; i < count; i++) {
        double without = divide(field, symbols, count, i, NULL);
        if (without < least ||
            (worst < count && without < least + 0.25 && symbols[i].confidence < symbols[worst].confidence)) {
            least = without < least ? without : least;
            worst = i;
        }
    }
    return worst;
}

/* The last column that a hairline reaches from the ink of column x, `step` by `step`, before column `stop`; x
 * if there is none. The horizontal strokes of Song type are so thin that little more than a serif may be
 * left at the far end of 十. */
static int follow_hairline(const struct strip *strip, int x, int step, int stop)
{
    const struct plane *plane = &strip->plane;
    bool on[STRIP_HEIGHT + 2] = {false}, any = true; /* row y of the column is on[y + 1] */
    for (int y = 0; y < STRIP_HEIGHT; y++)
        on[y + 1] = plane_row(plane, y)[x] < STRIP_INK_GREY;
    int reached = x;
    while (reached + step != stop && any) {
        bool next[STRIP_HEIGHT + 2] = {false};
        any = false;
        for (int y = 0; y < STRIP_HEIGHT; y++) {
            next[y + 1] =
                (on[y] || on[y + 1] || on[y + 2]) && plane_row(plane, y)[reached + step] < HAIRLINE_GREY;
            any |= next[y + 1];
        }
        memcpy(on, next, sizeof on);
        reached += any ? step : 0;
    }
    return abs(reached - x) >= HAIRLINE_EMS * strip->em ? reached : x;
}

size_t align_symbols(const struct strip *strip, struct symbol *symbols, size_t count, double *misfit)
{
    *misfit = 0;
    if (count == 0)
        return 0;
    BI_CLEANUP(field_release) struct field field = field_new(strip);
    if (field.next[0] >= field.width)
        return 0;
    BI_CLEANUP(bi_freep) int *cuts = bi_xcalloc(count + 1, sizeof *cuts);
    double cost = divide(&field, symbols, count, count, cuts);
    while (count > 1 && cost > ALIGN_DROP_GAIN) {
        size_t drop = invented(&field, symbols, count, cost);
        if (drop == count)
            break;
        memmove(symbols + drop, symbols + drop + 1, (count - drop - 1) * sizeof *symbols);
        count--;
        cost = divide(&field, symbols, count, count, cuts);
    }
    if (cost == DBL_MAX)
        return count;
    *misfit = cost;
    for (size_t i = 0; i < count; i++) {
        int first = field.next[cuts[i]], last = field.last[cuts[i + 1]];
        if (first >= cuts[i + 1]) {
            symbols[i].x = cuts[i];
            symbols[i].w = cuts[i + 1] - cuts[i];
            continue;
        }
        first = follow_hairline(strip, first, -1, cuts[i] - 1);
        last = follow_hairline(strip, last, 1, cuts[i + 1]);
        symbols[i].x = first;
        symbols[i].w = last + 1 - first;
    }
    return count;
}
