#include "archive/phrase.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "archive/parts.h"
#include "archive/text.h"
#include "base/arena.h"
#include "base/cleanup.h"
#include "store.h"

const float ARCHIVE_COLUMN_WEIGHTS[ARCHIVE_COLUMNS] = {10, 5, 5, 3, 1};

void archive_matches_add(struct archive_matches *matches, uint32_t article, float weight, bool in_headline)
{
    if (matches->count == matches->capacity) {
        matches->capacity = matches->capacity ? matches->capacity * 2 : 1024;
        matches->articles = bi_xrealloc(matches->articles, matches->capacity * sizeof *matches->articles);
        matches->weights = bi_xrealloc(matches->weights, matches->capacity * sizeof *matches->weights);
    }
    matches->articles[matches->count] = article;
    matches->weights[matches->count++] = weight;
    if (!in_headline)
        return;
    if (matches->headline_count == matches->headline_capacity) {
        matches->headline_capacity = matches->headline_capacity ? matches->headline_capacity * 2 : 256;
        matches->headlines =
            bi_xrealloc(matches->headlines, matches->headline_capacity * sizeof *matches->headlines);
    }
    matches->headlines[matches->headline_count++] = article;
}

void archive_matches_release(struct archive_matches *matches)
{
    free(matches->articles);
    free(matches->weights);
    free(matches->headlines);
    *matches = (struct archive_matches){0};
}

/* ---- phrases */

/* Splits a phrase into its different characters, at most ARCHIVE_MOST_PARTS; returns how many characters of
 * the phrase they cover. */
static size_t split(struct bi_arena *arena, const uint32_t *characters, size_t count,
                    struct archive_part *parts, size_t *part_count)
{
    for (size_t i = 0; i < count; i++) {
        size_t part = 0;
        while (part < *part_count && parts[part].character != characters[i])
            part++;
        if (part == ARCHIVE_MOST_PARTS)
            return i;
        if (part == *part_count) {
            parts[part] = (struct archive_part){
                .character = characters[i],
                .offsets = bi_arena_array(arena, count, sizeof(uint32_t)),
            };
            (*part_count)++;
        }
        parts[part].offsets[parts[part].offset_count++] = (uint32_t)i;
    }
    return count;
}

/* Of articles that have the phrase's beginning, those that have it all. */
static int match_texts(struct archive_index *index, const uint32_t *characters, size_t count,
                       const struct archive_matches *beginning, struct archive_matches *matches,
                       struct bi_error *err)
{
    BI_CLEANUP(archive_texts_close) struct archive_texts texts = {0};
    if (archive_texts_open(&texts, index->db, err) < 0)
        return -1;
    for (size_t i = 0; i < beginning->count; i++) {
        if (archive_texts_read(&texts, beginning->articles[i], err) < 0)
            return -1;
        float weight = 0;
        bool in_headline = false;
        for (int column = 0; column < ARCHIVE_COLUMNS; column++) {
            size_t times = archive_folded_count(&texts.folded[column], characters, count);
            weight += ARCHIVE_COLUMN_WEIGHTS[column] * (float)times;
            in_headline |= column == ARCHIVE_COLUMN_HEADLINE && times;
        }
        if (weight > 0)
            archive_matches_add(matches, beginning->articles[i], weight, in_headline);
    }
    return 0;
}

static int open_lists(struct archive_index *index, struct archive_part *parts, size_t count,
                      struct bi_error *err)
{
    for (size_t i = 0; i < count; i++) {
        utf8proc_uint8_t token[4];
        size_t length = (size_t)utf8proc_encode_char((utf8proc_int32_t)parts[i].character, token);
        if (archive_list_open(index, (const char *)token, length, &parts[i].list, err) < 0)
            return -1;
        if (parts[i].list.article == ARCHIVE_LIST_END) /* then there is nothing to be found */
            return archive_list_check(&parts[i].list, err);
    }
    return 0;
}

int archive_phrase_match(struct archive_index *index, const uint32_t *characters, size_t count,
                         struct archive_matches *matches, struct bi_error *err)
{
    if (!index->known)
        return archive_phrase_ask(index, characters, count, matches, err);
    *matches = (struct archive_matches){0};
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(archive_matches_release) struct archive_matches found = {0};
    struct archive_part parts[ARCHIVE_MOST_PARTS] = {0};
    size_t part_count = 0;
    size_t covered = split(&arena, characters, count, parts, &part_count);
    int status = open_lists(index, parts, part_count, err);
    bool some = status == 0;
    for (size_t i = 0; i < part_count; i++)
        some = some && parts[i].list.run_count && parts[i].list.article != ARCHIVE_LIST_END;
    if (some)
        status = archive_parts_match(parts, part_count, index->share_bytes, &found, err);
    for (size_t i = 0; i < part_count; i++)
        archive_list_close(&parts[i].list);
    if (status < 0)
        return -1;
    if (covered < count)
        return match_texts(index, characters, count, &found, matches, err);
    *matches = found;
    found = (struct archive_matches){0};
    return 0;
}

/* ---- FTS5 */

static int ask(struct archive_index *index, const char *expression, uint32_t **articles, size_t *count,
               struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *find = NULL;
    if (bi_store_prepare(index->db, "SELECT rowid FROM article_fts WHERE article_fts MATCH ? ORDER BY rowid",
                         &find, err) < 0 ||
        bi_store_bind(find, err, "t", expression) < 0)
        return -1;
    size_t capacity = 0;
    int row;
    while ((row = bi_store_step(find, err)) > 0) {
        if (*count == capacity) {
            capacity = capacity ? capacity * 2 : 1024;
            *articles = bi_xrealloc(*articles, capacity * sizeof **articles);
        }
        sqlite3_int64 id = sqlite3_column_int64(find, 0);
        if (id < 0 || id >= (sqlite3_int64)ARCHIVE_LIST_END)
            return bi_error_set(err, BI_EXIT_MACHINE, "article %lld: its number is too large to search", id);
        (*articles)[(*count)++] = (uint32_t)id;
    }
    return row;
}

void archive_phrase_write(struct bi_text *out, const uint32_t *characters, size_t count)
{
    bi_text_add(out, "\"");
    for (size_t i = 0; i < count; i++) {
        if (characters[i] == '"')
            bi_text_add(out, "\"");
        bi_text_add_rune(out, characters[i]);
    }
    bi_text_add(out, "\"");
}

int archive_phrase_ask(struct archive_index *index, const uint32_t *characters, size_t count,
                       struct archive_matches *matches, struct bi_error *err)
{
    BI_CLEANUP(bi_text_release) struct bi_text everywhere = {0}, in_headline = {0};
    archive_phrase_write(&everywhere, characters, count);
    bi_text_printf(&in_headline, "headline : %s", everywhere.data);
    *matches = (struct archive_matches){0};
    if (ask(index, everywhere.data, &matches->articles, &matches->count, err) == 0 &&
        ask(index, in_headline.data, &matches->headlines, &matches->headline_count, err) == 0)
        return 0;
    archive_matches_release(matches);
    return -1;
}
