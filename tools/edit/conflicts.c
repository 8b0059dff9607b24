#include "edit/conflicts.h"

#include <string.h>

#include "base/cleanup.h"

/* A line found again is where it was. */
#define LEAST_IOU 0.5

static bool is_same_line(const struct edit_record *a, const struct edit_record *b)
{
    return a->frame == b->frame && bi_box_iou(a->box, b->box) >= LEAST_IOU;
}

static bool is_latest(const struct edit_record *records, size_t count, size_t at)
{
    for (size_t i = at + 1; i < count; i++)
        if (records[i].what == EDIT_LINE && is_same_line(&records[i], &records[at]))
            return false;
    return true;
}

/* Whether a person meant the line to be other than it was read: not who left it as it was, nor who took back
 * an edit that had taken back none. */
static bool wants_other(const struct edit_record *records, size_t count, const struct edit_record *record)
{
    bool takes_back = record->undoes;
    for (size_t i = 0; i < count; i++)
        if (records[i].number == record->undoes && records[i].undoes)
            takes_back = false;
    return !takes_back && strcmp(record->before, record->after) != 0;
}

/* What was read before a line was corrected, and perhaps corrected again, up to this record. */
static const char *first_reading(const struct edit_record *records, size_t at)
{
    const char *read = records[at].before;
    for (size_t i = at; i > 0; i--) {
        const struct edit_record *earlier = &records[i - 1];
        if (earlier->what != EDIT_LINE || !is_same_line(earlier, &records[at]))
            continue;
        if (strcmp(earlier->after, read) != 0)
            break;
        read = earlier->before;
    }
    return read;
}

static const struct bi_line *find_again(const struct edit_record *record, const struct bi_line **lines,
                                        size_t count)
{
    const struct bi_line *best = NULL;
    double most = LEAST_IOU;
    for (size_t i = 0; i < count; i++) {
        double iou = bi_box_iou(bi_polygon_box(&lines[i]->outline), record->box);
        if (iou >= most) {
            most = iou;
            best = lines[i];
        }
    }
    return best;
}

/* Those of one page. */
static int find_on_page(const struct edit_place *place, int frame, const struct edit_record *records,
                        size_t record_count, struct bi_arena *arena, struct edit_conflict *conflicts,
                        size_t *count, struct bi_error *err)
{
    BI_CLEANUP(bi_page_release) struct bi_page page = {0};
    const struct bi_line **lines;
    size_t line_count;
    if (edit_lines_read(place, frame, &page, &lines, &line_count, err) < 0)
        return -1;
    for (size_t i = 0; i < record_count; i++) {
        const struct edit_record *record = &records[i];
        if (record->what != EDIT_LINE || record->frame != frame ||
            !wants_other(records, record_count, record) || !is_latest(records, record_count, i))
            continue;
        const struct bi_line *line = find_again(record, lines, line_count);
        const char *now = line && line->text ? line->text : "";
        if (line && strcmp(now, record->after) == 0)
            continue;
        conflicts[(*count)++] = (struct edit_conflict){
            .record = record,
            .read = first_reading(records, i),
            .line = line ? bi_arena_strdup(arena, line->id) : NULL,
            .box = line ? bi_polygon_box(&line->outline) : record->box,
            .now = bi_arena_strdup(arena, now),
        };
    }
    return 0;
}

int edit_conflicts_find(const struct edit_place *place, struct bi_arena *arena,
                        struct edit_conflict **conflicts, size_t *count, struct bi_error *err)
{
    struct edit_record *records;
    size_t record_count;
    *count = 0;
    if (edit_log_read(edit_place_log(arena, place), arena, &records, &record_count, err) < 0)
        return -1;
    *conflicts = bi_arena_array(arena, record_count + 1, sizeof **conflicts);
    for (size_t i = 0; i < record_count; i++) {
        bool first = records[i].what == EDIT_LINE;
        for (size_t j = 0; j < i; j++)
            first = first && records[j].frame != records[i].frame;
        if (first &&
            find_on_page(place, records[i].frame, records, record_count, arena, *conflicts, count, err) < 0)
            return -1;
    }
    return 0;
}

static int drop(const struct edit_place *place, const char *who, const struct edit_conflict *conflict,
                struct bi_arena *arena, struct bi_error *err)
{
    BI_CLEANUP(edit_log_unlock) struct edit_log log = {0};
    struct edit_record record = {
        .when = edit_now(arena),
        .who = bi_arena_strdup(arena, who),
        .what = EDIT_LINE,
        .frame = conflict->record->frame,
        .line = conflict->line ? conflict->line : conflict->record->line,
        .box = conflict->box,
        .before = conflict->now,
        .after = conflict->now,
    };
    if (edit_log_lock(&log, edit_place_log(arena, place), err) < 0 || edit_log_add(&log, &record, 1, err) < 0)
        return -1;
    return EDIT_SAVED;
}

int edit_conflict_settle(const struct edit_place *place, const char *who, long number, bool keep,
                         const char *was, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct edit_conflict *conflicts, *conflict = NULL;
    size_t count;
    char now[BI_SHA256_HEX];
    if (edit_conflicts_find(place, &arena, &conflicts, &count, err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        if (conflicts[i].record->number == number)
            conflict = &conflicts[i];
    if (!conflict || (keep && !conflict->line))
        return EDIT_GONE;
    bi_sha256_bytes(conflict->now, strlen(conflict->now), now);
    if (strcmp(now, was) != 0)
        return EDIT_CONFLICT;
    if (!keep)
        return drop(place, who, conflict, &arena, err);
    struct edit_line line = {.id = conflict->line, .was = was, .text = conflict->record->after};
    if (edit_lines_save(place, who, conflict->record->frame, &line, 1, &arena, err) < 0)
        return -1;
    return (int)line.result;
}

bool edit_conflict_is_clear(const struct edit_conflict *conflict)
{
    return conflict->line && strcmp(conflict->now, conflict->read) == 0;
}

/* Those of the page of the conflict `first`, which is the first of its page. */
static int keep_page(const struct edit_place *place, const char *who, const struct edit_conflict *conflicts,
                     size_t count, size_t first, size_t *kept, struct bi_arena *arena, struct bi_error *err)
{
    int frame = conflicts[first].record->frame;
    struct edit_line *lines = bi_arena_array(arena, count, sizeof *lines);
    size_t used = 0;
    for (size_t i = first; i < count; i++) {
        if (conflicts[i].record->frame != frame || !edit_conflict_is_clear(&conflicts[i]))
            continue;
        char *was = bi_arena_alloc(arena, BI_SHA256_HEX);
        bi_sha256_bytes(conflicts[i].now, strlen(conflicts[i].now), was);
        lines[used++] =
            (struct edit_line){.id = conflicts[i].line, .was = was, .text = conflicts[i].record->after};
    }
    if (used == 0)
        return 0;
    if (edit_lines_save(place, who, frame, lines, used, arena, err) < 0)
        return -1;
    for (size_t i = 0; i < used; i++)
        *kept += lines[i].result == EDIT_SAVED;
    return 0;
}

int edit_conflicts_keep_clear(const struct edit_place *place, const char *who, size_t *kept,
                              struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct edit_conflict *conflicts;
    size_t count;
    *kept = 0;
    if (edit_conflicts_find(place, &arena, &conflicts, &count, err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++) {
        bool first = true;
        for (size_t j = 0; j < i; j++)
            first = first && conflicts[j].record->frame != conflicts[i].record->frame;
        if (first && keep_page(place, who, conflicts, count, i, kept, &arena, err) < 0)
            return -1;
    }
    return 0;
}
