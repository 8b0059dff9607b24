/* Cut into tokens, operators settled by what stands beside them, then parsed by descent:
 *
 *     all := any { any }            the space, AND
 *     any := item { OR item }
 *     item := [ - | NOT ] ( word | "(" all ")" )
 */
#include "archive/query.h"

#include <string.h>

#include "base/text.h"
#include "fold.h"

enum token_kind { TOKEN_WORD, TOKEN_OR, TOKEN_AND, TOKEN_NOT, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_END };

struct token {
    enum token_kind kind;
    const char *text; /* as typed, without its quotes */
    size_t length;
    bool quoted;
};

struct parser {
    struct bi_arena *arena;
    struct token *tokens;
    size_t count, capacity, at;
    struct archive_word *words;
    size_t word_count, word_capacity;
};

/* ---- tokens */

/* Bytes of white space at s, 0 if there is none. */
static size_t space_at(const char *s)
{
    const char *next = s;
    uint32_t rune = bi_rune_next(&next);
    return rune && bi_rune_is_space(rune) ? (size_t)(next - s) : 0;
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

static void add_token(struct parser *parser, struct token token)
{
    parser->tokens =
        bi_arena_grow(parser->arena, parser->tokens, parser->count, &parser->capacity, sizeof token);
    parser->tokens[parser->count++] = token;
}

/* A word with its closing brackets, as far as there are open ones. */
static void add_word(struct parser *parser, const char *text, size_t length, size_t *open)
{
    size_t closing = 0;
    while (closing < *open && closing < length && text[length - 1 - closing] == ')')
        closing++;
    struct token token = {.text = text, .length = length - closing};
    if (token.length == 2 && memcmp(text, "OR", 2) == 0)
        token.kind = TOKEN_OR;
    else if (token.length == 3 && memcmp(text, "AND", 3) == 0)
        token.kind = TOKEN_AND;
    else if (token.length == 3 && memcmp(text, "NOT", 3) == 0)
        token.kind = TOKEN_NOT;
    if (says_something(token.text, token.length))
        add_token(parser, token);
    for (size_t i = 0; i < closing; i++)
        add_token(parser, (struct token){.kind = TOKEN_CLOSE});
    *open -= closing;
}

static void split(struct parser *parser, const char *s)
{
    size_t open = 0;
    while (*s) {
        size_t space = space_at(s);
        if (space) {
            s += space;
        } else if (*s == '(') {
            add_token(parser, (struct token){.kind = TOKEN_OPEN, .text = s, .length = 1});
            open++;
            s++;
        } else if (*s == '-' && s[1] && !space_at(s + 1)) {
            add_token(parser, (struct token){.kind = TOKEN_NOT, .text = s, .length = 1});
            s++;
        } else if (*s == '"') {
            const char *start = ++s;
            while (*s && *s != '"')
                s++;
            if (says_something(start, (size_t)(s - start)))
                add_token(parser,
                          (struct token){.text = start, .length = (size_t)(s - start), .quoted = true});
            s += *s == '"';
        } else {
            const char *start = s;
            while (*s && *s != '"' && !space_at(s))
                s++;
            add_word(parser, start, (size_t)(s - start), &open);
        }
    }
}

static bool begins_item(const struct token *token)
{
    return token->kind == TOKEN_WORD || token->kind == TOKEN_OPEN;
}

/* Operators that have nothing to work on become words. */
static void settle_operators(struct parser *parser)
{
    const struct token none = {.kind = TOKEN_END};
    for (size_t i = 0; i < parser->count; i++) {
        struct token *token = &parser->tokens[i];
        const struct token *after = i + 1 < parser->count ? token + 1 : &none;
        const struct token *before = i > 0 ? token - 1 : &none;
        bool excluded = i > 1 && parser->tokens[i - 2].kind == TOKEN_NOT;
        bool preceded = (before->kind == TOKEN_WORD && !excluded) || before->kind == TOKEN_CLOSE;
        if ((token->kind == TOKEN_OR || token->kind == TOKEN_AND) && (!preceded || !begins_item(after)))
            token->kind = TOKEN_WORD;
        if (token->kind == TOKEN_NOT && !begins_item(after))
            token->kind = TOKEN_WORD;
    }
}

/* ---- words */

static bool is_letter_or_digit(uint32_t character)
{
    return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z') ||
           (character >= 0xC0 && character < 0x2000);
}

static size_t put_word(struct parser *parser, const struct token *token)
{
    size_t length = token->length;
    /* A star after something asks for words that begin so. */
    bool star = !token->quoted && length > 1 && token->text[length - 1] == '*' &&
                says_something(token->text, length - 1) && token->text[length - 2] != '*';
    length -= star;
    size_t capacity = 0;
    struct archive_word word = {0};
    uint32_t *characters = NULL;
    for (size_t at = 0; at < length;) {
        uint32_t rune, folded[BI_FOLD_MAX];
        at += bi_fold_decode(token->text + at, length - at, &rune);
        size_t count = bi_fold_rune(rune, folded);
        for (size_t i = 0; i < count; i++) {
            characters = bi_arena_grow(parser->arena, characters, word.count, &capacity, sizeof *characters);
            characters[word.count++] = folded[i];
        }
    }
    word.characters = characters;
    word.begins = star && is_letter_or_digit(characters[word.count - 1]) && is_letter_or_digit(characters[0]);
    for (size_t i = 0; i < parser->word_count; i++)
        if (parser->words[i].count == word.count && parser->words[i].begins == word.begins &&
            memcmp(parser->words[i].characters, characters, word.count * sizeof *characters) == 0)
            return i;
    parser->words = bi_arena_grow(parser->arena, parser->words, parser->word_count, &parser->word_capacity,
                                  sizeof *parser->words);
    parser->words[parser->word_count] = word;
    return parser->word_count++;
}

/* ---- the tree */

static struct archive_node *new_node(struct parser *parser, enum archive_node_kind kind)
{
    struct archive_node *node = bi_arena_alloc(parser->arena, sizeof *node);
    node->kind = kind;
    return node;
}

static void append(struct archive_node *parent, struct archive_node *child)
{
    struct archive_node **end = &parent->first;
    while (*end)
        end = &(*end)->next;
    *end = child;
}

static const struct token *peek(const struct parser *parser)
{
    static const struct token END = {.kind = TOKEN_END};
    return parser->at < parser->count ? &parser->tokens[parser->at] : &END;
}

static struct archive_node *parse_all(struct parser *parser);

/* NULL for brackets with nothing in them. */
static struct archive_node *parse_item(struct parser *parser)
{
    bool excluded = false;
    for (; peek(parser)->kind == TOKEN_NOT; parser->at++)
        excluded = !excluded;
    struct archive_node *item = NULL;
    const struct token *token = peek(parser);
    parser->at++;
    if (token->kind == TOKEN_OPEN) {
        item = parse_all(parser);
        parser->at += peek(parser)->kind == TOKEN_CLOSE;
    } else {
        item = new_node(parser, ARCHIVE_NODE_WORD);
        item->word = put_word(parser, token);
    }
    if (item)
        item->excluded ^= excluded;
    return item;
}

static bool continues(const struct parser *parser)
{
    enum token_kind kind = peek(parser)->kind;
    return kind == TOKEN_WORD || kind == TOKEN_OPEN || kind == TOKEN_NOT;
}

static struct archive_node *parse_any(struct parser *parser)
{
    struct archive_node *first = parse_item(parser), *any = NULL;
    while (peek(parser)->kind == TOKEN_OR) {
        parser->at++;
        struct archive_node *other = parse_item(parser);
        if (!first || !other) {
            first = first ? first : other;
            continue;
        }
        if (!any) {
            any = new_node(parser, ARCHIVE_NODE_ANY);
            append(any, first);
        }
        append(any, other);
    }
    return any ? any : first;
}

static struct archive_node *parse_all(struct parser *parser)
{
    struct archive_node *all = new_node(parser, ARCHIVE_NODE_ALL);
    while (continues(parser)) {
        struct archive_node *any = parse_any(parser);
        if (any)
            append(all, any);
        parser->at += peek(parser)->kind == TOKEN_AND;
    }
    if (!all->first)
        return NULL;
    /* One item alone needs nothing around it. */
    return all->first->next ? all : all->first;
}

/* Whether a node finds something, instead of only leaving out: A OR (not B) and (not B) do not. Words that
 * are found by are marked. */
static bool finds_something(struct parser *parser, const struct archive_node *node)
{
    if (node->kind == ARCHIVE_NODE_WORD) {
        parser->words[node->word].wanted = true;
        return true;
    }
    bool every = true, some = false;
    for (const struct archive_node *child = node->first; child; child = child->next) {
        bool finds = !child->excluded && finds_something(parser, child);
        every = every && finds;
        some = some || finds;
        if (!child->excluded && !finds)
            return false;
    }
    return node->kind == ARCHIVE_NODE_ANY ? every : some;
}

/* A child that consists of nothing but what is left out leaves it out of its parent. */
static void lift_exclusions(struct archive_node *node)
{
    for (struct archive_node **at = &node->first; *at;) {
        struct archive_node *child = *at;
        lift_exclusions(child);
        bool only = child->kind == ARCHIVE_NODE_ALL && !child->excluded && child->first;
        for (struct archive_node *each = child->first; each; each = each->next)
            only = only && each->excluded;
        if (only && node->kind == ARCHIVE_NODE_ALL) {
            struct archive_node *last = child->first;
            while (last->next)
                last = last->next;
            last->next = child->next;
            *at = child->first;
            at = &last->next;
        } else {
            at = &child->next;
        }
    }
}

int archive_query_parse(const char *query, bool literal, struct bi_arena *arena, struct archive_query *parsed,
                        struct bi_error *err)
{
    size_t characters = bi_rune_count(query);
    if (characters > ARCHIVE_MAX_QUERY_CHARACTERS)
        return bi_error_set(err, BI_EXIT_USAGE,
                            "the query has %zu characters, more than the %d that are searched for",
                            characters, ARCHIVE_MAX_QUERY_CHARACTERS);
    struct parser parser = {.arena = arena};
    if (!literal) {
        split(&parser, query);
        settle_operators(&parser);
    } else if (says_something(query, strlen(query))) {
        add_token(&parser, (struct token){.text = query, .length = strlen(query), .quoted = true});
    }
    struct archive_node *root = new_node(&parser, ARCHIVE_NODE_ALL);
    while (parser.at < parser.count) {
        struct archive_node *all = parse_all(&parser);
        if (all)
            append(root, all);
        parser.at += peek(&parser)->kind != TOKEN_END && !continues(&parser);
    }
    lift_exclusions(root);
    if (!root->first)
        return bi_error_set(err, BI_EXIT_USAGE, "the query has nothing to search for");
    if (!finds_something(&parser, root))
        return bi_error_set(err, BI_EXIT_USAGE, "the query, or a part of it, says only what not to find");
    if (parser.word_count > ARCHIVE_MAX_QUERY_WORDS)
        return bi_error_set(err, BI_EXIT_USAGE,
                            "the query has %zu different words, more than the %d that are searched for",
                            parser.word_count, ARCHIVE_MAX_QUERY_WORDS);
    *parsed = (struct archive_query){
        .words = parser.words,
        .word_count = parser.word_count,
        .root = root,
    };
    return 0;
}
