/* export pdf: the whole issue as issue.pdf, and each article. Page images are decoded one after the other,
 * and what the documents show of each is encoded while it is there; the documents are made from that. */
#include <string.h>

#include "base/cleanup.h"
#include "base/program.h"
#include "export/format.h"
#include "export/pdf/write.h"

/* Body type of 3 mm is 18 pixels high: read on a screen without effort. Twice as many pixels would be twice
 * the bytes, and a page should not be larger than what people send each other. */
#define USUAL_DPI 150
/* Under it strokes begin to smear; above it only the grain of the paper gets better. */
#define USUAL_QUALITY 50

struct work {
    const struct export_issue *issue;
    int dpi, quality;
    struct bi_arena arena;
    struct pdf_image *pages; /* of the issue */
    struct pdf_parts *articles;
    size_t article_count;
};

static void work_release(struct work *work)
{
    for (size_t i = 0; i < work->issue->page_total; i++)
        pdf_image_release(&work->pages[i]);
    for (size_t i = 0; i < work->article_count; i++)
        for (size_t k = 0; k < work->articles[i].count; k++)
            pdf_image_release(&work->articles[i].list[k].image);
    bi_arena_release(&work->arena);
}

/* Whoever asks for an advertisement gets it. */
static bool is_wanted(const struct export_issue *issue, const struct export_article *article)
{
    return issue->partial || strcmp(article->kind, "article") == 0 || strcmp(article->kind, "notice") == 0;
}

static int encode_page(struct work *work, size_t index, struct bi_error *err)
{
    struct export_page *page = &work->issue->pages[index];
    BI_CLEANUP(pdf_picture_release) struct pdf_picture picture = {0};
    if (!page->image_path || pdf_picture_read(page, work->dpi, &picture, err) < 0) {
        if (page->image_path)
            bi_program_warn("%s", err->text);
        else
            bi_program_warn("%s/%s: page %d: has no image", work->issue->title, work->issue->name,
                            page->number);
        return 0;
    }
    struct bi_box all = {0, 0, page->width, page->height};
    struct pdf_cut whole = {all, page, NULL};
    if (!work->issue->partial &&
        pdf_picture_encode(&picture, &whole, work->quality, &work->pages[index], err) < 0)
        return -1;
    for (size_t i = 0; i < work->article_count; i++)
        for (size_t k = 0; k < work->articles[i].count; k++) {
            struct pdf_part *part = &work->articles[i].list[k];
            struct pdf_cut cut = {part->box, page, work->articles[i].article};
            if (part->page == page &&
                pdf_picture_encode(&picture, &cut, work->quality, &part->image, err) < 0)
                return -1;
        }
    return 0;
}

static int write_issue(const struct export_options *options, const struct export_issue *issue,
                       const char *folder, struct bi_error *err)
{
    BI_CLEANUP(work_release)
    struct work work = {.issue = issue,
                        .dpi = options->dpi ? options->dpi : USUAL_DPI,
                        .quality = options->quality ? options->quality : USUAL_QUALITY};
    work.pages = bi_arena_array(&work.arena, issue->page_total, sizeof *work.pages);
    work.articles = bi_arena_array(&work.arena, issue->article_count, sizeof *work.articles);
    for (size_t i = 0; i < issue->article_count; i++)
        if (is_wanted(issue, &issue->articles[i]))
            work.articles[work.article_count++] = pdf_parts_of(&work.arena, &issue->articles[i]);
    for (size_t i = 0; i < issue->page_total; i++)
        if (encode_page(&work, i, err) < 0)
            return -1;
    if (!issue->partial &&
        pdf_write_issue(issue, work.pages, bi_path_join(&work.arena, folder, "issue.pdf"), err) < 0)
        return -1;
    for (size_t i = 0; i < work.article_count; i++) {
        const struct pdf_parts *parts = &work.articles[i];
        const char *path = export_name_article(&work.arena, parts->article, folder, ".pdf");
        if (pdf_write_article(issue, parts, path, err) < 0)
            return -1;
    }
    return 0;
}

const struct export_format EXPORT_PDF = {
    .name = "pdf",
    .help = "the issue, and each article, with text that can be searched and copied (PDF/A-2u)",
    .options = "dq",
    .version = 1,
    .write_issue = write_issue,
};
