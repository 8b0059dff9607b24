#include "edit/articles.h"

#include <string.h>

#include "base/cleanup.h"
#include "page/corrections_write.h"

int edit_articles_add(const struct edit_place *place, const char *who, const char *based_on,
                      const struct bi_correction *correction, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(edit_log_unlock) struct edit_log log = {0};
    const char *path = edit_place_articles(&arena, place);
    char sha256[BI_SHA256_HEX];
    if (edit_log_lock(&log, edit_place_log(&arena, place), err) < 0 ||
        bi_corrections_sha256(path, sha256, err) < 0)
        return -1;
    if (based_on && strcmp(based_on, sha256) != 0)
        return EDIT_CONFLICT;
    struct bi_correction noted = *correction;
    struct edit_record record = {
        .when = edit_now(&arena), .who = bi_arena_strdup(&arena, who), .what = EDIT_ARTICLES};
    noted.note = bi_arena_printf(&arena, "%s, %s%s%s", who, record.when, correction->note ? ": " : "",
                                 correction->note ? correction->note : "");
    record.after = bi_correction_text(&arena, &noted);
    if (edit_log_add(&log, &record, 1, err) < 0)
        return -1;
    if (bi_corrections_change(path, NULL, record.after, err) == 0)
        return EDIT_SAVED;
    edit_log_take_back(&log);
    return -1;
}
