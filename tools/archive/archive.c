#include "archive/archive.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "page/issue.h"
#include "store.h"

const char *archive_choose(const char *given)
{
    const char *usual = getenv("BACKISSUE_ARCHIVE");
    return given ? given : usual && *usual ? usual : "archive.db";
}

int archive_open(struct archive *archive, const char *path, bool to_write, struct bi_error *err)
{
    sqlite3 *db;
    if (bi_store_open(path, to_write ? BI_STORE_WRITE : BI_STORE_READ, &db, err) < 0)
        return -1;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    /* Through symbolic links, as the paths were written. */
    BI_CLEANUP(bi_freep) char *absolute = realpath(path, NULL);
    *archive = (struct archive){
        .db = db,
        .path = bi_xstrdup(path),
        .folder = bi_xstrdup(bi_path_dir(&arena, absolute ? absolute : path)),
    };
    return 0;
}

void archive_close(struct archive *archive)
{
    bi_store_closep(&archive->db);
    free(archive->path);
    free(archive->folder);
    *archive = (struct archive){0};
}

char *archive_path(struct bi_arena *arena, const struct archive *archive, const char *stored)
{
    char *path = bi_name_unescape(arena, stored);
    return *path == '/' ? path : bi_path_join(arena, archive->folder, path);
}
