#include "identity.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "fold.h"

void load_match_pages(const struct load_page_face *old, size_t old_count, const struct load_page_face *new,
                      size_t new_count, long *match)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    bool *used = bi_arena_array(&arena, old_count, sizeof *used);
    for (size_t i = 0; i < new_count; i++)
        match[i] = -1;
    for (int by_frame = 0; by_frame < 2; by_frame++)
        for (size_t i = 0; i < new_count; i++)
            for (size_t j = 0; j < old_count && match[i] < 0; j++) {
                bool same = by_frame
                                ? old[j].frame == new[i].frame
                                : *new[i].scan_sha256 &&old[j].scan_index ==
                                      new[i].scan_index &&strcmp(old[j].scan_sha256, new[i].scan_sha256) == 0;
                if (same && !used[j]) {
                    match[i] = (long)j;
                    used[j] = true;
                }
            }
}

/* The pairs of neighbouring folded characters of a text, as sorted numbers. */
struct pairs {
    uint64_t *values;
    size_t count;
};

static int compare_values(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static struct pairs make_pairs(struct bi_arena *arena, const char *text)
{
    struct bi_text folded = {0};
    bi_fold_text(&folded, text, strlen(text));
    const char *s = bi_text_get(&folded);
    size_t runes = bi_rune_count(s);
    struct pairs pairs = {bi_arena_array(arena, runes, sizeof *pairs.values), 0};
    for (uint32_t previous = bi_rune_next(&s), rune; previous && (rune = bi_rune_next(&s)); previous = rune)
        pairs.values[pairs.count++] = (uint64_t)previous << 32 | rune;
    bi_text_release(&folded);
    if (pairs.count)
        qsort(pairs.values, pairs.count, sizeof *pairs.values, compare_values);
    return pairs;
}

/* Dice's coefficient of two multisets of pairs, not both empty. */
static double dice(struct pairs a, struct pairs b)
{
    size_t common = 0;
    for (size_t i = 0, j = 0; i < a.count && j < b.count;) {
        if (a.values[i] == b.values[j]) {
            common++;
            i++;
            j++;
        } else if (a.values[i] < b.values[j]) {
            i++;
        } else {
            j++;
        }
    }
    return 2.0 * (double)common / (double)(a.count + b.count);
}

/* What neither article has says nothing about their likeness and is left out of it. */
static double weigh(struct pairs old_text, struct pairs new_text, struct pairs old_head,
                    struct pairs new_head, double place)
{
    const double text_weight = 0.5, place_weight = 0.3, head_weight = 0.2;
    double sum = place_weight * place, weights = place_weight;
    if (old_text.count + new_text.count > 0) {
        sum += text_weight * dice(old_text, new_text);
        weights += text_weight;
    }
    if (old_head.count + new_head.count > 0) {
        sum += head_weight * dice(old_head, new_head);
        weights += head_weight;
    }
    return sum / weights;
}

struct candidate {
    double likeness;
    size_t old, new;
};

static int compare_candidates(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->likeness > y->likeness || x->likeness < y->likeness)
        return x->likeness > y->likeness ? -1 : 1;
    if (x->new != y->new)
        return x->new < y->new ? -1 : 1;
    return x->old < y->old ? -1 : x->old > y->old;
}

static bool unchanged(const struct load_article_face *a, const struct load_article_face *b)
{
    return a->page == b->page && bi_box_iou(a->box, b->box) > 0.5 && strcmp(a->headline, b->headline) == 0 &&
           strcmp(a->body, b->body) == 0;
}

/* Leaves match[] with the unchanged articles and used[] with their old selves. */
static void match_unchanged(const struct load_article_face *old, size_t old_count,
                            const struct load_article_face *new, size_t new_count, long *match, bool *used)
{
    for (size_t i = 0; i < new_count; i++) {
        match[i] = -1;
        for (size_t j = 0; j < old_count && match[i] < 0; j++)
            if (!used[j] && unchanged(&old[j], &new[i])) {
                match[i] = (long)j;
                used[j] = true;
            }
    }
}

void load_match_articles(const struct load_article_face *old, size_t old_count,
                         const struct load_article_face *new, size_t new_count, long *match)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    bool *used = bi_arena_array(&arena, old_count, sizeof *used);
    match_unchanged(old, old_count, new, new_count, match, used);

    struct pairs *old_text = bi_arena_array(&arena, old_count, sizeof *old_text);
    struct pairs *old_head = bi_arena_array(&arena, old_count, sizeof *old_head);
    for (size_t j = 0; j < old_count; j++)
        if (!used[j]) {
            old_text[j] = make_pairs(&arena, old[j].body);
            old_head[j] = make_pairs(&arena, old[j].headline);
        }
    struct candidate *candidates = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < new_count; i++) {
        if (match[i] >= 0)
            continue;
        struct pairs text = make_pairs(&arena, new[i].body), head = make_pairs(&arena, new[i].headline);
        for (size_t j = 0; j < old_count; j++) {
            if (used[j])
                continue;
            double place = old[j].page == new[i].page ? bi_box_iou(old[j].box, new[i].box) : 0;
            double likeness = weigh(old_text[j], text, old_head[j], head, place);
            if (likeness < LOAD_MIN_LIKENESS)
                continue;
            candidates = bi_arena_grow(&arena, candidates, count, &capacity, sizeof *candidates);
            candidates[count++] = (struct candidate){likeness, j, i};
        }
    }
    if (count)
        qsort(candidates, count, sizeof *candidates, compare_candidates);
    for (size_t k = 0; k < count; k++)
        if (match[candidates[k].new] < 0 && !used[candidates[k].old]) {
            match[candidates[k].new] = (long)candidates[k].old;
            used[candidates[k].old] = true;
        }
}
