#include "prose_latin.h"

#include <ctype.h>
#include <string.h>

static const char *const NOUNS[] = {
    "harbour",        "council",       "bridge",      "railway",     "market",     "school",
    "hospital",       "committee",     "company",     "river",       "farmer",     "minister",
    "district",       "factory",       "engineer",    "teacher",     "budget",     "election",
    "court",          "judge",         "police",      "witness",     "museum",     "library",
    "painter",        "orchestra",     "theatre",     "player",      "captain",    "season",
    "ferry",          "passenger",     "lighthouse",  "storm",       "weather",    "harvest",
    "wheat",          "orchard",       "village",     "township",    "reservoir",  "pipeline",
    "electricity",    "government",    "department",  "proposal",    "agreement",  "contract",
    "industry",       "exhibition",    "festival",    "newspaper",   "reporter",   "reader",
    "station",        "carriage",      "regulation",  "inspector",   "laboratory", "professor",
    "student",        "medicine",      "patient",     "customer",    "population", "municipality",
    "representative", "investigation", "development", "association",
};
static const char *const VERBS[] = {
    "opened",    "announced", "visited",  "considered", "repaired",  "completed", "examined",   "supported",
    "rejected",  "described", "expected", "delivered",  "organised", "welcomed",  "recovered",  "protected",
    "inspected", "purchased", "reported", "discovered", "extended",  "published", "celebrated", "introduced",
};
static const char *const ADJECTIVES[] = {
    "new",       "old",      "local",  "important", "former",       "national",   "regional",  "public",
    "temporary", "northern", "quiet",  "ordinary",  "remarkable",   "annual",     "expensive", "independent",
    "southern",  "modern",   "recent", "official",  "agricultural", "industrial", "first",     "second",
};
static const char *const TAILS[] = {
    "on Monday",
    "last week",
    "before the winter",
    "after a long debate",
    "in the afternoon",
    "for the first time",
    "without delay",
    "near the old mill",
    "at a public meeting",
    "during the summer",
    "since the spring",
    "according to the report",
    "in spite of the rain",
    "with the help of volunteers",
};
static const char *const PEOPLE[] = {
    "Mr. Alder",   "Mrs. Finch",    "Dr. Marlowe", "Miss Harrow",
    "Mr. Tolland", "Captain Reyes", "Mrs. Okoro",  "Mr. Lindqvist",
};
static const char *const NAMES[] = {"Edith Alder",  "Jonas Finch",  "Ruth Marlowe", "Peter Harrow",
                                    "Anna Tolland", "Samuel Reyes", "Grace Okoro",  "Karl Lindqvist"};

#define PICK(chance, list) (list)[chance_below(chance, (int)(sizeof(list) / sizeof *(list)))]

static void add_thing(struct chance *chance, struct bi_text *out)
{
    bi_text_add(out, chance_is(chance, 0.75) ? "the " : "their ");
    if (chance_is(chance, 0.5))
        bi_text_printf(out, "%s ", PICK(chance, ADJECTIVES));
    bi_text_add(out, PICK(chance, NOUNS));
}

static void add_clause(struct chance *chance, struct bi_text *out)
{
    if (chance_is(chance, 0.3))
        bi_text_add(out, PICK(chance, PEOPLE));
    else
        add_thing(chance, out);
    bi_text_printf(out, " %s ", PICK(chance, VERBS));
    if (chance_is(chance, 0.15))
        bi_text_printf(out, "%d %ss and ", chance_between(chance, 2, 900), PICK(chance, NOUNS));
    add_thing(chance, out);
    if (chance_is(chance, 0.5))
        bi_text_printf(out, " %s", PICK(chance, TAILS));
}

static void capitalise(struct bi_text *text, size_t at)
{
    if (at < text->length)
        text->data[at] = (char)toupper((unsigned char)text->data[at]);
}

void latin_sentence(struct chance *chance, struct bi_text *out)
{
    size_t start = out->length;
    bool quoted = chance_is(chance, 0.1);
    if (quoted)
        bi_text_add(out, "“");
    start = out->length;
    add_clause(chance, out);
    if (chance_is(chance, 0.5)) {
        bi_text_add(out, chance_is(chance, 0.4) ? ", and " : chance_is(chance, 0.5) ? ", while " : "; ");
        add_clause(chance, out);
    }
    capitalise(out, start);
    bi_text_add(out, quoted ? ",” said " : ".");
    if (quoted)
        bi_text_printf(out, "%s.", PICK(chance, PEOPLE));
}

void latin_paragraph(struct chance *chance, struct bi_text *out)
{
    for (int sentences = chance_between(chance, 2, 5); sentences > 0; sentences--) {
        latin_sentence(chance, out);
        if (sentences > 1)
            bi_text_add(out, " ");
    }
}

void latin_headline(struct chance *chance, int most, struct bi_text *out)
{
    const char *const words[] = {
        PICK(chance, ADJECTIVES), PICK(chance, NOUNS), PICK(chance, VERBS),
        PICK(chance, ADJECTIVES), PICK(chance, NOUNS), PICK(chance, TAILS),
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (out->length + strlen(words[i]) + 1 > (size_t)most)
            break;
        if (out->length)
            bi_text_add(out, " ");
        size_t at = out->length;
        bi_text_add(out, words[i]);
        capitalise(out, at);
    }
}

void latin_byline(struct chance *chance, struct bi_text *out)
{
    bi_text_printf(out, "By %s", PICK(chance, NAMES));
}
