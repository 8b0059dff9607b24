#include "picture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SCREEN_LINES_PER_INCH 75.0

/* ---- tones: noise in octaves, a horizon, and things with straight and round edges before it */

static double lattice(uint32_t seed, int x, int y)
{
    struct chance chance = {((uint64_t)seed << 40) ^ ((uint64_t)(uint32_t)x << 20) ^ (uint32_t)y};
    return chance_share(&chance);
}

static double smooth_noise(uint32_t seed, double x, double y)
{
    int ix = (int)floor(x), iy = (int)floor(y);
    double fx = x - ix, fy = y - iy;
    fx = fx * fx * (3 - 2 * fx);
    fy = fy * fy * (3 - 2 * fy);
    double a = lattice(seed, ix, iy), b = lattice(seed, ix + 1, iy), c = lattice(seed, ix, iy + 1),
           d = lattice(seed, ix + 1, iy + 1);
    return (a * (1 - fx) + b * fx) * (1 - fy) + (c * (1 - fx) + d * fx) * fy;
}

static double clouds(uint32_t seed, double x, double y)
{
    double sum = 0, weight = 0.5;
    for (int octave = 0; octave < 4; octave++, weight /= 2, x *= 2, y *= 2)
        sum += weight * smooth_noise(seed + (uint32_t)octave, x, y);
    return sum / 0.9375;
}

enum { THINGS = 14 };

struct scene {
    uint32_t seed;
    double horizon, sky, ground;
    struct {
        double x, y, w, h, tone;
        bool round;
    } things[THINGS];
};

static void make_scene(struct chance *chance, struct scene *scene)
{
    scene->seed = (uint32_t)chance_next(chance);
    scene->horizon = 0.3 + 0.4 * chance_share(chance);
    scene->sky = 0.1 + 0.3 * chance_share(chance);
    scene->ground = 0.4 + 0.4 * chance_share(chance);
    for (int i = 0; i < THINGS; i++) {
        double h = 0.1 + 0.4 * chance_share(chance);
        scene->things[i].x = chance_share(chance);
        scene->things[i].w = 0.04 + 0.16 * chance_share(chance);
        scene->things[i].h = h;
        scene->things[i].y = scene->horizon - h * 0.7 + 0.3 * chance_share(chance);
        scene->things[i].tone = chance_share(chance);
        scene->things[i].round = chance_is(chance, 0.5);
    }
}

/* How much ink there is at u, v (0 … 1 of the picture's sides). */
static double tone_at(const struct scene *scene, double u, double v, double aspect)
{
    double texture = clouds(scene->seed, 6 * u * aspect, 6 * v);
    double edge = scene->horizon + 0.12 * (clouds(scene->seed + 9, 4 * u * aspect, 0) - 0.5);
    double tone = v < edge ? scene->sky + 0.35 * (texture - 0.5) : scene->ground + 0.5 * (texture - 0.5);
    for (int i = 0; i < THINGS; i++) {
        double x = (u - scene->things[i].x) / scene->things[i].w,
               y = (v - scene->things[i].y) / scene->things[i].h;
        bool inside = scene->things[i].round ? (x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5) < 0.25
                                             : x > 0 && x < 1 && y > 0 && y < 1;
        if (inside)
            tone = scene->things[i].tone * 0.8 + 0.3 * (texture - 0.5) + 0.15 * x;
    }
    return fmin(fmax(tone, 0.03), 0.97);
}

/* Ink of a 45° screen of round dots: the dot grows with the tone. */
static double dot_at(double tone, double x, double y, double pitch)
{
    double a = (x + y) * M_SQRT1_2 / pitch, b = (x - y) * M_SQRT1_2 / pitch;
    double threshold = 0.5 + 0.25 * (cos(2 * M_PI * a) + cos(2 * M_PI * b));
    return fmin(fmax((tone - threshold) * 6 + 0.5, 0), 1);
}

/* A blob's edge: how far its middle reaches in each direction. */
static bool outside_blob(const struct scene *scene, double u, double v)
{
    double x = 2 * u - 1, y = 2 * v - 1, r = hypot(x, y), angle = atan2(y, x);
    return r > 0.72 + 0.5 * (clouds(scene->seed + 21, 2 + cos(angle), 2 + sin(angle)) - 0.5);
}

