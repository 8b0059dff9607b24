/* The schema of an archive: making it, and bringing one of an earlier version to the present. For store.c. */
#ifndef LOAD_MIGRATE_H
#define LOAD_MIGRATE_H

#include <sqlite3.h>

#include "base/error.h"

/* Makes the present schema (schema.sql) in an empty database. */
int bi_store_build(sqlite3 *db, struct bi_error *err);

/* The version of an archive's schema. */
int bi_store_version(sqlite3 *db, sqlite3_int64 *version, struct bi_error *err);

/* Brings an archive of an earlier schema to the present one (migrations/N.sql, one after the other) in one
 * transaction, so that it is of one schema or of the other whatever happens. Nothing if it is of the present
 * one. Ends foreign keys on. */
int bi_store_migrate(sqlite3 *db, struct bi_error *err);

#endif
