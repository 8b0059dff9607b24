#include "archive/fuzzy.h"

#include <stdlib.h>
#include <string.h>

#include "archive/text.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "fold.h"
#include "store.h"

/* The character as it may stand in the archive: itself, a capital, full width. */
enum { FORMS = 4 };

struct forms {
    char text[FORMS][8];
};

static void write_form(char out[8], uint32_t character)
{
    struct bi_text text = {0};
    bi_text_add_rune(&text, character);
    memcpy(out, text.data, text.length + 1);
    bi_text_release(&text);
}

static struct forms forms_of(uint32_t character)
{
    enum { FULL_WIDTH = 0xFEE0 };
    uint32_t capital = character >= 'a' && character <= 'z' ? character - ('a' - 'A') : character;
    bool ascii = character > 0x20 && character < 0x7F;
    struct forms forms;
    write_form(forms.text[0], character);
    write_form(forms.text[1], capital);
    write_form(forms.text[2], ascii ? character + FULL_WIDTH : character);
    write_form(forms.text[3], ascii ? capital + FULL_WIDTH : character);
    return forms;
}

static int bind_forms(sqlite3_stmt *statement, const struct forms *forms, struct bi_error *err)
{
    return bi_store_bind(statement, err, "tttt", forms->text[0], forms->text[1], forms->text[2],
                         forms->text[3]);
}

/* The one character that a text folds to; 0 if it is none or several. */
static uint32_t fold_one(const char *text)
{
    uint32_t rune, folded[BI_FOLD_MAX];
    size_t length = strlen(text);
    if (!length || bi_fold_decode(text, length, &rune) != length)
        return 0;
    return bi_fold_rune(rune, folded) == 1 ? folded[0] : 0;
}

/* What a character was read as. */
static int ask_misreadings(sqlite3 *db, uint32_t meant, uint32_t *read, size_t *count, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *ask = NULL;
    struct forms forms = forms_of(meant);
    *count = 0;
    if (bi_store_prepare(db,
                         "SELECT read FROM alternative WHERE meant IN (?, ?, ?, ?) "
                         "GROUP BY read ORDER BY count(*) DESC, read",
                         &ask, err) < 0 ||
        bind_forms(ask, &forms, err) < 0)
        return -1;
    int row;
    while (*count < ARCHIVE_MOST_MISREADINGS && (row = bi_store_step(ask, err)) != 0) {
        if (row < 0)
            return -1;
        uint32_t character = fold_one(bi_store_text(ask, 0));
        bool known = !character || character == meant;
        for (size_t i = 0; i < *count && !known; i++)
            known = read[i] == character;
        if (!known)
            read[(*count)++] = character;
    }
    return 0;
}

/* Whether the characters of a line around a place are those of the spelling around `offset`, as far as the
 * line goes. */
static bool fits_line(const struct archive_folded *line, size_t place, const struct archive_word *spelling,
                      size_t offset)
{
    if (place >= line->count)
        return false;
    for (size_t i = 0; i < spelling->count; i++) {
        if (place + i < offset || place + i - offset >= line->count)
            continue;
        if (line->characters[place + i - offset] != spelling->characters[i])
            return false;
    }
    return true;
}

/* Glyphs are a line's characters without white space. The place of one among the folded characters: most
 * glyphs fold to one. */
static size_t place_of_glyph(const char *text, const struct archive_folded *line, int glyph)
{
    const char *at = text;
    for (int n = 0;;) {
        const char *start = at;
        uint32_t rune = bi_rune_next(&at);
        if (!rune)
            return SIZE_MAX;
        if (bi_rune_is_space(rune) || n++ < glyph)
            continue;
        for (size_t i = 0; i < line->count; i++)
            if (line->starts[i] >= (size_t)(start - text))
                return i;
        return SIZE_MAX;
    }
}

static size_t glyph_at(const char *text, uint32_t byte)
{
    size_t glyph = 0;
    for (const char *at = text; at < text + byte;)
        glyph += !bi_rune_is_space(bi_rune_next(&at));
    return glyph;
}

/* The third of three numbers that line_glyphs.extents has for each glyph; 100 if it has none. */
static int percent_of_glyph(const char *extents, size_t glyph)
{
    const char *at = extents + strspn(extents, "[ ");
    for (size_t skip = 3 * glyph + 2; skip > 0; skip--) {
        at = strchr(at, ',');
        if (!at)
            return 100;
        at++;
    }
    return atoi(at);
}

struct doubts {
    sqlite3_stmt *ask;   /* doubts of an article: meant in four forms, article */
    sqlite3_stmt *lines; /* lines of an article with their glyphs */
    struct archive_folded line;
};

/* The share that recognition gave to the character meant, in the line of the article where the spelling has
 * the other one; -1 where it had no such doubt. */
static int ask_doubt(struct doubts *doubts, uint32_t article, const struct archive_word *spelling,
                     size_t offset, uint32_t meant, int *percent, struct bi_error *err)
{
    struct forms forms = forms_of(meant);
    *percent = -1;
    if (bind_forms(doubts->ask, &forms, err) < 0 ||
        sqlite3_bind_int64(doubts->ask, FORMS + 1, article) != SQLITE_OK)
        return -1;
    int row;
    while ((row = bi_store_step(doubts->ask, err)) > 0) {
        const char *text = bi_store_text(doubts->ask, 0);
        archive_fold(&doubts->line, text, strlen(text));
        size_t place = place_of_glyph(text, &doubts->line, sqlite3_column_int(doubts->ask, 1));
        if (place != SIZE_MAX && fits_line(&doubts->line, place, spelling, offset) &&
            sqlite3_column_int(doubts->ask, 2) > *percent)
            *percent = sqlite3_column_int(doubts->ask, 2);
    }
    return row;
}

