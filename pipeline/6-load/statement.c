/* Statements: binding by letters, stepping, and SQLite's result codes as errors of ours. */
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "store.h"

static const char *archive_name(sqlite3 *db)
{
    const char *name = sqlite3_db_filename(db, "main");
    return name && *name ? name : "archive";
}

int bi_store_fail(sqlite3 *db, struct bi_error *err)
{
    const int last = errno;
    const char *name = archive_name(db);
    int code = sqlite3_errcode(db), cause = sqlite3_system_errno(db);
    if (cause == 0 && (last == ENOSPC || last == EDQUOT)) /* SQLite keeps no cause of an fsync that failed */
        cause = last;
    switch (code & 0xFF) {
    case SQLITE_FULL:
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: the disk is full", name);
    case SQLITE_IOERR:
        if (cause == ENOSPC || cause == EDQUOT) /* where it needs a file beside the archive */
            return bi_error_set(err, BI_EXIT_INTERNAL, "%s: the disk is full", name);
        return cause ? bi_error_set(err, BI_EXIT_INTERNAL, "%s: %s: %s", name, sqlite3_errmsg(db),
                                    strerror(cause))
                     : bi_error_set(err, BI_EXIT_INTERNAL, "%s: %s", name, sqlite3_errmsg(db));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: is locked by another program", name);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return bi_error_set(err, BI_EXIT_MACHINE, "%s: cannot be written: %s", name, sqlite3_errmsg(db));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return bi_error_set(err, BI_EXIT_MACHINE, "%s: is damaged: %s", name, sqlite3_errmsg(db));
    case SQLITE_CONSTRAINT:
        return bi_error_set(err, BI_EXIT_INPUT, "%s: refuses a value: %s", name, sqlite3_errmsg(db));
    default:
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: %s", name, sqlite3_errmsg(db));
    }
}

int bi_store_exec(sqlite3 *db, const char *sql, struct bi_error *err)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : bi_store_fail(db, err);
}

int bi_store_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **statement, struct bi_error *err)
{
    return sqlite3_prepare_v2(db, sql, -1, statement, NULL) == SQLITE_OK ? 0 : bi_store_fail(db, err);
}

void bi_store_finalizep(sqlite3_stmt **statement)
{
    sqlite3_finalize(*statement);
    *statement = NULL;
}

static int bind_all(sqlite3_stmt *statement, const char *letters, va_list values)
{
    for (int at = 1; *letters; letters++, at++) {
        int result = SQLITE_MISUSE;
        switch (*letters) {
        case 'i':
        case 'I': {
            int value = va_arg(values, int);
            result = *letters == 'I' && !value ? sqlite3_bind_null(statement, at)
                                               : sqlite3_bind_int(statement, at, value);
            break;
        }
        case 'l':
        case 'L': {
            sqlite3_int64 value = va_arg(values, sqlite3_int64);
            result = *letters == 'L' && !value ? sqlite3_bind_null(statement, at)
                                               : sqlite3_bind_int64(statement, at, value);
            break;
        }
        case 'd':
        case 'D': {
            double value = va_arg(values, double);
            result = *letters == 'D' && value < 0 ? sqlite3_bind_null(statement, at)
                                                  : sqlite3_bind_double(statement, at, value);
            break;
        }
        case 't':
        case 'T': {
            const char *value = va_arg(values, const char *);
            if (*letters == 'T' && value && !*value)
                value = NULL;
            result = sqlite3_bind_text(statement, at, value, -1, SQLITE_STATIC);
            break;
        }
        }
        if (result != SQLITE_OK)
            return result;
    }
    return SQLITE_OK;
}

int bi_store_bind(sqlite3_stmt *statement, struct bi_error *err, const char *letters, ...)
{
    sqlite3_reset(statement);
    va_list values;
    va_start(values, letters);
    int result = bind_all(statement, letters, values);
    va_end(values);
    return result == SQLITE_OK ? 0 : bi_store_fail(sqlite3_db_handle(statement), err);
}

int bi_store_put(sqlite3_stmt *statement, struct bi_error *err, const char *letters, ...)
{
    sqlite3_reset(statement);
    va_list values;
    va_start(values, letters);
    int result = bind_all(statement, letters, values);
    va_end(values);
    if (result == SQLITE_OK)
        result = sqlite3_step(statement);
    if (result == SQLITE_ROW)
        result = SQLITE_DONE;
    int status = result == SQLITE_DONE ? 0 : bi_store_fail(sqlite3_db_handle(statement), err);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return status;
}

int bi_store_step(sqlite3_stmt *statement, struct bi_error *err)
{
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW)
        return 1;
    int status = result == SQLITE_DONE ? 0 : bi_store_fail(sqlite3_db_handle(statement), err);
    sqlite3_reset(statement);
    return status;
}

const char *bi_store_text(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text ? text : "";
}
