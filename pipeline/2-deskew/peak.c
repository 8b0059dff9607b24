#include "peak.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

struct peak peak_find(const double *samples, size_t count, double share)
{
    BI_CLEANUP(bi_freep) double *sorted = bi_xcalloc(count, sizeof *sorted);
    memcpy(sorted, samples, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare_doubles);
    struct peak peak = {.median = sorted[count / 2], .height = sorted[count - 1]};

    size_t best = 0;
    while (samples[best] < peak.height)
        best++;
    double floor = peak.median + share * (peak.height - peak.median), weight = 0, moment = 0;
    size_t from = best, to = best;
    while (from > 0 && samples[from - 1] > floor)
        from--;
    while (to + 1 < count && samples[to + 1] > floor)
        to++;
    for (size_t i = from; i <= to; i++) {
        weight += samples[i] - floor;
        moment += (samples[i] - floor) * (double)i;
    }
    peak.position = weight > 0 ? moment / weight : (double)best;
    return peak;
}