/* Half of what recognition left open at the character of the spelling that would be misread, where that is
 * much; else -1. */
static int ask_unsure(struct doubts *doubts, uint32_t article, const struct archive_word *spelling,
                      size_t offset, int *percent, struct bi_error *err)
{
    *percent = -1;
    if (bi_store_bind(doubts->lines, err, "l", (sqlite3_int64)article) < 0)
        return -1;
    int row;
    while ((row = bi_store_step(doubts->lines, err)) > 0) {
        const char *text = bi_store_text(doubts->lines, 0);
        archive_fold(&doubts->line, text, strlen(text));
        for (size_t place = 0; place < doubts->line.count; place++) {
            if (!fits_line(&doubts->line, place, spelling, offset))
                continue;
            int sure =
                percent_of_glyph(bi_store_text(doubts->lines, 1), glyph_at(text, doubts->line.starts[place]));
            if (sure < ARCHIVE_SURE_PERCENT && (100 - sure) / 2 > *percent)
                *percent = (100 - sure) / 2;
        }
    }
    return row;
}

static int compare_guesses(const void *a, const void *b)
{
    const struct archive_guess *one = a, *two = b;
    if (one->article != two->article)
        return one->article < two->article ? -1 : 1;
    return two->percent - one->percent;
}

static int try_spelling(struct archive_index *index, struct doubts *doubts,
                        const struct archive_word *spelling, size_t offset, uint32_t meant,
                        struct bi_arena *arena, struct archive_guesses *guesses, struct bi_error *err)
{
    BI_CLEANUP(archive_matches_release) struct archive_matches matches = {0};
    if (archive_phrase_match(index, spelling->characters, spelling->count, &matches, err) < 0)
        return -1;
    bool found = false;
    for (size_t i = 0; i < matches.count; i++) {
        int percent;
        if (ask_doubt(doubts, matches.articles[i], spelling, offset, meant, &percent, err) < 0)
            return -1;
        if (percent < 0 && spelling->count > 1 && i < ARCHIVE_MOST_LOOKED_INTO &&
            ask_unsure(doubts, matches.articles[i], spelling, offset, &percent, err) < 0)
            return -1;
        if (percent < 0)
            continue;
        guesses->guesses = bi_arena_grow(arena, guesses->guesses, guesses->count, &guesses->capacity,
                                         sizeof *guesses->guesses);
        guesses->guesses[guesses->count++] = (struct archive_guess){matches.articles[i], percent};
        found = true;
    }
    if (!found)
        return 0;
    guesses->spellings = bi_arena_grow(arena, guesses->spellings, guesses->spelling_count,
                                       &guesses->spelling_capacity, sizeof *guesses->spellings);
    guesses->spellings[guesses->spelling_count++] = *spelling;
    return 0;
}

static int try_spellings(struct archive_index *index, struct doubts *doubts, const struct archive_word *word,
                         struct bi_arena *arena, struct archive_guesses *guesses, struct bi_error *err)
{
    for (size_t offset = 0; offset < word->count; offset++) {
        uint32_t read[ARCHIVE_MOST_MISREADINGS];
        size_t count;
        if (ask_misreadings(index->db, word->characters[offset], read, &count, err) < 0)
            return -1;
        for (size_t i = 0; i < count; i++) {
            uint32_t *characters = bi_arena_array(arena, word->count, sizeof *characters);
            memcpy(characters, word->characters, word->count * sizeof *characters);
            characters[offset] = read[i];
            struct archive_word spelling = {.characters = characters, .count = word->count, .wanted = true};
            if (try_spelling(index, doubts, &spelling, offset, word->characters[offset], arena, guesses,
                             err) < 0)
                return -1;
        }
    }
    return 0;
}

int archive_fuzzy_word(struct archive_index *index, const struct archive_word *word, struct bi_arena *arena,
                       struct archive_guesses *guesses, struct bi_error *err)
{
    struct doubts doubts = {0};
    guesses->count = 0;
    int status = bi_store_prepare(index->db,
                                  "SELECT text, glyph, percent FROM line "
                                  "CROSS JOIN alternative USING (page_id, line_order) "
                                  "WHERE meant IN (?, ?, ?, ?) AND article_id = ?",
                                  &doubts.ask, err);
    if (status == 0)
        status =
            bi_store_prepare(index->db,
                             "SELECT text, extents FROM line JOIN line_glyphs USING (page_id, line_order) "
                             "WHERE article_id = ?",
                             &doubts.lines, err);
    if (status == 0)
        status = try_spellings(index, &doubts, word, arena, guesses, err);
    bi_store_finalizep(&doubts.ask);
    bi_store_finalizep(&doubts.lines);
    archive_folded_release(&doubts.line);
    if (status < 0)
        return -1;
    if (guesses->count)
        qsort(guesses->guesses, guesses->count, sizeof *guesses->guesses, compare_guesses);
    size_t kept = 0;
    for (size_t i = 0; i < guesses->count; i++)
        if (kept == 0 || guesses->guesses[kept - 1].article != guesses->guesses[i].article)
            guesses->guesses[kept++] = guesses->guesses[i];
    guesses->count = kept;
    return 0;
}
