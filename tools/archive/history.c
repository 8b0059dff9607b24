#include "archive/history.h"

#include "archive/print.h"
#include "base/cleanup.h"
#include "store.h"

static const char *column(struct bi_arena *arena, sqlite3_stmt *read, int index)
{
    return bi_arena_strdup(arena, bi_store_text(read, index));
}

static int read_makers(const struct archive *archive, sqlite3_int64 article_id, struct bi_arena *arena,
                       struct archive_version *version, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(
            archive->db,
            "SELECT run_id, page_number, stage, program_version, parameters, model_sha256, started "
            "FROM archive_article_run JOIN archive_run USING (run_id) "
            "WHERE article_id = ? AND version = ? ORDER BY stage, page_number, run_id",
            &read, err) < 0 ||
        bi_store_bind(read, err, "li", article_id, version->version) < 0)
        return -1;
    size_t room = 0;
    int row;
    while ((row = bi_store_step(read, err)) > 0) {
        version->makers =
            bi_arena_grow(arena, version->makers, version->maker_count, &room, sizeof *version->makers);
        version->makers[version->maker_count++] = (struct archive_maker){
            .run_id = sqlite3_column_int64(read, 0),
            .page = sqlite3_column_int(read, 1),
            .stage = column(arena, read, 2),
            .program_version = column(arena, read, 3),
            .parameters = column(arena, read, 4),
            .models = column(arena, read, 5),
            .started = column(arena, read, 6),
        };
    }
    return row;
}

static int read_present(const struct archive *archive, sqlite3_int64 article_id, struct bi_arena *arena,
                        struct archive_history *history, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(archive->db,
                         "SELECT ifnull(paper, title), issue_date, version, changed "
                         "FROM archive_article JOIN archive_issue USING (issue_id) WHERE article_id = ?",
                         &read, err) < 0 ||
        bi_store_bind(read, err, "l", article_id) < 0)
        return -1;
    int row = bi_store_step(read, err);
    if (row <= 0)
        return row;
    history->present = true;
    history->paper = column(arena, read, 0);
    history->date = column(arena, read, 1);
    history->now.version = sqlite3_column_int(read, 2);
    history->now.changed = column(arena, read, 3);
    return read_makers(archive, article_id, arena, &history->now, err);
}

static int read_before(const struct archive *archive, sqlite3_int64 article_id, struct bi_arena *arena,
                       struct archive_history *history, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(archive->db,
                         "SELECT ifnull(paper, title), issue_date, version, changed, replaced, kind, kicker,"
                         " headline, subhead, byline, body "
                         "FROM archive_version JOIN archive_issue USING (issue_id) WHERE article_id = ? "
                         "ORDER BY version DESC",
                         &read, err) < 0 ||
        bi_store_bind(read, err, "l", article_id) < 0)
        return -1;
    size_t room = 0;
    int row;
    while ((row = bi_store_step(read, err)) > 0) {
        history->paper = column(arena, read, 0);
        history->date = column(arena, read, 1);
        history->before =
            bi_arena_grow(arena, history->before, history->before_count, &room, sizeof *history->before);
        struct archive_version *version = &history->before[history->before_count++];
        *version = (struct archive_version){
            .version = sqlite3_column_int(read, 2),
            .changed = column(arena, read, 3),
            .replaced = column(arena, read, 4),
            .kind = column(arena, read, 5),
            .kicker = column(arena, read, 6),
            .headline = column(arena, read, 7),
            .subhead = column(arena, read, 8),
            .byline = column(arena, read, 9),
            .body = column(arena, read, 10),
        };
        if (read_makers(archive, article_id, arena, version, err) < 0)
            return -1;
    }
    return row;
}

int archive_history_read(const struct archive *archive, sqlite3_int64 article_id, struct bi_arena *arena,
                         struct archive_history *history, struct bi_error *err)
{
    *history = (struct archive_history){0};
    if (read_present(archive, article_id, arena, history, err) < 0 ||
        read_before(archive, article_id, arena, history, err) < 0)
        return -1;
    if (!history->present && history->before_count == 0)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: has no article %lld, and never had", archive->path,
                            article_id);
    return 0;
}

static void print_field(FILE *stream, const char *text)
{
    if (!*text)
        return;
    archive_print(stream, text, ARCHIVE_MARKING_NONE);
    fputc('\n', stream);
}

static void print_makers(FILE *stream, const struct archive_version *version)
{
    if (version->maker_count == 0)
        fputs("made by runs that are not known\n", stream);
    for (size_t i = 0; i < version->maker_count; i++) {
        const struct archive_maker *maker = &version->makers[i];
        const char *const facts[] = {maker->program_version, maker->started, maker->parameters,
                                     maker->models};
        fprintf(stream, "made by run %lld: ", maker->run_id);
        archive_print(stream, maker->stage, ARCHIVE_MARKING_NONE);
        if (maker->page)
            fprintf(stream, ", page %d", maker->page);
        for (size_t k = 0; k < sizeof facts / sizeof *facts; k++) {
            if (!*facts[k])
                continue;
            fputs(", ", stream);
            archive_print(stream, facts[k], ARCHIVE_MARKING_NONE);
        }
        fputc('\n', stream);
    }
}

void archive_history_print(FILE *stream, const struct archive_history *history)
{
    if (history->present) {
        fprintf(stream, "\n---- version %d, loaded %s\n", history->now.version, history->now.changed);
        print_makers(stream, &history->now);
    }
    for (size_t i = 0; i < history->before_count; i++) {
        const struct archive_version *version = &history->before[i];
        fprintf(stream, "\n---- version %d, loaded %s, until %s\n", version->version, version->changed,
                version->replaced);
        print_makers(stream, version);
        fputc('\n', stream);
        print_field(stream, version->kicker);
        print_field(stream, version->headline);
        print_field(stream, version->subhead);
        print_field(stream, version->byline);
        if (*version->body)
            archive_print_paragraphs(stream, version->body);
    }
}

static json_t *makers_to_json(const struct archive_version *version)
{
    json_t *runs = json_array();
    for (size_t i = 0; i < version->maker_count; i++) {
        const struct archive_maker *maker = &version->makers[i];
        json_t *page = maker->page ? json_integer(maker->page) : json_null();
        json_array_append_new(runs, json_pack("{s:I,s:s,s:o,s:s,s:s,s:s,s:o}", "run_id",
                                              (json_int_t)maker->run_id, "stage", maker->stage, "page", page,
                                              "program_version", maker->program_version, "parameters",
                                              maker->parameters, "model_sha256", maker->models, "started",
                                              archive_json_text(maker->started)));
    }
    return runs;
}

void archive_history_to_json(json_t *object, const struct archive_history *history)
{
    if (history->present) {
        json_object_set_new(object, "version", json_integer(history->now.version));
        json_object_set_new(object, "loaded", json_string(history->now.changed));
        json_object_set_new(object, "runs", makers_to_json(&history->now));
    }
    json_t *versions = json_array();
    for (size_t i = 0; i < history->before_count; i++) {
        const struct archive_version *version = &history->before[i];
        json_array_append_new(versions, json_pack("{s:i,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:o}", "version",
                                                  version->version, "loaded", version->changed, "replaced",
                                                  version->replaced, "kind", version->kind, "kicker",
                                                  version->kicker, "headline", version->headline, "subhead",
                                                  version->subhead, "byline", version->byline, "body",
                                                  version->body, "runs", makers_to_json(version)));
    }
    json_object_set_new(object, "history", versions);
}
