/* Pages and lines. */
#include <math.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"
#include "identity.h"
#include "load.h"
#include "page/dropped.h"
#include "paths.h"
#include "store.h"

/* The pages of an earlier load; then they are removed, to be put again under their old ids. */
static int take_old_pages(struct load_context *load, struct load_page_face **faces, sqlite3_int64 **ids,
                          size_t *count, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL, *clear = NULL;
    if (bi_store_prepare(
            load->db,
            "SELECT page_id, frame, scan_sha256, scan_index FROM page WHERE issue_id = ? ORDER BY frame",
            &read, err) < 0 ||
        bi_store_bind(read, err, "l", load->issue_id) < 0)
        return -1;
    size_t room = 0, id_room = 0;
    int row;
    while ((row = bi_store_step(read, err)) > 0) {
        *faces = bi_arena_grow(&load->arena, *faces, *count, &room, sizeof **faces);
        *ids = bi_arena_grow(&load->arena, *ids, *count, &id_room, sizeof **ids);
        (*ids)[*count] = sqlite3_column_int64(read, 0);
        (*faces)[(*count)++] = (struct load_page_face){
            .frame = sqlite3_column_int(read, 1),
            .scan_sha256 = bi_arena_strdup(&load->arena, bi_store_text(read, 2)),
            .scan_index = sqlite3_column_int(read, 3),
        };
    }
    if (row < 0 || bi_store_prepare(load->db, "DELETE FROM page WHERE issue_id = ?", &clear, err) < 0)
        return -1;
    return bi_store_put(clear, err, "l", load->issue_id);
}

/* The number stitch gave the page; for a frame it does not speak of, the frame's own number or the next free
 * one. */
static void number_pages(struct load_context *load)
{
    const struct bi_issue *issue = &load->inputs->issue;
    for (size_t i = 0; i < issue->frame_count; i++) {
        const struct bi_page_verdict *verdict = load_inputs_verdict(load->inputs, issue->frames[i].number);
        load->page_numbers[i] = verdict ? verdict->page_number : 0;
    }
    for (size_t i = 0; i < issue->frame_count; i++) {
        int number = issue->frames[i].number;
        for (size_t k = 0; !load->page_numbers[i] && k < issue->frame_count; k++)
            if (load->page_numbers[k] == number) {
                number++;
                k = (size_t)-1; /* from the start again */
            }
        if (!load->page_numbers[i])
            load->page_numbers[i] = number;
    }
}

static const char *page_status(struct load_context *load, const struct bi_frame *frame, bool has_page)
{
    const struct bi_page_verdict *verdict = load_inputs_verdict(load->inputs, frame->number);
    if (verdict && *verdict->status)
        return verdict->status;
    if (frame->problem)
        return bi_arena_printf(&load->arena, "failed: %s", frame->problem);
    return has_page ? "ok" : "failed: was not recognised";
}

static int put_page(struct load_context *load, sqlite3_stmt *put, size_t index, sqlite3_int64 known_id,
                    struct bi_error *err)
{
    struct bi_arena *arena = &load->arena;
    const struct bi_issue *issue = &load->inputs->issue;
    const struct bi_frame *frame = &issue->frames[index];
    const struct load_page *source = load_inputs_page(load->inputs, frame->number);
    const struct bi_page *page = source ? &source->page : NULL;
    const struct bi_page_verdict *verdict = load_inputs_verdict(load->inputs, frame->number);
    const struct bi_transform *transform = page && page->transform.scan ? &page->transform : NULL;

