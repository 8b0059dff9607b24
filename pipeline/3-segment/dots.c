#include "dots.h"

#include <math.h>
#include <stdlib.h>

#include "base/cleanup.h"

/* Size of a dot or bead, in ems, and how much larger than the first of its row it may be. */
#define MAX_DOT_EM 0.32
#define MAX_SIZE_RATIO 1.6
/* Longest way from dot to dot, and how much it may vary: dots are set evenly, grain and commas are not. */
#define MAX_PITCH_EM 0.9
#define PITCH_SLACK_SHARE 0.15
#define PITCH_SLACK_PIXELS 1.0
/* Dots of one rule are aside of one another by no more than this. */
#define MAX_DRIFT_PIXELS 2
/* So many dots over such a length make a rule: two ellipses in a row have twelve. */
#define MIN_DOTS 14
#define MIN_LENGTH_EM 5.0
/* How little other ink there is beside a rule, as a share of so wide a strip at both sides. */
#define CLEAR_EM 0.25
#define MAX_BESIDE 0.04

struct dot {
    struct bi_box box;
    bool taken;
};

static int compare_x(const void *a, const void *b)
{
    const struct bi_box p = ((const struct dot *)a)->box, q = ((const struct dot *)b)->box;
    return p.x != q.x ? (p.x < q.x ? -1 : 1) : (p.y > q.y) - (p.y < q.y);
}

static int compare_y(const void *a, const void *b)
{
    const struct bi_box p = ((const struct dot *)a)->box, q = ((const struct dot *)b)->box;
    return p.y != q.y ? (p.y < q.y ? -1 : 1) : (p.x > q.x) - (p.x < q.x);
}

static double along(struct bi_box b, bool vertical)
{
    return vertical ? seg_mid_y(b) : seg_mid_x(b);
}

/* The next dot of a rule after one, between two distances from it; -1 if there is none. Dots are sorted along
 * the rule. */
static int next_dot(const struct dot *dots, int count, int at, bool vertical, double nearest, double farthest)
{
    const struct bi_box a = dots[at].box;
    for (int i = at + 1; i < count; i++) {
        const struct bi_box b = dots[i].box;
        if ((vertical ? b.y - a.y : b.x - a.x) > farthest + seg_longer(a))
            break;
        const double step = along(b, vertical) - along(a, vertical);
        if (!dots[i].taken && step >= nearest && step <= farthest &&
            fabs(along(a, !vertical) - along(b, !vertical)) <= MAX_DRIFT_PIXELS &&
            seg_longer(a) <= MAX_SIZE_RATIO * seg_longer(b) &&
            seg_longer(b) <= MAX_SIZE_RATIO * seg_longer(a))
            return i;
    }
    return -1;
}

/* Follows a rule from its first dot on; members[] gets its dots. */
static int follow(const struct seg_layout *layout, const struct dot *dots, int count, int first,
                  bool vertical, int *members)
{
    int n = 0;
    double nearest = seg_longer(dots[first].box) + 1, farthest = MAX_PITCH_EM * layout->em;
    for (int at = first; at >= 0; at = next_dot(dots, count, at, vertical, nearest, farthest)) {
        members[n++] = at;
        if (n == 2) {
            const double pitch = along(dots[at].box, vertical) - along(dots[first].box, vertical);
            const double slack = PITCH_SLACK_PIXELS + PITCH_SLACK_SHARE * pitch;
            nearest = pitch - slack;
            farthest = pitch + slack;
        }
    }
    return n;
}

/* True if there is next to nothing beside a row of dots. */
static bool stands_alone(const struct seg_layout *layout, struct bi_box rule, bool vertical)
{
    const int near = (int)lround(CLEAR_EM * layout->em) + 1;
    const struct bi_box around =
        vertical ? seg_box_grow(layout, rule, near, 0) : seg_box_grow(layout, rule, 0, near);
    return seg_ink_in(layout->text, around) - seg_ink_in(layout->text, rule) <=
           MAX_BESIDE * (double)(bi_box_area(around) - bi_box_area(rule));
}

void seg_dots_find(struct seg_layout *layout)
{
    BI_CLEANUP(boxaDestroy) BOXA *boxes = seg_components(layout->text);
    const int n = boxes ? boxaGetCount(boxes) : 0, largest = (int)lround(MAX_DOT_EM * layout->em);
    BI_CLEANUP(bi_freep) struct dot *dots = bi_xcalloc((size_t)n + 1, sizeof *dots);
    BI_CLEANUP(bi_freep) int *members = bi_xcalloc((size_t)n + 1, sizeof *members);
    int count = 0;
    for (int i = 0; i < n; i++) {
        const struct bi_box b = seg_box_at(boxes, i);
        if (seg_longer(b) <= largest)
            dots[count++].box = b;
    }
    for (int vertical = 0; vertical < 2; vertical++) {
        if (count > 1)
            qsort(dots, (size_t)count, sizeof *dots, vertical ? compare_y : compare_x);
        for (int i = 0; i < count; i++) {
            const int length = dots[i].taken ? 0 : follow(layout, dots, count, i, vertical, members);
            if (length < MIN_DOTS)
                continue;
            struct bi_box whole = {0, 0, 0, 0};
            for (int k = 0; k < length; k++)
                whole = bi_box_union(whole, dots[members[k]].box);
            if (seg_longer(whole) < MIN_LENGTH_EM * layout->em || !stands_alone(layout, whole, vertical))
                continue;
            /* The corner's dot is of both sides of a frame. */
            for (int k = 1; k + 1 < length; k++)
                dots[members[k]].taken = true;
            *seg_add_rule(layout) = (struct seg_rule){.box = whole, .vertical = vertical};
        }
    }
}
