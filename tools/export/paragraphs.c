#include "export/paragraphs.h"

#include <string.h>

#include "base/text.h"

/* When the next line is not what the text goes on with, so many lines around it are tried. */
enum { WINDOW = 64 };
/* Part of a line is taken for part of the text from this many characters on. */
enum { MIN_SHARE = 4 };
/* What may stand between the two parts of a line cut at a gutter: a rule, read as a character or two. */
enum { MAX_RULE = 2 };
/* Comparisons of characters that an article may cost for each character of its lines and text. */
enum { MAX_EFFORT = 600 };

/* ---- characters */

/* A text without its white space. */
struct letters {
    uint32_t *runes;
    bool *spaced; /* white space before it */
    size_t count;
};

static struct letters letters_of(struct bi_arena *arena, const char *text, const char *end)
{
    struct letters letters = {0};
    size_t size = (size_t)(end - text) + 1;
    letters.runes = bi_arena_array(arena, size, sizeof *letters.runes);
    letters.spaced = bi_arena_array(arena, size, sizeof *letters.spaced);
    bool space = false;
    while (text < end) {
        uint32_t rune = bi_rune_next(&text);
        if (bi_rune_is_space(rune)) {
            space = true;
            continue;
        }
        letters.runes[letters.count] = rune;
        letters.spaced[letters.count++] = space;
        space = false;
    }
    return letters;
}

size_t export_line_length(const struct export_line *line)
{
    size_t count = 0;
    for (const char *s = line->text; *s;)
        count += !bi_rune_is_space(bi_rune_next(&s));
    return count;
}

bool export_piece_is_line(const struct export_piece *piece)
{
    return piece->first == 0 && piece->count + piece->hyphen == export_line_length(piece->line);
}

/* Adds the characters of a piece as its line has them. */
static void spell_piece(struct bi_text *out, const struct export_piece *piece)
{
    size_t index = 0;
    bool space = false;
    for (const char *s = piece->line->text; *s && index < piece->first + piece->count;) {
        uint32_t rune = bi_rune_next(&s);
        if (bi_rune_is_space(rune)) {
            space = true;
            continue;
        }
        if (index >= piece->first) {
            if (space && index > piece->first)
                bi_text_add(out, " ");
            bi_text_add_rune(out, rune);
        }
        space = false;
        index++;
    }
}

char *export_paragraph_spell(struct bi_arena *arena, const struct export_paragraph *paragraph)
{
    struct bi_text text = {0};
    for (size_t i = 0; i < paragraph->piece_count; i++) {
        spell_piece(&text, &paragraph->pieces[i]);
        if (paragraph->pieces[i].space && i + 1 < paragraph->piece_count)
            bi_text_add(&text, " ");
    }
    char *copy = bi_arena_strdup(arena, bi_text_get(&text));
    bi_text_release(&text);
    return copy;
}

/* ---- finding lines in a text */

struct candidate {
    struct export_line *line;
    struct letters letters;
    size_t from; /* the characters before it are used */
};

struct alignment {
    struct bi_arena *arena;
    struct candidate *lines; /* of the article, in order */
    size_t count;
    size_t next;   /* the one after the last that was found */
    size_t first;  /* none before it has anything left */
    size_t effort; /* comparisons that may still be made */
};

/* A candidate found in a text. */
struct found {
    size_t index, from, count;
    bool hyphen;
};

static bool is_left(const struct candidate *candidate)
{
    return candidate->from < candidate->letters.count;
}

/* How many characters of a line from `from` on are those of the text from `at` on. */
static size_t common(struct alignment *a, const struct letters *line, size_t from, const struct letters *text,
                     size_t at)
{
    size_t n = 0;
    while (from + n < line->count && at + n < text->count && line->runes[from + n] == text->runes[at + n])
        n++;
    a->effort -= n + 1 < a->effort ? n + 1 : a->effort;
    return n;
}