    const char *image = NULL;
    char image_sha256[BI_SHA256_HEX] = "";
    if (page && page->image && *page->image) {
        const char *path = *page->image == '/'
                               ? page->image
                               : bi_path_join(arena, bi_path_dir(arena, source->path), page->image);
        image = load_path_store(arena, load->archive, path);
        if (bi_sha256_file(path, image_sha256, NULL) < 0 && bi_dropped_read(path, image_sha256) < 0)
            *image_sha256 = '\0'; /* text without its image is still text; verify reports it */
    }
    const char *scan = load_path_store(
        arena, load->archive,
        bi_path_join(arena, bi_name_unescape(arena, issue->folder), bi_name_unescape(arena, frame->scan)));
    const char *status = page_status(load, frame, page != NULL);
    double confidence = verdict && page && strcmp(status, "ok") == 0 ? load_share(verdict->confidence) : -1;
    int dpi = transform && transform->dpi > 0 ? transform->dpi : frame->dpi > 0 ? frame->dpi : 0;
    if (bi_store_put(put, err, "LliiTtiTLTTIIIddTDt", known_id, load->issue_id, frame->number,
                     load->page_numbers[index], verdict ? verdict->section : NULL, scan, frame->index,
                     frame->sha256, (sqlite3_int64)frame->size, image, image_sha256, page ? page->width : 0,
                     page ? page->height : 0, dpi, transform ? transform->skew_degrees : NAN,
                     transform ? (double)transform->orientation_degrees : NAN,
                     transform ? bi_transform_format(arena, transform) : NULL, confidence, status) < 0)
        return -1;
    load->page_ids[index] = sqlite3_last_insert_rowid(load->db);
    load->counts.pages++;
    return 0;
}

