/* The middle of the highest peak of a curve. */
#ifndef DESKEW_PEAK_H
#define DESKEW_PEAK_H

#include <stddef.h>

struct peak {
    double position;       /* in samples, from 0 */
    double height, median; /* of the highest sample; of all samples */
};

/* The centroid of what of the highest peak stands over the median by more than `share` of its height:
 * steadier than the highest sample, and finer than the step. samples must hold at least one. */
struct peak peak_find(const double *samples, size_t count, double share);

#endif
