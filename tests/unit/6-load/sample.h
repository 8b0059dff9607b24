/* A small issue as files, for tests of loading: two pages, an article over both, an advertisement, a dangling
 * pointer, a problem. */
#ifndef TESTS_SAMPLE_H
#define TESTS_SAMPLE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "inputs.h"
#include "page/pagexml.h"
#include "unit.h"

#define SAMPLE_BODY "晚上九点半，食堂的灯还亮着。\n延时带来的第一个问题是成本。"

struct sample {
    struct bi_arena arena;
    char folder[64];
    struct bi_issue issue;
    struct bi_articles articles;
    struct bi_page pages[2];
};

static inline void sample_box(struct bi_page *page, struct bi_line *line, int x, int y, int w, int h)
{
    bi_polygon_from_box(&page->arena, &line->outline, (struct bi_box){x, y, w, h});
}

static inline void sample_page(struct sample *sample, int index, const char *const *texts, size_t count)
{
    struct bi_page *page = &sample->pages[index];
    bi_page_init(page);
    page->image = bi_arena_strdup(&page->arena, "2-deskew.tif");
    page->width = 1000;
    page->height = 2000;
    page->transform = (struct bi_transform){.frame = index + 1,
                                            .scan = bi_arena_strdup(&page->arena, "p.tif"),
                                            .scan_sha256 = bi_arena_strdup(&page->arena, "00"),
                                            .dpi = 300,
                                            .orientation_degrees = 90,
                                            .skew_degrees = -0.25,
                                            .to_scan = {1, 0, 0, 0, 1, 0}};
    struct bi_region *region = bi_page_add_region(page, BI_REGION_TEXT);
    bi_polygon_from_box(&page->arena, &region->outline, (struct bi_box){100, 100, 400, 400});
    region->role = BI_ROLE_BODY;
    region->lines = bi_arena_array(&page->arena, count, sizeof *region->lines);
    region->line_count = count;
    for (size_t i = 0; i < count; i++) {
        struct bi_line *line = &region->lines[i];
        line->id = bi_arena_printf(&page->arena, "l%zu", i + 1);
        line->role = BI_ROLE_BODY;
        line->text = bi_arena_strdup(&page->arena, texts[i]);
        line->confidence = 0.75;
        sample_box(page, line, 100, 100 + 50 * (int)i, 400, 40);
    }
    struct bi_line *first = &region->lines[0];
    first->glyph_count = 1;
    first->glyphs = bi_arena_array(&page->arena, 1, sizeof *first->glyphs);
    first->glyphs[0].box = (struct bi_box){110, 100, 38, 40};
    first->glyphs[0].reading_count = 2;
    first->glyphs[0].readings = bi_arena_array(&page->arena, 2, sizeof *first->glyphs[0].readings);
    first->glyphs[0].readings[0] = (struct bi_reading){bi_arena_strndup(&page->arena, texts[0], 3), 0.9};
    first->glyphs[0].readings[1] = (struct bi_reading){bi_arena_strdup(&page->arena, "\""), 0.1};
    bi_page_add_step(page, "4-ocr", "preparation=stretched", "chi_sim:aa");
}

static inline struct bi_article *sample_article(struct sample *sample, const char *kind, const char *headline,
                                                const char *body, int page_number, struct bi_box box)
{
    struct bi_articles *all = &sample->articles;
    struct bi_article *article = bi_articles_add_article(all);
    *article = (struct bi_article){
        .id = bi_arena_printf(&all->arena, "a%zu", all->article_count),
        .kind = bi_arena_strdup(&all->arena, kind),
        .kicker = "",
        .headline = bi_arena_strdup(&all->arena, headline),
        .subhead = "",
        .byline = "",
        .body = bi_arena_strdup(&all->arena, body),
        .confidence = 0.8,
    };
    struct bi_part *part = bi_articles_add_part(all, article);
    part->page_number = page_number;
    part->box = box;
    return article;
}

