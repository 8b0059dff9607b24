/* What printing, time and scanning do to type. */
#ifndef TRAIN_WEAR_H
#define TRAIN_WEAR_H

#include <stdbool.h>

#include "base/chance.h"
#include "field.h"

enum wear_kind { WEAR_NONE, WEAR_LIGHT, WEAR_MIDDLE, WEAR_HEAVY, WEAR_BITONAL, WEAR_KINDS };

struct wear {
    enum wear_kind kind;
    double spread;       /* of the ink: positive thickens strokes, negative thins them; share of full ink */
    double press_blur;   /* on the way to the paper, pixels */
    double ragged;       /* edges of the ink, share of full ink */
    double fade, mottle; /* ink lost all over, and in patches; shares */
    double paper, ink;   /* brightness */
    double texture;      /* of the paper */
    double through;      /* the other side's type, share of its ink */
    double blur;         /* of the lens, pixels */
    double grain;        /* of the sensor, 255ths */
    double specks;       /* a thousandth of all pixels */
    double threshold;    /* of a bitonal scan, between ink and paper */
    int screen;          /* period of a halftone under the type, pixels; 0 for none */
    int quality;         /* of JPEG; 0 for none */
    bool fold;           /* a crease runs through */
};

struct wear wear_choose(enum wear_kind kind, double em, struct chance *chance);

/* ink: how much lies where, changed. other: the reverse of the sheet, of any size. Returns brightness, 0 … 1.
 */
struct field wear_print(const struct wear *wear, struct field *ink, const struct field *other, double em,
                        struct chance *chance);

#endif
