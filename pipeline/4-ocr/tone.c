/* Otsu's method: the threshold that maximises the variance between the two classes. On a line of type cut out
 * by a known outline both classes are always well filled, which is when the method works. */
#include "tone.h"

#include <math.h>

bool tone_find(const struct plane *plane, struct tone *tone)
{
    double counts[256] = {0}, total = 0, sum = 0;
    size_t size = (size_t)plane->width * (size_t)plane->height;
    for (size_t i = 0; i < size; i++)
        counts[plane->pixels[i]]++;
    for (int v = 0; v < 256; v++) {
        total += counts[v];
        sum += v * counts[v];
    }
    double best = -1, below = 0, below_sum = 0;
    struct tone found = {0};
    for (int v = 0; v < 255; v++) {
        below += counts[v];
        below_sum += v * counts[v];
        if (below <= 0 || total - below <= 0)
            continue;
        double ink = below_sum / below, paper = (sum - below_sum) / (total - below);
        double variance = below * (total - below) * (paper - ink) * (paper - ink);
        if (variance > best) {
            best = variance;
            found = (struct tone){.threshold = v + 0.5, .ink = ink, .paper = paper};
        }
    }
    if (best < 0 || found.paper - found.ink < TONE_MIN_CONTRAST)
        return false;
    /* Between two classes far apart every threshold is as good; the middle suits the greys at the strokes'
     * edges. */
    int last = (int)found.threshold;
    while (last + 1 < 255 && counts[last + 1] == 0)
        last++;
    found.threshold = (found.threshold + last + 0.5) / 2;
    *tone = found;
    return true;
}

void tone_stretch(struct plane *plane, const struct tone *tone, double softness)
{
    uint8_t map[256];
    double range = softness * (tone->paper - tone->ink);
    for (int v = 0; v < 256; v++) {
        double value = 127.5 + 255 * (v - tone->threshold) / range;
        map[v] = (uint8_t)lround(value < 0 ? 0 : value > 255 ? 255 : value);
    }
    size_t size = (size_t)plane->width * (size_t)plane->height;
    for (size_t i = 0; i < size; i++)
        plane->pixels[i] = map[plane->pixels[i]];
}
