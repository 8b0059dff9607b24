#include "runes.h"

#include <string.h>

#include "base/text.h"

struct st_runes st_runes_of(struct bi_arena *arena, const char *s)
{
    struct st_runes runes = {0};
    if (!s)
        return runes;
    runes.data = bi_arena_array(arena, bi_rune_count(s) + 1, sizeof *runes.data);
    for (uint32_t rune; (rune = bi_rune_next(&s));)
        runes.data[runes.count++] = rune;
    return runes;
}

struct st_runes st_runes_folded(struct bi_arena *arena, const char *s)
{
    struct bi_text folded = {0};
    if (s)
        bi_text_fold(&folded, s);
    struct st_runes runes = st_runes_of(arena, bi_text_get(&folded));
    bi_text_release(&folded);
    return runes;
}

char *st_runes_text(struct bi_arena *arena, const uint32_t *data, size_t count)
{
    struct bi_text text = {0};
    for (size_t i = 0; i < count; i++)
        bi_text_add_rune(&text, data[i]);
    char *copy = bi_arena_strdup(arena, bi_text_get(&text));
    bi_text_release(&text);
    return copy;
}

char *st_trim(struct bi_arena *arena, const char *s)
{
    struct st_runes runes = st_runes_of(arena, s);
    size_t first = 0, last = runes.count;
    while (first < last && bi_rune_is_space(runes.data[first]))
        first++;
    while (last > first && bi_rune_is_space(runes.data[last - 1]))
        last--;
    return st_runes_text(arena, runes.data + first, last - first);
}

static bool among(uint32_t rune, const char *set)
{
    for (uint32_t one; (one = bi_rune_next(&set));)
        if (one == rune)
            return true;
    return false;
}

bool st_rune_ends_sentence(uint32_t rune)
{
    return among(rune, "。！？!?…．｡");
}

bool st_rune_closes(uint32_t rune)
{
    return among(rune, "”’」』）)】》〉］]\"'〕｝");
}

bool st_rune_cannot_start(uint32_t rune)
{
    return among(rune, "，,、。；;：:！!？?”’」』）)】》〉％%·.…");
}

bool st_rune_is_digit(uint32_t rune)
{
    return rune >= '0' && rune <= '9';
}

bool st_rune_is_mark(uint32_t rune)
{
    if (bi_rune_is_han(rune) || st_rune_is_digit(rune) || (rune >= 0xFF10 && rune <= 0xFF19))
        return false;
    uint32_t lower = rune | 0x20;
    if ((lower >= 'a' && lower <= 'z') || (rune >= 0xFF21 && rune <= 0xFF3A) ||
        (rune >= 0xFF41 && rune <= 0xFF5A))
        return false;
    /* Letters of other alphabets and kana count as text. */
    return !((rune >= 0xC0 && rune <= 0x24F && rune != 0xD7 && rune != 0xF7) ||
             (rune >= 0x370 && rune <= 0x52F) || (rune >= 0x3041 && rune <= 0x30FA));
}

uint32_t st_last_rune(const char *s)
{
    uint32_t last = 0;
    for (uint32_t rune; s && (rune = bi_rune_next(&s));)
        if (!bi_rune_is_space(rune))
            last = rune;
    return last;
}

uint32_t st_first_rune(const char *s)
{
    for (uint32_t rune; s && (rune = bi_rune_next(&s));)
        if (!bi_rune_is_space(rune))
            return rune;
    return 0;
}

bool st_ends_sentence(const char *s)
{
    uint32_t before = 0, last = 0;
    for (uint32_t rune; s && (rune = bi_rune_next(&s));) {
        if (bi_rune_is_space(rune))
            continue;
        if (!st_rune_closes(rune) || !last)
            before = rune;
        last = rune;
    }
    /* A closing quote or bracket alone does not end a sentence: 《渡口》 may stand in the middle of one. */
    return st_rune_ends_sentence(last) || (st_rune_closes(last) && st_rune_ends_sentence(before));
}

bool st_rune_is_letter(uint32_t rune)
{
    return (rune >= 'a' && rune <= 'z') || (rune >= 'A' && rune <= 'Z') ||
           (rune >= 0xC0 && rune <= 0x24F && rune != 0xD7 && rune != 0xF7);
}

bool st_is_latin(const char *s)
{
    size_t letters = 0, han = 0;
    for (uint32_t rune; (rune = bi_rune_next(&s));) {
        letters += st_rune_is_letter(rune);
        han += bi_rune_is_han(rune);
    }
    return letters > 2 * han;
}
