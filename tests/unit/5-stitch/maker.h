/* Makes pages for tests: columns of text set as a newspaper sets them, in characters and lines rather than
 * pixels. */
#ifndef TEST_STITCH_MAKER_H
#define TEST_STITCH_MAKER_H

// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "issue_build.h"
#include "page/articles.h"
#include "page/issue.h"
#include "page/page.h"
#include "wordings.h"

#define EM 40      /* body type */
#define PITCH 56   /* from line to line */
#define MEASURE 12 /* characters a column is wide */

static inline void make_page(struct bi_page *page)
{
    bi_page_init(page);
    page->width = 3000;
    page->height = 4200;
    page->image = bi_arena_strdup(&page->arena, "page.tif");
}

static inline struct bi_line *make_lines(struct bi_page *page, struct bi_region *region, size_t count)
{
    region->lines = bi_arena_array(&page->arena, count, sizeof *region->lines);
    region->line_count = count;
    return region->lines;
}

static inline void make_line(struct bi_page *page, struct bi_region *region, size_t index, struct bi_box box,
                             enum bi_role role, double em, const char *text)
{
    struct bi_line *line = &region->lines[index];
    *line = (struct bi_line){
        .id = bi_arena_printf(&page->arena, "%sl%zu", region->id, index + 1),
        .role = role,
        .em = em,
        .text = bi_arena_strdup(&page->arena, text),
        .confidence = 0.95,
        .vertical = region->vertical,
    };
    bi_polygon_from_box(&page->arena, &line->outline, box);
}

/* A single line of type of a size: a headline, a folio, a caption. Returns nothing to hold on to. */
static inline void add_single(struct bi_page *page, int x, int y, int em, enum bi_role role, const char *text)
{
    struct bi_region *region = bi_page_add_region(page, BI_REGION_TEXT);
    region->role = role;
    make_lines(page, region, 1);
    struct bi_box box = {x, y, (int)bi_rune_count(text) * em, em};
    make_line(page, region, 0, box, role, em, text);
    bi_polygon_from_box(&page->arena, &region->outline, box);
}

static inline void add_vertical(struct bi_page *page, int x, int y, int em, const char *text)
{
    struct bi_region *region = bi_page_add_region(page, BI_REGION_TEXT);
    region->role = BI_ROLE_HEADLINE;
    region->vertical = true;
    make_lines(page, region, 1);
    struct bi_box box = {x, y, em, (int)bi_rune_count(text) * em};
    make_line(page, region, 0, box, BI_ROLE_HEADLINE, em, text);
    bi_polygon_from_box(&page->arena, &region->outline, box);
}

static inline void add_box(struct bi_page *page, enum bi_region_kind kind, int x, int y, int w, int h)
{
    struct bi_region *region = bi_page_add_region(page, kind);
    bi_polygon_from_box(&page->arena, &region->outline, (struct bi_box){x, y, w, h});
}

/* A column with its lines one under another: lines are separated by '|', two spaces before a line indent it.
 * Returns the height. */
static inline int add_column(struct bi_page *page, int x, int y, const char *lines)
{
    size_t count = 1;
    for (const char *s = lines; *s; s++)
        count += *s == '|';
    struct bi_region *region = bi_page_add_region(page, BI_REGION_TEXT);
    region->role = BI_ROLE_BODY;
    make_lines(page, region, count);
    for (size_t i = 0; i < count; i++) {
        const char *end = strchr(lines, '|');
        size_t length = end ? (size_t)(end - lines) : strlen(lines);
        char *text = bi_arena_strndup(&page->arena, lines, length);
        int indent = 0;
        while (*text == ' ') {
            indent += EM;
            text++;
        }
        struct bi_box box = {x + indent, y + (int)i * PITCH, (int)bi_rune_count(text) * EM, EM};
        make_line(page, region, i, box, BI_ROLE_BODY, EM, text);
        lines = end ? end + 1 : lines;
    }
    bi_polygon_from_box(&page->arena, &region->outline,
                        (struct bi_box){x, y, MEASURE * EM, (int)count * PITCH});
    return (int)count * PITCH;
}

static inline void make_issue(struct bi_issue *issue, size_t frames, const char *date)
{
    *issue = (struct bi_issue){0};
    issue->folder = bi_arena_strdup(&issue->arena, "scans/x");
    issue->title = bi_arena_strdup(&issue->arena, "x");
    issue->date = bi_arena_strdup(&issue->arena, date);
    issue->frames = bi_arena_array(&issue->arena, frames, sizeof *issue->frames);
    issue->frame_count = frames;
    for (size_t i = 0; i < frames; i++)
        issue->frames[i] = (struct bi_frame){.number = (int)i + 1,
                                             .scan = bi_arena_strdup(&issue->arena, "p.jpg"),
                                             .sha256 = bi_arena_strdup(&issue->arena, ""),
                                             .format = bi_arena_strdup(&issue->arena, "jpeg")};
}

static inline void read_wordings(struct bi_arena *arena, struct st_wordings *wordings)
{
    struct bi_error err;
    char *path;
    assert_int_equal(bi_data_path(arena, "tessdata/jumps.ini", &path, &err), 0);
    assert_int_equal(st_wordings_read(arena, path, wordings, &err), 0);
}

/* Stitches the pages (frame i+1 is page i; a page without regions counts as one that failed). */
static inline void stitch_corrected(struct bi_issue *issue, struct bi_page *pages, size_t count,
                                    const struct bi_corrections *corrections, struct bi_articles *articles)
{
    struct bi_arena arena = {0};
    struct st_wordings wordings;
    struct bi_error err = {0};
    struct bi_page *given = calloc(count + 1, sizeof *given);
    const char **names = calloc(count + 1, sizeof(char *));
    size_t n = 0;
    read_wordings(&arena, &wordings);
    for (size_t i = 0; i < count; i++)
        if (pages[i].region_count) {
            pages[i].transform.frame = (int)i + 1;
            names[n] = "page.xml";
            given[n++] = pages[i];
        }
    bi_articles_init(articles);
    assert_int_equal(st_issue_build(issue, &wordings, corrections, given, names, n, articles, &err), 0);
    free(given);
    free(names);
    bi_arena_release(&arena);
}

static inline void stitch(struct bi_issue *issue, struct bi_page *pages, size_t count,
                          struct bi_articles *articles)
{
    stitch_corrected(issue, pages, count, NULL, articles);
}

static inline const struct bi_article *find_article(const struct bi_articles *articles, const char *headline)
{
    for (size_t i = 0; i < articles->article_count; i++)
        if (strcmp(articles->articles[i].headline, headline) == 0)
            return &articles->articles[i];
    fail_msg("no article 「%s」", headline);
    return NULL;
}

static inline bool has_problem(const struct bi_articles *articles, const char *kind, const char *words)
{
    for (size_t i = 0; i < articles->problem_count; i++)
        if (strcmp(articles->problems[i].kind, kind) == 0 && strstr(articles->problems[i].detail, words))
            return true;
    return false;
}

#endif
