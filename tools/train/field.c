#include "field.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

struct field field_new(int width, int height)
{
    return (struct field){width, height, bi_xcalloc((size_t)width * (size_t)height, sizeof(float))};
}

void field_release(struct field *field)
{
    free(field->values);
    *field = (struct field){0};
}

/* One pass over `count` values `step` apart, mirrored at the ends. */
static void blur_run(float *values, int count, size_t step, const float *kernel, int radius, float *buffer)
{
    for (int i = -radius; i < count + radius; i++) {
        int from = i < 0 ? -i : i >= count ? 2 * count - 2 - i : i;
        from = from < 0 ? 0 : from >= count ? count - 1 : from;
        buffer[i + radius] = values[(size_t)from * step];
    }
    for (int i = 0; i < count; i++) {
        float sum = kernel[0] * buffer[i + radius];
        for (int k = 1; k <= radius; k++)
            sum += kernel[k] * (buffer[i + radius - k] + buffer[i + radius + k]);
        values[(size_t)i * step] = sum;
    }
}

void field_blur(struct field *field, double sigma)
{
    if (sigma < 0.1)
        return;
    int radius = (int)ceil(3 * sigma), longest = field->width > field->height ? field->width : field->height;
    float *kernel = bi_xcalloc((size_t)radius + 1, sizeof *kernel);
    float *buffer = bi_xcalloc((size_t)(longest + 2 * radius), sizeof *buffer);
    float sum = 0;
    for (int k = 0; k <= radius; k++) {
        kernel[k] = (float)exp(-0.5 * k * k / sigma / sigma);
        sum += k ? 2 * kernel[k] : kernel[k];
    }
    for (int k = 0; k <= radius; k++)
        kernel[k] /= sum;
    for (int y = 0; y < field->height; y++)
        blur_run(field_row(field, y), field->width, 1, kernel, radius, buffer);
    for (int x = 0; x < field->width; x++)
        blur_run(field->values + x, field->height, (size_t)field->width, kernel, radius, buffer);
    free(kernel);
    free(buffer);
}

struct field field_noise(int width, int height, double grain, struct chance *chance)
{
    int columns = (int)ceil(width / grain) + 2, rows = (int)ceil(height / grain) + 2;
    struct field grid = field_new(columns, rows), noise = field_new(width, height);
    for (int i = 0; i < columns * rows; i++)
        grid.values[i] = (float)chance_real(chance, -1, 1);
    for (int y = 0; y < height; y++) {
        float v = (float)(y / grain);
        int row = (int)v;
        v -= (float)row;
        const float *upper = field_row(&grid, row), *lower = field_row(&grid, row + 1);
        float *out = field_row(&noise, y);
        for (int x = 0; x < width; x++) {
            float u = (float)(x / grain);
            int column = (int)u;
            u -= (float)column;
            float above = upper[column] + u * (upper[column + 1] - upper[column]);
            float below = lower[column] + u * (lower[column + 1] - lower[column]);
            out[x] = above + v * (below - above);
        }
    }
    field_release(&grid);
    return noise;
}
