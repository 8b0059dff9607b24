/* Computed offset by offset, as Darbon and others (2008) do: for one displacement the squared differences of
 * the whole line are summed over patches with running sums, so that a pixel costs the same whatever the
 * patch; and since the weight of p for q is that of q for p, half of the displacements are enough. Integers
 * throughout: weights have 8 bits. */
#include "denoise.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"

/* Patches of 5 × 5 pixels in a window of 11 × 11. */
#define PATCH_RADIUS 2
#define WINDOW_RADIUS 5
#define PATCH_PIXELS ((2 * PATCH_RADIUS + 1) * (2 * PATCH_RADIUS + 1))
#define BORDER (PATCH_RADIUS + WINDOW_RADIUS)
/* Differences (root mean square over a patch) of this share of the distance between ink and paper count 1/e.
 */
#define STRENGTH 0.10
#define WEIGHT_ONE 255
/* Patches less alike than this have no weight; the table ends there. */
#define MAX_DISTANCE 4096

struct padded {
    int width, height, stride;
    uint8_t *pixels;
};

/* The plane with its rim repeated around it. */
static struct padded pad(const struct plane *plane)
{
    struct padded padded = {plane->width, plane->height, plane->width + 2 * BORDER, NULL};
    padded.pixels = bi_xcalloc((size_t)padded.stride * (size_t)(plane->height + 2 * BORDER), 1);
    for (int y = 0; y < plane->height + 2 * BORDER; y++) {
        int from = y - BORDER < 0 ? 0 : y - BORDER >= plane->height ? plane->height - 1 : y - BORDER;
        const uint8_t *row = plane_row(plane, from);
        uint8_t *out = padded.pixels + (size_t)y * (size_t)padded.stride;
        memset(out, row[0], BORDER);
        memcpy(out + BORDER, row, (size_t)plane->width);
        memset(out + BORDER + plane->width, row[plane->width - 1], BORDER);
    }
    return padded;
}

static const uint8_t *at(const struct padded *padded, int x, int y)
{
    return padded->pixels + (ptrdiff_t)(y + BORDER) * padded->stride + x + BORDER;
}

/* Adds (or takes away) the squared differences of row y to (from) the column sums.
 */
static void slide(const struct padded *padded, int y, int dx, int dy, uint32_t *columns, bool add)
{
    const uint8_t *a = at(padded, -PATCH_RADIUS, y), *b = at(padded, dx - PATCH_RADIUS, y + dy);
    int n = padded->width + 2 * PATCH_RADIUS;
    if (add) {
        for (int x = 0; x < n; x++) {
            int d = a[x] - b[x];
            columns[x] += (uint32_t)(d * d);
        }
    } else {
        for (int x = 0; x < n; x++) {
            int d = a[x] - b[x];
            columns[x] -= (uint32_t)(d * d);
        }
    }
}

static void add_offset(const struct padded *padded, int dx, int dy, const uint8_t *weights, uint32_t *columns,
                       uint32_t *total, uint32_t *weight)
{
    int width = padded->width, height = padded->height;
    memset(columns, 0, sizeof *columns * (size_t)(width + 2 * PATCH_RADIUS));
    for (int y = -PATCH_RADIUS; y < PATCH_RADIUS; y++)
        slide(padded, y, dx, dy, columns, true);
    for (int y = 0; y < height; y++) {
        slide(padded, y + PATCH_RADIUS, dx, dy, columns, true);
        const uint8_t *other = at(padded, dx, y + dy);
        uint32_t *sum = total + (size_t)y * (size_t)width, *parts = weight + (size_t)y * (size_t)width;
        for (int x = 0; x < width; x++) {
            uint32_t d = columns[x] + columns[x + 1] + columns[x + 2] + columns[x + 3] + columns[x + 4];
            d /= PATCH_PIXELS;
            uint32_t w = weights[d < MAX_DISTANCE ? d : MAX_DISTANCE - 1];
            sum[x] += w * other[x];
            parts[x] += w;
        }
        slide(padded, y - PATCH_RADIUS, dx, dy, columns, false);
    }
}

void denoise(struct plane *plane, const struct tone *tone)
{
    uint8_t weights[MAX_DISTANCE];
    double strength = STRENGTH * (tone->paper - tone->ink);
    for (int d = 0; d < MAX_DISTANCE; d++)
        weights[d] = (uint8_t)lround(WEIGHT_ONE * exp(-d / (strength * strength)));
    weights[MAX_DISTANCE - 1] = 0;

    struct padded padded = pad(plane);
    size_t size = (size_t)plane->width * (size_t)plane->height;
    uint32_t *columns = bi_xcalloc((size_t)(plane->width + 2 * PATCH_RADIUS), sizeof *columns);
    uint32_t *total = bi_xcalloc(size, sizeof *total), *weight = bi_xcalloc(size, sizeof *weight);
    for (int dy = -WINDOW_RADIUS; dy <= WINDOW_RADIUS; dy++)
        for (int dx = -WINDOW_RADIUS; dx <= WINDOW_RADIUS; dx++)
            add_offset(&padded, dx, dy, weights, columns, total, weight);
    for (size_t i = 0; i < size; i++)
        plane->pixels[i] = (uint8_t)((total[i] + weight[i] / 2) / weight[i]);
    free(padded.pixels);
    free(columns);
    free(total);
    free(weight);
}
