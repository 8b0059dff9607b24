#include <stddef.h>

#include "tokenizer.h"

int bi_tokenizer_register(sqlite3 *db)
{
    fts5_api *api = NULL;
    sqlite3_stmt *ask = NULL;
    int result = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &ask, NULL);
    if (result == SQLITE_OK) {
        sqlite3_bind_pointer(ask, 1, (void *)&api, "fts5_api_ptr", NULL);
        sqlite3_step(ask);
        result = sqlite3_finalize(ask);
    }
    if (result != SQLITE_OK)
        return result;
    return api ? bi_tokenizer_create(api) : SQLITE_ERROR;
}
