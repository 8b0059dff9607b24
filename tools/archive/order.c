/* bm25 is that of FTS5, number for number (fts5_aux.c, fts5Bm25Function), so that the stock shell's ORDER BY
 * rank gives the same order.
 *
 * By date: issues are gone through from the newest, and what was found of each is taken until the page is
 * full. Where that takes too long, since what was found is rare or old, dates are looked up and sorted. */
#include "archive/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "store.h"

struct page {
    struct archive_place *places;
    size_t count, room;
    long skip; /* still to be left out */
};

static bool is_full(const struct page *page)
{
    return page->count == page->room;
}

static void put(struct page *page, uint32_t article, double score)
{
    if (page->skip > 0)
        page->skip--;
    else if (!is_full(page))
        page->places[page->count++] = (struct archive_place){article, score};
}

/* ---- best first */

/* Of the words of a query, how much one adds to the score of each article in the set. Asked of FTS5, since
 * the lists cannot be read; its bm25 of several phrases is the sum over each. */
static int add_asked_scores(struct archive_index *index, const struct archive_word *word,
                            struct archive_place *places, size_t count, struct bi_error *err)
{
    BI_CLEANUP(bi_text_release) struct bi_text expression = {0};
    archive_phrase_write(&expression, word->characters, word->count);
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *ask = NULL;
    if (bi_store_prepare(index->db, "SELECT rank FROM article_fts WHERE article_fts MATCH ? AND rowid = ?",
                         &ask, err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++) {
        if (bi_store_bind(ask, err, "tl", expression.data, (sqlite3_int64)places[i].article) < 0)
            return -1;
        int row = bi_store_step(ask, err);
        if (row < 0)
            return -1;
        if (row > 0)
            places[i].score -= sqlite3_column_double(ask, 0);
    }
    return 0;
}

static void add_scores(const struct archive_index *index, const struct archive_matches *matches,
                       const double *sizes, struct archive_place *places, size_t count)
{
    const double K1 = 1.2, B = 0.75, LEAST_IDF = 1e-6;
    double articles = (double)matches->count;
    double idf = log((index->articles - articles + 0.5) / (articles + 0.5));
    double average = index->articles > 0 ? index->characters / index->articles : 1;
    if (idf <= 0)
        idf = LEAST_IDF;
    for (size_t i = 0; i < count; i++) {
        size_t at = archive_set_find(matches->articles, matches->count, places[i].article);
        double often = at == SIZE_MAX ? 0 : (double)matches->weights[at];
        places[i].score += idf * (often * (K1 + 1) / (often + K1 * (1 - B + B * sizes[i] / average)));
    }
}

static int compare_scores(const void *a, const void *b)
{
    const struct archive_place *one = a, *two = b;
    if (one->score != two->score)
        return one->score > two->score ? -1 : 1;
    return one->article < two->article ? -1 : one->article > two->article;
}

static int put_best(struct archive_index *index, const struct archive_query *query,
                    const struct archive_matches *words, const struct archive_set *found,
                    struct bi_arena *arena, struct page *page, struct bi_error *err)
{
    struct archive_place *places = bi_arena_array(arena, found->count, sizeof *places);
    double *sizes = bi_arena_array(arena, found->count, sizeof *sizes);
    for (size_t i = 0; i < found->count; i++) {
        places[i].article = found->articles[i];
        if (index->known && archive_index_article_size(index, found->articles[i], &sizes[i], err) < 0)
            return -1;
    }
    for (size_t i = 0; i < query->word_count; i++) {
        if (!query->words[i].wanted)
            continue;
        if (words[i].weights)
            add_scores(index, &words[i], sizes, places, found->count);
        else if (!index->known && add_asked_scores(index, &query->words[i], places, found->count, err) < 0)
            return -1;
    }
    qsort(places, found->count, sizeof *places, compare_scores);
    for (size_t i = 0; i < found->count; i++)
        put(page, places[i].article, places[i].score);
    return 0;
}

/* ---- newest first */

/* Issues without a date come last. */
#define ISSUES_BY_DATE "issue_date DESC NULLS LAST, issue_id DESC"

struct dated {
    uint32_t article;
    size_t issue; /* its place among all issues, newest first */
    int ordinal;
};

static int compare_dates(const void *a, const void *b)
{
    const struct dated *one = a, *two = b;
    if (one->issue != two->issue)
        return one->issue < two->issue ? -1 : 1;
    if (one->ordinal != two->ordinal)
        return one->ordinal < two->ordinal ? -1 : 1;
    return one->article < two->article ? -1 : one->article > two->article;
}

static int look_up_newest(sqlite3 *db, const struct archive_set *found, struct bi_arena *arena,
                          struct page *page, struct bi_error *err)
{
    struct dated *dated = bi_arena_array(arena, found->count, sizeof *dated);
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *ask = NULL;
    /* Day and issue as one number: 20250704 and the issue's id; higher is newer. */
    if (bi_store_prepare(db,
                         "SELECT ifnull(CAST(replace(issue_date, '-', '') AS INTEGER), 0), issue_id, ordinal "
                         "FROM article JOIN issue USING (issue_id) WHERE article_id = ?",
                         &ask, err) < 0)
        return -1;
    for (size_t i = 0; i < found->count; i++) {
        if (bi_store_bind(ask, err, "l", (sqlite3_int64)found->articles[i]) < 0)
            return -1;
        int row = bi_store_step(ask, err);
        if (row < 0)
            return -1;
        uint64_t day = row ? (uint64_t)sqlite3_column_int64(ask, 0) : 0;
        uint64_t issue = row ? (uint64_t)sqlite3_column_int64(ask, 1) : 0;
        dated[i] = (struct dated){found->articles[i], SIZE_MAX - (day << 32 | (issue & UINT32_MAX)),
                                  row ? sqlite3_column_int(ask, 2) : 0};
    }
    qsort(dated, found->count, sizeof *dated, compare_dates);
    for (size_t i = 0; i < found->count; i++)
        put(page, dated[i].article, 0);
    return 0;
}

/* *done says whether the page was filled, or all issues seen, before `most` articles had been looked at. */
static int walk_newest(sqlite3 *db, const struct archive_set *found, size_t most, struct page *page,
                       bool *done, struct bi_error *err)
{
    BI_CLEANUP(archive_bits_release) struct archive_bits bits = {0};
    for (size_t i = found->count; i-- > 0;)
        archive_bits_add(&bits, found->articles[i]);
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *issues = NULL, *articles = NULL;
    if (bi_store_prepare(db, "SELECT issue_id FROM issue ORDER BY " ISSUES_BY_DATE, &issues, err) < 0 ||
        bi_store_prepare(db, "SELECT article_id FROM article WHERE issue_id = ? ORDER BY ordinal, article_id",
                         &articles, err) < 0)
        return -1;
    int issue = 0, row = 0;
    size_t seen = 0;
    while (!is_full(page) && seen <= most && (issue = bi_store_step(issues, err)) > 0) {
        if (bi_store_bind(articles, err, "l", sqlite3_column_int64(issues, 0)) < 0)
            return -1;
        while (!is_full(page) && (row = bi_store_step(articles, err)) > 0) {
            uint32_t article = (uint32_t)sqlite3_column_int64(articles, 0);
            if (archive_bits_have(&bits, article))
                put(page, article, 0);
            seen++;
        }
        if (row < 0)
            return -1;
    }
    *done = is_full(page) || issue == 0;
    return issue < 0 ? -1 : 0;
}

static int put_newest(sqlite3 *db, const struct archive_set *found, struct bi_arena *arena, struct page *page,
                      struct bi_error *err)
{
    /* Looking up a date takes as long as passing by so many articles. */
    enum { WORTH = 10 };
    if (is_full(page))
        return 0;
    if (page->skip >= (long)found->count) {
        page->skip -= (long)found->count;
        return 0;
    }
    bool done = false;
    struct page before = *page;
    if (walk_newest(db, found, found->count * WORTH, page, &done, err) < 0)
        return -1;
    if (done)
        return 0;
    *page = before;
    return look_up_newest(db, found, arena, page, err);
}

static int put_headlines_first(sqlite3 *db, const struct archive_query *query,
                               const struct archive_matches *words, const struct archive_set *found,
                               struct bi_arena *arena, struct page *page, struct bi_error *err)
{
    BI_CLEANUP(archive_set_release) struct archive_set first = {0}, rest = {0};
    archive_evaluate_headlines(query, words, &first);
    archive_set_intersect(&first, found->articles, found->count);
    if (put_newest(db, &first, arena, page, err) < 0 || is_full(page))
        return is_full(page) ? 0 : -1;
    archive_set_copy(&rest, found->articles, found->count);
    archive_set_subtract(&rest, first.articles, first.count);
    return put_newest(db, &rest, arena, page, err);
}

int archive_order_set(struct archive_index *index, const struct archive_query *query,
                      const struct archive_matches *words, const struct archive_search *search,
                      const struct archive_set *found, struct bi_arena *arena, struct archive_place **places,
                      size_t *count, struct bi_error *err)
{
    size_t skip = search->offset > 0 ? (size_t)search->offset : 0;
    size_t left = found->count > skip ? found->count - skip : 0;
    struct page page = {
        .room = search->limit < 0 || (size_t)search->limit > left ? left : (size_t)search->limit,
        .skip = search->offset,
    };
    page.places = bi_arena_array(arena, page.room, sizeof *page.places);
    int status = 0;
    if (page.room && search->order == ARCHIVE_ORDER_DATE)
        status = put_newest(index->db, found, arena, &page, err);
    else if (page.room && found->count <= ARCHIVE_MOST_RANKED)
        status = put_best(index, query, words, found, arena, &page, err);
    else if (page.room)
        status = put_headlines_first(index->db, query, words, found, arena, &page, err);
    *places = page.places;
    *count = page.count;
    return status;
}
