#include "ink.h"

#include <math.h>
#include <string.h>

#include "base/cleanup.h"
#include "page/image.h"

/* Where the threshold lies on the way from the paper to the ink: near the paper, so that thin strokes blurred
 * by the scanner hold together, and further from it the grainier the paper is. */
#define MIN_THRESHOLD_SHARE 0.2
#define MAX_THRESHOLD_SHARE 0.45
#define THRESHOLD_SHARE_PER_NOISE 0.017
/* Specks are no larger, and have so much white round them; the page is looked at in so many strips, which are
 * half of it. Another threshold than the usual one leaves at most this share of the specks, and makes no more
 * of the page dark. */
#define SPECK_EM 0.1
#define SPECK_CLEAR_EM 0.15
#define SPECKLE_STRIPS 3
#define FEWER_SPECKS 0.8
/* With fewer specks than this in a square em, nothing is wrong. */
#define MIN_SPECKS_AN_EM 0.08
#define MAX_DARKER_SHARE 0.09
/* Paper and ink are at least this far apart, so that grain on a blank page is no ink. */
#define MIN_CONTRAST_LEVELS 90
/* Share of the darkest pixels that is passed over when looking for the ink's value. */
#define DARKEST_SHARE 0.004
/* Lines of text are higher than this in the image where the em is measured. */
#define MIN_EM_PIXELS 6
/* Body type is kept at least this high when the image is reduced. */
#define MIN_WORKING_EM_PIXELS 14.5
/* The size of the type after a reduction may be off by this share. */
#define MAX_EM_CHANGE 0.25
/* Smaller images are not reduced. */
#define MIN_REDUCED_SIDE 64
/* Without type on the page, its longer side counts as this many ems, about a tabloid page's. */
#define EMS_ON_A_PAGE 160
/* A chain counts as text from this many pieces on. */
#define MIN_CHAIN_PIECES 4
/* Where chains across the page are less than this share of those down it, all text is set vertically. */
#define VERTICAL_PAGE_SHARE 0.25
/* Glyphs of a line fill this share of the em. */
#define INK_SHARE_OF_EM 0.94

void seg_ink_levels(PIX *grey, int *paper, int *ink)
{
    BI_CLEANUP(numaDestroy) NUMA *histogram = pixGetGrayHistogram(grey, 4);
    double total = 0, darkest = 0, most = -1;
    *paper = 255;
    *ink = 0;
    for (int v = 0; histogram && v < 256; v++) {
        l_float32 n = 0;
        numaGetFValue(histogram, v, &n);
        total += n;
        if (v >= 128 && n >= most) {
            most = n;
            *paper = v;
        }
    }
    for (; histogram && *ink < 255; ++*ink) {
        l_float32 n = 0;
        numaGetFValue(histogram, *ink, &n);
        darkest += n;
        if (darkest >= total * DARKEST_SHARE)
            break;
    }
    if (*ink > *paper - MIN_CONTRAST_LEVELS)
        *ink = *paper - MIN_CONTRAST_LEVELS;
}

/* The grey value that a share of the way from the paper to the ink comes to. */
static int level_at(PIX *grey, double share)
{
    int paper, ink;
    seg_ink_levels(grey, &paper, &ink);
    return paper - (int)lround(share * (paper - ink));
}

static PIX *binarize(PIX *image, double share)
{
    return pixGetDepth(image) == 1 ? pixClone(image) : pixThresholdToBinary(image, level_at(image, share));
}

/* Ink and specks in some strips of a page: small pieces with nothing near them. */
struct speckle {
    long ink, specks;
};

static struct speckle count_speckle(PIX *image, double share, double em)
{
    const int threshold = level_at(image, share);
    const int w = pixGetWidth(image), h = pixGetHeight(image);
    const int high = h / (2 * SPECKLE_STRIPS), large = (int)ceil(SPECK_EM * em),
              near = (int)ceil(SPECK_CLEAR_EM * em);
    struct speckle sum = {0, 0};
    for (int k = 0; k < SPECKLE_STRIPS; k++) {
        BI_CLEANUP(boxDestroy) BOX *area = boxCreate(0, (2 * k + 1) * high - high / 2, w, high);
        BI_CLEANUP(bi_pix_destroyp) PIX *strip = pixClipRectangle(image, area, NULL);
        BI_CLEANUP(bi_pix_destroyp) PIX *bits = strip ? pixThresholdToBinary(strip, threshold) : NULL;
        BI_CLEANUP(boxaDestroy) BOXA *pieces = bits ? seg_components(bits) : NULL;
        sum.ink += bits ? seg_ink_in(bits, (struct bi_box){0, 0, w, high}) : 0;
        for (int i = 0; pieces && i < boxaGetCount(pieces); i++) {
            const struct bi_box b = seg_box_at(pieces, i);
            if (b.w > large || b.h > large)
                continue;
            const struct bi_box around = {b.x - near, b.y - near, b.w + 2 * near, b.h + 2 * near};
            sum.specks += seg_ink_in(bits, around) == seg_ink_in(bits, b);
        }
    }
    return sum;
}

