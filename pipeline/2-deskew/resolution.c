#include "resolution.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Outside of these a file's resolution is not believed … */
#define MIN_DPI 85
#define MAX_DPI 1300
/* … nor if it is one of these, which programs write that know nothing. */
static const int DEFAULTS[] = {96};
/* From line to line of body text. */
#define BODY_PITCH_POINTS 13.0
/* The file is contradicted by type that would be so many times too large or small, if so many pairs of lines
 * say so. */
#define CONTRADICTION 1.75
#define MIN_PAIRS 8
#define MIN_CONTRADICTING_PAIRS 40
/* Half of a broadsheet, the size in between: what a page measures if nothing else is known. */
#define PAGE_INCHES 17.0

/* Resolutions that scanners are set to. */
static const int USUAL[] = {75, 100, 120, 150, 200, 240, 300, 400, 500, 600, 800, 1200};

/* Lines one under the other share this much of the shorter one's width, and are at most this much taller or
 * lower; the distance is from 0.8 to 2.5 of their height. */
#define OVERLAP_SHARE 0.6
#define HEIGHT_SHARE 0.3
#define NEAREST 0.8
#define FARTHEST 2.5
#define MAX_PITCH_PIXELS 256

static bool same_kind(const struct text_line *a, const struct text_line *b)
{
    int left = a->x0 > b->x0 ? a->x0 : b->x0, right = a->x1 < b->x1 ? a->x1 : b->x1;
    int wa = a->x1 - a->x0, wb = b->x1 - b->x0, shorter = wa < wb ? wa : wb;
    double ha = a->v1 - a->v0, hb = b->v1 - b->v0;
    return right - left >= OVERLAP_SHARE * shorter && fabs(ha - hb) <= HEIGHT_SHARE * fmax(ha, hb);
}

static int compare_lines(const void *a, const void *b)
{
    const struct text_line *p = a, *q = b;
    double x = p->v0 + p->v1, y = q->v0 + q->v1;
    return x != y ? (x > y) - (x < y) : (p->x0 > q->x0) - (p->x0 < q->x0);
}

struct line_pitch resolution_pitch(const struct text_lines *lines)
{
    struct line_pitch pitch = {0};
    if (lines->count < 2)
        return pitch;
    struct text_line *sorted = malloc(lines->count * sizeof *sorted);
    if (!sorted)
        return pitch;
    memcpy(sorted, lines->lines, lines->count * sizeof *sorted);
    qsort(sorted, lines->count, sizeof *sorted, compare_lines);
    /* Half pixels. */
    int votes[2 * MAX_PITCH_PIXELS + 2] = {0};
    for (size_t i = 0; i < lines->count; i++) {
        double height = sorted[i].v1 - sorted[i].v0, middle = 0.5 * (sorted[i].v0 + sorted[i].v1);
        for (size_t k = i + 1; k < lines->count; k++) {
            double distance = 0.5 * (sorted[k].v0 + sorted[k].v1) - middle;
            if (distance > FARTHEST * height || distance > MAX_PITCH_PIXELS)
                break;
            if (distance >= NEAREST * height && same_kind(&sorted[i], &sorted[k])) {
                votes[(int)(2 * distance)]++;
                break;
            }
        }
    }
    free(sorted);
    /* Lines without tall or low characters shift their middle by a pixel or two. */
    enum { WINDOW = 3 };
    for (int b = WINDOW; b + WINDOW < 2 * MAX_PITCH_PIXELS; b++) {
        int sum = 0;
        double moment = 0;
        for (int i = b - WINDOW; i <= b + WINDOW; i++) {
            sum += votes[i];
            moment += votes[i] * (i + 0.5);
        }
        if (sum > pitch.pairs)
            pitch = (struct line_pitch){moment / sum / 2, sum};
    }
    return pitch;
}

static int nearest_usual(double dpi)
{
    int best = USUAL[0];
    for (size_t i = 1; i < sizeof USUAL / sizeof *USUAL; i++)
        if (fabs(log(USUAL[i] / dpi)) < fabs(log(best / dpi)))
            best = USUAL[i];
    return best;
}

static bool believable(int dpi)
{
    for (size_t i = 0; i < sizeof DEFAULTS / sizeof *DEFAULTS; i++)
        if (dpi == DEFAULTS[i])
            return false;
    return dpi >= MIN_DPI && dpi <= MAX_DPI;
}

struct resolution resolution_choose(int file_dpi, struct line_pitch pitch, int longest)
{
    double by_type = pitch.pixels * 72 / BODY_PITCH_POINTS;
    if (believable(file_dpi)) {
        bool contradicted = pitch.pairs >= MIN_CONTRADICTING_PAIRS &&
                            (by_type > CONTRADICTION * file_dpi || by_type < file_dpi / CONTRADICTION);
        if (!contradicted)
            return (struct resolution){.dpi = file_dpi};
        return (struct resolution){.dpi = nearest_usual(by_type), .estimated = true, .contradicted = true};
    }
    if (pitch.pairs >= MIN_PAIRS)
        return (struct resolution){.dpi = nearest_usual(by_type), .estimated = true};
    return (struct resolution){.dpi = nearest_usual(longest / PAGE_INCHES), .estimated = true};
}
