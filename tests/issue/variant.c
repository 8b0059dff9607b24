/* Makes of a scan what another scanner, or a careless hand, would have made of the page.
 *
 *     issue-variant IN OUT.tif CHANGE…
 *
 * The changes are made in the order given; a bitonal scan stays bitonal and a grey one grey.
 *
 *   turn=DEGREES        clockwise by 90, 180 or 270
 *   skew=DEGREES        counter-clockwise; nothing is cut off, what comes in has the surround's colour
 *   dpi=N               resampled to N dots an inch, and says so
 *   tight=TRUTH:PAGE    cut to the box around what is printed on that page, by the truth of the original scan
 *   surround=black      half an inch of the scanner's lid on each side; or white
 *   curl=PIXELS         bent into a gutter at the left, by so much at its head and foot
 *   wave=PIXELS         in waves, up and down by so much
 *   folds=SHARE         creased along its middles, up to so much darker
 *   specks=N            N specks of dust a square inch
 *   through=SHARE       the other side shows through, up to so much darker
 *   ink=SHARE           as pale as this share of what it was
 *   light=SHARE         lit from one corner; the far one has this share, and a gutter shadow
 *   tag=N               says N dots an inch, whatever it has; 0: says nothing
 *   bare=               without the description that a TIFF may have: same pixels and resolution, same bytes
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "damage.h"
#include "page/image.h"
#include "truth.h"

#define SURROUND_INCHES 0.5
/* Below this area mapping is the better way to reduce, above it interpolation. */
#define AREA_MAP_SCALE 0.7
/* Between ink and paper where a bitonal scan was made grey for resampling. */
#define BITONAL_THRESHOLD 128

struct variant {
    PIX *pix;
    bool bitonal, black; /* the colour of what surrounds the page */
};

__attribute__((noreturn)) static void fail(const char *what, const char *why)
{
    fprintf(stderr, "issue-variant: %s: %s\n", what, why);
    exit(2);
}

static void replace(struct variant *variant, PIX *pix)
{
    if (!pix)
        fail("leptonica", "failed");
    pixDestroy(&variant->pix);
    variant->pix = pix;
}

/* Resampling takes place in grey. */
static void make_grey(struct variant *variant)
{
    if (variant->bitonal)
        replace(variant, pixConvert1To8(NULL, variant->pix, 255, 0));
}

static void make_bitonal_again(struct variant *variant)
{
    if (variant->bitonal)
        replace(variant, pixThresholdToBinary(variant->pix, BITONAL_THRESHOLD));
}

static void turn(struct variant *variant, const char *value)
{
    int quarters = atoi(value) / 90;
    if (quarters < 1 || quarters > 3)
        fail(value, "not 90, 180 or 270");
    replace(variant, pixRotateOrth(variant->pix, quarters));
}

static void skew(struct variant *variant, const char *value)
{
    make_grey(variant);
    float clockwise = (float)(-strtod(value, NULL) * M_PI / 180);
    replace(variant, pixRotate(variant->pix, clockwise, L_ROTATE_AREA_MAP,
                               variant->black ? L_BRING_IN_BLACK : L_BRING_IN_WHITE,
                               pixGetWidth(variant->pix), pixGetHeight(variant->pix)));
    make_bitonal_again(variant);
}

static void resample(struct variant *variant, const char *value)
{
    int from = pixGetXRes(variant->pix), to = atoi(value);
    if (from <= 0 || to <= 0)
        fail(value, "resampled from or to no resolution");
    make_grey(variant);
    float scale = (float)to / (float)from;
    replace(variant, scale < AREA_MAP_SCALE ? pixScaleAreaMap(variant->pix, scale, scale)
                                            : pixScaleGrayLI(variant->pix, scale, scale));
    make_bitonal_again(variant);
    pixSetResolution(variant->pix, to, to);
}

