/* Random numbers for what is made up: the same seed gives the same numbers, on every machine. */
#ifndef BASE_CHANCE_H
#define BASE_CHANCE_H

#include <math.h>
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

/* Evenly distributed, least … most. */
static inline double chance_real(struct chance *chance, double least, double most)
{
    return least + (most - least) * chance_share(chance);
}

/* Normally distributed (Box and Muller 1958), mean 0, deviation 1. */
static inline double chance_normal(struct chance *chance)
{
    double u = 1 - chance_share(chance), v = chance_share(chance);
    return sqrt(-2 * log(u)) * cos(2 * M_PI * v);
}

static inline bool chance_is(struct chance *chance, double share)
{
    return chance_share(chance) < share;
}

#endif
