#include "damage.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lay.h"
#include "plate.h"

static const struct damage DAMAGES[] = {
    {.name = "none", .paper = 1, .ink = 0, .loss = 0.5, .quality = -1},
    {.name = "light",
     .skew_most = 0.9,
     .margin = 14,
     .paper = 0.9,
     .ink = 0.12,
     .uneven = 0.06,
     .grain = 4,
     .spread = 0.12,
     .loss = 0.5,
     .blur = 0.12,
     .through = 0.06,
     .specks = 20,
     .quality = 82},
    {.name = "heavy",
     .skew_most = 2.2,
     .surround = SURROUND_BLACK,
     .margin = 30,
     .paper = 0.78,
     .ink = 0.2,
     .uneven = 0.18,
     .gutter_shadow = 0.35,
     .grain = 11,
     .spread = 0.18,
     .loss = 0.42,
     .blur = 0.22,
     .through = 0.14,
     .specks = 250,
     .folds = 2,
     .quality = 62},
    {.name = "bitonal",
     .skew_most = 1.2,
     .margin = 14,
     .paper = 0.92,
     .ink = 0.1,
     .uneven = 0.05,
     .grain = 8,
     .spread = 0.13,
     .loss = 0.38,
     .blur = 0.12,
     .specks = 120,
     .quality = 0},
    {.name = "curl",
     .skew_most = 0.6,
     .surround = SURROUND_BLACK,
     .margin = 12,
     .paper = 0.85,
     .ink = 0.15,
     .uneven = 0.1,
     .gutter_shadow = 0.5,
     .grain = 5,
     .spread = 0.15,
     .loss = 0.5,
     .blur = 0.15,
     .through = 0.08,
     .specks = 30,
     .curl = 1,
     .quality = 75},
    {.name = "bound", /* a thick volume, pressed flat as far as it goes */
     .skew_most = 0.8,
     .surround = SURROUND_BLACK,
     .margin = 12,
     .paper = 0.8,
     .ink = 0.15,
     .uneven = 0.1,
     .gutter_shadow = 0.65,
     .grain = 6,
     .spread = 0.15,
     .loss = 0.48,
     .blur = 0.18,
     .through = 0.1,
     .specks = 60,
     .curl = 1.8,
     .wave = 0.5,
     .quality = 75},
    {.name = "curl-bitonal",
     .skew_most = 1.2,
     .margin = 14,
     .paper = 0.92,
     .ink = 0.1,
     .uneven = 0.05,
     .grain = 8,
     .spread = 0.13,
     .loss = 0.4,
     .blur = 0.12,
     .specks = 120,
     .curl = 0.6,
     .quality = 0},
    {.name = "wave", /* a sheet that was folded and does not lie flat */
     .skew_most = 1,
     .margin = 14,
     .paper = 0.9,
     .ink = 0.12,
     .uneven = 0.06,
     .grain = 4,
     .spread = 0.12,
     .loss = 0.5,
     .blur = 0.12,
     .through = 0.06,
     .specks = 20,
     .wave = 1,
     .quality = 82},
    {.name = "photocopy",
     .skew_most = 1.6,
     .surround = SURROUND_GREY,
     .margin = 20,
     .paper = 0.97,
     .ink = 0.04,
     .uneven = 0.05,
     .grain = 7,
     .spread = 0.3,
     .loss = 0.33,
     .blur = 0.15,
     .specks = 500,
     .quality = 70},
    {.name = "faded",
     .skew_most = 1,
     .margin = 10,
     .paper = 0.72,
     .ink = 0.38,
     .uneven = 0.12,
     .grain = 6,
     .spread = 0.18,
     .loss = 0.48,
     .blur = 0.2,
     .through = 0.16,
     .specks = 60,
     .folds = 1,
     .quality = 45},
};

const struct damage *damage_at(int i)
{
    return i >= 0 && i < (int)(sizeof DAMAGES / sizeof *DAMAGES) ? &DAMAGES[i] : NULL;
}

