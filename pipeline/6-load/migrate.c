#include "migrate.h"

#include "base/cleanup.h"
#include "schema_sql.h"
#include "store.h"

_Static_assert(sizeof MIGRATIONS / sizeof *MIGRATIONS == BI_STORE_SCHEMA_VERSION + 1,
               "the newest migration leads to the present schema");

int bi_store_build(sqlite3 *db, struct bi_error *err)
{
    return bi_store_exec(db, SCHEMA_SQL, err);
}

int bi_store_version(sqlite3 *db, sqlite3_int64 *version, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *ask = NULL;
    if (bi_store_prepare(db, "PRAGMA user_version", &ask, err) < 0 || bi_store_step(ask, err) < 0)
        return -1;
    *version = sqlite3_column_int64(ask, 0);
    return 0;
}

/* A migration may make a table anew under its old name, for which foreign keys have to be off; so that they
 * hold is asked at its end. */
static int check_references(sqlite3 *db, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *check = NULL;
    if (bi_store_prepare(db, "PRAGMA foreign_key_check", &check, err) < 0)
        return -1;
    int row = bi_store_step(check, err);
    if (row > 0)
        return bi_error_set(err, BI_EXIT_MACHINE,
                            "%s: is damaged: a row of table %s refers to a row of table %s that is not there",
                            sqlite3_db_filename(db, "main"), bi_store_text(check, 0),
                            bi_store_text(check, 2));
    return row;
}

static int run_migrations(sqlite3 *db, struct bi_error *err)
{
    sqlite3_int64 version;
    if (bi_store_exec(db, "BEGIN IMMEDIATE", err) < 0)
        return -1;
    /* Again under the lock: another process may have migrated meanwhile. */
    if (bi_store_version(db, &version, err) < 0)
        return -1;
    if (version < 1)
        return bi_error_set(err, BI_EXIT_MACHINE, "%s: is damaged: has no schema version",
                            sqlite3_db_filename(db, "main"));
    while (version < BI_STORE_SCHEMA_VERSION)
        if (bi_store_exec(db, MIGRATIONS[++version], err) < 0)
            return -1;
    char set[64];
    sqlite3_snprintf(sizeof set, set, "PRAGMA user_version = %d", BI_STORE_SCHEMA_VERSION);
    if (check_references(db, err) < 0 || bi_store_exec(db, set, err) < 0)
        return -1;
    return bi_store_exec(db, "COMMIT", err);
}

int bi_store_migrate(sqlite3 *db, struct bi_error *err)
{
    sqlite3_int64 version;
    if (bi_store_version(db, &version, err) < 0)
        return -1;
    if (version >= BI_STORE_SCHEMA_VERSION)
        return 0;
    if (bi_store_exec(db, "PRAGMA foreign_keys = OFF", err) < 0)
        return -1;
    int status = run_migrations(db, err);
    if (status < 0)
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    struct bi_error late;
    if (bi_store_exec(db, "PRAGMA foreign_keys = ON", &late) < 0 && status == 0)
        return bi_error_set(err, late.kind, "%s", late.text);
    return status;
}
