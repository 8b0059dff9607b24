/* Random numbers of the simulation: the same seed gives the same issue, on every machine. */
#ifndef BENCH_CHANCE_H
#define BENCH_CHANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct chance {
    uint64_t state;
};

/* SplitMix64 (Steele, Lea, Flood 2014). */
static inline uint64_t chance_next(struct chance *chance)
{
    uint64_t z = chance->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* 0 … n-1 */
static inline int chance_below(struct chance *chance, int n)
{
    return n > 0 ? (int)(chance_next(chance) % (uint64_t)n) : 0;
}

/* least … most, both included */
static inline int chance_between(struct chance *chance, int least, int most)
{
    return least + chance_below(chance, most - least + 1);
}

/* 0 … 1, 1 not included */
static inline double chance_share(struct chance *chance)
{
    return (double)(chance_next(chance) >> 11) / 9007199254740992.0;
}

static inline bool chance_is(struct chance *chance, double share)
{
    return chance_share(chance) < share;
}

#endif
