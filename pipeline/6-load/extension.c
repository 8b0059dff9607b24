/* backissue_fts.so: the tokenizer as a loadable extension, so that the stock sqlite3 shell and other
 * languages can search an archive too:
 *
 *     sqlite3 archive.db ".load backissue_fts" "SELECT headline FROM article_fts WHERE article_fts MATCH
 * '菜场'"
 */
#include <sqlite3ext.h>
#include <stddef.h>

#include "tokenizer.h"

SQLITE_EXTENSION_INIT1

/* SQLite derives this name from the file's: letters of the base name up to the first dot. */
__attribute__((visibility("default"))) int sqlite3_backissuefts_init(sqlite3 *db, char **message,
                                                                     const sqlite3_api_routines *api);

int sqlite3_backissuefts_init(sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
    SQLITE_EXTENSION_INIT2(api)
    fts5_api *fts5 = NULL;
    sqlite3_stmt *ask = NULL;
    int result = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &ask, NULL);
    if (result == SQLITE_OK) {
        sqlite3_bind_pointer(ask, 1, (void *)&fts5, "fts5_api_ptr", NULL);
        sqlite3_step(ask);
        result = sqlite3_finalize(ask);
    }
    if (result != SQLITE_OK || !fts5) {
        *message = sqlite3_mprintf("this SQLite has no FTS5");
        return result != SQLITE_OK ? result : SQLITE_ERROR;
    }
    return bi_tokenizer_create(fts5);
}
