#include "label.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"

#define UNICHARSET_MAX_BYTES (8u << 20)

/* Printed alike, and known to Tesseract's models by the second alone. */
static const uint32_t SAME[][2] = {{0xFF1B, ';'},    {0xFF1A, ':'},   {0xFF1F, '?'},  {0xFF01, '!'},
                                   {0xFF08, '('},    {0xFF09, ')'},   {0xFF0E, '.'},  {0xFF05, '%'},
                                   {0xFF0F, '/'},    {0x2022, 0xB7},  {0x30FB, 0xB7}, {0x301C, 0xFF5E},
                                   {0x25BA, 0x25B6}, {0x2015, 0x2014}};

int label_read(struct bi_arena *arena, const char *path, struct label_set *set, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size;
    if (bi_file_read(path, UNICHARSET_MAX_BYTES, false, &data, &size, err))
        return -1;
    set->known = bi_arena_array(arena, LABEL_RUNES, 1);
    char *rest = data, *line = strsep(&rest, "\n");
    size_t found = 0;
    while (rest && (line = strsep(&rest, "\n"))) {
        const char *at = line;
        uint32_t rune = bi_rune_next(&at);
        if (rune && rune < LABEL_RUNES && *at == ' ') {
            set->known[rune] = 1;
            found++;
        }
    }
    return found ? 0 : bi_error_set(err, BI_EXIT_INPUT, "%s: is no unicharset", path);
}

static uint32_t same_print(uint32_t rune)
{
    for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++)
        if (SAME[i][0] == rune)
            return SAME[i][1];
    return rune;
}

const char *label_make(const struct label_set *set, struct bi_arena *arena, const char *text)
{
    BI_CLEANUP(bi_text_release) struct bi_text label = {0};
    uint32_t rune, before = 0;
    bool space = false;
    while ((rune = bi_rune_next(&text))) {
        if (bi_rune_is_space(rune)) {
            space = true;
            continue;
        }
        if (!set->known[rune < LABEL_RUNES ? rune : 0])
            rune = same_print(rune);
        if (rune >= LABEL_RUNES || !set->known[rune])
            return NULL;
        if (space && before && before < 0x80 && rune < 0x80)
            bi_text_add(&label, " ");
        space = false;
        bi_text_add_rune(&label, rune);
        before = rune;
    }
    return label.length ? bi_arena_strdup(arena, label.data) : NULL;
}

const char *label_shorten(struct bi_arena *arena, const char *text, int runes)
{
    const char *end = text;
    while (runes-- > 0 && bi_rune_next(&end))
        ;
    return bi_arena_strndup(arena, text, (size_t)(end - text));
}

const char *label_han_only(struct bi_arena *arena, const char *text)
{
    BI_CLEANUP(bi_text_release) struct bi_text kept = {0};
    uint32_t rune;
    while ((rune = bi_rune_next(&text)))
        if (bi_rune_is_han(rune))
            bi_text_add_rune(&kept, rune);
    return bi_arena_strdup(arena, bi_text_get(&kept));
}