/* Whether all that is left of a line stands in the text there, but for a hyphen at its end. */
static bool try_whole(struct alignment *a, size_t index, const struct letters *text, size_t at,
                      struct found *found)
{
    const struct candidate *c = &a->lines[index];
    size_t left = c->letters.count - c->from, n = common(a, &c->letters, c->from, text, at);
    *found = (struct found){index, c->from, n, false};
    if (n == left)
        return true;
    found->hyphen = n > 0 && n + 1 == left && c->letters.runes[c->from + n] == '-' && at + n < text->count;
    return found->hyphen;
}

/* The longest beginning of a line that stands in the text there, or of the rest of one that was cut. */
static size_t try_share(struct alignment *a, size_t index, const struct letters *text, size_t at,
                        struct found *found)
{
    const struct candidate *c = &a->lines[index];
    size_t most = 0;
    for (size_t skip = 0; skip <= (c->from ? MAX_RULE : 0) && c->from + skip < c->letters.count; skip++) {
        size_t n = common(a, &c->letters, c->from + skip, text, at);
        if (n >= MIN_SHARE && n > most) {
            most = n;
            *found = (struct found){index, c->from + skip, n, false};
        }
    }
    return most;
}

/* Goes through the lines of a field that have something left, nearest first: from the next one on, then those
 * before it. */
static bool walk(struct alignment *a, const char *role, size_t *index, size_t *tried)
{
    while (++*tried <= 2 * WINDOW && a->effort) {
        bool wrapped = *tried > WINDOW;
        if (*tried == WINDOW + 1)
            *index = a->first;
        size_t end = wrapped ? a->next : a->count;
        while (*index < end &&
               (!is_left(&a->lines[*index]) || (role && strcmp(a->lines[*index].line->role, role) != 0 &&
                                                strcmp(a->lines[*index].line->role, "ad") != 0)))
            ++*index;
        if (*index < end)
            return true;
        if (wrapped)
            return false;
        *tried = WINDOW;
    }
    return false;
}

/* The line that the text goes on with at `at`. */
static bool find(struct alignment *a, const char *role, const struct letters *text, size_t at,
                 struct found *best)
{
    struct found found;
    bool any = false;
    size_t tried = 0;
    for (size_t i = a->next; walk(a, role, &i, &tried); i++) {
        if (!try_whole(a, i, text, at, &found) || (any && found.count <= best->count))
            continue;
        *best = found;
        if (!any && found.count >= MIN_SHARE)
            return true;
        any = true;
    }
    if (any)
        return true;
    tried = 0;
    size_t most = 0;
    for (size_t i = a->next; walk(a, role, &i, &tried); i++) {
        size_t n = try_share(a, i, text, at, &found);
        if (n > most) {
            *best = found;
            most = n;
        }
    }
    return most > 0;
}

/* Aligns one paragraph with the lines of a role, or of any; takes what it uses. */
static void align(struct alignment *a, const char *role, struct export_paragraph *paragraph)
{
    const char *text = paragraph->text;
    struct letters letters = letters_of(a->arena, text, text + strlen(text));
    size_t capacity = 0;
    for (size_t at = 0; at < letters.count && a->effort;) {
        struct found found;
        if (!find(a, role, &letters, at, &found)) {
            at++;
            continue;
        }
        paragraph->pieces = bi_arena_grow(a->arena, paragraph->pieces, paragraph->piece_count, &capacity,
                                          sizeof *paragraph->pieces);
        at += found.count;
        paragraph->pieces[paragraph->piece_count++] = (struct export_piece){
            .line = a->lines[found.index].line,
            .first = found.from,
            .count = found.count,
            .hyphen = found.hyphen,
            .space = at < letters.count && letters.spaced[at],
        };
        a->lines[found.index].from = found.from + found.count + found.hyphen;
        a->next = found.index + !is_left(&a->lines[found.index]);
        while (a->first < a->count && !is_left(&a->lines[a->first]))
            a->first++;
    }
    paragraph->exact = strcmp(export_paragraph_spell(a->arena, paragraph), text) == 0;
    paragraph->crosshead = paragraph->field == EXPORT_BODY && paragraph->piece_count > 0;
    for (size_t i = 0; i < paragraph->piece_count; i++)
        paragraph->crosshead = paragraph->crosshead && paragraph->pieces[i].line->crosshead;
}

