#include "edit/place.h"

#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "run/stage.h"
#include "store.h"

int edit_place_find(const struct archive *archive, long long issue_id, const char *corrections,
                    struct bi_arena *arena, struct edit_place *place, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(archive->db,
                         "SELECT folder, image_path FROM issue JOIN page USING (issue_id) "
                         "WHERE issue_id = ? AND image_path IS NOT NULL ORDER BY frame LIMIT 1",
                         &read, err) < 0 ||
        bi_store_bind(read, err, "l", (sqlite3_int64)issue_id) < 0)
        return -1;
    int row = bi_store_step(read, err);
    if (row <= 0)
        return row;
    /* …/work/<title>/<date>/0001/2-deskew.tif */
    char *image = archive_path(arena, archive, bi_store_text(read, 1));
    char *folder = bi_path_dir(arena, bi_path_dir(arena, image)), *above = bi_path_dir(arena, folder);
    char *scans = archive_path(arena, archive, bi_store_text(read, 0));
    char *name = bi_path_join(arena, bi_path_base(above), bi_path_base(folder));
    *place = (struct edit_place){
        .scans = scans,
        .work = bi_path_dir(arena, above),
        .folder = folder,
        .corrections = run_corrections_folder(arena, corrections, scans, name),
        .name = name,
    };
    return 1;
}

char *edit_place_page(struct bi_arena *arena, const struct edit_place *place, int frame)
{
    return bi_path_join(arena, place->corrections, bi_arena_printf(arena, "%04d.page.xml", frame));
}

char *edit_place_base(struct bi_arena *arena, const struct edit_place *place, int frame)
{
    char *path = edit_place_page(arena, place, frame);
    if (access(path, F_OK) == 0)
        return path;
    path = bi_path_join(arena, place->folder,
                        bi_arena_printf(arena, "%04d/%s", frame, run_stage_names(RUN_OCR)->output));
    return access(path, F_OK) == 0 ? path : NULL;
}

char *edit_place_articles(struct bi_arena *arena, const struct edit_place *place)
{
    return bi_path_join(arena, place->corrections, RUN_ARTICLES_CORRECTED);
}

char *edit_place_log(struct bi_arena *arena, const struct edit_place *place)
{
    return bi_path_join(arena, place->corrections, "edits.jsonl");
}
