#include "archive/problem.h"

#include "base/cleanup.h"
#include "store.h"

int archive_problem_settle(const struct archive *archive, long id, bool closed, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *update = NULL;
    if (bi_store_prepare(archive->db,
                         "UPDATE problem SET closed = CASE WHEN ?1 THEN"
                         " ifnull(closed, strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) END WHERE problem_id = ?2",
                         &update, err) < 0 ||
        bi_store_put(update, err, "il", (int)closed, (sqlite3_int64)id) < 0)
        return -1;
    if (sqlite3_changes(archive->db) == 0)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: has no problem %ld", archive->path, id);
    return 0;
}
