#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"

void bi_text_release(struct bi_text *text)
{
    free(text->data);
    *text = (struct bi_text){0};
}

void bi_text_clear(struct bi_text *text)
{
    text->length = 0;
    if (text->data)
        text->data[0] = '\0';
}

const char *bi_text_get(const struct bi_text *text)
{
    return text->data ? text->data : "";
}

static void make_room(struct bi_text *text, size_t more)
{
    size_t need = text->length + more + 1;
    if (need <= text->capacity)
        return;
    size_t room = text->capacity ? text->capacity : 64;
    while (room < need)
        room *= 2;
    text->data = bi_xrealloc(text->data, room);
    text->capacity = room;
}

void bi_text_add_bytes(struct bi_text *text, const char *s, size_t n)
{
    make_room(text, n);
    if (n)
        memcpy(text->data + text->length, s, n);
    text->length += n;
    text->data[text->length] = '\0';
}

void bi_text_add(struct bi_text *text, const char *s)
{
    if (s)
        bi_text_add_bytes(text, s, strlen(s));
}

void bi_text_add_rune(struct bi_text *text, uint32_t rune)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)rune, bytes);
    if (n > 0)
        bi_text_add_bytes(text, (const char *)bytes, (size_t)n);
}

void bi_text_printf(struct bi_text *text, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length >= 0) {
        make_room(text, (size_t)length);
        vsnprintf(text->data + text->length, (size_t)length + 1, format, again);
        text->length += (size_t)length;
    }
    va_end(again);
}

uint32_t bi_rune_next(const char **s)
{
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)*s;
    if (!*bytes)
        return 0;
    if (*bytes < 0x80) {
        *s += 1;
        return *bytes;
    }
    /* No further than the end of the string: at most four bytes, none past a NUL. */
    utf8proc_ssize_t room = 1;
    while (room < 4 && bytes[room])
        room++;
    utf8proc_int32_t rune;
    utf8proc_ssize_t n = utf8proc_iterate(bytes, room, &rune);
    if (n <= 0) {
        *s += 1;
        return 0xFFFD;
    }
    *s += n;
    return (uint32_t)rune;
}

size_t bi_rune_count(const char *s)
{
    size_t count = 0;
    while (bi_rune_next(&s))
        count++;
    return count;
}

bool bi_utf8_valid(const char *s, size_t n)
{
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)s;
    while (n > 0) {
        utf8proc_int32_t rune;
        utf8proc_ssize_t used = utf8proc_iterate(bytes, (utf8proc_ssize_t)n, &rune);
        if (used <= 0 || rune == 0)
            return false;
        bytes += used;
        n -= (size_t)used;
    }
    return true;
}

bool bi_rune_is_han(uint32_t r)
{
    return (r >= 0x4E00 && r <= 0x9FFF) || (r >= 0x3400 && r <= 0x4DBF) || (r >= 0x20000 && r <= 0x323AF) ||
           (r >= 0xF900 && r <= 0xFAFF) || r == 0x3007 || r == 0x3005;
}

bool bi_rune_is_cjk(uint32_t r)
{
    return bi_rune_is_han(r) || (r >= 0x3000 && r <= 0x30FF) || (r >= 0xFF01 && r <= 0xFF60) ||
           (r >= 0xFE10 && r <= 0xFE4F) || (r >= 0x2E80 && r <= 0x2FDF) || r == 0x2018 || r == 0x2019 ||
           r == 0x201C || r == 0x201D || r == 0x2014 || r == 0x2015 || r == 0x2026 || r == 0x00B7;
}

bool bi_rune_is_space(uint32_t r)
{
    if (r >= 0x09 && r <= 0x0D)
        return true;
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)r);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

/* The folded form of a character that folds to itself or to one other whatever stands beside it, 0 to drop
 * it; -1 for all others. Most of what newspapers print is among these, and Unicode's tables are slow. */
static int32_t fold_rune(uint32_t rune)
{
    if (rune >= 0xFF01 && rune <= 0xFF5E)
        rune -= 0xFF01 - '!';
    if (rune < 0x80)
        return rune <= ' ' || rune == 0x7F ? 0 : (int32_t)(rune >= 'A' && rune <= 'Z' ? rune | 0x20 : rune);
    if ((rune >= 0x4E00 && rune <= 0x9FFF) || (rune >= 0x3001 && rune <= 0x3002) ||
        (rune >= 0x3008 && rune <= 0x3011) || (rune >= 0x2018 && rune <= 0x201D))
        return (int32_t)rune;
    return -1;
}

/* False if the text holds anything that needs more than that; then out is as it was. */
static bool fold_simply(struct bi_text *out, const char *s)
{
    size_t before = out->length;
    for (uint32_t r; (r = bi_rune_next(&s)) != 0;) {
        int32_t folded = fold_rune(r);
        if (folded > 0)
            bi_text_add_rune(out, (uint32_t)folded);
        if (folded >= 0)
            continue;
        out->length = before;
        if (out->data)
            out->data[before] = '\0';
        return false;
    }
    return true;
}

void bi_text_fold(struct bi_text *out, const char *s)
{
    if (fold_simply(out, s))
        return;
    const utf8proc_option_t options =
        UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    /* Broken bytes are dropped first, since utf8proc refuses the whole string for one of them. */
    struct bi_text clean = {0};
    for (uint32_t r; (r = bi_rune_next(&s)) != 0;)
        if (r != 0xFFFD && !bi_rune_is_space(r))
            bi_text_add_rune(&clean, r);
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)bi_text_get(&clean),
                                      (utf8proc_ssize_t)clean.length, &folded, options);
    if (n >= 0) {
        const char *p = (const char *)folded;
        for (uint32_t r; (r = bi_rune_next(&p)) != 0;)
            if (!bi_rune_is_space(r) && utf8proc_category((utf8proc_int32_t)r) != UTF8PROC_CATEGORY_CC)
                bi_text_add_rune(out, r);
    }
    free(folded);
    bi_text_release(&clean);
}

static uint32_t *decode(const char *s, size_t *count)
{
    *count = bi_rune_count(s);
    uint32_t *runes = bi_xcalloc(*count + 1, sizeof *runes);
    for (size_t i = 0; i < *count; i++)
        runes[i] = bi_rune_next(&s);
    return runes;
}

size_t bi_text_distance(const char *a, const char *b)
{
    size_t m, n;
    uint32_t *x = decode(a, &m), *y = decode(b, &n);
    size_t *row = bi_xcalloc(n + 1, sizeof *row);
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 1; i <= m; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t best = diagonal + (x[i - 1] != y[j - 1]);
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = best;
        }
    }
    size_t distance = row[n];
    free(row);
    free(x);
    free(y);
    return distance;
}
