#include "fold.h"

#include <utf8proc.h>

#include "traditional_table.h"

static uint32_t simplify(uint32_t rune)
{
    size_t low = 0, high = sizeof TRADITIONAL / sizeof *TRADITIONAL;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (TRADITIONAL[middle].traditional < rune)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < sizeof TRADITIONAL / sizeof *TRADITIONAL && TRADITIONAL[low].traditional == rune;
    return found ? TRADITIONAL[low].simplified : rune;
}

static bool is_plain_han(uint32_t rune)
{
    return (rune >= 0x4E00 && rune <= 0x9FFF) || (rune >= 0x3400 && rune <= 0x4DBF);
}

size_t bi_fold_rune(uint32_t rune, uint32_t folded[BI_FOLD_MAX])
{
    if (is_plain_han(rune)) { /* most of every text, and never decomposed */
        folded[0] = simplify(rune);
        return 1;
    }
    if (rune < 0x80) {
        folded[0] = rune >= 'A' && rune <= 'Z' ? rune + ('a' - 'A') : rune;
        return rune > 0x20 && rune < 0x7F;
    }
    const utf8proc_option_t options =
        UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_STABLE;
    utf8proc_int32_t runes[BI_FOLD_MAX];
    int boundary = UTF8PROC_BOUNDCLASS_START;
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)rune, runes, BI_FOLD_MAX, options, &boundary);
    if (count < 0 || count > BI_FOLD_MAX)
        return 0; /* no code point of Unicode */
    size_t kept = 0;
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        uint32_t each = (uint32_t)runes[i];
        if (!bi_rune_is_space(each) && utf8proc_category(runes[i]) != UTF8PROC_CATEGORY_CC)
            folded[kept++] = simplify(each);
    }
    return kept;
}

size_t bi_fold_decode(const char *text, size_t n, uint32_t *rune)
{
    utf8proc_int32_t decoded;
    utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)n, &decoded);
    *rune = used > 0 ? (uint32_t)decoded : 0;
    return used > 0 ? (size_t)used : 1;
}

void bi_fold_text(struct bi_text *out, const char *text, size_t n)
{
    for (size_t at = 0; at < n;) {
        uint32_t rune, folded[BI_FOLD_MAX];
        at += bi_fold_decode(text + at, n - at, &rune);
        size_t count = bi_fold_rune(rune, folded);
        for (size_t i = 0; i < count; i++)
            bi_text_add_rune(out, folded[i]);
    }
}
