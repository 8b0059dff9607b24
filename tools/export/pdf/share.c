#include "export/pdf/share.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

#define IDEOGRAPHIC_SPACE 0x3000

/* A character that is no white space. */
struct mark {
    uint32_t rune;
    const char *text;
    size_t bytes;
    size_t line;                      /* of the article; of a mark of the body once it is known */
    const struct export_glyph *glyph; /* NULL if its place is unknown */
    const char *space;                /* that stands before it, " " or an ideographic one; NULL: none */
};

struct marks {
    struct mark *list;
    size_t count, room;
};

bool pdf_is_head(const struct export_line *line)
{
    static const char *const roles[] = {"headline", "kicker", "subhead", "byline"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (strcmp(line->role, roles[i]) == 0)
            return true;
    return false;
}

static bool may_be_body(const struct export_line *line)
{
    static const char *const roles[] = {"body", "ad", "other"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (strcmp(line->role, roles[i]) == 0)
            return true;
    return false;
}

static void take(struct bi_arena *arena, struct marks *marks, const char *text, size_t index,
                 const struct export_line *line)
{
    const char *space = NULL;
    size_t glyph = 0;
    for (const char *s = text, *end = s; *s; s = end) {
        uint32_t rune = bi_rune_next(&end);
        if (bi_rune_is_space(rune)) {
            space = rune == '\n' ? NULL : rune == IDEOGRAPHIC_SPACE ? "\u3000" : " ";
            continue;
        }
        marks->list = bi_arena_grow(arena, marks->list, marks->count, &marks->room, sizeof *marks->list);
        marks->list[marks->count++] = (struct mark){
            .rune = rune,
            .text = s,
            .bytes = (size_t)(end - s),
            .line = index,
            .glyph = line && glyph < line->glyph_count ? &line->glyphs[glyph] : NULL,
            .space = space,
        };
        glyph++;
        space = NULL;
    }
}

/* How far each diagonal got with each number of differences: rows of 2·differences + 1. */
struct search {
    const struct marks *a, *b;
    long **reached;
    long count;
};

static void search_release(struct search *search)
{
    for (long d = 0; d < search->count; d++)
        free(search->reached[d]);
    free(search->reached);
}

/* Where diagonal k (a's index - b's index) begins with d differences, from those with d - 1. */
static long start_of(const struct search *search, long d, long k)
{
    if (d == 0)
        return 0;
    const long *before = search->reached[d - 1] + d - 1;
    long deleted = k - 1 >= -(d - 1) ? before[k - 1] + 1 : -1; /* one of a is left out */
    long added = k + 1 <= d - 1 ? before[k + 1] : -1;          /* one of b is new */
    return deleted > added ? deleted : added;
}

/* -1 if there are too many differences. */
static int find(struct search *search)
{
    const struct marks *a = search->a, *b = search->b;
    long n = (long)a->count, m = (long)b->count;
    search->reached = bi_xcalloc(PDF_MAX_DIFFERENCES + 1, sizeof *search->reached);
    for (long d = 0; d <= PDF_MAX_DIFFERENCES; d++) {
        long *row = bi_xcalloc((size_t)(2 * d + 1), sizeof *row);
        search->reached[d] = row;
        search->count = d + 1;
        for (long k = -d; k <= d; k += 2) {
            long x = start_of(search, d, k);
            while (x < n && x - k < m && x - k >= 0 && a->list[x].rune == b->list[x - k].rune)
                x++;
            row[k + d] = x;
            if (x >= n && x - k >= m)
                return 0;
        }
    }
    return -1;
}

/* Goes back the way that was found, and gives what b has in common with a its place. */
static void take_over(const struct search *search, bool *known)
{
    long x = (long)search->a->count, y = (long)search->b->count;
    for (long d = search->count - 1; d >= 0; d--) {
        long k = x - y, start = start_of(search, d, k);
        for (; x > start; x--, y--) {
            struct mark *to = &search->b->list[y - 1];
            to->line = search->a->list[x - 1].line;
            to->glyph = search->a->list[x - 1].glyph;
            known[y - 1] = true;
        }
        if (k + 1 <= d - 1 && start == search->reached[d - 1][k + 1 + d - 1])
            y--;
        else
            x--;
    }
}

/* Those of unknown line go with the one before them; at the beginning with the first that is known. */
static void settle_unknown(struct marks *body, const bool *known, size_t first_line)
{
    size_t line = first_line;
    for (size_t i = 0; i < body->count; i++)
        if (known[i]) {
            line = body->list[i].line;
            break;
        }
    for (size_t i = 0; i < body->count; i++)
        if (known[i])
            line = body->list[i].line;
        else
            body->list[i].line = line;
}

static void put_on_lines(struct bi_arena *arena, const struct marks *body, struct pdf_line *lines,
                         size_t line_count)
{
    size_t *counts = bi_arena_array(arena, line_count, sizeof *counts);
    for (size_t i = 0; i < body->count; i++)
        counts[body->list[i].line] += 2; /* with a space after it */
    for (size_t i = 0; i < line_count; i++)
        if (counts[i])
            lines[i].characters = bi_arena_array(arena, counts[i], sizeof *lines[i].characters);
    for (size_t i = 0; i < body->count; i++) {
        const struct mark *mark = &body->list[i];
        if (mark->space && i > 0) /* at the end of the line before, if this begins one */
            pdf_line_add(arena, &lines[body->list[i - 1].line], mark->space, strlen(mark->space), NULL);
        pdf_line_add(arena, &lines[mark->line], mark->text, mark->bytes, mark->glyph);
    }
}

/* A hyphen that the body keeps begins the next line: at the end of a line readers take it for one that only
 * divides a word, and drop it. */
static void keep_hyphens(struct marks *body)
{
    for (size_t i = body->count; i-- > 1;) {
        struct mark *mark = &body->list[i - 1];
        if (mark->rune == '-' && body->list[i].line != mark->line) {
            mark->line = body->list[i].line;
            mark->glyph = NULL;
        }
    }
}

struct pdf_line *pdf_share_body(struct bi_arena *arena, const struct export_article *article)
{
    struct pdf_line *lines = bi_arena_array(arena, article->line_count, sizeof *lines);
    struct marks printed = {0}, body = {0};
    size_t first = article->line_count;
    for (size_t i = 0; i < article->line_count; i++) {
        const struct export_line *line = article->lines[i];
        lines[i].line = line;
        if (pdf_is_head(line))
            lines[i] = pdf_line_of(arena, line);
        if (may_be_body(line)) {
            first = first == article->line_count ? i : first;
            take(arena, &printed, line->text, i, line);
        }
    }
    if (first == article->line_count)
        return lines;
    take(arena, &body, article->body, first, NULL);
    BI_CLEANUP(search_release) struct search search = {.a = &printed, .b = &body};
    if (find(&search) < 0) {
        for (size_t i = 0; i < article->line_count; i++)
            if (may_be_body(article->lines[i]))
                lines[i] = pdf_line_of(arena, article->lines[i]);
        return lines;
    }
    bool *known = bi_arena_array(arena, body.count + 1, sizeof *known);
    take_over(&search, known);
    settle_unknown(&body, known, first);
    keep_hyphens(&body);
    put_on_lines(arena, &body, lines, article->line_count);
    return lines;
}
