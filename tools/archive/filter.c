/* A few articles are looked at one by one; for many it is quicker to ask for all that the filter allows, and
 * intersect. */
#include "archive/filter.h"

#include "base/cleanup.h"
#include "base/text.h"
#include "store.h"

/* Up to here one by one: some two microseconds each. */
#define FEW_ARTICLES 5000

enum {
    PARAMETER_ID = 1,
    PARAMETER_PAPER,
    PARAMETER_FROM,
    PARAMETER_TO,
    PARAMETER_KIND,
    PARAMETER_SECTION,
    PARAMETER_CONFIDENCE,
    PARAMETER_PAGE
};

static bool asks_for_page_only(const struct archive_filter *filter)
{
    return !filter->paper && !filter->from && !filter->to && !filter->kind && !filter->section &&
           filter->confidence <= 0;
}

static void add_conditions(struct bi_text *sql, const struct archive_filter *filter)
{
    if (filter->paper)
        bi_text_printf(sql, " AND ?%d IN (paper, title)", PARAMETER_PAPER);
    if (filter->from)
        bi_text_printf(sql, " AND issue_date >= ?%d", PARAMETER_FROM);
    if (filter->to) /* '~' sorts after '-' and every digit, so that a month ends with its last day */
        bi_text_printf(sql, " AND issue_date <= ?%d || '~'", PARAMETER_TO);
    if (filter->kind)
        bi_text_printf(sql, " AND kind = ?%d", PARAMETER_KIND);
    if (filter->section)
        bi_text_printf(sql, " AND article.section = ?%d", PARAMETER_SECTION);
    if (filter->confidence > 0)
        bi_text_printf(sql, " AND confidence >= ?%d", PARAMETER_CONFIDENCE);
}

static int bind_at(sqlite3_stmt *statement, int parameter, const char *text, struct bi_error *err)
{
    if (!text || sqlite3_bind_text(statement, parameter, text, -1, SQLITE_STATIC) == SQLITE_OK)
        return 0;
    return bi_store_fail(sqlite3_db_handle(statement), err);
}

static int prepare(sqlite3 *db, const char *sql, const struct archive_filter *filter,
                   sqlite3_stmt **statement, struct bi_error *err)
{
    if (bi_store_prepare(db, sql, statement, err) < 0)
        return -1;
    /* Parameters that the statement has not are refused, which harms nothing. */
    sqlite3_bind_double(*statement, PARAMETER_CONFIDENCE, filter->confidence);
    sqlite3_bind_int(*statement, PARAMETER_PAGE, filter->page);
    int have = sqlite3_bind_parameter_count(*statement);
    const struct {
        int parameter;
        const char *text;
    } texts[] = {{PARAMETER_PAPER, filter->paper},
                 {PARAMETER_FROM, filter->from},
                 {PARAMETER_TO, filter->to},
                 {PARAMETER_KIND, filter->kind},
                 {PARAMETER_SECTION, filter->section}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].parameter <= have && bind_at(*statement, texts[i].parameter, texts[i].text, err) < 0)
            return -1;
    return 0;
}

static int filter_few(sqlite3 *db, const struct archive_filter *filter, struct archive_set *set,
                      struct bi_error *err)
{
    BI_CLEANUP(bi_text_release) struct bi_text sql = {0};
    bi_text_printf(&sql, "SELECT 1 FROM article JOIN issue USING (issue_id) WHERE article_id = ?%d",
                   PARAMETER_ID);
    add_conditions(&sql, filter);
    if (filter->page)
        bi_text_printf(&sql,
                       " AND EXISTS (SELECT 1 FROM article_part JOIN page USING (page_id)"
                       " WHERE article_part.article_id = article.article_id AND page_number = ?%d)",
                       PARAMETER_PAGE);
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *ask = NULL;
    if (prepare(db, sql.data, filter, &ask, err) < 0)
        return -1;
    size_t kept = 0;
    for (size_t i = 0; i < set->count; i++) {
        sqlite3_reset(ask);
        sqlite3_bind_int64(ask, PARAMETER_ID, set->articles[i]);
        int row = bi_store_step(ask, err);
        if (row < 0)
            return -1;
        if (row > 0)
            set->articles[kept++] = set->articles[i];
    }
    set->count = kept;
    return 0;
}

static int keep_allowed(sqlite3 *db, const char *sql, const struct archive_filter *filter,
                        struct archive_set *set, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *ask = NULL;
    BI_CLEANUP(archive_bits_release) struct archive_bits allowed = {0};
    if (prepare(db, sql, filter, &ask, err) < 0)
        return -1;
    int row;
    while ((row = bi_store_step(ask, err)) > 0)
        archive_bits_add(&allowed, (uint32_t)sqlite3_column_int64(ask, 0));
    if (row < 0)
        return -1;
    size_t kept = 0;
    for (size_t i = 0; i < set->count; i++)
        if (archive_bits_have(&allowed, set->articles[i]))
            set->articles[kept++] = set->articles[i];
    set->count = kept;
    return 0;
}

int archive_filter_set(sqlite3 *db, const struct archive_filter *filter, struct archive_set *set,
                       struct bi_error *err)
{
    if (asks_for_page_only(filter) && !filter->page)
        return 0;
    if (set->count <= FEW_ARTICLES)
        return filter_few(db, filter, set, err);
    if (filter->page) {
        BI_CLEANUP(bi_text_release) struct bi_text pages = {0};
        bi_text_printf(&pages,
                       "SELECT article_id FROM page CROSS JOIN article_part USING (page_id) "
                       "WHERE page_number = ?%d",
                       PARAMETER_PAGE);
        if (keep_allowed(db, pages.data, filter, set, err) < 0)
            return -1;
        if (asks_for_page_only(filter))
            return 0;
    }
    BI_CLEANUP(bi_text_release) struct bi_text sql = {0};
    bi_text_add(&sql, "SELECT article_id FROM issue CROSS JOIN article USING (issue_id) WHERE true");
    add_conditions(&sql, filter);
    return keep_allowed(db, sql.data, filter, set, err);
}