/* Where the threshold lies for a page with grain. Too near to the paper it lets grain in, too far from it it
 * breaks strokes: both leave specks, and of several thresholds the one that leaves the fewest is taken,
 * unless so much more turns dark that it must be paper. */
static double choose_share(PIX *image, double usual, double em)
{
    static const double shares[] = {0.06, 0.12, 0.2, 0.3};
    const double area = (double)pixGetWidth(image) * pixGetHeight(image) / 2;
    const struct speckle first = count_speckle(image, usual, em);
    double best = usual, fewest = FEWER_SPECKS * (double)first.specks;
    if ((double)first.specks < MIN_SPECKS_AN_EM * area / (em * em))
        return usual;
    for (size_t i = 0; i < sizeof shares / sizeof *shares && shares[i] < usual; i++) {
        const struct speckle s = count_speckle(image, shares[i], em);
        if ((double)s.specks < fewest && (double)(s.ink - first.ink) <= MAX_DARKER_SHARE * area) {
            best = shares[i];
            fewest = (double)s.specks;
        }
    }
    return best;
}

struct chain {
    int parent;
    int pieces;
    int top, bottom, left, right;
};

static int chain_root(struct chain *chains, int i)
{
    while (chains[i].parent != i) {
        chains[i].parent = chains[chains[i].parent].parent;
        i = chains[i].parent;
    }
    return i;
}

static void chain_join(struct chain *chains, int a, int b)
{
    a = chain_root(chains, a);
    b = chain_root(chains, b);
    if (a == b)
        return;
    struct chain *into = &chains[a], *from = &chains[b];
    from->parent = a;
    into->pieces += from->pieces;
    into->top = from->top < into->top ? from->top : into->top;
    into->bottom = from->bottom > into->bottom ? from->bottom : into->bottom;
    into->left = from->left < into->left ? from->left : into->left;
    into->right = from->right > into->right ? from->right : into->right;
}

/* Joins each piece with those to its right that overlap it by half in height and are no further than the
 * higher of the two is high. boxes are sorted by their left edges. */
static void chain_all(struct chain *chains, const struct bi_box *boxes, int count, int tallest)
{
    for (int i = 0; i < count; i++) {
        const struct bi_box a = boxes[i];
        for (int j = i + 1; j < count && boxes[j].x - (a.x + a.w) <= tallest; j++) {
            const struct bi_box b = boxes[j];
            const int lower = a.h < b.h ? a.h : b.h, higher = a.h > b.h ? a.h : b.h;
            if (b.x - (a.x + a.w) > higher / 2 || higher > 2 * lower)
                continue;
            if (2 * bi_box_overlap_y(a, b) >= lower)
                chain_join(chains, i, j);
        }
    }
}

static int compare_left(const void *a, const void *b)
{
    const struct bi_box *p = a, *q = b;
    return p->x != q->x ? (p->x < q->x ? -1 : 1) : (p->y > q->y) - (p->y < q->y);
}

/* Chains the pieces of one horizontal strip of the page, and adds the chains' heights to votes. */
static void vote_strip(const struct bi_box *boxes, int count, double *votes, int limit)
{
    BI_CLEANUP(bi_freep) struct chain *chains = bi_xcalloc((size_t)count, sizeof *chains);
    for (int i = 0; i < count; i++)
        chains[i] =
            (struct chain){i, 1, boxes[i].y, boxes[i].y + boxes[i].h, boxes[i].x, boxes[i].x + boxes[i].w};
    chain_all(chains, boxes, count, limit / 2);
    for (int i = 0; i < count; i++) {
        const int height = chains[i].bottom - chains[i].top;
        if (chains[i].parent == i && chains[i].pieces >= MIN_CHAIN_PIECES && height < limit)
            votes[height] += chains[i].right - chains[i].left;
    }
}

/* Adds the heights of all chains on a page to votes; returns their sum. With `turned`, x and y change places:
 * chains run down then, and widths vote. */
static double vote_page(BOXA *components, int side, bool turned, double *votes, int limit)
{
    enum { STRIP = 256 };
    const int n = boxaGetCount(components);
    BI_CLEANUP(bi_freep) struct bi_box *sorted = bi_xcalloc((size_t)n, sizeof *sorted);
    /* Pieces are taken by the strip that their top lies in; few lines are lost on the seams. */
    const int strips = side / STRIP + 1;
    BI_CLEANUP(bi_freep) int *counts = bi_xcalloc((size_t)strips + 1, sizeof *counts);
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < n; i++) {
            struct bi_box box = seg_box_at(components, i);
            if (turned)
                box = (struct bi_box){box.y, box.x, box.h, box.w};
            if (box.h < MIN_EM_PIXELS / 2 || box.w < 2 || box.h > limit / 2 || box.w > 6 * box.h)
                continue;
            if (pass == 0)
                counts[box.y / STRIP + 1]++;
            else
                sorted[counts[box.y / STRIP]++] = box;
        }
        for (int s = 1; pass == 0 && s <= strips; s++)
            counts[s] += counts[s - 1];
    }
    for (int s = 0, start = 0; s < strips; start = counts[s++]) {
        const int count = counts[s] - start;
        if (count < 1)
            continue;
        qsort(sorted + start, (size_t)count, sizeof *sorted, compare_left);
        vote_strip(sorted + start, count, votes, limit);
    }
    double sum = 0;
    for (int h = 0; h < limit; h++)
        sum += votes[h];
    return sum;
}