/* The issue in memory; a test may change it before it is written. */
static inline void sample_make(struct sample *sample)
{
    static const char *const FIRST[] = {"食堂的灯", "晚上九点半，食堂", "小标题", "下转第2版"};
    static const char *const SECOND[] = {"的灯还亮着。", "招租"};
    memset(sample, 0, sizeof *sample);
    strcpy(sample->folder, "/tmp/backissue-load-XXXXXX");
    assert_non_null(mkdtemp(sample->folder));
    struct bi_arena *arena = &sample->arena;

    struct bi_issue *issue = &sample->issue;
    issue->folder = bi_arena_printf(arena, "%s/scans/paper/2025-07-04", sample->folder);
    issue->title = "paper";
    issue->date = "2025-07-04";
    issue->frame_count = 2;
    issue->frames = bi_arena_array(arena, 2, sizeof *issue->frames);
    issue->frames[0] = (struct bi_frame){.number = 1, .scan = "p1.tif", .sha256 = "11", .format = "tiff"};
    issue->frames[1] = (struct bi_frame){.number = 2, .scan = "p2.tif", .sha256 = "22", .format = "tiff"};

    sample_page(sample, 0, FIRST, 4);
    sample_page(sample, 1, SECOND, 2);

    struct bi_articles *all = &sample->articles;
    bi_articles_init(all);
    all->facts = (struct bi_issue_facts){
        .paper = "临江新报", .date = "2025-07-05", .weekday = "星期五", .number = 26, .total = 1495};
    struct bi_article *article =
        sample_article(sample, "article", "食堂的灯", SAMPLE_BODY, 1, (struct bi_box){100, 100, 400, 200});
    struct bi_part *part = bi_articles_add_part(all, article);
    part->page_number = 2;
    part->box = (struct bi_box){100, 100, 400, 50};
    sample_article(sample, "ad", "招租", "", 2, (struct bi_box){100, 150, 400, 40});

    static const enum bi_role FIRST_ROLES[] = {BI_ROLE_HEADLINE, BI_ROLE_BODY, BI_ROLE_CROSSHEAD,
                                               BI_ROLE_JUMP};
    for (int i = 0; i < 2; i++) {
        struct bi_page_verdict *page = bi_articles_add_page(all);
        page->frame = page->page_number = i + 1;
        page->confidence = 0.75;
        page->status = "ok";
    }
    for (int i = 0; i < 4; i++)
        *bi_articles_add_line(all, &all->pages[0]) =
            (struct bi_line_verdict){bi_arena_printf(arena, "l%d", i + 1), FIRST_ROLES[i], 0};
    *bi_articles_add_line(all, &all->pages[1]) = (struct bi_line_verdict){"l2", BI_ROLE_AD, 1};
    *bi_articles_add_line(all, &all->pages[1]) = (struct bi_line_verdict){"l1", BI_ROLE_BODY, 0};

    struct bi_link *link = bi_articles_add_link(all);
    *link = (struct bi_link){"continuation", 1, "下转第2版", 0, 2, 0, "linked", 0.9, "the only one"};
    link = bi_articles_add_link(all);
    *link = (struct bi_link){"teaser", 1, ">>>刊9版", -1, 9, -1, "dangling", 0, "there is no page 9"};
    bi_articles_add_problem(all, 1, 0, "dangling-jump", "warning", "there is no page 9");
}

/* Writes the files and reads them as load does. */
static inline int sample_read(struct sample *sample, struct load_inputs *inputs, struct bi_error *err)
{
    struct bi_arena *arena = &sample->arena;
    char *issue = bi_arena_printf(arena, "%s/issue.json", sample->folder);
    char *articles = bi_arena_printf(arena, "%s/articles.json", sample->folder);
    char *pages[2];
    assert_int_equal(bi_issue_write(issue, &sample->issue, err), 0);
    assert_int_equal(bi_articles_write(articles, &sample->articles, err), 0);
    for (int i = 0; i < 2; i++) {
        char *folder = bi_arena_printf(arena, "%s/%04d", sample->folder, i + 1);
        assert_int_equal(bi_path_make(folder, err), 0);
        pages[i] = bi_path_join(arena, folder, "4-ocr.page.xml");
        assert_int_equal(bi_pagexml_write(pages[i], &sample->pages[i], err), 0);
        assert_int_equal(bi_file_write(bi_path_join(arena, folder, "2-deskew.tif"), "image", 5, err), 0);
    }
    return load_inputs_read(inputs, issue, articles, pages, 2, err);
}

static inline void sample_release(struct sample *sample)
{
    char *command = bi_arena_printf(&sample->arena, "rm -rf %s", sample->folder);
    assert_int_equal(system(command), 0);
    bi_page_release(&sample->pages[0]);
    bi_page_release(&sample->pages[1]);
    bi_articles_release(&sample->articles);
    bi_arena_release(&sample->arena);
}

#endif
