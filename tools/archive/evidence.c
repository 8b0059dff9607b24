#include "archive/evidence.h"

#include "base/cleanup.h"
#include "store.h"

static int read_parts(const struct archive *archive, const struct archive_article *article,
                      struct archive_evidence *evidence, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(archive->db,
                         "SELECT count(*), count(DISTINCT region_id) FROM archive_line "
                         "WHERE article_id = ? AND issue_id = ? AND page_number = ?",
                         &read, err) < 0)
        return -1;
    for (size_t i = 0; i < article->part_count; i++) {
        if (bi_store_bind(read, err, "lli", article->article_id, article->issue_id, article->parts[i].page) <
                0 ||
            bi_store_step(read, err) < 0)
            return -1;
        evidence->parts[i] =
            (struct archive_part_evidence){sqlite3_column_int(read, 0), sqlite3_column_int(read, 1)};
        sqlite3_reset(read);
    }
    return 0;
}

static int read_problems(const struct archive *archive, const struct archive_article *article,
                         struct bi_arena *arena, struct archive_evidence *evidence, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(
            archive->db,
            "SELECT page_number, kind, severity, detail, closed IS NOT NULL FROM archive_problem "
            "WHERE article_id = ? ORDER BY problem_id",
            &read, err) < 0 ||
        bi_store_bind(read, err, "l", article->article_id) < 0)
        return -1;
    size_t room = 0;
    int row;
    while ((row = bi_store_step(read, err)) > 0) {
        evidence->problems = bi_arena_grow(arena, evidence->problems, evidence->problem_count, &room,
                                           sizeof *evidence->problems);
        evidence->problems[evidence->problem_count++] = (struct archive_problem){
            .page = sqlite3_column_int(read, 0),
            .kind = bi_arena_strdup(arena, bi_store_text(read, 1)),
            .severity = bi_arena_strdup(arena, bi_store_text(read, 2)),
            .detail = bi_arena_strdup(arena, bi_store_text(read, 3)),
            .closed = sqlite3_column_int(read, 4) != 0,
        };
    }
    return row;
}

int archive_evidence_read(const struct archive *archive, const struct archive_article *article,
                          struct bi_arena *arena, struct archive_evidence *evidence, struct bi_error *err)
{
    *evidence = (struct archive_evidence){
        .parts = bi_arena_array(arena, article->part_count + 1, sizeof *evidence->parts),
    };
    if (read_parts(archive, article, evidence, err) < 0)
        return -1;
    return read_problems(archive, article, arena, evidence, err);
}
