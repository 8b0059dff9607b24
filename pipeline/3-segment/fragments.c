#include "fragments.h"

#include <math.h>
#include <string.h>

#include "bands.h"
#include "base/cleanup.h"
#include "glyphs.h"

/* Type from this size on is large. */
#define BIG_EM 1.55
/* Widest gap between neighbours that are surely of one line, in their own size. */
#define BIG_GAP 0.4
#define SMALL_GAP 0.5
/* Least common height of neighbours, as a share of the lower one. */
#define MIN_COMMON_HEIGHT 0.4
/* Sizes of neighbours in a line of large type differ at most so many times. */
#define MAX_SIZE_RATIO 2.4
/* Small pieces this far beside large type may be its punctuation, in its size. */
#define ASIDE 0.4
/* A band holds one line if its largest glyph has this share of its width. */
#define BAND_LINE_SHARE 0.5
/* Glyphs reach this share of the em. */
#define INK_SHARE_OF_EM 0.94

static int root(int *parents, int i)
{
    while (parents[i] != i) {
        parents[i] = parents[parents[i]];
        i = parents[i];
    }
    return i;
}

static void unite(int *parents, int a, int b)
{
    a = root(parents, a);
    b = root(parents, b);
    if (a < b)
        parents[b] = a;
    else
        parents[a] = b;
}

static bool neighbours(const struct seg_layout *layout, const struct seg_glyph *a, const struct seg_glyph *b,
                       bool big)
{
    const int lower = a->box.h < b->box.h ? a->box.h : b->box.h;
    if (a->reversed != b->reversed || bi_box_overlap_y(a->box, b->box) < MIN_COMMON_HEIGHT * lower)
        return false;
    if (a->reversed && seg_bands_at(layout, a->box) != seg_bands_at(layout, b->box))
        return false;
    const int size_a = seg_glyph_size(a), size_b = seg_glyph_size(b);
    const int larger = size_a > size_b ? size_a : size_b, smaller = size_a < size_b ? size_a : size_b;
    const int gap = seg_gap_x(a->box, b->box);
    if (big)
        return gap <= BIG_GAP * larger && larger <= MAX_SIZE_RATIO * smaller;
    return gap <= SMALL_GAP * fmax(larger, 0.6 * layout->em);
}

static bool is_big(const struct seg_layout *layout, const struct seg_glyph *glyph)
{
    return seg_glyph_size(glyph) >= BIG_EM * layout->em;
}

/* Unites neighbours among the glyphs of one size class. Small glyphs go through bands of rows, so that the
 * work grows with the number of glyphs and not with its square. */
static void unite_neighbours(const struct seg_layout *layout, int *parents, bool big)
{
    const int n = (int)layout->glyph_count;
    const int band = big ? layout->height + 1 : (int)ceil(4 * layout->em);
    const int bands = layout->height / band + 1;
    const int mark = (int)lround(SEG_MARK_EM * layout->em);
    const int reach = big ? layout->width : (int)ceil(SMALL_GAP * BIG_EM * layout->em) + 1;
    BI_CLEANUP(bi_freep) int *members = bi_xcalloc((size_t)n + 1, sizeof *members);
    for (int k = 0; k < bands; k++) {
        int count = 0;
        for (int i = 0; i < n; i++) {
            const struct seg_glyph *glyph = &layout->glyphs[i];
            if (glyph->column < 0 && seg_glyph_size(glyph) >= mark && is_big(layout, glyph) == big &&
                glyph->box.y / band <= k && (seg_bottom(glyph->box) - 1) / band >= k)
                members[count++] = i;
        }
        for (int a = 0; a < count; a++)
            for (int b = a + 1; b < count; b++) {
                const struct seg_glyph *left = &layout->glyphs[members[a]],
                                       *right = &layout->glyphs[members[b]];
                if (right->box.x - seg_right(left->box) > reach)
                    break;
                if (neighbours(layout, left, right, big))
                    unite(parents, members[a], members[b]);
            }
    }
}

