#include "edit/lines.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "page/pagexml.h"
#include "page/pagexml_edit.h"

static bool is_printed(uint32_t rune)
{
    bool control = rune < 0x20 || (rune >= 0x7F && rune < 0xA0);
    bool direction = rune == 0x061C || rune == 0x200E || rune == 0x200F ||
                     (rune >= 0x202A && rune <= 0x202E) || (rune >= 0x2066 && rune <= 0x2069);
    bool none = rune == 0xFEFF || (rune & 0xFFFE) == 0xFFFE || (rune >= 0xD800 && rune < 0xE000);
    return !control && !direction && !none;
}

char *edit_clean(struct bi_arena *arena, const char *text)
{
    BI_CLEANUP(bi_text_release) struct bi_text clean = {0};
    size_t end = 0;
    for (uint32_t rune; (rune = bi_rune_next(&text)) != 0;) {
        if (rune == '\t' || rune == '\n' || rune == 0x2028 || rune == 0x2029)
            rune = ' ';
        if (!is_printed(rune) || (clean.length == 0 && bi_rune_is_space(rune)))
            continue;
        bi_text_add_rune(&clean, rune);
        if (!bi_rune_is_space(rune))
            end = clean.length;
    }
    return bi_arena_strndup(arena, bi_text_get(&clean), end);
}

static void list_lines(struct bi_page *page, const struct bi_line ***lines, size_t *count)
{
    size_t capacity = 0;
    *lines = NULL;
    *count = 0;
    for (size_t r = 0; r < page->region_count; r++)
        for (size_t l = 0; l < page->regions[r].line_count; l++) {
            *lines = bi_arena_grow(&page->arena, *lines, *count, &capacity, sizeof **lines);
            (*lines)[(*count)++] = &page->regions[r].lines[l];
        }
}

int edit_lines_read(const struct edit_place *place, int frame, struct bi_page *page,
                    const struct bi_line ***lines, size_t *count, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    char *base = edit_place_base(&arena, place, frame);
    *lines = NULL;
    *count = 0;
    if (!base) {
        bi_page_init(page);
        return 0;
    }
    if (bi_pagexml_read(base, page, err) < 0)
        return -1;
    list_lines(page, lines, count);
    return 0;
}

static const struct bi_line *find_line(struct bi_page *page, const char *id)
{
    for (size_t r = 0; r < page->region_count; r++)
        for (size_t l = 0; l < page->regions[r].line_count; l++)
            if (strcmp(page->regions[r].lines[l].id, id) == 0)
                return &page->regions[r].lines[l];
    return NULL;
}

/* Which of the lines may change, and what the log says of it. */
struct saving {
    struct bi_line_change *changes;
    struct edit_record *records;
    size_t count;
};

static bool is_chosen(const struct saving *saving, const char *id)
{
    for (size_t i = 0; i < saving->count; i++)
        if (strcmp(saving->changes[i].line_id, id) == 0)
            return true;
    return false;
}

static void choose(struct bi_page *page, struct edit_line *line, struct saving *saving,
                   struct bi_arena *arena)
{
    const struct bi_line *found = find_line(page, line->id);
    if (!found || is_chosen(saving, line->id)) {
        line->result = found ? EDIT_SAME : EDIT_GONE;
        return;
    }
    char sha256[BI_SHA256_HEX];
    const char *now = found->text ? found->text : "";
    bi_sha256_bytes(now, strlen(now), sha256);
    line->now = bi_arena_strdup(arena, now);
    line->result = strcmp(now, line->text) == 0     ? EDIT_SAME
                   : strcmp(sha256, line->was) != 0 ? EDIT_CONFLICT
                                                    : EDIT_SAVED;
    if (line->result != EDIT_SAVED)
        return;
    saving->changes[saving->count] = (struct bi_line_change){line->id, line->text};
    saving->records[saving->count++] = (struct edit_record){
        .what = EDIT_LINE,
        .line = bi_arena_strdup(arena, line->id),
        .box = bi_polygon_box(&found->outline),
        .before = line->now,
        .after = bi_arena_strdup(arena, line->text),
        .undoes = line->undoes,
    };
}

/* The log first: what is in it and not in the page is seen as a conflict, what would be in the page alone
 * could not be undone. */
static int keep(struct edit_log *log, const char *path, const struct bi_text *document,
                const struct saving *saving, struct bi_error *err)
{
    if (edit_log_add(log, saving->records, saving->count, err) < 0)
        return -1;
    if (bi_file_write(path, document->data, document->length, err) == 0)
        return 0;
    edit_log_take_back(log);
    return -1;
}

static int save(struct edit_log *log, const struct edit_place *place, const char *who, int frame,
                struct edit_line *lines, size_t count, struct bi_arena *arena, struct bi_error *err)
{
    const char *base = edit_place_base(arena, place, frame);
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size;
    if (!base)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: page %d has no text yet", place->name, frame);
    BI_CLEANUP(bi_page_release) struct bi_page page = {0};
    if (bi_file_read(base, BI_PAGEXML_MAX_BYTES, false, &data, &size, err) < 0 ||
        bi_pagexml_parse(base, data, size, &page, err) < 0)
        return -1;
    struct saving saving = {bi_arena_array(arena, count + 1, sizeof *saving.changes),
                            bi_arena_array(arena, count + 1, sizeof *saving.records), 0};
    for (size_t i = 0; i < count; i++)
        choose(&page, &lines[i], &saving, arena);
    for (size_t i = 0; i < saving.count; i++) {
        saving.records[i].frame = frame;
        saving.records[i].who = bi_arena_strdup(arena, who);
        saving.records[i].when = edit_now(arena);
    }
    if (saving.count == 0)
        return 0;
    BI_CLEANUP(bi_text_release) struct bi_text document = {0};
    if (bi_pagexml_change(base, data, size, saving.changes, saving.count, &document, err) < 0)
        return -1;
    return keep(log, edit_place_page(arena, place, frame), &document, &saving, err);
}

int edit_lines_save(const struct edit_place *place, const char *who, int frame, struct edit_line *lines,
                    size_t count, struct bi_arena *arena, struct bi_error *err)
{
    BI_CLEANUP(edit_log_unlock) struct edit_log log = {0};
    if (edit_log_lock(&log, edit_place_log(arena, place), err) < 0)
        return -1;
    return save(&log, place, who, frame, lines, count, arena, err);
}
