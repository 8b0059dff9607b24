#include "lay.h"

#include <math.h>

#define REACH 0.4  /* of the page's width */
#define LIFT 0.011 /* of its height, at the foot; at the top the lines sink by a third of that */
#define PULL 0.03  /* of its width */
#define LIFT_AT_TOP (1.0 / 3)
#define WAVE 0.002 /* of its height */

void lay_choose(struct lay *lay, const struct sheet *sheet, double skew_most, double margin, double curl,
                double wave)
{
    struct chance *chance = sheet->chance;
    *lay = (struct lay){.sheet_width = sheet->width, .sheet_height = sheet->height};
    lay->skew_degrees = skew_most * (2 * chance_share(chance) - 1);
    double radians = lay->skew_degrees * M_PI / 180;
    lay->cosine = cos(radians);
    lay->sine = sin(radians);
    double w = sheet->width * lay->cosine + sheet->height * fabs(lay->sine),
           h = sheet->height * lay->cosine + sheet->width * fabs(lay->sine), m = margin * sheet->point;
    double left = m * chance_share(chance), right = m * chance_share(chance), top = m * chance_share(chance),
           bottom = m * chance_share(chance);
    lay->reach = REACH * sheet->width;
    lay->lift = curl * LIFT * sheet->height * (chance_is(chance, 0.5) ? 1 : -1);
    lay->pull = curl * PULL * sheet->width;
    lay->wave = wave * WAVE * sheet->height;
    lay->phase = wave > 0 ? 2 * M_PI * chance_share(chance) : 0;
    lay->inner_right = sheet->page % 2 == 0;
    lay->width = (int)ceil(w + left + right);
    lay->height = (int)ceil(h + top + bottom + 2 * (fabs(lay->lift) + lay->wave));
    lay->sheet_x = left + w / 2;
    lay->sheet_y = top + fabs(lay->lift) + lay->wave + h / 2;
}

void lay_cut(struct lay *lay, double pixels)
{
    lay->width -= (int)(2 * pixels);
    lay->height -= (int)(2 * pixels);
    lay->sheet_x -= pixels;
    lay->sheet_y -= pixels;
}

/* How much of the lift there is at that height of the page. */
static double lift_at(const struct lay *lay, double y)
{
    return LIFT_AT_TOP + (1 - LIFT_AT_TOP) * y / lay->sheet_height;
}

static double wave_at(const struct lay *lay, double x)
{
    return lay->wave * sin(2 * M_PI * x / lay->sheet_width + lay->phase);
}

void lay_to_scan(const void *how, double *x, double *y)
{
    const struct lay *lay = how;
    double u = lay->inner_right ? lay->sheet_width - *x : *x;
    double v = *y + wave_at(lay, *x);
    if (lay->lift != 0 && u < lay->reach) {
        double s = 1 - u / lay->reach;
        v += lay->lift * s * s * lift_at(lay, v);
        u += lay->pull * s * s;
    }
    u = (lay->inner_right ? lay->sheet_width - u : u) - lay->sheet_width / 2;
    v -= lay->sheet_height / 2;
    *x = lay->sheet_x + lay->cosine * u + lay->sine * v;
    *y = lay->sheet_y - lay->sine * u + lay->cosine * v;
}

void lay_to_sheet(const struct lay *lay, double *x, double *y)
{
    double a = *x - lay->sheet_x, b = *y - lay->sheet_y;
    double u = lay->cosine * a - lay->sine * b + lay->sheet_width / 2,
           v = lay->sine * a + lay->cosine * b + lay->sheet_height / 2;
    if (lay->inner_right)
        u = lay->sheet_width - u;
    if (lay->lift != 0 && u < lay->reach) {
        /* u' = reach (1 - s) + pull s²; of the two s the smaller. */
        double root = lay->reach * lay->reach - 4 * lay->pull * (lay->reach - u);
        double s = root < 0 ? 2 : (lay->reach - sqrt(root)) / (2 * lay->pull);
        u = lay->reach * (1 - s);
        double sink = lay->lift * s * s;
        v = (v - sink * LIFT_AT_TOP) / (1 + sink * (1 - LIFT_AT_TOP) / lay->sheet_height);
    }
    *x = lay->inner_right ? lay->sheet_width - u : u;
    *y = v - wave_at(lay, *x);
}
