#include "archive/excerpt.h"

#include <stdlib.h>
#include <string.h>

#include "archive/find.h"
#include "base/cleanup.h"
#include "base/text.h"

static void add_span(struct archive_spans *spans, struct archive_span span, struct bi_arena *arena)
{
    spans->spans = bi_arena_grow(arena, spans->spans, spans->count, &spans->capacity, sizeof span);
    spans->spans[spans->count++] = span;
}

static int compare_spans(const void *a, const void *b)
{
    const struct archive_span *one = a, *two = b;
    if (one->start != two->start)
        return one->start < two->start ? -1 : 1;
    if (one->end != two->end)
        return one->end < two->end ? -1 : 1;
    return one->word < two->word ? -1 : one->word > two->word;
}

void archive_spans_find(const struct archive_folded *folded, const struct archive_query *query,
                        struct bi_arena *arena, struct archive_spans *spans)
{
    for (size_t i = 0; i < query->word_count; i++) {
        const struct archive_word *word = &query->words[i];
        if (!word->wanted)
            continue;
        for (size_t at = 0; (at = archive_folded_find(folded, at, word->characters, word->count)) != SIZE_MAX;
             at++)
            if (!word->begins || archive_begins_word(folded, at))
                add_span(spans, (struct archive_span){at, at + word->count, i}, arena);
    }
    if (spans->count)
        qsort(spans->spans, spans->count, sizeof *spans->spans, compare_spans);
}

/* Text from byte to byte, with marks around the spans in it; spans that touch or overlap become one. */
static void add_marked(struct bi_text *out, const char *text, size_t from, size_t to,
                       const struct archive_folded *folded, const struct archive_spans *spans)
{
    static const char START[] = {ARCHIVE_MARK_START, 0}, END[] = {ARCHIVE_MARK_END, 0};
    size_t at = from;
    for (size_t i = 0; i < spans->count;) {
        size_t start = folded->starts[spans->spans[i].start], end = folded->ends[spans->spans[i].end - 1];
        for (i++; i < spans->count && folded->starts[spans->spans[i].start] <= end; i++) {
            size_t other = folded->ends[spans->spans[i].end - 1];
            end = other > end ? other : end;
        }
        start = start < at ? at : start;
        end = end > to ? to : end;
        if (start >= end)
            continue;
        bi_text_add_bytes(out, text + at, start - at);
        bi_text_add(out, START);
        bi_text_add_bytes(out, text + start, end - start);
        bi_text_add(out, END);
        at = end;
    }
    bi_text_add_bytes(out, text + at, to - at);
}

char *archive_excerpt_whole(const char *text, const struct archive_folded *folded,
                            const struct archive_spans *spans, struct bi_arena *arena)
{
    BI_CLEANUP(bi_text_release) struct bi_text out = {0};
    add_marked(&out, text, 0, strlen(text), folded, spans);
    return bi_arena_strndup(arena, bi_text_get(&out), out.length);
}

/* The span from which `characters` hold the most different words; the first of several. */
static size_t best_span(const struct archive_spans *spans, size_t characters)
{
    size_t best = 0, most = 0;
    for (size_t i = 0; i < spans->count; i++) {
        size_t different = 0;
        for (size_t k = i; k < spans->count && spans->spans[k].end <= spans->spans[i].start + characters;
             k++) {
            bool again = false;
            for (size_t j = i; j < k && !again; j++)
                again = spans->spans[j].word == spans->spans[k].word;
            different += !again;
        }
        if (different > most) {
            most = different;
            best = i;
        }
        if (spans->spans[i].end - spans->spans[i].start > characters)
            break;
    }
    return best;
}

static bool ends_sentence(uint32_t character)
{
    return character == 0x3002 || character == '!' || character == '?' || character == ';';
}

char *archive_excerpt(const char *text, const struct archive_folded *folded,
                      const struct archive_spans *spans, size_t characters, struct bi_arena *arena)
{
    size_t length = strlen(text);
    if (!folded->count)
        return bi_arena_strdup(arena, "");
    size_t begin = 0;
    if (spans->count && folded->count > characters) {
        const struct archive_span *span = &spans->spans[best_span(spans, characters)];
        size_t before = characters / 3;
        begin = span->start > before ? span->start - before : 0;
        /* From the sentence's beginning, if that is near. */
        for (size_t i = span->start; begin > 0 && i > begin; i--)
            if (ends_sentence(folded->characters[i - 1])) {
                begin = i;
                break;
            }
        if (begin + characters > folded->count)
            begin = folded->count - characters;
        if (span->end > begin + characters) /* longer than the excerpt, or nearly */
            begin = span->start;
    }
    size_t end = begin + characters < folded->count ? begin + characters : folded->count;
    BI_CLEANUP(bi_text_release) struct bi_text out = {0};
    size_t from = begin ? folded->starts[begin] : 0,
           to = end < folded->count ? folded->ends[end - 1] : length;
    bi_text_add(&out, from ? "…" : "");
    add_marked(&out, text, from, to, folded, spans);
    bi_text_add(&out, to < length ? "…" : "");
    return bi_arena_strndup(arena, bi_text_get(&out), out.length);
}
