#include "strike.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "border.h"

/* Of the pixels beside a line, paper is this percentile, and ink is darker than this share of it. */
#define PAPER_PERCENTILE 0.85
#define INK_SHARE 0.55
/* A line is looked for so far to each side of where it was last, and that so far from its course (pixels of
 * the reduced scan). */
#define LOOK_PIXELS 1
#define STRAY_PIXELS 3
/* A run so many times as long as the line is thick, and one pixel more, is still the line alone. */
#define RAGGED_SHARE 1.5
/* What reaches so far on both sides (pixels of the reduced scan: over an em) is a rule, or a black ground. */
#define REACH_PIXELS 40
/* A stroke that the line crosses is this much longer than it, on both sides, and may be broken off beside it
 * by so much. */
#define STUB_PIXELS 2
#define GAP_PIXELS 2
/* A line runs through type that crosses so many strokes. */
#define MIN_CROSSINGS 8
/* It runs through a margin if it shows in this share of its last MARGIN_PIXELS before the edge of the page,
 * and nothing else is there within BESIDE_PIXELS to each side but for this share (pixels of the reduced scan:
 * less than an em, and a sixth of a page). */
#define MARGIN_PIXELS 16
#define BESIDE_PIXELS 300
#define LINE_SHARE 0.6
#define SPECK_SHARE 0.002
/* A fold is of so many lines at most; another one shows in at least this share of its length. */
#define MAX_LINES 3
#define ANOTHER_SHARE 0.3
/* Light around a dark run, blurred by the scanner. */
#define HALO_PIXELS 1

/* Pixels from … end - 1 across; none if end is 0. */
struct run {
    int from, end;
};

static uint8_t *pixel_at(const struct view *scan, int along, int across)
{
    return scan->pixels + (size_t)along * scan->along + (size_t)across * scan->across;
}

/* Darker than this is ink, in a piece of the course. */
static int ink_level(const struct view *scan, const struct course *course, int piece)
{
    const int size = COURSE_PIECE_PIXELS * course->reduction, near = COURSE_NEAR_PIXELS * course->reduction,
              far = COURSE_FAR_PIXELS * course->reduction;
    int histogram[256] = {0}, count = 0;
    for (int i = piece * size; i < (piece + 1) * size && i < scan->length; i += course->reduction)
        for (int k = -far; k <= far; k++) {
            const int y = (int)course_place(course, i) + k;
            if (abs(k) >= near && y >= 0 && y < scan->width) {
                histogram[*pixel_at(scan, i, y)]++;
                count++;
            }
        }
    int level = 0;
    for (int sum = histogram[0]; level < 255 && sum < PAPER_PERCENTILE * count;)
        sum += histogram[++level];
    return (int)lround(INK_SHARE * level);
}

/* The dark run at, or nearest to, a place, as far as `reach` to each side of it. */
static struct run find_run(const struct view *scan, int along, int place, int look, int reach, int ink)
{
    for (int k = 0; k <= 2 * look; k++) {
        const int at = place + (k % 2 ? (k + 1) / 2 : -k / 2);
        if (at < 0 || at >= scan->width || *pixel_at(scan, along, at) >= ink)
            continue;
        struct run run = {at, at + 1};
        while (run.from > 0 && run.from > at - reach && *pixel_at(scan, along, run.from - 1) < ink)
            run.from--;
        while (run.end < scan->width && run.end < at + reach && *pixel_at(scan, along, run.end) < ink)
            run.end++;
        return run;
    }
    return (struct run){0, 0};
}

/* The line and nothing else. */
static bool is_plain(struct run run, int longest)
{
    return run.end > run.from && run.end - run.from <= longest;
}

static int count_plain(const struct run *runs, int count, int longest)
{
    int plain = 0;
    for (int i = 0; i < count; i++)
        plain += is_plain(runs[i], longest);
    return plain;
}

/* runs[i]: the run of the i-th pixel along. Followed from pixel to pixel by those that are the line alone, as
 * far as the course allows; with longest 0, by the course. */
static void follow(const struct view *scan, const struct course *course, int longest, struct run *runs)
{
    const int reduction = course->reduction, size = COURSE_PIECE_PIXELS * reduction;
    double stray = 0;
    int ink = 0;
    for (int i = 0; i < scan->length; i++) {
        if (i % size == 0 && i / size < course->pieces)
            ink = ink_level(scan, course, i / size);
        const double place = course_place(course, i);
        runs[i] = find_run(scan, i, (int)floor(place + stray),
                           (longest ? LOOK_PIXELS : STRAY_PIXELS) * reduction, REACH_PIXELS * reduction, ink);
        if (is_plain(runs[i], longest)) {
            const double now = 0.5 * (runs[i].from + runs[i].end) - place;
            stray += 0.25 * (fmax(-STRAY_PIXELS * reduction, fmin(now, STRAY_PIXELS * reduction)) - stray);
        }
    }
}

/* The commonest length of a run. */
static int measure_thickness(const struct run *runs, int count, int most)
{
    BI_CLEANUP(bi_freep) int *histogram = bi_xcalloc((size_t)most + 1, sizeof *histogram);
    for (int i = 0; i < count; i++)
        if (runs[i].end && runs[i].end - runs[i].from <= most)
            histogram[runs[i].end - runs[i].from]++;
    int best = 1;
    for (int k = 2; k <= most; k++)
        best = histogram[k] > histogram[best] ? k : best;
    return best;
}