double seg_ink_em(PIX *bits)
{
    enum { LIMIT = 400 };
    BI_CLEANUP(boxaDestroy) BOXA *components = seg_components(bits);
    if (!components || boxaGetCount(components) == 0)
        return 0;
    double level[LIMIT] = {0}, upright[LIMIT] = {0};
    const double across = vote_page(components, pixGetHeight(bits), false, level, LIMIT);
    const double down = vote_page(components, pixGetWidth(bits), true, upright, LIMIT);
    const double *votes = across < VERTICAL_PAGE_SHARE * down ? upright : level;
    double best = 0;
    int height = 0;
    for (int h = MIN_EM_PIXELS; h < LIMIT; h++) {
        double sum = 0;
        const int around = h / 10;
        for (int k = h - around; k <= h + around && k < LIMIT; k++)
            sum += votes[k];
        sum /= 2 * around + 1;
        if (sum > best) {
            best = sum;
            height = h;
        }
    }
    return height / INK_SHARE_OF_EM;
}

/* Half the size. Of a 1-bit image two of four pixels make a black one, which keeps the thinnest stroke and
 * drops single specks; of a grey one the mean, which does the same to the grain. */
static PIX *reduce(PIX *image)
{
    return pixGetDepth(image) == 1 ? pixReduceRankBinary2(image, 2, NULL) : pixScaleAreaMap2(image);
}

/* Size of the body type in a reduction of the image, measured or as a person says. */
static double em_of(PIX *bits, double wished_em, int reduction)
{
    if (!bits)
        return 0;
    return wished_em > 0 ? wished_em / reduction : seg_ink_em(bits);
}

int seg_ink_find(struct seg_layout *layout, PIX *image, double noise, double wished_em, struct bi_error *err)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *level = pixClone(image);
    BI_CLEANUP(bi_pix_destroyp) PIX *bits = NULL;
    layout->reduction = 1;
    double share = fmin(MAX_THRESHOLD_SHARE, MIN_THRESHOLD_SHARE + THRESHOLD_SHARE_PER_NOISE * noise);
    bits = level ? binarize(level, share) : NULL;
    double em = em_of(bits, wished_em, 1);
    if (level && noise > 0 && pixGetDepth(level) == 8) {
        /* Grain is weaker in the reduced image, where it will matter. Of type that is all lost, the size is
         * guessed. */
        const double guess = em >= MIN_EM_PIXELS ? em : 2 * MIN_WORKING_EM_PIXELS;
        const int factor = guess / 2 >= MIN_WORKING_EM_PIXELS ? 2 : 1;
        BI_CLEANUP(bi_pix_destroyp) PIX *working = factor == 2 ? reduce(level) : pixClone(level);
        const double chosen = working ? choose_share(working, share, guess / factor) : share;
        if (chosen < share) {
            share = chosen;
            pixDestroy(&bits);
            bits = binarize(level, share);
            em = em_of(bits, wished_em, 1);
        }
    }
    while (em / 2 >= MIN_WORKING_EM_PIXELS && pixGetWidth(level) >= MIN_REDUCED_SIDE &&
           pixGetHeight(level) >= MIN_REDUCED_SIDE) {
        BI_CLEANUP(bi_pix_destroyp) PIX *half = reduce(level);
        BI_CLEANUP(bi_pix_destroyp) PIX *half_bits = half ? binarize(half, share) : NULL;
        /* Where small type runs together only headlines are left to be measured. */
        const double half_em = em_of(half_bits, wished_em, 2 * layout->reduction);
        if (fabs(2 * half_em - em) > MAX_EM_CHANGE * em)
            break;
        em = half_em;
        pixDestroy(&level);
        level = pixClone(half);
        pixDestroy(&bits);
        bits = pixClone(half_bits);
        layout->reduction *= 2;
    }
    if (!bits)
        return bi_error_set(err, BI_EXIT_INTERNAL, "not enough memory for the page");
    layout->ink = pixClone(bits);
    layout->pale = binarize(level, fmin(share, MIN_THRESHOLD_SHARE));
    if (!layout->pale)
        return bi_error_set(err, BI_EXIT_INTERNAL, "not enough memory for the page");
    layout->width = pixGetWidth(bits);
    layout->height = pixGetHeight(bits);
    const int side = layout->width > layout->height ? layout->width : layout->height;
    layout->em = em >= MIN_EM_PIXELS ? em : fmax(MIN_EM_PIXELS, (double)side / EMS_ON_A_PAGE);
    return 0;
}
