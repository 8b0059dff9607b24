#include "shear.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* Fractions of a row, and multiples of the golden ratio less their whole parts, which lie evenly however many
 * are taken (Weyl's sequence). */
#define UNITS 16
#define GOLDEN_RATIO 0.6180339887498949

void shear_init(struct shear *shear, int count, int rows)
{
    *shear = (struct shear){.count = count, .rows = rows};
    shear->darkness = bi_xcalloc((size_t)count * (size_t)rows + 1, sizeof *shear->darkness);
    shear->top = bi_xcalloc((size_t)count + 1, sizeof *shear->top);
    shear->x = bi_xcalloc((size_t)count + 1, sizeof *shear->x);
}

void shear_release(struct shear *shear)
{
    free(shear->darkness);
    free(shear->top);
    free(shear->x);
    *shear = (struct shear){0};
}

void shear_displace(struct shear *shear, int s)
{
    int part = (int)(fmod(s * GOLDEN_RATIO, 1.0) * UNITS), above = 0;
    int *darkness = shear->darkness + (size_t)s * (size_t)shear->rows;
    for (int r = 0; r < shear->rows; r++) {
        int own = darkness[r];
        darkness[r] = (UNITS - part) * own + part * above;
        above = own;
    }
    shear->top[s] -= (double)part / UNITS;
}

double shear_energy(const struct shear *shear, double tangent, int *profile, int slack)
{
    int profile_rows = shear->rows + 2 * slack;
    memset(profile, 0, (size_t)profile_rows * sizeof *profile);
    double reference = shear->top[shear->count / 2] + tangent * shear->x[shear->count / 2] - slack;
    for (int s = 0; s < shear->count; s++) {
        int shift = (int)lround(shear->top[s] + tangent * shear->x[s] - reference);
        const int *darkness = shear->darkness + (size_t)s * (size_t)shear->rows;
        int from = shift < 0 ? -shift : 0;
        int to = shift + shear->rows > profile_rows ? profile_rows - shift : shear->rows;
        for (int r = from; r < to; r++)
            profile[r + shift] += darkness[r];
    }
    double energy = 0;
    for (int r = 1; r < profile_rows; r++) {
        double difference = profile[r] - profile[r - 1];
        energy += difference * difference;
    }
    return energy;
}
