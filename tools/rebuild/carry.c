#include "rebuild/carry.h"

#include "base/cleanup.h"
#include "base/text.h"
#include "store.h"

/* In an order in which every reference leads to what is there already. Lines, parts but the first, pointers
 * and the index have no identity and are made by load alone; parts are here since an article is known again
 * by its place. */
static const char *const TABLES[] = {"issue",           "run",         "page",   "article", "article_part",
                                     "article_version", "article_run", "problem"};

/* "INSERT INTO t (a, b) VALUES (?, ?)", and the SELECT that goes with it. */
static int write_statements(sqlite3 *db, const char *table, struct bi_text *select, struct bi_text *insert,
                            struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *columns = NULL;
    if (bi_store_prepare(db, "SELECT name FROM pragma_table_info(?)", &columns, err) < 0 ||
        bi_store_bind(columns, err, "t", table) < 0)
        return -1;
    BI_CLEANUP(bi_text_release) struct bi_text names = {0}, marks = {0};
    int row;
    while ((row = bi_store_step(columns, err)) > 0) {
        bi_text_printf(&names, "%s\"%s\"", names.length ? ", " : "", bi_store_text(columns, 0));
        bi_text_add(&marks, marks.length ? ", ?" : "?");
    }
    if (row < 0)
        return -1;
    bi_text_printf(select, "SELECT %s FROM %s", bi_text_get(&names), table);
    bi_text_printf(insert, "INSERT INTO %s (%s) VALUES (%s)", table, bi_text_get(&names),
                   bi_text_get(&marks));
    return 0;
}

static int copy_table(sqlite3 *from, sqlite3 *to, const char *table, struct bi_error *err)
{
    BI_CLEANUP(bi_text_release) struct bi_text select = {0}, insert = {0};
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL, *put = NULL;
    if (write_statements(to, table, &select, &insert, err) < 0 ||
        bi_store_prepare(from, bi_text_get(&select), &read, err) < 0 ||
        bi_store_prepare(to, bi_text_get(&insert), &put, err) < 0)
        return -1;
    int row;
    while ((row = bi_store_step(read, err)) > 0) {
        for (int i = 0; i < sqlite3_column_count(read); i++)
            if (sqlite3_bind_value(put, i + 1, sqlite3_column_value(read, i)) != SQLITE_OK)
                return bi_store_fail(to, err);
        if (bi_store_step(put, err) < 0)
            return -1;
    }
    return row;
}

/* Ids that were given to what has gone since are not given again. */
static int copy_sequences(sqlite3 *from, sqlite3 *to, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL, *clear = NULL, *put = NULL;
    if (bi_store_prepare(from, "SELECT name, seq FROM sqlite_sequence", &read, err) < 0 ||
        bi_store_prepare(to, "DELETE FROM sqlite_sequence WHERE name = ?", &clear, err) < 0 ||
        bi_store_prepare(to, "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", &put, err) < 0)
        return -1;
    int row;
    while ((row = bi_store_step(read, err)) > 0)
        if (bi_store_put(clear, err, "t", bi_store_text(read, 0)) < 0 ||
            bi_store_put(put, err, "tl", bi_store_text(read, 0), sqlite3_column_int64(read, 1)) < 0)
            return -1;
    return row;
}

int rebuild_carry(const struct archive *from, sqlite3 *to, struct bi_error *err)
{
    if (bi_store_exec(from->db, "BEGIN", err) < 0 || bi_store_exec(to, "BEGIN IMMEDIATE", err) < 0)
        return -1;
    for (size_t i = 0; i < sizeof TABLES / sizeof *TABLES; i++)
        if (copy_table(from->db, to, TABLES[i], err) < 0)
            return -1;
    if (copy_sequences(from->db, to, err) < 0 || bi_store_exec(from->db, "ROLLBACK", err) < 0)
        return -1;
    return bi_store_exec(to, "COMMIT", err);
}

int rebuild_mark(sqlite3 *db, sqlite3_int64 *last_run, size_t *versions, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *ask = NULL;
    if (bi_store_prepare(db,
                         "SELECT (SELECT ifnull(max(run_id), 0) FROM archive_run),"
                         " (SELECT count(*) FROM archive_version)",
                         &ask, err) < 0 ||
        bi_store_step(ask, err) < 0)
        return -1;
    *last_run = sqlite3_column_int64(ask, 0);
    *versions = (size_t)sqlite3_column_int64(ask, 1);
    return 0;
}

int rebuild_compare(sqlite3 *db, sqlite3_int64 last_run, size_t versions, struct bi_arena *arena,
                    struct rebuild_difference *difference, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *list = NULL;
    sqlite3_int64 last;
    size_t now;
    *difference = (struct rebuild_difference){0};
    if (rebuild_mark(db, &last, &now, err) < 0 ||
        bi_store_prepare(db,
                         "SELECT title || ' ' || name FROM archive_issue AS i WHERE NOT EXISTS"
                         " (SELECT 1 FROM archive_run AS r WHERE r.issue_id = i.issue_id AND r.run_id > ?"
                         "  AND stage = '6-load') ORDER BY title, name",
                         &list, err) < 0 ||
        bi_store_bind(list, err, "l", last_run) < 0)
        return -1;
    int row;
    while ((row = bi_store_step(list, err)) > 0)
        if (difference->missing++ == 0)
            difference->first_missing = bi_arena_strdup(arena, bi_store_text(list, 0));
    difference->changed = now - versions;
    return row;
}
