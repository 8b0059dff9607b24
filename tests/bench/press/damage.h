/* Damage: what printing, age and scanner do to a page between the forme and the file. */
#ifndef PRESS_DAMAGE_H
#define PRESS_DAMAGE_H

#include <stdbool.h>

#include "sheet.h"

enum damage_surround { SURROUND_WHITE, SURROUND_BLACK, SURROUND_GREY };

/* A kind of damage; lengths in points where not said otherwise. */
struct damage {
    const char *name;
    double skew_most; /* degrees, to either side */
    enum damage_surround surround;
    double margin;        /* of the surround, at most */
    double paper, ink;    /* reflectance of both, 0 … 1 */
    double uneven;        /* share of light that varies over the page */
    double gutter_shadow; /* share of light lost at the inner edge */
    double grain;         /* standard deviation, grey levels */
    double spread;        /* how far ink runs (blur before the ink's own threshold) */
    double loss;          /* 0 fat type … 0.5 as printed … 1 thin and broken */
    double blur;          /* of the scanner */
    double through;       /* share of the other side's ink that shows */
    int specks, folds;    /* per page */
    double fold_depth;    /* share of a fold's own grey in what it crosses; 0: the usual 0.45 */
    int streaks;          /* of a feeding scanner, down the scan */
    double torn;          /* along the top, the corner that is missing; another lacks less */
    double cut;           /* of the sheet, on every side beyond the scan */
    double curl, wave;    /* bend of the lines near the gutter, and all over the page */
    int quality;          /* JPEG; 0 for bitonal TIFF, -1 for PNG */
};

/* "light" or "light,through=0.25,specks=3000": a kind of damage with some of its numbers changed; the words
 * are in damage.c. The result keeps `text` as its name. False if there is no such kind or number. */
bool damage_parse(const char *text, struct damage *damage);
/* The i-th, NULL behind the last. */
const struct damage *damage_at(int i);

/* Scans the sheet, with `back` (may be NULL) showing through, into folder/pNN.*; the page's entry gets what
 * is known of the scan, and the truth of the page is moved to where everything lies on it. 0, or -1 with a
 * message on standard error. */
int damage_scan(const struct sheet *sheet, const struct sheet *back, const struct damage *damage,
                const char *folder, struct record_page *entry);

#endif