/* What can be set by name, and where. */
static const struct {
    const char *name;
    size_t offset;
    bool whole; /* an int, else a double */
} KNOBS[] = {
    {"skew", offsetof(struct damage, skew_most), false},
    {"margin", offsetof(struct damage, margin), false},
    {"paper", offsetof(struct damage, paper), false},
    {"ink", offsetof(struct damage, ink), false},
    {"uneven", offsetof(struct damage, uneven), false},
    {"shadow", offsetof(struct damage, gutter_shadow), false},
    {"grain", offsetof(struct damage, grain), false},
    {"spread", offsetof(struct damage, spread), false},
    {"loss", offsetof(struct damage, loss), false},
    {"blur", offsetof(struct damage, blur), false},
    {"through", offsetof(struct damage, through), false},
    {"specks", offsetof(struct damage, specks), true},
    {"folds", offsetof(struct damage, folds), true},
    {"fold-depth", offsetof(struct damage, fold_depth), false},
    {"streaks", offsetof(struct damage, streaks), true},
    {"torn", offsetof(struct damage, torn), false},
    {"cut", offsetof(struct damage, cut), false},
    {"curl", offsetof(struct damage, curl), false},
    {"quality", offsetof(struct damage, quality), true},
};

static bool set_knob(struct damage *damage, const char *setting)
{
    for (size_t i = 0; i < sizeof KNOBS / sizeof *KNOBS; i++) {
        size_t length = strlen(KNOBS[i].name);
        if (strncmp(setting, KNOBS[i].name, length) != 0 || setting[length] != '=')
            continue;
        char *end, *field = (char *)damage + KNOBS[i].offset;
        double value = strtod(setting + length + 1, &end);
        if (KNOBS[i].whole)
            *(int *)(void *)field = (int)value;
        else
            *(double *)(void *)field = value;
        return end != setting + length + 1 && (*end == ',' || !*end);
    }
    return false;
}

bool damage_parse(const char *text, struct damage *damage)
{
    size_t length = strcspn(text, ",");
    const struct damage *kind = NULL;
    for (int i = 0; !kind && damage_at(i); i++)
        if (strlen(damage_at(i)->name) == length && strncmp(damage_at(i)->name, text, length) == 0)
            kind = damage_at(i);
    if (!kind)
        return false;
    *damage = *kind;
    damage->name = text;
    while (text[length] == ',') {
        text += length + 1;
        if (!set_knob(damage, text))
            return false;
        length = strcspn(text, ",");
    }
    return true;
}

static double surround_tone(const struct damage *damage)
{
    return damage->surround == SURROUND_BLACK ? 0.06 : damage->surround == SURROUND_GREY ? 0.55 : 0.985;
}

/* The light that falls on the page, as a product of what changes along and across it. */
struct light {
    float *along, *across; /* of each column and row of the sheet */
};

static void cast_light(const struct sheet *sheet, const struct damage *damage, struct light *light)
{
    double phase_x = 6 * chance_share(sheet->chance), phase_y = 6 * chance_share(sheet->chance);
    light->along = bi_xcalloc((size_t)sheet->width, sizeof(float));
    light->across = bi_xcalloc((size_t)sheet->height, sizeof(float));
    for (int x = 0; x < sheet->width; x++) {
        double u = (double)x / sheet->width, near = sheet->page % 2 ? u : 1 - u;
        double shadow = damage->gutter_shadow * exp(-near / 0.035);
        light->along[x] = (float)((1 - damage->uneven * (0.5 + 0.5 * sin(4 * u + phase_x))) * (1 - shadow));
    }
    for (int y = 0; y < sheet->height; y++)
        light->across[y] = (float)(1 - damage->uneven * (0.5 + 0.5 * sin(5.0 * y / sheet->height + phase_y)));
}