int load_put_pages(struct load_context *load, struct bi_error *err)
{
    const struct bi_issue *issue = &load->inputs->issue;
    struct load_page_face *old = NULL, *new = bi_arena_array(&load->arena, issue->frame_count, sizeof *new);
    sqlite3_int64 *old_ids = NULL;
    size_t old_count = 0;
    long *match = bi_arena_array(&load->arena, issue->frame_count, sizeof *match);
    load->page_ids = bi_arena_array(&load->arena, issue->frame_count, sizeof *load->page_ids);
    load->page_numbers = bi_arena_array(&load->arena, issue->frame_count, sizeof *load->page_numbers);
    if (take_old_pages(load, &old, &old_ids, &old_count, err) < 0)
        return -1;
    for (size_t i = 0; i < issue->frame_count; i++)
        new[i] =
            (struct load_page_face){issue->frames[i].number, issue->frames[i].sha256, issue->frames[i].index};
    load_match_pages(old, old_count, new, issue->frame_count, match);
    number_pages(load);

    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *put = NULL;
    if (bi_store_prepare(
            load->db,
            "INSERT INTO page (page_id, issue_id, frame, page_number, section, scan_path, scan_index,"
            " scan_sha256, scan_size, image_path, image_sha256, width, height, dpi, skew_degrees,"
            " orientation_degrees, transform, confidence, status) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            &put, err) < 0)
        return -1;
    for (size_t i = 0; i < issue->frame_count; i++)
        if (put_page(load, put, i, match[i] < 0 ? 0 : old_ids[match[i]], err) < 0)
            return -1;
    return 0;
}

/* ---- lines */

static void add_json_string(struct bi_text *out, const char *s)
{
    bi_text_add(out, "\"");
    for (; *s; s++)
        if (*s == '"' || *s == '\\' || (unsigned char)*s < 0x20)
            bi_text_printf(out, "\\u%04x", (unsigned)(unsigned char)*s);
        else
            bi_text_add_bytes(out, s, 1);
    bi_text_add(out, "\"");
}

static int as_percent(double confidence)
{
    return (int)lround(100 * load_share(confidence));
}

/* The two JSON arrays of line_glyphs; alternatives stays empty where no glyph has any. */
static void describe_glyphs(const struct bi_line *line, struct bi_box box, struct bi_text *extents,
                            struct bi_text *alternatives)
{
    bi_text_clear(extents);
    bi_text_clear(alternatives);
    for (size_t i = 0; i < line->glyph_count; i++) {
        const struct bi_glyph *glyph = &line->glyphs[i];
        int start = line->vertical ? glyph->box.y - box.y : glyph->box.x - box.x;
        bi_text_printf(extents, "%c%d,%d,%d", i ? ',' : '[', start,
                       line->vertical ? glyph->box.h : glyph->box.w,
                       glyph->reading_count ? as_percent(glyph->readings[0].confidence) : 0);
        for (size_t k = 1; k < glyph->reading_count; k++) {
            bi_text_printf(alternatives, "%s[%zu,", alternatives->length ? "," : "[", i);
            add_json_string(alternatives, glyph->readings[k].text);
            bi_text_printf(alternatives, ",%d]", as_percent(glyph->readings[k].confidence));
        }
    }
    bi_text_add(extents, "]");
    if (alternatives->length)
        bi_text_add(alternatives, "]");
}

struct line_statements {
    sqlite3_stmt *line, *glyphs;
    struct bi_text extents, alternatives;
};

static int put_line(struct load_context *load, struct line_statements *put, sqlite3_int64 page_id, int order,
                    const struct load_page *page, size_t index, enum bi_role role, sqlite3_int64 article_id,
                    sqlite3_int64 run_id, struct bi_error *err)
{
    const struct bi_line *line = page->lines[index];
    struct bi_box box = bi_polygon_box(&line->outline);
    if (bi_store_put(put->line, err, "littttDiiiiiLL", page_id, order, page->regions[index]->id, line->id,
                     bi_role_name(role), line->text ? line->text : "",
                     line->text ? load_share(line->confidence) : -1.0, (int)line->vertical, box.x, box.y,
                     box.w, box.h, article_id, run_id) < 0)
        return -1;
    load->counts.lines++;
    if (!line->glyph_count)
        return 0;
    describe_glyphs(line, box, &put->extents, &put->alternatives);
    return bi_store_put(put->glyphs, err, "litT", page_id, order, put->extents.data,
                        bi_text_get(&put->alternatives));
}

/* The lines of one frame: those that stitch speaks of in its order, then what it left out in the page's own.
 */
static int put_page_lines(struct load_context *load, struct line_statements *put, size_t index,
                          struct bi_error *err)
{
    int frame = load->inputs->issue.frames[index].number;
    const struct load_page *page = load_inputs_page(load->inputs, frame);
    const struct bi_page_verdict *verdict = load_inputs_verdict(load->inputs, frame);
    if (!page)
        return 0;
    sqlite3_int64 run_id = 0, page_id = load->page_ids[index];
    if (load_runs_find_maker(load->db, load->issue_id, page, &run_id, err) < 0)
        return -1;
    bool *done = bi_arena_array(&load->arena, page->line_count, sizeof *done);
    int order = 0;
    for (size_t i = 0; verdict && i < verdict->line_count; i++) {
        const struct bi_line_verdict *line = &verdict->lines[i];
        long at = load_page_line(page, line->line_id);
        if (at < 0 || done[at])
            continue;
        done[at] = true;
        if (put_line(load, put, page_id, ++order, page, (size_t)at, line->role,
                     line->article < 0 ? 0 : load->article_ids[line->article], run_id, err) < 0)
            return -1;
    }
    for (size_t i = 0; i < page->line_count; i++)
        if (!done[i] &&
            put_line(load, put, page_id, ++order, page, i, page->lines[i]->role, 0, run_id, err) < 0)
            return -1;
    return 0;
}

int load_put_lines(struct load_context *load, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *line = NULL, *glyphs = NULL;
    if (bi_store_prepare(
            load->db,
            "INSERT INTO line (page_id, line_order, region_id, line_id, role, text, confidence, vertical,"
            " x, y, w, h, article_id, run_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            &line, err) < 0 ||
        bi_store_prepare(
            load->db,
            "INSERT INTO line_glyphs (page_id, line_order, extents, alternatives) VALUES (?, ?, ?, ?)",
            &glyphs, err) < 0)
        return -1;
    struct line_statements put = {.line = line, .glyphs = glyphs};
    int status = 0;
    for (size_t i = 0; status == 0 && i < load->inputs->issue.frame_count; i++)
        status = put_page_lines(load, &put, i, err);
    bi_text_release(&put.extents);
    bi_text_release(&put.alternatives);
    return status;
}
