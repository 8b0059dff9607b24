#include "search_measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "archive/find.h"
#include "base/cleanup.h"
#include "fold.h"
#include "store.h"

enum { LONGEST = 4, PAGE = 20 };

double measure_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

double measure_cpu(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* One search: how many it finds. */
typedef int measured(void *context, const struct archive *archive, const char *query, size_t *total,
                     struct bi_error *err);

static int compare_doubles(const void *a, const void *b)
{
    double one = *(const double *)a, two = *(const double *)b;
    return one < two ? -1 : one > two;
}

static const char *choose(const struct corpus *corpus, struct chance *chance, int characters, int number)
{
    static const char *const COMMON[][LONGEST] = {{"的", "中国", "共产党", "改革开放"},
                                                  {"一", "上海", "北京市", "人民政府"},
                                                  {"国", "一个", "老百姓", "社会主义"}};
    if (number < (int)(sizeof COMMON / sizeof *COMMON))
        return COMMON[number][characters - 1];
    return corpus_draw_of(corpus, chance, characters)->text;
}

static int measure(const struct archive *archive, const struct corpus *corpus, int queries, uint64_t seed,
                   const char *name, measured *search, void *context, struct bi_error *err)
{
    double *times = bi_xcalloc((size_t)queries, sizeof *times);
    double *cpu = bi_xcalloc((size_t)queries, sizeof *cpu);
    int status = 0;
    for (int characters = 1; status == 0 && characters <= LONGEST; characters++) {
        double found = 0;
        const char *slowest = "";
        /* The first time round only warms what the system caches. */
        for (int warm = 0; status == 0 && warm < 2; warm++) {
            struct chance chance = {seed + (uint64_t)characters};
            found = 0;
            double longest = 0;
            for (int i = 0; status == 0 && i < queries; i++) {
                const char *query = choose(corpus, &chance, characters, i);
                size_t total = 0;
                double began = measure_clock(), computed = measure_cpu();
                status = search(context, archive, query, &total, err);
                times[i] = measure_clock() - began;
                cpu[i] = measure_cpu() - computed;
                found += (double)total;
                if (cpu[i] > longest) {
                    longest = cpu[i];
                    slowest = query;
                }
            }
        }
        if (status < 0)
            break;
        qsort(times, (size_t)queries, sizeof *times, compare_doubles);
        qsort(cpu, (size_t)queries, sizeof *cpu, compare_doubles);
        printf(
            "%-10s %d  p50 %8.2f  p95 %8.2f  longest %8.2f ms (computing %.2f, %.2f, %.2f: %s)  %.0f found\n",
            name, characters, 1e3 * times[queries / 2], 1e3 * times[queries * 95 / 100],
            1e3 * times[queries - 1], 1e3 * cpu[queries / 2], 1e3 * cpu[queries * 95 / 100],
            1e3 * cpu[queries - 1], slowest, found / queries);
    }
    free(times);
    free(cpu);
    return status;
}

static int ask_number(sqlite3 *db, const char *sql, double *value, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *ask = NULL;
    if (bi_store_prepare(db, sql, &ask, err) < 0 || bi_store_step(ask, err) < 0)
        return -1;
    *value = sqlite3_column_double(ask, 0);
    return 0;
}

static int print_size(sqlite3 *db, const char *name, const char *tables, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    double text, index;
    if (ask_number(db, "SELECT sum(length(CAST(headline AS BLOB)) + length(CAST(body AS BLOB))) FROM article",
                   &text, err) < 0 ||
        ask_number(db, bi_arena_printf(&arena, "SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%s'", tables),
                   &index, err) < 0)
        return -1;
    printf("%-10s %.0f MB of text, index of %.0f MB: %.2f of the text\n", name, text / 1e6, index / 1e6,
           index / text);
    return 0;
}

/* ---- ours */

static int search_ours(void *context, const struct archive *archive, const char *text, size_t *total,
                       struct bi_error *err)
{
    (void)context;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct archive_query query;
    struct archive_search search = {.limit = PAGE};
    struct archive_results results;
    if (archive_query_parse(text, false, &arena, &query, err) < 0 ||
        bi_store_exec(archive->db, "BEGIN", err) < 0 ||
        archive_find(archive, &query, &search, &arena, &results, err) < 0)
        return -1;
    *total = results.total;
    return bi_store_exec(archive->db, "COMMIT", err);
}

int measure_search(const struct archive *archive, const struct corpus *corpus, int queries, uint64_t seed,
                   struct bi_error *err)
{
    if (print_size(archive->db, "backissue", "article_fts_%", err) < 0)
        return -1;
    return measure(archive, corpus, queries, seed, "backissue", search_ours, NULL, err);
}

/* ---- FTS5 with trigram */

/* Ids first, snippets only for the page, as ours does it: in one statement SQLite would make a snippet of
 * every match before it sorts. */
struct trigram {
    sqlite3_stmt *find, *count, *snippet;
};

static int search_trigram(void *context, const struct archive *archive, const char *text, size_t *total,
                          struct bi_error *err)
{
    struct trigram *trigram = context;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    const char *expression = bi_arena_printf(&arena, "\"%s\"", text);
    sqlite3_int64 ids[PAGE];
    int count = 0, row;
    if (bi_store_exec(archive->db, "BEGIN", err) < 0 ||
        bi_store_bind(trigram->find, err, "ti", expression, PAGE) < 0)
        return -1;
    while ((row = bi_store_step(trigram->find, err)) > 0)
        ids[count++] = sqlite3_column_int64(trigram->find, 0);
    if (row < 0 || bi_store_bind(trigram->count, err, "t", expression) < 0 ||
        bi_store_step(trigram->count, err) < 0)
        return -1;
    *total = (size_t)sqlite3_column_int64(trigram->count, 0);
    sqlite3_reset(trigram->count);
    for (int i = 0; i < count; i++) {
        if (bi_store_bind(trigram->snippet, err, "tl", expression, ids[i]) < 0 ||
            bi_store_step(trigram->snippet, err) < 0)
            return -1;
        sqlite3_reset(trigram->snippet);
    }
    return bi_store_exec(archive->db, "COMMIT", err);
}

static int make_trigram(sqlite3 *db, struct bi_error *err)
{
    double there;
    if (ask_number(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'trigram_fts'", &there, err) < 0)
        return -1;
    if (there > 0)
        return 0;
    double began = measure_clock();
    if (bi_store_exec(
            db,
            "BEGIN; CREATE VIRTUAL TABLE trigram_fts USING fts5 (headline, body, content = 'article',"
            " content_rowid = 'article_id', tokenize = 'trigram');"
            "INSERT INTO trigram_fts (trigram_fts) VALUES ('rebuild'); COMMIT",
            err) < 0)
        return -1;
    printf("trigram    index made in %.0f s, in one transaction\n", measure_clock() - began);
    return 0;
}

int measure_trigram(const struct archive *archive, const struct corpus *corpus, int queries, uint64_t seed,
                    struct bi_error *err)
{
    struct trigram trigram = {0};
    int status = make_trigram(archive->db, err);
    if (status == 0)
        status = print_size(archive->db, "trigram", "trigram_fts_%", err);
    if (status == 0 &&
        (bi_store_prepare(archive->db,
                          "SELECT rowid FROM trigram_fts WHERE trigram_fts MATCH ? ORDER BY rank LIMIT ?",
                          &trigram.find, err) < 0 ||
         bi_store_prepare(archive->db, "SELECT count(*) FROM trigram_fts WHERE trigram_fts MATCH ?",
                          &trigram.count, err) < 0 ||
         bi_store_prepare(archive->db,
                          "SELECT snippet(trigram_fts, 1, '[', ']', '…', 48) FROM trigram_fts "
                          "WHERE trigram_fts MATCH ? AND rowid = ?",
                          &trigram.snippet, err) < 0))
        status = -1;
    if (status == 0)
        status = measure(archive, corpus, queries, seed, "trigram", search_trigram, &trigram, err);
    bi_store_finalizep(&trigram.find);
    bi_store_finalizep(&trigram.count);
    bi_store_finalizep(&trigram.snippet);
    return status;
}

/* ---- LIKE */

static int search_like(void *context, const struct archive *archive, const char *text, size_t *total,
                       struct bi_error *err)
{
    (void)archive;
    sqlite3_stmt *find = context;
    int row;
    *total = 0;
    if (bi_store_bind(find, err, "t", text) < 0)
        return -1;
    while ((row = bi_store_step(find, err)) > 0)
        ++*total;
    return row;
}

int measure_like(const struct archive *archive, const struct corpus *corpus, uint64_t seed,
                 struct bi_error *err)
{
    enum { FEW_QUERIES = 5 };
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *find = NULL;
    if (bi_store_prepare(archive->db,
                         "SELECT article_id FROM article WHERE headline LIKE '%' || ?1 || '%' "
                         "OR body LIKE '%' || ?1 || '%'",
                         &find, err) < 0)
        return -1;
    return measure(archive, corpus, FEW_QUERIES, seed, "LIKE", search_like, find, err);
}

/* ---- completeness */

static void fold_value(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    BI_CLEANUP(bi_text_release) struct bi_text folded = {0};
    bi_fold_text(&folded, (const char *)sqlite3_value_text(values[0]),
                 (size_t)sqlite3_value_bytes(values[0]));
    sqlite3_result_text(context, bi_text_get(&folded), (int)folded.length, SQLITE_TRANSIENT);
}

/* A random stretch of a random body, as it is there. */
static int take_substring(sqlite3_stmt *read, struct chance *chance, int characters, struct bi_text *out,
                          struct bi_error *err)
{
    if (bi_store_bind(read, err, "d", chance_share(chance)) < 0 || bi_store_step(read, err) < 0)
        return -1;
    const char *body = bi_store_text(read, 0);
    size_t length = bi_rune_count(body);
    int skip = chance_below(chance, (int)length - characters);
    for (int i = 0; i < skip; i++)
        bi_rune_next(&body);
    bi_text_clear(out);
    for (int i = 0; i < characters; i++)
        bi_text_add_rune(out, bi_rune_next(&body));
    sqlite3_reset(read);
    return 0;
}

static int compare_ids(const void *a, const void *b)
{
    const struct archive_hit *one = a, *two = b;
    return one->article_id < two->article_id ? -1 : one->article_id > two->article_id;
}

static int compare_with_instr(const struct archive *archive, sqlite3_stmt *scan, const char *text,
                              size_t *found, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(bi_text_release) struct bi_text folded = {0};
    struct archive_query query;
    struct archive_search search = {.limit = -1, .order = ARCHIVE_ORDER_DATE};
    struct archive_results results;
    bi_fold_text(&folded, text, strlen(text));
    if (!folded.length) /* white space alone, which is no query */
        return 0;
    if (archive_query_parse(text, true, &arena, &query, err) < 0 ||
        archive_find(archive, &query, &search, &arena, &results, err) < 0)
        return -1;
    if (results.count)
        qsort(results.hits, results.count, sizeof *results.hits, compare_ids);
    if (bi_store_bind(scan, err, "t", folded.data) < 0)
        return -1;
    size_t at = 0;
    int row;
    while ((row = bi_store_step(scan, err)) > 0) {
        sqlite3_int64 id = sqlite3_column_int64(scan, 0);
        if (at >= results.count || results.hits[at].article_id != id)
            return bi_error_set(err, BI_EXIT_INTERNAL, "'%s': search and instr() differ at article %lld",
                                text, (long long)id);
        at++;
    }
    if (row == 0 && (at < results.count || results.count != results.total))
        return bi_error_set(err, BI_EXIT_INTERNAL, "'%s': search finds more than instr()", text);
    *found += at;
    return row;
}

int check_recall(const struct archive *archive, int count, uint64_t seed, struct bi_error *err)
{
    enum { LONGEST_SUBSTRING = 8 };
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL, *scan = NULL;
    BI_CLEANUP(bi_text_release) struct bi_text text = {0};
    struct chance chance = {seed};
    sqlite3_create_function(archive->db, "folded", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, fold_value,
                            NULL, NULL);
    if (bi_store_exec(archive->db,
                      "CREATE TEMP TABLE plain AS SELECT article_id, folded(headline) AS headline,"
                      " folded(body) AS body FROM article",
                      err) < 0 ||
        bi_store_prepare(archive->db,
                         "SELECT body FROM article WHERE article_id ="
                         " 1 + CAST(?1 * (SELECT max(article_id) FROM article) AS INTEGER)",
                         &read, err) < 0 ||
        bi_store_prepare(archive->db,
                         "SELECT article_id FROM plain WHERE instr(body, ?1) OR instr(headline, ?1) "
                         "ORDER BY article_id",
                         &scan, err) < 0)
        return -1;
    size_t found = 0;
    for (int i = 0; i < count; i++)
        if (take_substring(read, &chance, 1 + i % LONGEST_SUBSTRING, &text, err) < 0 ||
            compare_with_instr(archive, scan, text.data, &found, err) < 0)
            return -1;
    printf("%d random substrings of 1 to %d characters: search and instr() agree on %zu finds\n", count,
           LONGEST_SUBSTRING, found);
    return 0;
}
