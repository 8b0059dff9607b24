#include "archive/text.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "fold.h"
#include "store.h"

static void add(struct archive_folded *folded, uint32_t character, size_t start, size_t end)
{
    if (folded->count == folded->capacity) {
        folded->capacity = folded->capacity ? folded->capacity * 2 : 256;
        size_t size = folded->capacity * sizeof(uint32_t);
        folded->characters = bi_xrealloc(folded->characters, size);
        folded->starts = bi_xrealloc(folded->starts, size);
        folded->ends = bi_xrealloc(folded->ends, size);
    }
    folded->characters[folded->count] = character;
    folded->starts[folded->count] = (uint32_t)start;
    folded->ends[folded->count++] = (uint32_t)end;
}

void archive_fold(struct archive_folded *folded, const char *text, size_t n)
{
    folded->count = 0;
    for (size_t at = 0; at < n;) {
        uint32_t rune, characters[BI_FOLD_MAX];
        size_t used = bi_fold_decode(text + at, n - at, &rune);
        size_t count = bi_fold_rune(rune, characters);
        for (size_t i = 0; i < count; i++)
            add(folded, characters[i], at, at + used);
        at += used;
    }
}

void archive_folded_release(struct archive_folded *folded)
{
    free(folded->characters);
    free(folded->starts);
    free(folded->ends);
    *folded = (struct archive_folded){0};
}

size_t archive_folded_find(const struct archive_folded *folded, size_t from, const uint32_t *characters,
                           size_t count)
{
    for (size_t at = from; count && at + count <= folded->count; at++)
        if (folded->characters[at] == characters[0] &&
            memcmp(folded->characters + at, characters, count * sizeof *characters) == 0)
            return at;
    return SIZE_MAX;
}

size_t archive_folded_count(const struct archive_folded *folded, const uint32_t *characters, size_t count)
{
    size_t times = 0;
    for (size_t at = 0; (at = archive_folded_find(folded, at, characters, count)) != SIZE_MAX; at++)
        times++;
    return times;
}

static bool is_letter_or_digit(uint32_t character)
{
    return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z') ||
           (character >= 0xC0 && character < 0x2000);
}

bool archive_begins_word(const struct archive_folded *folded, size_t at)
{
    return at == 0 || !is_letter_or_digit(folded->characters[at - 1]) ||
           folded->ends[at - 1] < folded->starts[at];
}

int archive_texts_open(struct archive_texts *texts, sqlite3 *db, struct bi_error *err)
{
    *texts = (struct archive_texts){0};
    return bi_store_prepare(
        db, "SELECT headline, kicker, subhead, byline, body FROM article WHERE article_id = ?", &texts->read,
        err);
}

int archive_texts_read(struct archive_texts *texts, uint32_t article, struct bi_error *err)
{
    sqlite3_reset(texts->read);
    if (bi_store_bind(texts->read, err, "l", (sqlite3_int64)article) < 0)
        return -1;
    int row = bi_store_step(texts->read, err);
    if (row < 0)
        return -1;
    if (row == 0)
        return bi_error_set(err, BI_EXIT_MACHINE, "article %u: is in the full-text index only", article);
    for (int column = 0; column < ARCHIVE_COLUMNS; column++) {
        texts->text[column] = bi_store_text(texts->read, column);
        archive_fold(&texts->folded[column], texts->text[column],
                     (size_t)sqlite3_column_bytes(texts->read, column));
    }
    return 0;
}

void archive_texts_close(struct archive_texts *texts)
{
    bi_store_finalizep(&texts->read);
    for (int column = 0; column < ARCHIVE_COLUMNS; column++)
        archive_folded_release(&texts->folded[column]);
}