/* Lines where the page was folded: paler ink and a grey crease. */
static void fold(struct plate *tone, const struct damage *damage, struct chance *chance)
{
    for (int i = 0; i < damage->folds; i++) {
        bool level = i % 2 == 0;
        int length = level ? tone->width : tone->height, at = (level ? tone->height : tone->width);
        at = (int)(at * (0.3 + 0.4 * chance_share(chance)));
        for (int k = 0; k < length; k++)
            for (int off = -2; off <= 2; off++) {
                int wobble = (int)lround(2 * sin(k / 180.0)) + off;
                int x = level ? k : at + wobble, y = level ? at + wobble : k;
                if (x < 0 || y < 0 || x >= tone->width || y >= tone->height)
                    continue;
                unsigned char *p = &tone->data[(long)y * tone->width + x];
                double target = off == 0 ? 105 : 150,
                       share = damage->fold_depth > 0 ? damage->fold_depth : 0.45;
                *p = (unsigned char)((1 - share) * *p + share * target);
            }
    }
}

/* Dust on the glass of a scanner that feeds: dark lines of one breadth straight down the scan. */
static void streak(struct plate *tone, const struct damage *damage, struct chance *chance, double point)
{
    for (int i = 0; i < damage->streaks; i++) {
        int from = chance_below(chance, tone->width), wide = 1 + chance_below(chance, (int)(0.5 * point) + 1);
        double share = 0.25 + 0.35 * chance_share(chance);
        for (int y = 0; y < tone->height; y++)
            for (int x = from; x < from + wide && x < tone->width; x++) {
                unsigned char *p = &tone->data[(long)y * tone->width + x];
                *p = (unsigned char)((1 - share) * *p + share * 20);
            }
    }
}

/* Whether a point of the sheet is torn away: its corners are, along ragged lines, at the top left and the
 * bottom right. */
static bool is_torn(const struct sheet *sheet, double size, double u, double v)
{
    double ragged = 0.06 * size * (sin(11 * (u - v) / size) + 0.5 * sin(37 * (u - v) / size));
    return u + 0.7 * v + ragged < size || sheet->width - u + 1.6 * (sheet->height - v) + ragged < 0.6 * size;
}

static void speckle(struct plate *tone, const struct damage *damage, struct chance *chance, double point)
{
    for (int i = 0; i < damage->specks; i++) {
        int cx = chance_below(chance, tone->width), cy = chance_below(chance, tone->height);
        double r = point * (0.1 + 0.5 * pow(chance_share(chance), 3)), dark = 30 + 90 * chance_share(chance);
        for (int y = (int)(cy - r); y <= cy + r; y++)
            for (int x = (int)(cx - r); x <= cx + r; x++)
                if (x >= 0 && y >= 0 && x < tone->width && y < tone->height &&
                    hypot(x - cx, y - cy) <= r * (0.7 + 0.5 * chance_share(chance)))
                    tone->data[(long)y * tone->width + x] = (unsigned char)dark;
    }
}

/* Rough normal noise: the sum of four bytes of one random number. */
static void add_grain(struct plate *tone, double deviation, struct chance *chance)
{
    double scale = deviation / 147.8; /* standard deviation of such a sum */
    for (long i = 0, n = (long)tone->width * tone->height; i < n; i += 2) {
        uint64_t r = chance_next(chance);
        for (int k = 0; k < 2 && i + k < n; k++, r >>= 32) {
            int sum =
                (int)(r & 255) + (int)(r >> 8 & 255) + (int)(r >> 16 & 255) + (int)(r >> 24 & 255) - 510;
            double value = tone->data[i + k] + scale * sum;
            tone->data[i + k] = (unsigned char)fmin(fmax(value, 0), 255);
        }
    }
}

