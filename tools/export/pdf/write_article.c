#include <string.h>

#include "base/cleanup.h"
#include "export/pdf/columns.h"
#include "export/pdf/metadata.h"
#include "export/pdf/share.h"
#include "export/pdf/sheet.h"
#include "export/pdf/write.h"
#include "export/pointers.h"

/* Of an article of which nothing is printed anywhere, in points: A4. */
#define BLANK_WIDTH 595
#define BLANK_HEIGHT 842

/* Vertical heads are read at the corner of the page, in its margin. In its place a line that runs down beside
 * columns is read by poppler in the middle of them, as it takes it to be before all that is below its top. */
static bool head_vertical(const struct pdf_parts *parts, struct bi_arena *arena, struct export_line *line)
{
    const struct pdf_part *part = &parts->list[0];
    struct bi_text text = {0};
    for (size_t i = 0; i < parts->article->line_count; i++) {
        const struct export_line *head = parts->article->lines[i];
        if (parts->of_line[i] == 0 && pdf_is_head(head) && head->vertical)
            bi_text_printf(&text, "%s%s", text.length ? " " : "", head->text);
    }
    int height =
        pdf_part_margin(part) / 2; /* smaller than body type, so that it is taken for a text of its own */
    *line = (struct export_line){
        .role = "headline",
        .text = bi_arena_strdup(arena, bi_text_get(&text)),
        .box = {part->box.x, part->box.y, height * (int)bi_rune_count(bi_text_get(&text)), height}};
    bi_text_release(&text);
    return *line->text;
}

/* The lines of a part that have text, in order: heads come first, and only in the part that has the headline.
 */
static size_t lines_of_part(const struct pdf_parts *parts, size_t index, const struct pdf_line *lines,
                            struct pdf_line *chosen)
{
    size_t count = 0;
    for (int body = 0; body < 2; body++)
        for (size_t i = 0; i < parts->article->line_count; i++) {
            bool head = pdf_is_head(lines[i].line);
            if (parts->of_line[i] == index && head != body &&
                (!head || (index == 0 && !lines[i].line->vertical)))
                chosen[count++] = lines[i];
        }
    return count;
}

static void add_parts(struct pdf_document *document, struct pdf_fonts *fonts, const struct pdf_parts *parts,
                      struct pdf_place *places)
{
    struct bi_arena arena = {0};
    struct pdf_line *lines = pdf_share_body(&arena, parts->article);
    struct pdf_line *chosen = bi_arena_array(&arena, parts->article->line_count + 1, sizeof *chosen);
    struct export_line vertical;
    for (size_t i = 0; i < parts->count; i++) {
        const struct pdf_part *part = &parts->list[i];
        struct pdf_frame frame = pdf_frame_of(part->page, part->box);
        size_t before = i == 0 && head_vertical(parts, &arena, &vertical);
        if (before)
            chosen[0] = pdf_line_of(&arena, &vertical);
        size_t count = before + lines_of_part(parts, i, lines, chosen + before);
        count = pdf_join_rows(&arena, chosen, count);
        pdf_keep_gutters(chosen, count);
        pdf_level_tops(&arena, chosen, count);
        struct pdf_type type = pdf_column_type(chosen, count);
        places[i] = pdf_sheet_add(document, fonts, &frame, &part->image, chosen, count, &type);
    }
    bi_arena_release(&arena);
}

/* From a jump line to the part on the page that it names. */
static void add_links(struct pdf_document *document, const struct export_issue *issue,
                      const struct pdf_parts *parts, const struct pdf_place *places)
{
    for (size_t i = 0; i < parts->article->line_count; i++) {
        const struct export_line *line = parts->article->lines[i];
        struct export_target target = export_target_of(issue, line);
        for (size_t k = 0; target.article == parts->article && k < parts->count; k++)
            if (k != parts->of_line[i] && parts->list[k].page == target.page) {
                pdf_link_add(document, &places[parts->of_line[i]], line, &places[k]);
                break;
            }
    }
}

static void add_bookmarks(struct pdf_document *document, const struct pdf_parts *parts,
                          const struct pdf_place *places)
{
    if (parts->count < 2)
        return;
    struct bi_arena arena = {0};
    struct pdf_bookmark root = pdf_bookmarks(document);
    for (size_t i = 0; i < parts->count; i++)
        pdf_bookmark_add(document, &root, pdf_page_title(&arena, parts->list[i].page), &places[i]);
    pdf_bookmark_close(document, &root);
    bi_arena_release(&arena);
}

int pdf_write_article(const struct export_issue *issue, const struct pdf_parts *parts, const char *path,
                      struct bi_error *err)
{
    BI_CLEANUP(pdf_close) struct pdf_document document = {0};
    if (pdf_open(&document, err) < 0)
        return -1;
    struct bi_arena arena = {0};
    struct pdf_fonts fonts;
    pdf_fonts_open(&fonts, &document);
    struct pdf_place *places = bi_arena_array(&arena, parts->count, sizeof *places);
    add_parts(&document, &fonts, parts, places);
    if (parts->count == 0)
        pdf_add_page(&document, BLANK_WIDTH, BLANK_HEIGHT);
    for (size_t i = 0; i < parts->count; i++)
        pdf_label_page(&document, parts->list[i].page, i);
    add_links(&document, issue, parts, places);
    add_bookmarks(&document, parts, places);
    pdf_fonts_finish(&fonts, &document);
    pdf_fonts_release(&fonts);
    pdf_set_metadata(&document, &(struct pdf_metadata){
                                    .title = pdf_article_title(&arena, parts->article),
                                    .description = pdf_issue_title(&arena, issue),
                                    .publisher = issue->paper,
                                    .date = issue->date,
                                    .identifier = bi_arena_printf(&arena, "%s/%s/%lld", issue->title,
                                                                  issue->name, parts->article->article_id),
                                });
    bi_arena_release(&arena);
    return pdf_save(&document, path, err);
}
