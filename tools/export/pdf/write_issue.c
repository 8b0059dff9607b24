#include <string.h>

#include "base/cleanup.h"
#include "export/pdf/metadata.h"
#include "export/pdf/sheet.h"
#include "export/pdf/write.h"
#include "export/pointers.h"

/* Of pages of which nothing is known, and of issues without any, in points: A3, as there must be some page.
 */
#define BLANK_WIDTH 842
#define BLANK_HEIGHT 1191
#define BEGINNING_RUNES 20

const char *pdf_article_title(struct bi_arena *arena, const struct export_article *article)
{
    if (*article->headline)
        return article->headline;
    if (!*article->body)
        return article->kind;
    const char *end = article->body;
    for (int i = 0; i < BEGINNING_RUNES && *end && *end != '\n'; i++)
        bi_rune_next(&end);
    return bi_arena_printf(arena, "%.*s%s", (int)(end - article->body), article->body,
                           *end && *end != '\n' ? "…" : "");
}

char *pdf_page_title(struct bi_arena *arena, const struct export_page *page)
{
    return bi_arena_printf(arena, "第%d版%s%s", page->number, *page->section ? " " : "", page->section);
}

static struct pdf_place add_page(struct pdf_document *document, struct pdf_fonts *fonts,
                                 const struct export_page *page, const struct pdf_image *image)
{
    struct bi_arena arena = {0};
    struct pdf_line *lines = bi_arena_array(&arena, page->line_count, sizeof *lines);
    for (size_t i = 0; i < page->line_count; i++)
        lines[i] = pdf_line_of(&arena, &page->lines[i]);
    struct pdf_frame frame = page->width > 0 && page->height > 0
                                 ? pdf_frame_of(page, (struct bi_box){0, 0, page->width, page->height})
                                 : (struct pdf_frame){{0, 0, BLANK_WIDTH, BLANK_HEIGHT}, 1};
    struct pdf_type type = pdf_layer_type(lines, page->line_count);
    struct pdf_place place = pdf_sheet_add(document, fonts, &frame, image, lines, page->line_count, &type);
    bi_arena_release(&arena);
    return place;
}

/* The place of a page, or of an article's part on it. */
static struct pdf_place place_of(const struct export_issue *issue, const struct pdf_place *pages,
                                 const struct export_target *target)
{
    if (!target->page)
        return (struct pdf_place){0};
    struct pdf_place place = pages[target->page - issue->pages];
    for (size_t i = 0; target->article && i < target->article->part_count; i++)
        if (target->article->parts[i].page == target->page) {
            place.point = (struct bi_point){target->article->parts[i].box.x, target->article->parts[i].box.y};
            break;
        }
    return place;
}

static void add_links(struct pdf_document *document, const struct export_issue *issue,
                      const struct pdf_place *pages)
{
    for (size_t i = 0; i < issue->page_total; i++)
        for (size_t k = 0; k < issue->pages[i].line_count; k++) {
            const struct export_line *line = &issue->pages[i].lines[k];
            struct export_target target = export_target_of(issue, line);
            struct pdf_place place = place_of(issue, pages, &target);
            pdf_link_add(document, &pages[i], line, &place);
        }
}

static void add_bookmarks(struct pdf_document *document, const struct export_issue *issue,
                          const struct pdf_place *pages)
{
    struct bi_arena arena = {0};
    struct pdf_bookmark root = pdf_bookmarks(document);
    for (size_t i = 0; i < issue->page_total; i++) {
        const struct export_page *page = &issue->pages[i];
        struct pdf_bookmark above =
            pdf_bookmark_add(document, &root, pdf_page_title(&arena, page), &pages[i]);
        for (size_t k = 0; k < issue->article_count; k++) {
            const struct export_article *article = &issue->articles[k];
            if (strcmp(article->kind, "ad") == 0 || article->part_count == 0 ||
                article->parts[0].page != page)
                continue;
            struct export_target target = {article, page};
            struct pdf_place place = place_of(issue, pages, &target);
            pdf_bookmark_add(document, &above, pdf_article_title(&arena, article), &place);
        }
        pdf_bookmark_close(document, &above);
    }
    pdf_bookmark_close(document, &root);
    bi_arena_release(&arena);
}

int pdf_write_issue(const struct export_issue *issue, const struct pdf_image *images, const char *path,
                    struct bi_error *err)
{
    BI_CLEANUP(pdf_close) struct pdf_document document = {0};
    if (pdf_open(&document, err) < 0)
        return -1;
    struct bi_arena arena = {0};
    struct pdf_fonts fonts;
    pdf_fonts_open(&fonts, &document);
    struct pdf_place *pages = bi_arena_array(&arena, issue->page_total, sizeof *pages);
    for (size_t i = 0; i < issue->page_total; i++) {
        pages[i] = add_page(&document, &fonts, &issue->pages[i], &images[i]);
        pdf_label_page(&document, &issue->pages[i], i);
    }
    if (issue->page_total == 0)
        pdf_add_page(&document, BLANK_WIDTH, BLANK_HEIGHT);
    add_links(&document, issue, pages);
    add_bookmarks(&document, issue, pages);
    pdf_fonts_finish(&fonts, &document);
    pdf_fonts_release(&fonts);
    pdf_set_metadata(&document, &(struct pdf_metadata){
                                    .title = pdf_issue_title(&arena, issue),
                                    .description = "",
                                    .publisher = issue->paper,
                                    .date = issue->date,
                                    .identifier = bi_arena_printf(&arena, "%s/%s", issue->title, issue->name),
                                });
    bi_arena_release(&arena);
    return pdf_save(&document, path, err);
}