/* What the scanner sees, before its grain. */
static void expose(const struct sheet *sheet, const struct plate *ink, const struct plate *back,
                   const struct damage *damage, const struct lay *lay, struct plate *tone)
{
    struct light light;
    cast_light(sheet, damage, &light);
    double outside = 255 * surround_tone(damage);
    for (int y = 0; y < tone->height; y++)
        for (int x = 0; x < tone->width; x++) {
            double u = x + 0.5, v = y + 0.5;
            unsigned char *out = &tone->data[(long)y * tone->width + x];
            lay_to_sheet(lay, &u, &v);
            if (u < 0 || v < 0 || u >= sheet->width || v >= sheet->height ||
                (damage->torn > 0 && is_torn(sheet, damage->torn * sheet->point, u, v))) {
                *out = (unsigned char)outside;
                continue;
            }
            double share = plate_at(ink, u - 0.5, v - 0.5) / 255;
            double paper = damage->paper;
            if (back)
                paper *= 1 - damage->through * plate_at(back, sheet->width - 1 - u, v) / 255;
            double value = (paper + (damage->ink - paper) * share) * (double)light.along[(int)u] *
                           (double)light.across[(int)v];
            *out = (unsigned char)lround(255 * fmin(fmax(value, 0), 1));
        }
    free(light.along);
    free(light.across);
}

static int save(const struct plate *tone, const struct damage *damage, int dpi, const char *path)
{
    PIX *pix = pixCreate(tone->width, tone->height, 8);
    for (int y = 0; y < tone->height; y++) {
        l_uint32 *line = pixGetData(pix) + (long)y * pixGetWpl(pix);
        for (int x = 0; x < tone->width; x++)
            SET_DATA_BYTE(line, x, tone->data[(long)y * tone->width + x]);
    }
    pixSetResolution(pix, dpi, dpi);
    int status;
    if (damage->quality > 0) {
        status = pixWriteJpeg(path, pix, damage->quality, 0);
    } else if (damage->quality < 0) {
        status = pixWrite(path, pix, IFF_PNG);
    } else {
        PIX *bitonal = pixThresholdToBinary(pix, 128);
        pixSetResolution(bitonal, dpi, dpi);
        status = pixWrite(path, bitonal, IFF_TIFF_G4);
        pixDestroy(&bitonal);
    }
    pixDestroy(&pix);
    if (status)
        fprintf(stderr, "press: %s: cannot be written\n", path);
    return status ? -1 : 0;
}

int damage_scan(const struct sheet *sheet, const struct sheet *back, const struct damage *damage,
                const char *folder, struct record_page *entry)
{
    const char *suffix = damage->quality > 0 ? "jpg" : damage->quality < 0 ? "png" : "tif";
    int dpi = (int)lround(72 * sheet->point);
    struct lay lay;
    lay_choose(&lay, sheet, damage->skew_most, damage->margin, damage->curl, damage->wave);
    lay_cut(&lay, damage->cut * sheet->point);
    struct plate ink, other = {0}, tone;
    plate_from_sheet(&ink, sheet);
    if (damage->spread > 0) {
        plate_blur(&ink, damage->spread * sheet->point);
        plate_threshold(&ink, damage->loss, sheet->chance);
    }
    if (back && damage->through > 0) {
        plate_from_sheet(&other, back);
        plate_blur(&other, 0.5 * sheet->point);
    }
    plate_init(&tone, lay.width, lay.height);
    expose(sheet, &ink, other.data ? &other : NULL, damage, &lay, &tone);
    plate_release(&ink);
    plate_release(&other);
    fold(&tone, damage, sheet->chance);
    streak(&tone, damage, sheet->chance, sheet->point);
    speckle(&tone, damage, sheet->chance, sheet->point);
    if (damage->blur > 0)
        plate_blur(&tone, damage->blur * sheet->point);
    if (damage->grain > 0)
        add_grain(&tone, damage->grain, sheet->chance);
    entry->image = bi_arena_printf(&sheet->record->arena, "p%02d.%s", sheet->page, suffix);
    entry->width = lay.width;
    entry->height = lay.height;
    entry->dpi = dpi;
    entry->damage = damage->name;
    entry->skew_degrees = lay.skew_degrees;
    record_map_page(sheet->record, sheet->page, lay_to_scan, &lay);
    int status =
        save(&tone, damage, dpi, bi_arena_printf(&sheet->record->arena, "%s/%s", folder, entry->image));
    plate_release(&tone);
    return status;
}
