#include "edit/undo.h"

#include <string.h>

#include "base/cleanup.h"
#include "edit/reread.h"
#include "page/corrections_write.h"

static int undo_line(const struct edit_place *place, const char *who, const struct edit_record *record,
                     struct bi_arena *arena, struct bi_error *err)
{
    char was[BI_SHA256_HEX];
    bi_sha256_bytes(record->after, strlen(record->after), was);
    struct edit_line line = {
        .id = record->line, .was = was, .text = record->before, .undoes = record->number};
    if (edit_lines_save(place, who, record->frame, &line, 1, arena, err) < 0)
        return -1;
    return (int)line.result;
}

static int undo_articles(const struct edit_place *place, const char *who, const struct edit_record *record,
                         struct bi_arena *arena, struct bi_error *err)
{
    BI_CLEANUP(edit_log_unlock) struct edit_log log = {0};
    struct bi_error why;
    if (edit_log_lock(&log, edit_place_log(arena, place), err) < 0)
        return -1;
    struct edit_record inverse = {
        .when = edit_now(arena),
        .who = bi_arena_strdup(arena, who),
        .what = EDIT_ARTICLES,
        .before = record->after,
        .after = record->before,
        .undoes = record->number,
    };
    if (edit_log_add(&log, &inverse, 1, err) < 0)
        return -1;
    if (bi_corrections_change(edit_place_articles(arena, place), inverse.before, inverse.after, &why) == 0)
        return EDIT_SAVED;
    edit_log_take_back(&log);
    if (why.kind == BI_EXIT_INPUT)
        return EDIT_CONFLICT;
    *err = why;
    return -1;
}

int edit_undo(const struct edit_place *place, const char *who, long number, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct edit_record *records;
    size_t count, at = 0;
    if (edit_log_read(edit_place_log(&arena, place), &arena, &records, &count, err) < 0)
        return -1;
    while (at < count && records[at].number != number)
        at++;
    if (at == count)
        return EDIT_GONE;
    if (records[at].undone)
        return EDIT_SAME;
    switch (records[at].what) {
    case EDIT_LINE:
        return undo_line(place, who, &records[at], &arena, err);
    case EDIT_ARTICLES:
        return undo_articles(place, who, &records[at], &arena, err);
    case EDIT_PAGE:
        return edit_reread_undo(place, who, &records[at], err);
    }
    return EDIT_GONE;
}
