#include "export/select.h"

#include "base/cleanup.h"
#include "store.h"

/* Issues by one of the names asked for (?1, NULL: any) and by article (?5, NULL: any). */
static const char SELECT_ISSUES[] =
    "SELECT issue_id FROM archive_issue WHERE (?1 IS NULL OR issue_date = ?1 OR name = ?1 OR"
    " issue_id = CASE WHEN ?1 NOT GLOB '*[^0-9]*' THEN CAST(?1 AS INTEGER) END)"
    " AND (?2 IS NULL OR ?2 IN (paper, title)) AND (?3 IS NULL OR issue_date >= ?3)"
    " AND (?4 IS NULL OR issue_date <= ?4 || '~')"
    " AND (?5 IS NULL OR issue_id = (SELECT issue_id FROM archive_article WHERE article_id = ?5))"
    " ORDER BY title, issue_date, name";

struct list {
    struct bi_arena *arena;
    long long *ids;
    size_t count, room;
};

static void add(struct list *list, long long id)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->ids[i] == id)
            return;
    list->ids = bi_arena_grow(list->arena, list->ids, list->count, &list->room, sizeof *list->ids);
    list->ids[list->count++] = id;
}

/* Adds those of one name or article; *found says whether there were any. */
static int add_issues(const struct archive *archive, const struct export_selection *selection,
                      const char *name, long long article, struct list *list, bool *found,
                      struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(archive->db, SELECT_ISSUES, &read, err) < 0 ||
        bi_store_bind(read, err, "ttttL", name, selection->paper, selection->from, selection->to,
                      (sqlite3_int64)article) < 0)
        return -1;
    int row;
    *found = false;
    bool all = !name && !article;
    while ((row = bi_store_step(read, err)) > 0) {
        *found = true;
        if (all) { /* no two are the same */
            list->ids = bi_arena_grow(list->arena, list->ids, list->count, &list->room, sizeof *list->ids);
            list->ids[list->count++] = sqlite3_column_int64(read, 0);
        } else {
            add(list, sqlite3_column_int64(read, 0));
        }
    }
    return row;
}

int export_select(const struct archive *archive, const struct export_selection *selection,
                  struct bi_arena *arena, long long **issues, size_t *count, struct bi_error *err)
{
    struct list list = {.arena = arena};
    bool found;
    if (!selection->issue_count && !selection->article_count &&
        add_issues(archive, selection, NULL, 0, &list, &found, err) < 0)
        return -1;
    for (size_t i = 0; i < selection->issue_count; i++) {
        if (add_issues(archive, selection, selection->issues[i], 0, &list, &found, err) < 0)
            return -1;
        if (!found)
            return bi_error_set(err, BI_EXIT_INPUT, "%s: has no issue '%s' (of those asked for)",
                                archive->path, selection->issues[i]);
    }
    for (size_t i = 0; i < selection->article_count; i++) {
        if (add_issues(archive, selection, NULL, selection->articles[i], &list, &found, err) < 0)
            return -1;
        if (!found)
            return bi_error_set(err, BI_EXIT_INPUT, "%s: has no article %lld (of those asked for)",
                                archive->path, selection->articles[i]);
    }
    *issues = list.ids;
    *count = list.count;
    return 0;
}

int export_select_articles(const struct archive *archive, const struct export_selection *selection,
                           long long issue_id, struct bi_arena *arena, long long **articles, size_t *count,
                           struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    struct list list = {.arena = arena};
    if (bi_store_prepare(archive->db, "SELECT 1 FROM archive_article WHERE article_id = ? AND issue_id = ?",
                         &read, err) < 0)
        return -1;
    for (size_t i = 0; i < selection->article_count; i++) {
        sqlite3_reset(read);
        if (bi_store_bind(read, err, "ll", (sqlite3_int64)selection->articles[i], (sqlite3_int64)issue_id) <
            0)
            return -1;
        int row = bi_store_step(read, err);
        if (row < 0)
            return -1;
        if (row > 0)
            add(&list, selection->articles[i]);
    }
    *articles = list.ids;
    *count = list.count;
    return 0;
}
