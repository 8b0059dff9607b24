#include "damage.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

/* Of the page's width: how far from the gutter the bend has fallen to 1/e. */
#define CURL_REACH 0.1
/* A crease is this far from the middle of the page at one end, as a share of its length, and on the other
 * side of it at the other. */
#define FOLD_SLANT 0.002
#define FOLD_INCHES 0.013
/* Cycles of wear along a crease, over the page. */
#define FOLD_CYCLES 23
/* The other side is blurred by the paper, and printed so much lower. */
#define THROUGH_BLUR_INCHES 0.01
#define THROUGH_SHIFT 0.13
#define SHADOW_INCHES 1.0

static int pixel(const PIX *pix, int x, int y)
{
    int w = pixGetWidth(pix), h = pixGetHeight(pix);
    if (x < 0 || y < 0 || x >= w || y >= h)
        return 255;
    return GET_DATA_BYTE(pixGetData((PIX *)pix) + (size_t)y * (size_t)pixGetWpl(pix), x);
}

static void put(PIX *pix, int x, int y, double value)
{
    value = value < 0 ? 0 : value > 255 ? 255 : value;
    SET_DATA_BYTE(pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix), x, (l_uint8)(value + 0.5));
}

/* Every column moved down by a number of pixels that changes smoothly. */
static PIX *move_columns(const PIX *scan, double (*down)(double x, double y, double pixels), double pixels)
{
    int width = pixGetWidth(scan), height = pixGetHeight(scan);
    PIX *moved = pixCreateTemplate(scan);
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            double from = y - down((x + 0.5) / width, (y + 0.5) / height, pixels);
            int above = (int)floor(from);
            double share = from - above;
            put(moved, x, y, (1 - share) * pixel(scan, x, above) + share * pixel(scan, x, above + 1));
        }
    }
    return moved;
}

static double curl_down(double x, double y, double pixels)
{
    return pixels * exp(-x / CURL_REACH) * (1 - 2 * y);
}

static double wave_down(double x, double y, double pixels)
{
    (void)y;
    return pixels * sin(2 * M_PI * x);
}

PIX *damage_curl(const PIX *scan, double pixels)
{
    return move_columns(scan, curl_down, pixels);
}

PIX *damage_wave(const PIX *scan, double pixels)
{
    return move_columns(scan, wave_down, pixels);
}

static void darken(PIX *scan, int x, int y, double share)
{
    put(scan, x, y, pixel(scan, x, y) * (1 - share));
}

/* across: from left to right, else from top to bottom. */
static void crease(PIX *scan, double width, double depth, bool across)
{
    int length = across ? pixGetWidth(scan) : pixGetHeight(scan);
    int reach = (int)ceil(2 * width);
    for (int along = 0; along < length; along++) {
        double place = (double)along / length;
        double middle =
            0.5 * (across ? pixGetHeight(scan) : pixGetWidth(scan)) + FOLD_SLANT * (1 - 2 * place) * length;
        double wear = 0.75 + 0.25 * sin(2 * M_PI * FOLD_CYCLES * place) * sin(2 * M_PI * 7.3 * place);
        for (int k = -reach; k <= reach; k++) {
            int at = (int)lround(middle) + k;
            double distance = (at - middle) / width;
            darken(scan, across ? along : at, across ? at : along, wear * depth * exp(-distance * distance));
        }
    }
}

void damage_folds(PIX *scan, int dpi, double depth)
{
    crease(scan, 0.5 * FOLD_INCHES * dpi, depth, true);
    crease(scan, 0.5 * FOLD_INCHES * dpi, depth, false);
}

static double random_share(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) / 16777216.0;
}

void damage_specks(PIX *scan, int dpi, double count)
{
    uint32_t seed = 5;
    double inches = (double)pixGetWidth(scan) / dpi * pixGetHeight(scan) / dpi;
    for (int i = 0; i < (int)(count * inches); i++) {
        double x = random_share(&seed) * pixGetWidth(scan), y = random_share(&seed) * pixGetHeight(scan);
        double radius = (0.5 + 3 * pow(random_share(&seed), 2)) * dpi / 300,
               dark = 20 + 80 * random_share(&seed);
        for (int v = (int)(y - radius); v <= y + radius; v++)
            for (int u = (int)(x - radius); u <= x + radius; u++)
                if (hypot(u + 0.5 - x, v + 0.5 - y) <= radius + 0.3 && u >= 0 && v >= 0 &&
                    u < pixGetWidth(scan) && v < pixGetHeight(scan))
                    put(scan, u, v, fmin(pixel(scan, u, v), dark));
    }
}

void damage_show_through(PIX *scan, int dpi, double depth)
{
    int half = (int)lround(THROUGH_BLUR_INCHES * dpi);
    PIX *mirrored = pixFlipLR(NULL, scan), *other = pixBlockconvGray(mirrored, NULL, half, half);
    pixDestroy(&mirrored);
    int height = pixGetHeight(scan), shift = (int)(THROUGH_SHIFT * height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < pixGetWidth(scan); x++)
            darken(scan, x, y, depth * (1 - pixel(other, x, (y + shift) % height) / 255.0));
    pixDestroy(&other);
}

void damage_fade(PIX *scan, double ink)
{
    long count[256] = {0};
    int paper = 255;
    for (int y = 0; y < pixGetHeight(scan); y++)
        for (int x = 0; x < pixGetWidth(scan); x++)
            count[pixel(scan, x, y)]++;
    for (int v = 0; v < 256; v++)
        paper = count[v] > count[paper] ? v : paper;
    for (int y = 0; y < pixGetHeight(scan); y++)
        for (int x = 0; x < pixGetWidth(scan); x++)
            put(scan, x, y, paper + ink * (pixel(scan, x, y) - paper));
}

void damage_shade(PIX *scan, int dpi, double light)
{
    int width = pixGetWidth(scan), height = pixGetHeight(scan);
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            double away = 0.5 * ((double)x / width + (double)y / height),
                   gutter = 1 - x / (SHADOW_INCHES * dpi);
            double share = 1 - (1 - light) * away;
            share *= gutter > 0 ? 1 - (1 - light) * gutter * gutter : 1;
            put(scan, x, y, share * pixel(scan, x, y));
        }
    }
}
