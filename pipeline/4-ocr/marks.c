#include "marks.h"

#include <string.h>

#include "base/text.h"

/* The ink of two characters 一 is at least this far apart, in ems. */
#define APART_EMS 0.05

static bool is(const struct character *character, const char *text)
{
    return strcmp(character->text, text) == 0;
}

static bool is_digit(const struct character *character)
{
    return character->text[0] >= '0' && character->text[0] <= '9' && !character->text[1];
}

static bool is_quote(const struct character *character)
{
    return is(character, "\"") || is(character, "'") || is(character, "“") || is(character, "”");
}

static bool is_stroke(const struct character *character)
{
    return is(character, "一") || is(character, "—");
}

/* Whether the ink of a stroke goes on in the next one. */
static bool joined(const struct character *a, const struct character *b, double em)
{
    return is_stroke(a) && is_stroke(b) && b->box.x - (a->box.x + a->box.w) < APART_EMS * em;
}

static bool is_dash(const struct reading *reading, size_t at, double em, bool vertical)
{
    const struct character *here = &reading->characters[at];
    const struct character *before = at > 0 ? here - 1 : NULL;
    const struct character *after = at + 1 < reading->count ? here + 1 : NULL;
    if (before && after && is_digit(before) && is_digit(after))
        return true;
    return !vertical && em > 0 &&
           ((before && joined(before, here, em)) || (after && joined(here, after, em)));
}

void marks_settle(struct reading *reading, double em, enum bi_role role, bool vertical)
{
    for (size_t i = 0; i < reading->count; i++) {
        struct character *here = &reading->characters[i];
        if (is(here, "一") && is_dash(reading, i, em, vertical))
            here->text = (char *)"—";
        else if (is_quote(here) && i > 0 && i + 1 < reading->count && is_digit(here - 1) && is(here + 1, "C"))
            here->text = (char *)"°";
        else if (i == 0 && is(here, "口") &&
                 (role == BI_ROLE_BYLINE || (reading->count > 1 && (here + 1)->after_space)))
            here->text = (char *)"□";
    }
}
