#include "edit/reread.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"

/* Moves a file of the corrections' folder to a name that no other has there, and logs that. */
static int move(const struct edit_place *place, const struct edit_record *record, const char *from,
                const char *to, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(edit_log_unlock) struct edit_log log = {0};
    if (edit_log_lock(&log, edit_place_log(&arena, place), err) < 0)
        return -1;
    if (access(from, F_OK) != 0)
        return EDIT_GONE;
    if (access(to, F_OK) == 0)
        return EDIT_CONFLICT;
    if (edit_log_add(&log, record, 1, err) < 0)
        return -1;
    if (rename(from, to) == 0)
        return EDIT_SAVED;
    bi_error_errno(err, BI_EXIT_MACHINE, "%s: cannot be put aside", from);
    edit_log_take_back(&log);
    return -1;
}

int edit_reread(const struct edit_place *place, const char *who, int frame, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    char *path = edit_place_page(&arena, place, frame), *when = edit_now(&arena);
    char *aside = bi_arena_printf(&arena, "%s.%s", path, when);
    const struct edit_record record = {
        .when = when,
        .who = bi_arena_strdup(&arena, who),
        .what = EDIT_PAGE,
        .frame = frame,
        .before = bi_arena_strdup(&arena, bi_path_base(aside)),
    };
    return move(place, &record, path, aside, err);
}

int edit_reread_undo(const struct edit_place *place, const char *who, const struct edit_record *record,
                     struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    char *path = edit_place_page(&arena, place, record->frame);
    const char *name = record->before ? record->before : record->after;
    char *aside = bi_path_join(&arena, place->corrections, name);
    const struct edit_record inverse = {
        .when = edit_now(&arena),
        .who = bi_arena_strdup(&arena, who),
        .what = EDIT_PAGE,
        .frame = record->frame,
        .before = record->after,
        .after = record->before,
        .undoes = record->number,
    };
    return record->before ? move(place, &inverse, aside, path, err) : move(place, &inverse, path, aside, err);
}
