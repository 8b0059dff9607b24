#include "charset.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* More is no character set. */
#define MAX_CHARACTERS 70000
#define MAX_TABLE (16u << 20) /* entries of the table of what comes after what */
#define MAX_LINE 1024

/* A line without its end, or NULL. */
static const char *take_line(struct bytes *bytes, size_t *length)
{
    const char *begin = bytes->data + bytes->at;
    size_t left = bytes->size - bytes->at;
    const char *end = bytes->bad ? NULL : memchr(begin, '\n', left < MAX_LINE ? left : MAX_LINE);
    if (!end) {
        bytes->bad = true;
        return NULL;
    }
    *length = (size_t)(end - begin);
    bytes->at += *length + 1;
    return begin;
}

/* The one rune before the first space; 0 if there are several. "NULL" stands for the space. */
static uint32_t rune_of(struct bi_arena *arena, const char *line, size_t length)
{
    const char *end = memchr(line, ' ', length);
    size_t n = end ? (size_t)(end - line) : length;
    const char *text = bi_arena_strndup(arena, line, n);
    if (strcmp(text, "NULL") == 0)
        return ' ';
    uint32_t rune = bi_rune_next(&text);
    return *text ? 0 : rune;
}

bool charset_read_runes(struct bi_arena *arena, struct bytes *bytes, struct charset *charset)
{
    size_t length, count = 0;
    const char *line = take_line(bytes, &length);
    for (size_t i = 0; line && i < length && isdigit((unsigned char)line[i]) && count <= MAX_CHARACTERS; i++)
        count = count * 10 + (size_t)(line[i] - '0');
    if (count < 1 || count > MAX_CHARACTERS)
        return false;
    charset->characters = bi_arena_array(arena, count, sizeof *charset->characters);
    charset->count = count;
    for (size_t i = 0; i < count; i++) {
        if (!(line = take_line(bytes, &length)))
            return false;
        charset->characters[i].rune = rune_of(arena, line, length);
    }
    return true;
}

static int add_node(struct bi_arena *arena, struct charset *charset)
{
    charset->nodes = bi_arena_grow(arena, charset->nodes, charset->node_count, &charset->node_capacity,
                                   sizeof *charset->nodes);
    size_t codes = (size_t)charset->codes;
    if (charset->node_count >= charset->next_capacity) {
        size_t capacity = charset->next_capacity ? 2 * charset->next_capacity : 1024;
        int32_t *next = bi_arena_array(arena, capacity * codes, sizeof *next);
        if (charset->next)
            memcpy(next, charset->next, charset->node_count * codes * sizeof *next);
        charset->next = next;
        charset->next_capacity = capacity;
    }
    charset->nodes[charset->node_count] = (struct charset_node){.character = -1};
    return (int)charset->node_count++;
}

static void add_spelling(struct bi_arena *arena, struct charset *charset, int index)
{
    const struct charset_character *character = &charset->characters[index];
    int node = 0;
    for (int i = 0; i < character->length; i++) {
        int32_t next = charset_next(charset, node, character->codes[i]);
        if (!next) {
            next = add_node(arena, charset);
            charset->next[(size_t)node * (size_t)charset->codes + (size_t)character->codes[i]] = next;
        }
        charset->nodes[node].inner = true;
        node = next;
    }
    if (charset->nodes[node].character < 0)
        charset->nodes[node].character = index;
}

/* False if there is more or other than a spelling. */
static bool read_spelling(struct bytes *bytes, int codes, struct charset_character *character)
{
    bytes_take(bytes, 1);
    character->length = bytes_int32(bytes);
    if (character->length < 1 || character->length > CHARSET_MAX_SPELLING)
        return false;
    for (int i = 0; i < character->length; i++) {
        int32_t code = bytes_int32(bytes);
        if (code < 0 || code >= codes)
            return false;
        character->codes[i] = (int16_t)code;
    }
    return !bytes->bad;
}

static int compare_runes(const void *a, const void *b, void *characters)
{
    const struct charset_character *all = characters;
    int32_t i = *(const int32_t *)a, j = *(const int32_t *)b;
    uint32_t x = all[i].rune, y = all[j].rune;
    return x != y ? (x > y) - (x < y) : (i > j) - (i < j);
}

bool charset_read_codes(struct bi_arena *arena, struct bytes *bytes, int codes, int blank,
                        struct charset *charset)
{
    if (bytes_unsigned(bytes, 4) != charset->count || codes < 1 || codes > INT16_MAX || blank < 0 ||
        blank >= codes)
        return false;
    charset->codes = codes;
    charset->blank = blank;
    charset->space = -1;
    add_node(arena, charset);
    for (size_t i = 0; i < charset->count; i++) {
        struct charset_character *character = &charset->characters[i];
        if (!read_spelling(bytes, codes, character) || charset->node_count * (size_t)codes > MAX_TABLE)
            return false;
        if (character->rune == ' ' && character->length == 1)
            charset->space = character->codes[0];
        bool blanks = character->length == 1 && character->codes[0] == blank;
        if (character->rune <= ' ' || blanks)
            character->rune = 0;
        else
            add_spelling(arena, charset, (int)i);
    }
    charset->by_rune = bi_arena_array(arena, charset->count, sizeof *charset->by_rune);
    for (size_t i = 0; i < charset->count; i++)
        charset->by_rune[i] = (int32_t)i;
    qsort_r(charset->by_rune, charset->count, sizeof *charset->by_rune, compare_runes, charset->characters);
    return true;
}

int charset_find(const struct charset *charset, uint32_t rune)
{
    size_t low = 0, high = charset->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (charset->characters[charset->by_rune[middle]].rune < rune)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == charset->count || charset->characters[charset->by_rune[low]].rune != rune || rune == 0)
        return -1;
    return charset->by_rune[low];
}