static int compare_int(const void *a, const void *b)
{
    return (*(const int *)a > *(const int *)b) - (*(const int *)a < *(const int *)b);
}

/* Size of a full character in a fragment: the height that a tenth of its glyphs exceed, but not less than
 * most of the box, and for flat pieces such as 一 their width. */
static void measure(struct seg_layout *layout, struct seg_fragments *fragments)
{
    const size_t n = layout->glyph_count;
    BI_CLEANUP(bi_freep) int *starts = bi_xcalloc(fragments->count + 2, sizeof *starts);
    BI_CLEANUP(bi_freep) int *heights = bi_xcalloc(n + 1, sizeof *heights);
    for (size_t i = 0; i < n; i++)
        if (layout->glyphs[i].line >= 0)
            starts[layout->glyphs[i].line + 2]++;
    for (size_t f = 2; f < fragments->count + 2; f++)
        starts[f] += starts[f - 1];
    for (size_t i = 0; i < n; i++)
        if (layout->glyphs[i].line >= 0)
            heights[starts[layout->glyphs[i].line + 1]++] = layout->glyphs[i].box.h;
    for (size_t f = 0; f < fragments->count; f++) {
        struct seg_fragment *fragment = &fragments->items[f];
        const int count = starts[f + 1] - starts[f];
        int *own = heights + starts[f];
        if (count > 1)
            qsort(own, (size_t)count, sizeof *own, compare_int);
        double height = count > 0 ? own[count - 1 - count / 10] : 0;
        height = fmax(height, 0.85 * fragment->box.h);
        if (fragment->box.w > height && count <= 2)
            height = fmax(height, fmin(fragment->box.w, layout->em));
        fragment->em = height / INK_SHARE_OF_EM;
    }
}

void seg_fragments_join(struct seg_fragments *fragments, int a, int b)
{
    struct seg_fragment *into = &fragments->items[a], *from = &fragments->items[b];
    into->box = bi_box_union(into->box, from->box);
    into->em = fmax(fmax(into->em, from->em), 0.85 * into->box.h / INK_SHARE_OF_EM);
    into->glyphs += from->glyphs;
    into->reversed = into->reversed || from->reversed;
    into->big = into->big || from->big;
    from->gone = true;
}

static struct seg_fragment *add_fragment(struct seg_layout *layout, struct seg_fragments *fragments)
{
    fragments->items = bi_arena_grow(&layout->arena, fragments->items, fragments->count, &fragments->capacity,
                                     sizeof *fragments->items);
    struct seg_fragment *fragment = &fragments->items[fragments->count++];
    memset(fragment, 0, sizeof *fragment);
    fragment->line = -1;
    return fragment;
}

/* One fragment for every set of united glyphs. */
static void gather(struct seg_layout *layout, struct seg_fragments *fragments, int *parents)
{
    const int mark = (int)lround(SEG_MARK_EM * layout->em);
    BI_CLEANUP(bi_freep) int *index = bi_xcalloc(layout->glyph_count + 1, sizeof *index);
    for (size_t i = 0; i < layout->glyph_count; i++) {
        struct seg_glyph *glyph = &layout->glyphs[i];
        if (seg_glyph_size(glyph) < mark || glyph->column >= 0)
            continue;
        const int r = root(parents, (int)i);
        if (index[r] == 0) {
            add_fragment(layout, fragments);
            index[r] = (int)fragments->count;
        }
        struct seg_fragment *fragment = &fragments->items[index[r] - 1];
        fragment->box = bi_box_union(fragment->box, glyph->box);
        fragment->glyphs++;
        fragment->reversed = fragment->reversed || glyph->reversed;
        fragment->big = fragment->big || is_big(layout, glyph);
        glyph->line = index[r] - 1;
    }
}

