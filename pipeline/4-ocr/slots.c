#include "slots.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

#define OTHER_PRICE 1.0
#define MISSING_PRICE 0.8
/* For a distance of an em. */
#define AWAY_PRICE 0.6

uint32_t slot_rune(uint32_t rune)
{
    if (rune > 0xFF00 && rune < 0xFF5F)
        return rune - 0xFEE0;
    if (rune == 0x2500 || rune == 0x2501 || rune == 0x2015)
        return 0x2014;
    return rune;
}

static uint32_t rune_at(const struct view *view, int index)
{
    return slot_rune(view->charset->characters[view->text.characters[index]].rune);
}

/* Middle of a character, in ems from the line's beginning. */
static double place_of(const struct view *view, int index, double ems)
{
    const struct ctc_span *span = &view->spans[index];
    int length = view->end - view->begin;
    return ems * ((span->first + span->last) / 2.0 - view->begin) / (length > 0 ? length : 1);
}

/* Index and view of the first that saw something in a slot. */
static int first_view(const struct slot *slot, size_t view_count)
{
    for (size_t v = 0; v < view_count; v++)
        if (slot->at[v] != SLOT_NONE)
            return (int)v;
    return 0;
}

static double price(const struct view *views, const struct slot *slot, size_t v, int index, double ems)
{
    int other = first_view(slot, v);
    bool same = false;
    for (size_t k = 0; k < v; k++)
        same |= slot->at[k] != SLOT_NONE && rune_at(&views[k], slot->at[k]) == rune_at(&views[v], index);
    double away = fabs(place_of(&views[other], slot->at[other], ems) - place_of(&views[v], index, ems));
    return (same ? 0 : OTHER_PRICE) + AWAY_PRICE * away;
}

enum step { BOTH, ONLY_OLD, ONLY_NEW };

/* Lays view v on the slots of those before it. */
static size_t add_view(struct bi_arena *arena, const struct view *views, size_t v, double ems,
                       struct slot **slots, size_t count)
{
    size_t n = views[v].text.count, width = n + 1;
    BI_CLEANUP(bi_freep) double *cost = bi_xcalloc((count + 1) * width, sizeof *cost);
    BI_CLEANUP(bi_freep) uint8_t *step = bi_xcalloc((count + 1) * width, sizeof *step);
    for (size_t i = 0; i <= count; i++)
        for (size_t j = 0; j <= n; j++) {
            double best = i + j ? DBL_MAX : 0, sum;
            if (i && j &&
                (sum = cost[(i - 1) * width + j - 1] + price(views, &(*slots)[i - 1], v, (int)j - 1, ems)) <
                    best) {
                best = sum;
                step[i * width + j] = BOTH;
            }
            if (i && (sum = cost[(i - 1) * width + j] + MISSING_PRICE) < best) {
                best = sum;
                step[i * width + j] = ONLY_OLD;
            }
            if (j && (sum = cost[i * width + j - 1] + MISSING_PRICE) < best) {
                best = sum;
                step[i * width + j] = ONLY_NEW;
            }
            cost[i * width + j] = best;
        }
    size_t total = 0, i = count, j = n;
    for (; i || j; total++) {
        uint8_t s = step[i * width + j];
        i -= s != ONLY_NEW;
        j -= s != ONLY_OLD;
    }
    struct slot *laid = bi_arena_array(arena, total + 1, sizeof *laid);
    i = count;
    j = n;
    for (size_t at = total; i || j;) {
        uint8_t s = step[i * width + j];
        struct slot *slot = &laid[--at];
        i -= s != ONLY_NEW;
        j -= s != ONLY_OLD;
        if (s == ONLY_NEW)
            memset(slot->at, -1, sizeof slot->at);
        else
            *slot = (*slots)[i];
        slot->at[v] = s == ONLY_OLD ? SLOT_NONE : (int)j;
    }
    *slots = laid;
    return total;
}

size_t slots_find(struct bi_arena *arena, const struct view *views, size_t view_count, double ems,
                  struct slot **slots)
{
    *slots = bi_arena_array(arena, 1, sizeof **slots);
    size_t count = 0;
    for (size_t v = 0; v < view_count; v++)
        count = add_view(arena, views, v, ems, slots, count);
    for (size_t i = 0; i < count; i++) {
        struct slot *slot = &(*slots)[i];
        slot->agreed = slot->at[0] != SLOT_NONE;
        for (size_t v = 1; v < view_count && slot->agreed; v++)
            slot->agreed = slot->at[v] != SLOT_NONE &&
                           rune_at(&views[v], slot->at[v]) == rune_at(&views[0], slot->at[0]);
    }
    return count;
}