/* ---- the texts of an article */

static struct export_paragraph *add(struct alignment *a, struct export_paragraphs *out, size_t *capacity,
                                    enum export_field field, const char *text)
{
    out->list = bi_arena_grow(a->arena, out->list, out->count, capacity, sizeof *out->list);
    struct export_paragraph *paragraph = &out->list[out->count++];
    *paragraph = (struct export_paragraph){.field = field, .text = text};
    return paragraph;
}

/* A byline that nobody signed is the opening of the body: it has the same pieces, as far as it goes. */
static void share_opening(struct alignment *a, struct export_paragraph *byline,
                          const struct export_paragraph *body)
{
    const char *text = byline->text;
    struct letters letters = letters_of(a->arena, text, text + strlen(text));
    size_t at = 0;
    byline->pieces = bi_arena_array(a->arena, body->piece_count + 1, sizeof *byline->pieces);
    for (size_t i = 0; i < body->piece_count && at < letters.count; i++) {
        struct export_piece piece = body->pieces[i];
        if (piece.count > letters.count - at) {
            piece.count = letters.count - at;
            piece.hyphen = false;
        }
        at += piece.count;
        byline->pieces[byline->piece_count++] = piece;
    }
    byline->exact = strcmp(export_paragraph_spell(a->arena, byline), text) == 0;
    if (!byline->exact)
        byline->piece_count = 0;
}

static void add_body(struct alignment *a, struct export_paragraphs *out, size_t *capacity, const char *body)
{
    for (const char *s = body; *s;) {
        size_t length = strcspn(s, "\n");
        if (length)
            align(a, NULL, add(a, out, capacity, EXPORT_BODY, bi_arena_strndup(a->arena, s, length)));
        s += length + (s[length] == '\n');
    }
}

/* Lines of which nothing was used. */
static void keep_rest(struct alignment *a, struct export_paragraphs *out)
{
    out->rest = bi_arena_array(a->arena, a->count + 1, sizeof(struct export_line *));
    for (size_t i = 0; i < a->count; i++)
        if (a->lines[i].from == 0)
            out->rest[out->rest_count++] = a->lines[i].line;
}

void export_paragraphs_align(struct bi_arena *arena, const struct export_article *article,
                             struct export_paragraphs *out)
{
    struct alignment a = {.arena = arena, .count = article->line_count, .effort = strlen(article->body) + 1};
    a.lines = bi_arena_array(arena, a.count + 1, sizeof *a.lines);
    for (size_t i = 0; i < a.count; i++) {
        const char *text = article->lines[i]->text;
        a.lines[i] = (struct candidate){article->lines[i], letters_of(arena, text, text + strlen(text)), 0};
        a.effort += a.lines[i].letters.count;
    }
    a.effort *= MAX_EFFORT;
    *out = (struct export_paragraphs){0};
    size_t capacity = 0;
    const struct {
        enum export_field field;
        const char *text, *role;
    } heads[] = {{EXPORT_KICKER, article->kicker, "kicker"},
                 {EXPORT_HEADLINE, article->headline, "headline"},
                 {EXPORT_SUBHEAD, article->subhead, "subhead"},
                 {EXPORT_BYLINE, article->byline, "byline"}};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (*heads[i].text) {
            a.next = 0;
            align(&a, heads[i].role, add(&a, out, &capacity, heads[i].field, heads[i].text));
        }
    a.next = 0;
    size_t first = out->count;
    add_body(&a, out, &capacity, article->body);
    if (first && first < out->count && out->list[first - 1].field == EXPORT_BYLINE &&
        out->list[first - 1].piece_count == 0)
        share_opening(&a, &out->list[first - 1], &out->list[first]);
    keep_rest(&a, out);
}
