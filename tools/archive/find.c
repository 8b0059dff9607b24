/* The words of the query, what it makes of them, the filter; then the order, and only of what is shown the
 * texts. */
#include "archive/find.h"

#include <stdlib.h>

#include "archive/evaluate.h"
#include "archive/excerpt.h"
#include "archive/filter.h"
#include "archive/order.h"
#include "archive/probable.h"
#include "archive/text.h"
#include "base/cleanup.h"
#include "store.h"

#define SNIPPET_CHARACTERS 48

static int read_hit(sqlite3_stmt *read, struct archive_texts *texts, const struct archive_query *query,
                    struct bi_arena *arena, struct archive_hit *hit, struct bi_error *err)
{
    if (bi_store_bind(read, err, "l", hit->article_id) < 0)
        return -1;
    int row = bi_store_step(read, err);
    if (row <= 0)
        return row < 0 ? -1
                       : bi_error_set(err, BI_EXIT_MACHINE, "article %lld: is in the full-text index only",
                                      hit->article_id);
    hit->paper = bi_arena_strdup(arena, bi_store_text(read, 0));
    hit->date = bi_arena_strdup(arena, bi_store_text(read, 1));
    hit->kind = bi_arena_strdup(arena, bi_store_text(read, 2));
    hit->section = bi_arena_strdup(arena, bi_store_text(read, 3));
    hit->pages = bi_arena_strdup(arena, bi_store_text(read, 4));
    if (archive_texts_read(texts, (uint32_t)hit->article_id, err) < 0)
        return -1;
    struct archive_spans spans[ARCHIVE_COLUMNS] = {0};
    for (int column = 0; column < ARCHIVE_COLUMNS; column++)
        archive_spans_find(&texts->folded[column], query, arena, &spans[column]);
    hit->headline =
        archive_excerpt_whole(texts->text[ARCHIVE_COLUMN_HEADLINE], &texts->folded[ARCHIVE_COLUMN_HEADLINE],
                              &spans[ARCHIVE_COLUMN_HEADLINE], arena);
    int shown = ARCHIVE_COLUMN_BODY;
    for (int column = 0; column < ARCHIVE_COLUMNS && !spans[ARCHIVE_COLUMN_BODY].count; column++)
        if (spans[column].count) {
            shown = column == ARCHIVE_COLUMN_HEADLINE ? ARCHIVE_COLUMN_BODY : column;
            break;
        }
    hit->snippet =
        archive_excerpt(texts->text[shown], &texts->folded[shown], &spans[shown], SNIPPET_CHARACTERS, arena);
    return 0;
}

static int read_hits(sqlite3 *db, const struct archive_query *query, const struct archive_query *marks,
                     struct bi_arena *arena, struct archive_results *results, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    BI_CLEANUP(archive_texts_close) struct archive_texts texts = {0};
    if (bi_store_prepare(db,
                         "SELECT ifnull(paper, title), issue_date, article.kind, article.section,"
                         " (SELECT group_concat(page_number, ', ') FROM (SELECT page_number FROM article_part"
                         "  JOIN page USING (page_id) WHERE article_part.article_id = article.article_id"
                         "  ORDER BY part_order)) "
                         "FROM article JOIN issue USING (issue_id) WHERE article_id = ?",
                         &read, err) < 0 ||
        archive_texts_open(&texts, db, err) < 0)
        return -1;
    for (size_t i = 0; i < results->count; i++) {
        struct archive_hit *hit = &results->hits[i];
        if (read_hit(read, &texts, hit->probable ? marks : query, arena, hit, err) < 0)
            return -1;
    }
    return 0;
}

static void add_hits(struct archive_results *results, const struct archive_place *places, size_t count,
                     bool probable)
{
    for (size_t i = 0; i < count; i++)
        results->hits[results->count++] = (struct archive_hit){
            .article_id = places[i].article,
            .score = places[i].score,
            .probable = probable,
        };
}

static int find(struct archive_index *index, const struct archive_query *query,
                const struct archive_search *search, struct archive_matches *words, struct bi_arena *arena,
                struct archive_results *results, struct bi_error *err)
{
    BI_CLEANUP(archive_set_release) struct archive_set found = {0};
    if (archive_evaluate_words(index, query, words, err) < 0)
        return -1;
    archive_evaluate(query, words, &found);
    if (archive_filter_set(index->db, &search->filter, &found, err) < 0)
        return -1;
    struct archive_place *places;
    struct archive_probable probable = {0};
    size_t count;
    if (archive_order_set(index, query, words, search, &found, arena, &places, &count, err) < 0 ||
        (search->fuzzy &&
         archive_probable_find(index, query, &search->filter, words, &found, arena, &probable, err) < 0))
        return -1;
    /* The page goes on with what is probable. */
    size_t offset = search->offset > 0 ? (size_t)search->offset : 0;
    size_t skip = offset > found.count ? offset - found.count : 0;
    size_t more = probable.count > skip ? probable.count - skip : 0;
    if (search->limit >= 0 && more > (size_t)search->limit - count)
        more = (size_t)search->limit - count;
    *results = (struct archive_results){
        .hits = bi_arena_array(arena, count + more, sizeof *results->hits),
        .total = found.count + probable.count,
        .probable = probable.count,
    };
    add_hits(results, places, count, false);
    if (more)
        add_hits(results, probable.places + skip, more, true);
    return read_hits(index->db, query, &probable.marks, arena, results, err);
}

int archive_find(const struct archive *archive, const struct archive_query *query,
                 const struct archive_search *search, struct bi_arena *arena, struct archive_results *results,
                 struct bi_error *err)
{
    struct archive_index index;
    if (archive_index_open(&index, archive->db, err) < 0)
        return -1;
    struct archive_matches *words = bi_arena_array(arena, query->word_count, sizeof *words);
    int status = find(&index, query, search, words, arena, results, err);
    for (size_t i = 0; i < query->word_count; i++)
        archive_matches_release(&words[i]);
    archive_index_close(&index);
    return status;
}
