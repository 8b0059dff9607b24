/* Search through recognition's errors: where a word stands with one character misread.
 *
 * A character of the word may have been read as another if recognition somewhere in the archive thought of it
 * where it then decided for the other (table alternative): that is the archive's own table of what looks
 * alike. So the word is looked for with each such character in its place. What is found is believed where
 * recognition had that very doubt in one of the article's lines, at that place; and, of words of two
 * characters or more, where it was unsure of the character it read, whatever else it thought of. Where it was
 * sure, the text mostly says another word (十一 and 十二), which is not what was looked for. */
#ifndef ARCHIVE_FUZZY_H
#define ARCHIVE_FUZZY_H

#include "archive/phrase.h"
#include "archive/query.h"

/* Characters that one may have been read as, at most: those it was most often. */
#define ARCHIVE_MOST_MISREADINGS 24

/* Less is unsure, in percent: one in a hundred characters that recognition gives more is wrong. */
#define ARCHIVE_SURE_PERCENT 90
/* In so many articles that have a spelling is looked for unsure characters; doubts are looked up in all. */
#define ARCHIVE_MOST_LOOKED_INTO 2000

/* How sure recognition was of the word, in percent: the share it gave to the character, or half of what it
 * left open. */
struct archive_guess {
    uint32_t article;
    int percent;
};

struct archive_guesses {
    struct archive_word *spellings; /* with a misread character, that were found somewhere; from the arena */
    size_t spelling_count, spelling_capacity;
    struct archive_guess *guesses; /* of one word of the query, by article, each once; from the arena */
    size_t count, capacity;
};

/* Finds where one word of a query stands misread. Guesses of the word alone; spellings are added to those
 * that are there. */
int archive_fuzzy_word(struct archive_index *index, const struct archive_word *word, struct bi_arena *arena,
                       struct archive_guesses *guesses, struct bi_error *err);

#endif
