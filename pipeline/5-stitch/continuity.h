/* Whether a text goes on in another, by the characters on both sides of the break: 工 | 程 is one word, 工 |
 * 的 seldom anything. Learnt from the running text of the issue itself, so it needs no model, knows the words
 * of the day, and speaks the paper's language.
 *
 * Method: a three-character model with Witten-Bell smoothing (Witten and Bell 1991), and the logarithm of how
 * much likelier the second text's first two characters are after the first text's last two than anywhere. On
 * cut articles of newspaper prose this is well calibrated as log odds as it stands. */
#ifndef STITCH_CONTINUITY_H
#define STITCH_CONTINUITY_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "runes.h"

/* Sequences of one length, each packed into a number, sorted. */
struct st_grams {
    uint64_t *keys;
    uint32_t *sums; /* sums[i]: how often all before keys[i] occur together; sums[count]: all of them */
    size_t count;
};

struct st_continuity {
    struct st_grams one, two, three;
};

/* Learns from texts; each is running text of its own. */
void st_continuity_learn(struct bi_arena *arena, const struct st_runes *texts, size_t count,
                         struct st_continuity *continuity);
/* Log odds that `after` goes on where `before` breaks off; 0 where either is empty or nothing was learnt. */
double st_continuity_score(const struct st_continuity *continuity, struct st_runes before,
                           struct st_runes after);

#endif
