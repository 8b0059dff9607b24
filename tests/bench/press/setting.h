/* Typesetting: a paragraph cut into justified lines, with the rules that Chinese printing has for the ends of
 * lines (no stop begins one, no opening bracket ends one; wide stops give way by half an em), and words
 * hyphenated in Latin print. */
#ifndef PRESS_SETTING_H
#define PRESS_SETTING_H

#include <stddef.h>

#include "sheet.h"

enum { SETTING_MOST_RUNES = 240 /* of a line */ };

/* What it is set in. */
struct setting {
    struct type *type;
    struct type_face face, bold;
    double size; /* pixels an em */
    bool latin;  /* words: gaps only at spaces, and hyphens */
};

struct copy {
    uint32_t *runes;
    size_t count;
    size_t bold; /* so many of the first are in bold */
};

struct setting_line {
    size_t from, to;              /* characters of the copy */
    bool hyphen;                  /* printed behind the last */
    bool ends;                    /* the copy ends with it */
    double x[SETTING_MOST_RUNES]; /* where each character begins, from the left of the column */
    double right;                 /* where the last one ends */
};

/* Stops, closing brackets and the like. */
bool setting_begins_no_line(uint32_t rune);
/* The characters of UTF-8 text, from the arena. */
struct copy setting_copy(struct bi_arena *arena, const char *text);
/* The next line, from character `from`; indent and measure in pixels. A line that ends the copy is set loose.
 */
void setting_line(const struct setting *setting, const struct copy *copy, size_t from, double measure,
                  double indent, struct setting_line *line);
/* Natural width of text in one line, in pixels. */
double setting_width(const struct setting *setting, const char *text);
/* Prints the line with its em box's upper left corner at x, y; the text as printed goes to `text`. */
void setting_print(struct sheet *sheet, const struct setting *setting, const struct copy *copy,
                   const struct setting_line *line, double x, double y, struct bi_text *text);
/* One line of text at its natural width with `tracking` pixels more between characters; recorded in the
 * block. Returns its width. */
double setting_label(struct sheet *sheet, const struct setting *setting, const char *text, double x, double y,
                     double tracking, struct record_block *block);
/* Text from top to bottom, characters upright, in the column whose upper left corner is x, y; recorded.
 * Returns its height. */
double setting_upright(struct sheet *sheet, const struct setting *setting, const char *text, double x,
                       double y, double pitch, struct record_block *block);

#endif