static void print_tones(struct sheet *sheet, struct box box, enum picture_kind kind)
{
    int x0 = (int)box.x, y0 = (int)box.y, w = (int)box.w, h = (int)box.h;
    struct scene scene;
    make_scene(sheet->chance, &scene);
    cairo_surface_flush(sheet->surface);
    unsigned char *data = cairo_image_surface_get_data(sheet->surface);
    int stride = cairo_image_surface_get_stride(sheet->surface);
    double pitch = sheet->point * 72 / SCREEN_LINES_PER_INCH, aspect = (double)w / h;
    enum { STEP = 2 };
    for (int y = 0; y < h; y += STEP)
        for (int x = 0; x < w; x += STEP) {
            double u = (double)x / w, v = (double)y / h, tone = tone_at(&scene, u, v, aspect);
            if (kind == PICTURE_CUT_OUT && outside_blob(&scene, u, v))
                continue;
            for (int j = y; j < y + STEP && j < h; j++)
                for (int i = x; i < x + STEP && i < w; i++) {
                    if (x0 + i < 0 || y0 + j < 0 || x0 + i >= sheet->width || y0 + j >= sheet->height)
                        continue;
                    double ink = kind == PICTURE_GREY ? tone : dot_at(tone, x0 + i, y0 + j, pitch);
                    data[(long)(y0 + j) * stride + x0 + i] = (unsigned char)lround(255 * ink);
                }
        }
    cairo_surface_mark_dirty(sheet->surface);
}

/* ---- charts: bars over a time axis, with a scale at the left */

static void print_chart(struct sheet *sheet, const struct paper *paper, const struct story *story,
                        struct box box)
{
    struct setting setting = {sheet->type, paper->label, paper->label, 0.8 * paper->body_size * sheet->point,
                              paper->latin};
    double em = setting.size;
    struct box plot = {box.x + 3.5 * em, box.y + 2 * em, box.w - 4.5 * em, box.h - 4.5 * em};
    int bars = chance_between(sheet->chance, 4, 8), most = 100 * chance_between(sheet->chance, 1, 9);
    sheet_ink(sheet, 1);
    cairo_set_line_width(sheet->cr, sheet->point * 0.7);
    cairo_move_to(sheet->cr, plot.x, plot.y);
    cairo_line_to(sheet->cr, plot.x, plot.y + plot.h);
    cairo_line_to(sheet->cr, plot.x + plot.w, plot.y + plot.h);
    cairo_stroke(sheet->cr);
    char words[32];
    struct record_block *labels = record_add_block(sheet->record, sheet->page, "chart");
    labels->article = story ? story->article->id : NULL;
    for (int i = 0; i <= 4; i++) {
        snprintf(words, sizeof words, "%d", most * i / 4);
        setting_label(sheet, &setting, words, plot.x - 0.4 * em - setting_width(&setting, words),
                      plot.y + plot.h * (4 - i) / 4 - 0.5 * em, 0, labels);
    }
    for (int i = 0; i < bars; i++) {
        double step = plot.w / bars, value = 0.2 + 0.75 * chance_share(sheet->chance);
        sheet_fill(sheet,
                   (struct box){plot.x + (i + 0.2) * step, plot.y + plot.h * (1 - value), 0.6 * step,
                                plot.h * value},
                   i % 2 ? 0.35 : 0.75);
        snprintf(words, sizeof words, "%d%s", i + 1, paper->latin ? "" : "月");
        sheet_ink(sheet, 1);
        setting_label(sheet, &setting, words, plot.x + (i + 0.5) * step - setting_width(&setting, words) / 2,
                      plot.y + plot.h + 0.5 * em, 0, labels);
    }
}

void picture_print(struct sheet *sheet, const struct paper *paper, const struct story *story, struct box box,
                   enum picture_kind kind)
{
    struct record_block *block = record_add_block(sheet->record, sheet->page, "photo");
    block->article = story ? story->article->id : NULL;
    block->part = story ? story->part : -1;
    block->feature = kind == PICTURE_CHART      ? "chart"
                     : kind == PICTURE_CUT_OUT  ? "cut-out"
                     : kind == PICTURE_HALFTONE ? "halftone"
                                                : "grey";
    record_set_box(block, box.x, box.y, box.x + box.w, box.y + box.h);
    if (kind == PICTURE_CHART)
        print_chart(sheet, paper, story, box);
    else
        print_tones(sheet, box, kind);
}