static void cut_tight(struct variant *variant, const char *value)
{
    const char *colon = strrchr(value, ':');
    if (!colon)
        fail(value, "not TRUTH:PAGE");
    struct truth truth;
    struct bi_text path = {0};
    bi_text_add_bytes(&path, value, (size_t)(colon - value));
    truth_read(bi_text_get(&path), &truth);
    struct bi_box box = {0};
    for (size_t i = 0; i < truth.line_count; i++)
        if (truth.lines[i].page == atoi(colon + 1))
            box = bi_box_union(box, bi_polygon_box(&(struct bi_polygon){truth.lines[i].corners, 4}));
    truth_release(&truth);
    bi_text_release(&path);
    BOX *area = boxCreate(box.x, box.y, box.w, box.h);
    replace(variant, pixClipRectangle(variant->pix, area, NULL));
    boxDestroy(&area);
}

static void surround(struct variant *variant, const char *value)
{
    variant->black = strcmp(value, "black") == 0;
    if (!variant->black && strcmp(value, "white") != 0)
        fail(value, "neither black nor white");
    int width = (int)(SURROUND_INCHES * pixGetXRes(variant->pix));
    l_uint32 black = variant->bitonal ? 1 : 0, white = variant->bitonal ? 0 : 255;
    replace(variant, pixAddBorder(variant->pix, width, variant->black ? black : white));
}

static void curl(struct variant *variant, const char *value)
{
    make_grey(variant);
    replace(variant, damage_curl(variant->pix, strtod(value, NULL)));
    make_bitonal_again(variant);
}

static void wave(struct variant *variant, const char *value)
{
    make_grey(variant);
    replace(variant, damage_wave(variant->pix, strtod(value, NULL)));
    make_bitonal_again(variant);
}

static void damage(struct variant *variant, const char *value, void (*make)(PIX *, int, double))
{
    make_grey(variant);
    make(variant->pix, pixGetXRes(variant->pix), strtod(value, NULL));
    make_bitonal_again(variant);
}

static void folds(struct variant *variant, const char *value)
{
    damage(variant, value, damage_folds);
}

static void specks(struct variant *variant, const char *value)
{
    damage(variant, value, damage_specks);
}

static void through(struct variant *variant, const char *value)
{
    damage(variant, value, damage_show_through);
}

static void light(struct variant *variant, const char *value)
{
    damage(variant, value, damage_shade);
}

static void ink(struct variant *variant, const char *value)
{
    make_grey(variant);
    damage_fade(variant->pix, strtod(value, NULL));
    make_bitonal_again(variant);
}

static void tag(struct variant *variant, const char *value)
{
    pixSetResolution(variant->pix, atoi(value), atoi(value));
}

static void bare(struct variant *variant, const char *value)
{
    (void)value;
    pixSetText(variant->pix, NULL);
}

static void change(struct variant *variant, const char *argument)
{
    static const struct {
        const char *name;
        void (*make)(struct variant *variant, const char *value);
    } changes[] = {{"turn=", turn},         {"skew=", skew},   {"dpi=", resample},  {"tight=", cut_tight},
                   {"surround=", surround}, {"tag=", tag},     {"bare=", bare},     {"curl=", curl},
                   {"wave=", wave},         {"folds=", folds}, {"specks=", specks}, {"through=", through},
                   {"ink=", ink},           {"light=", light}};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        size_t length = strlen(changes[i].name);
        if (strncmp(argument, changes[i].name, length) == 0) {
            changes[i].make(variant, argument + length);
            return;
        }
    }
    fail(argument, "no such change");
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: issue-variant IN OUT.tif CHANGE...\n");
        return 2;
    }
    struct variant variant = {0};
    struct bi_error err;
    if (bi_image_read(argv[1], 0, &variant.pix, &err)) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    variant.bitonal = pixGetDepth(variant.pix) == 1;
    for (int i = 3; i < argc; i++)
        change(&variant, argv[i]);
    int failed = bi_image_write_tiff(argv[2], variant.pix, &err);
    if (failed)
        fprintf(stderr, "%s\n", err.text);
    pixDestroy(&variant.pix);
    return failed ? 1 : 0;
}