/* Whether ink goes on from the line to one side, across a gap where the fold has broken it off. */
static bool goes_on(const struct view *scan, int along, int from, int step, int ink, int reduction)
{
    int gap = 0, length = 0;
    for (int at = from; at >= 0 && at < scan->width && length < REACH_PIXELS * reduction; at += step) {
        if (*pixel_at(scan, along, at) < ink)
            length++;
        else if (length > 0 || ++gap > GAP_PIXELS * reduction)
            break;
    }
    return length > STUB_PIXELS * reduction && length < REACH_PIXELS * reduction;
}

/* Strokes that go on on both sides of the line. */
static int count_crossings(const struct view *scan, const struct course *course, const struct run *runs,
                           int longest)
{
    const int size = COURSE_PIECE_PIXELS * course->reduction;
    int crossings = 0, ink = 0;
    double middle = -1;
    bool before = false;
    for (int i = 0; i < scan->length; i++) {
        if (i % size == 0 && i / size < course->pieces)
            ink = ink_level(scan, course, i / size);
        if (is_plain(runs[i], longest))
            middle = 0.5 * (runs[i].from + runs[i].end);
        const int from = (int)floor(middle - 0.5 * longest) - 1, end = (int)ceil(middle + 0.5 * longest);
        const bool crosses = middle >= 0 && runs[i].end > 0 &&
                             goes_on(scan, i, from, -1, ink, course->reduction) &&
                             goes_on(scan, i, end, 1, ink, course->reduction);
        crossings += crosses && !before;
        before = crosses;
    }
    return crossings;
}

/* Both ends of the run, and what is between them in the same measure. */
static void bridge(struct view *scan, int along, struct run run)
{
    const int from = run.from - HALO_PIXELS, end = run.end + HALO_PIXELS;
    const double one = from > 0 ? *pixel_at(scan, along, from - 1) : 255,
                 other = end < scan->width ? *pixel_at(scan, along, end) : 255;
    for (int y = from < 0 ? 0 : from; y < end && y < scan->width; y++)
        *pixel_at(scan, along, y) = (uint8_t)lround(one + (other - one) * (y - from + 1) / (end - from + 1));
}

static bool is_page(const struct view *scan, const struct view *page, const struct course *course, int along)
{
    const long u = (long)along * page->length / scan->length,
               v = lround(course_place(course, along)) * page->width / scan->width;
    return v >= 0 && v < page->width &&
           page->pixels[(size_t)u * page->along + (size_t)v * page->across] == BORDER_PAGE;
}

/* Whether the line alone is to be seen from `start` on, the outermost pixel of the page, inwards by `step`.
 */
static bool is_alone(const struct view *scan, const struct course *course, const struct run *runs,
                     int longest, int start, int step)
{
    const int reduction = course->reduction, deep = MARGIN_PIXELS * reduction,
              beside = BESIDE_PIXELS * reduction;
    const int piece = start / (COURSE_PIECE_PIXELS * reduction);
    const int ink = ink_level(scan, course, piece < course->pieces ? piece : course->pieces - 1);
    long line = 0, other = 0, all = 0;
    for (int k = 0, i = start; k < deep && i >= 0 && i < scan->length; k++, i += step) {
        const int place = (int)course_place(course, i);
        line += is_plain(runs[i], longest);
        for (int y = place - beside > 0 ? place - beside : 0; y < place + beside && y < scan->width; y++)
            if (abs(y - place) > COURSE_NEAR_PIXELS * reduction) {
                other += *pixel_at(scan, i, y) < ink;
                all++;
            }
    }
    return (double)line >= LINE_SHARE * deep && (double)other <= SPECK_SHARE * (double)all;
}

static bool runs_through_margins(const struct view *scan, const struct view *page,
                                 const struct course *course, const struct run *runs, int longest)
{
    int first = 0, last = scan->length - 1;
    while (first < scan->length && !is_page(scan, page, course, first))
        first++;
    while (last > first && !is_page(scan, page, course, last))
        last--;
    return first < last && is_alone(scan, course, runs, longest, first, 1) &&
           is_alone(scan, course, runs, longest, last, -1);
}

bool strike_remove(struct view *scan, const struct view *page, const struct course *course)
{
    const int reduction = course->reduction;
    BI_CLEANUP(bi_freep) struct run *runs = bi_xcalloc((size_t)scan->length, sizeof *runs);
    for (int line = 0; line < MAX_LINES; line++) {
        follow(scan, course, 0, runs);
        const int thickness = measure_thickness(runs, scan->length, 2 * COURSE_NEAR_PIXELS * reduction),
                  longest = (int)(RAGGED_SHARE * thickness) + 1;
        follow(scan, course, longest, runs);
        if (line == 0 && count_crossings(scan, course, runs, longest) < MIN_CROSSINGS &&
            !runs_through_margins(scan, page, course, runs, longest))
            return false;
        if (line > 0 && count_plain(runs, scan->length, longest) < ANOTHER_SHARE * scan->length)
            break;
        for (int i = 0; i < scan->length; i++)
            if (is_plain(runs[i], longest))
                bridge(scan, i, runs[i]);
    }
    return true;
}
