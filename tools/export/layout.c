#include "export/layout.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* A character's share of a line whose glyphs are unknown: Chinese is set full width, the rest about half. */
static int width_of(uint32_t rune)
{
    return bi_rune_is_cjk(rune) || (rune >= 0xFF01 && rune <= 0xFF60) ? 2 : 1;
}

static struct bi_box share_of(const struct export_line *line, int begin, int end, int total)
{
    struct bi_box box = line->box;
    long extent = line->vertical ? box.h : box.w;
    int from = (int)(extent * begin / total), to = (int)(extent * end / total);
    if (line->vertical) {
        box.y += from;
        box.h = to - from;
    } else {
        box.x += from;
        box.w = to - from;
    }
    return box;
}

static void measure(const struct export_line *line, struct export_word *word, int begin, int end, int total)
{
    if (!line->glyph_count) {
        word->box = share_of(line, begin, end, total);
        word->confidence = line->confidence;
        return;
    }
    double sum = 0;
    for (size_t i = word->first; i < word->first + word->count; i++) {
        word->box = bi_box_union(word->box, line->glyphs[i].box);
        sum += line->glyphs[i].confidence;
    }
    word->confidence = sum / (double)word->count;
}

static int width_of_text(const char *text)
{
    int width = 0;
    while (*text)
        width += width_of(bi_rune_next(&text));
    return width;
}

size_t export_words_split(struct bi_arena *arena, const struct export_line *line, struct export_word **words)
{
    const int total = width_of_text(line->text);
    size_t count = 0, capacity = 0, characters = 0;
    int width = 0;
    *words = NULL;
    for (const char *s = line->text, *space = s; *s;) {
        const char *next = s;
        uint32_t rune = bi_rune_next(&next);
        if (bi_rune_is_space(rune)) {
            width += width_of(rune);
            s = next;
            continue;
        }
        const char *begin = s;
        const int from = width;
        const size_t first = characters;
        while (*s) {
            next = s;
            rune = bi_rune_next(&next);
            if (bi_rune_is_space(rune))
                break;
            width += width_of(rune);
            characters++;
            s = next;
        }
        *words = bi_arena_grow(arena, *words, count, &capacity, sizeof **words);
        struct export_word *word = &(*words)[count++];
        *word = (struct export_word){
            .text = bi_arena_strndup(arena, begin, (size_t)(s - begin)),
            .space = bi_arena_strndup(arena, space, count > 1 ? (size_t)(begin - space) : 0),
            .first = first,
            .count = characters - first};
        space = s;
        measure(line, word, from, width, total);
    }
    return count;
}

size_t export_blocks_split(struct bi_arena *arena, const struct export_page *page,
                           struct export_block **blocks)
{
    size_t count = 0, capacity = 0;
    *blocks = NULL;
    for (size_t i = 0; i < page->line_count; i++) {
        struct export_line *line = &page->lines[i];
        struct export_block *block = count ? &(*blocks)[count - 1] : NULL;
        if (!block || line->article != block->lines->article ||
            strcmp(line->region_id, block->lines->region_id) != 0 ||
            strcmp(line->role, block->lines->role) != 0) {
            *blocks = bi_arena_grow(arena, *blocks, count, &capacity, sizeof **blocks);
            block = &(*blocks)[count++];
            *block = (struct export_block){.lines = line, .vertical = true};
        }
        block->count++;
        block->box = bi_box_union(block->box, line->box);
        block->vertical = block->vertical && line->vertical;
    }
    return count;
}

int export_line_em(const struct export_line *line)
{
    return line->vertical ? line->box.w : line->box.h;
}

bool export_text_is_latin(const char *text)
{
    bool any = false;
    while (*text) {
        uint32_t rune = bi_rune_next(&text), lower = rune | 0x20;
        if ((lower >= 'a' && lower <= 'z') || (rune >= 0xC0 && rune <= 0x24F && rune != 0xD7 && rune != 0xF7))
            any = true;
        else if (rune > 0x24F && !(rune >= 0x2000 && rune <= 0x206F))
            return false;
    }
    return any;
}

bool export_text_is_chinese(const char *text)
{
    while (*text)
        if (bi_rune_is_han(bi_rune_next(&text)))
            return true;
    return false;
}

double export_share(double share)
{
    return isfinite(share) ? fmin(1, fmax(0, share)) : 0;
}
