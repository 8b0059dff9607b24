/* Type set in lines: the drawing of a block of text before anything happens to it. */
#ifndef TRAIN_SETTING_H
#define TRAIN_SETTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/chance.h"
#include "faces.h"
#include "field.h"
#include "page/geometry.h"

struct setting {
    const char *face;  /* Pango font descriptions without a size */
    const char *latin; /* for Latin letters and digits; may be the same */
    double em;         /* size of a full character, pixels */
    double stretch;    /* its width over its height */
    double weight;     /* added to the strokes all round, ems */
    double spacing;    /* between characters, ems */
    double pitch;      /* from line to line, ems */
    double mark;       /* width of a full-width punctuation mark, ems */
    double wave;       /* height of the lines' swinging, ems */
    double degrees;    /* the whole is turned clockwise by this about its centre */
    bool justified;    /* lines are spread to the width of the widest if they are nearly as wide */
    bool vertical;     /* characters run from top to bottom, lines from right to left */
    bool beside;       /* strokes of a neighbouring column, or a rule, stand at the sides */
    double margin;     /* white around the block, ems */
};

/* Draws `count` lines of UTF-8. Returns how much ink lies on every pixel, and in boxes (room for `count`)
 * where the ink of each line would be if the block were not turned. */
struct field setting_draw(const struct setting *setting, const char *const *texts, size_t count,
                          struct chance *chance, struct bi_box *boxes);

/* The biggest block drawn, pixels; what is larger comes back as a field of 1 × 1 and empty boxes. */
#define SETTING_MAX_PIXELS (24L << 20)

#endif
