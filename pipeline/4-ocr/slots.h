/* Laying several readings of one line side by side. */
#ifndef OCR_SLOTS_H
#define OCR_SLOTS_H

#include <stdbool.h>

#include "base/arena.h"
#include "reader.h"

#define SLOTS_MAX_VIEWS 8
#define SLOT_NONE (-1)

/* A place in the line where at least one view saw a character. */
struct slot {
    int at[SLOTS_MAX_VIEWS]; /* index into each view's text, SLOT_NONE if it saw nothing there */
    bool agreed;             /* all saw the same */
};

/* What two characters have in common if only their width or set differs: "，" and ",". */
uint32_t slot_rune(uint32_t rune);

/* One view after another is laid on those before, by dynamic programming: the same character costs nothing,
 * another one, a missing one, and a distance cost. em: of the strip of each view, in steps, is not needed:
 * places are taken relative to the line, which is `ems` long. Returns the number of slots. */
size_t slots_find(struct bi_arena *arena, const struct view *views, size_t view_count, double ems,
                  struct slot **slots);

#endif
