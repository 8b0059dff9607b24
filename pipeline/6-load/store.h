/* The archive as a file: creating, opening, recognising and migrating it, and SQLite's errors as ours. The
 * tools open archives through this too; the schema is schema.sql, which is compiled in. */
#ifndef LOAD_STORE_H
#define LOAD_STORE_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/error.h"

#define BI_STORE_APPLICATION_ID 0x424B4953 /* "BKIS" */
#define BI_STORE_SCHEMA_VERSION 3
/* How long a connection waits for another one's write transaction. */
#define BI_STORE_BUSY_MILLISECONDS 60000

enum bi_store_mode {
    BI_STORE_READ,  /* an archive that is there; works on read-only media. One of an earlier schema is brought
                       to  the present one, on read-only media as a copy in a temporary file */
    BI_STORE_WRITE, /* an archive that is there, brought to the present schema */
    BI_STORE_CREATE, /* like BI_STORE_WRITE, made where there is no file or an empty one */
};

/* Opens an archive; the caller closes *db. A new archive appears whole, with its schema. A connection has the
 * tokenizer, foreign keys on and, for writing, WAL with synchronous=FULL.
 *
 * A file that is no archive of ours is never altered: no SQLite file, or another program's. That is
 * BI_EXIT_INPUT for BI_STORE_READ and BI_EXIT_MACHINE otherwise, since every issue would hit it; so is an
 * archive that cannot be written. An archive of a newer schema is always BI_EXIT_MACHINE. */
int bi_store_open(const char *path, enum bi_store_mode mode, sqlite3 **db, struct bi_error *err);
void bi_store_closep(sqlite3 **db);

/* True if the path is on a network file system, where SQLite's locks and WAL cannot be trusted. */
bool bi_store_on_network(const char *path);

/* Fills err with what the connection's latest call failed with, the archive named first; returns -1. */
int bi_store_fail(sqlite3 *db, struct bi_error *err);

/* Runs SQL without parameters and without result. */
int bi_store_exec(sqlite3 *db, const char *sql, struct bi_error *err);
/* Prepares one statement; the caller finalizes it. */
int bi_store_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **statement, struct bi_error *err);
void bi_store_finalizep(sqlite3_stmt **statement);

/* Binds values from the first parameter on, runs a statement that gives no rows to its end and resets it. One
 * letter a value: i int, l sqlite3_int64, d double, t text (NULL is SQL NULL); in upper case a value that
 * stands for "not found" is NULL too: I int 0, L 0, T "", D a negative double. Texts are only borrowed for
 * the call. */
int bi_store_put(sqlite3_stmt *statement, struct bi_error *err, const char *letters, ...);
/* Binds the same way and leaves the statement to be stepped. Texts must live until it is reset or finalized.
 */
int bi_store_bind(sqlite3_stmt *statement, struct bi_error *err, const char *letters, ...);
/* The next row: 1, 0 at the end (the statement is reset then), -1 on failure. */
int bi_store_step(sqlite3_stmt *statement, struct bi_error *err);
/* A column's text, "" for NULL; valid until the next step. */
const char *bi_store_text(sqlite3_stmt *statement, int column);

#endif
