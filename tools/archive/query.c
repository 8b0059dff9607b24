#include "archive/query.h"

#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "fold.h"

enum token_kind { TOKEN_TEXT, TOKEN_OR, TOKEN_NOT, TOKEN_AND };

struct token {
    enum token_kind kind;
    bool excluded;    /* written with a '-' */
    const char *text; /* as typed, without its quotes */
    size_t length;
};

struct tokens {
    struct token *items;
    size_t count, capacity;
};

/* A stretch of text as an FTS5 string, which nothing in it can end. */
static void add_string(struct bi_text *out, const char *text, size_t n)
{
    bi_text_add(out, "\"");
    for (size_t at = 0; at < n;) {
        uint32_t rune;
        size_t used = bi_fold_decode(text + at, n - at, &rune);
        if (rune == '"')
            bi_text_add(out, "\"\"");
        else if (rune)
            bi_text_add_bytes(out, text + at, used);
        at += used;
    }
    bi_text_add(out, "\"");
}

static bool says_something(const char *text, size_t n)
{
    for (size_t at = 0; at < n;) {
        uint32_t rune, folded[BI_FOLD_MAX];
        at += bi_fold_decode(text + at, n - at, &rune);
        if (bi_fold_rune(rune, folded) > 0)
            return true;
    }
    return false;
}

static bool is_word(const struct token *token, const char *word)
{
    return token->length == strlen(word) && memcmp(token->text, word, token->length) == 0;
}

/* Bytes of white space at s, 0 if there is none. */
static size_t space_at(const char *s)
{
    const char *next = s;
    uint32_t rune = bi_rune_next(&next);
    return rune && bi_rune_is_space(rune) ? (size_t)(next - s) : 0;
}

static void split(struct bi_arena *arena, const char *s, struct tokens *tokens)
{
    while (*s) {
        size_t space = space_at(s);
        if (space) {
            s += space;
            continue;
        }
        struct token token = {.excluded = *s == '-' && s[1] && !space_at(s + 1)};
        s += token.excluded;
        bool quoted = *s == '"';
        token.text = s += quoted;
        while (*s && (quoted ? *s != '"' : *s != '"' && !space_at(s)))
            s++;
        token.length = (size_t)(s - token.text);
        s += quoted && *s == '"';
        if (!quoted && !token.excluded)
            token.kind = is_word(&token, "OR")    ? TOKEN_OR
                         : is_word(&token, "NOT") ? TOKEN_NOT
                         : is_word(&token, "AND") ? TOKEN_AND
                                                  : TOKEN_TEXT;
        if (!says_something(token.text, token.length))
            continue;
        tokens->items =
            bi_arena_grow(arena, tokens->items, tokens->count, &tokens->capacity, sizeof *tokens->items);
        tokens->items[tokens->count++] = token;
    }
}

/* Operators that have nothing to work on become words. */
static void settle_operators(struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        struct token *token = &tokens->items[i];
        bool after = i > 0 && tokens->items[i - 1].kind == TOKEN_TEXT;
        bool before = i + 1 < tokens->count && tokens->items[i + 1].kind == TOKEN_TEXT;
        if ((token->kind == TOKEN_OR || token->kind == TOKEN_AND) &&
            (!after || !before || tokens->items[i - 1].excluded || tokens->items[i + 1].excluded))
            token->kind = TOKEN_TEXT;
        if (token->kind == TOKEN_NOT && !before)
            token->kind = TOKEN_TEXT;
        if (token->kind == TOKEN_NOT)
            tokens->items[i + 1].excluded = true;
    }
}

static int write_expression(const struct tokens *tokens, struct bi_text *out, struct bi_error *err)
{
    BI_CLEANUP(bi_text_release) struct bi_text wanted = {0}, excluded = {0};
    bool alternative = false;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *token = &tokens->items[i];
        if (token->kind == TOKEN_OR)
            alternative = true;
        if (token->kind != TOKEN_TEXT)
            continue;
        struct bi_text *to = token->excluded ? &excluded : &wanted;
        if (token->excluded)
            bi_text_add(to, to->length ? " OR " : "");
        else if (to->length)
            bi_text_add(to, alternative ? " OR " : ") AND (");
        else
            bi_text_add(to, "(");
        alternative = false;
        add_string(to, token->text, token->length);
    }
    if (!wanted.length)
        return bi_error_set(err, BI_EXIT_USAGE,
                            excluded.length ? "the query says only what not to find"
                                            : "the query has nothing to search for");
    if (excluded.length)
        bi_text_printf(out, "(%s)) NOT (%s)", wanted.data, excluded.data);
    else
        bi_text_printf(out, "%s)", wanted.data);
    return 0;
}

int archive_query(const char *query, bool literal, struct bi_text *expression, struct bi_error *err)
{
    size_t characters = bi_rune_count(query);
    if (characters > ARCHIVE_MAX_QUERY_CHARACTERS)
        return bi_error_set(err, BI_EXIT_USAGE,
                            "the query has %zu characters, more than the %d that are searched for",
                            characters, ARCHIVE_MAX_QUERY_CHARACTERS);
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct tokens tokens = {0};
    if (literal) {
        tokens.items = bi_arena_array(&arena, 1, sizeof *tokens.items);
        tokens.items[0] = (struct token){.text = query, .length = strlen(query)};
        tokens.count = says_something(query, strlen(query));
    } else {
        split(&arena, query, &tokens);
        settle_operators(&tokens);
    }
    return write_expression(&tokens, expression, err);
}