/* Large type takes in the small pieces that lie in its box, and one or two beside it that are its
 * punctuation. */
static void absorb(struct seg_layout *layout, struct seg_fragments *fragments)
{
    for (size_t f = 0; f < fragments->count; f++) {
        struct seg_fragment *big = &fragments->items[f];
        if (!big->big || big->gone)
            continue;
        const double size = big->em * INK_SHARE_OF_EM;
        const struct bi_box box = seg_box_grow(layout, big->box, (int)(0.05 * size), (int)(0.08 * size));
        struct bi_box sides[2] = {
            {seg_right(big->box), big->box.y, (int)(ASIDE * size), big->box.h},
            {big->box.x - (int)(ASIDE * size), big->box.y, (int)(ASIDE * size), big->box.h}};
        int beside[2] = {0, 0}, first[2][2] = {{-1, -1}, {-1, -1}};
        for (size_t g = 0; g < fragments->count; g++) {
            const struct seg_fragment *small = &fragments->items[g];
            if (g == f || small->gone || small->reversed != big->reversed ||
                bi_box_area(small->box) > bi_box_area(big->box))
                continue;
            if (bi_box_inside(small->box, box, 0.75) && (small->em < 0.75 * big->em || small->big)) {
                seg_fragments_join(fragments, (int)f, (int)g);
                continue;
            }
            for (int s = 0; s < 2; s++)
                if (!bi_box_empty(bi_box_intersection(small->box, sides[s])) &&
                    bi_box_overlap_y(small->box, big->box) > 0.5 * small->box.h) {
                    if (beside[s] < 2)
                        first[s][beside[s]] = (int)g;
                    beside[s]++;
                }
        }
        for (int s = 0; s < 2; s++)
            for (int k = 0; k < beside[s] && beside[s] <= 2; k++) {
                const struct seg_fragment *small = &fragments->items[first[s][k]];
                if (!small->gone && !small->big && small->box.w <= 0.75 * size &&
                    small->box.h <= 0.75 * size && small->glyphs <= 3)
                    seg_fragments_join(fragments, (int)f, first[s][k]);
            }
    }
}

/* The light glyphs of a dark band that holds one line belong together, whatever the gaps. */
static void unite_bands(const struct seg_layout *layout, int *parents)
{
    const int mark = (int)lround(SEG_MARK_EM * layout->em);
    for (size_t k = 0; k < layout->band_count; k++) {
        if (!layout->bands[k].line)
            continue;
        const struct bi_box band = layout->bands[k].box;
        const int across = band.w > band.h ? band.h : band.w;
        int first = -1, largest = 0;
        for (size_t i = 0; i < layout->glyph_count; i++)
            if (layout->glyphs[i].reversed && bi_box_inside(layout->glyphs[i].box, band, 0.5) &&
                seg_glyph_size(&layout->glyphs[i]) > largest)
                largest = seg_glyph_size(&layout->glyphs[i]);
        for (size_t i = 0; i < layout->glyph_count && largest >= BAND_LINE_SHARE * across; i++) {
            const struct seg_glyph *glyph = &layout->glyphs[i];
            if (!glyph->reversed || seg_glyph_size(glyph) < mark || !bi_box_inside(glyph->box, band, 0.5))
                continue;
            if (first >= 0)
                unite(parents, first, (int)i);
            else
                first = (int)i;
        }
    }
}

void seg_fragments_find(struct seg_layout *layout, struct seg_fragments *fragments)
{
    BI_CLEANUP(bi_freep) int *parents = bi_xcalloc(layout->glyph_count + 1, sizeof *parents);
    for (size_t i = 0; i < layout->glyph_count; i++)
        parents[i] = (int)i;
    unite_neighbours(layout, parents, true);
    unite_neighbours(layout, parents, false);
    unite_bands(layout, parents);
    gather(layout, fragments, parents);
    measure(layout, fragments);
    absorb(layout, fragments);
}
