#include "inputs.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "page/pagexml.h"

const struct load_page *load_inputs_page(const struct load_inputs *inputs, int frame)
{
    for (size_t i = 0; i < inputs->page_count; i++)
        if (inputs->pages[i].frame == frame)
            return &inputs->pages[i];
    return NULL;
}

const struct bi_page_verdict *load_inputs_verdict(const struct load_inputs *inputs, int frame)
{
    for (size_t i = 0; i < inputs->articles.page_count; i++)
        if (inputs->articles.pages[i].frame == frame)
            return &inputs->articles.pages[i];
    return NULL;
}

static int compare_ids(const void *a, const void *b, void *page)
{
    const struct bi_line *const *lines = (const struct bi_line *const *)((struct load_page *)page)->lines;
    return strcmp(lines[*(const size_t *)a]->id, lines[*(const size_t *)b]->id);
}

long load_page_line(const struct load_page *page, const char *id)
{
    size_t low = 0, high = page->line_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(page->lines[page->by_id[middle]]->id, id);
        if (order == 0)
            return (long)page->by_id[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

static void index_lines(struct bi_arena *arena, struct load_page *page)
{
    for (size_t i = 0; i < page->page.region_count; i++)
        page->line_count += page->page.regions[i].line_count;
    page->lines = bi_arena_array(arena, page->line_count, sizeof *page->lines);
    page->regions = bi_arena_array(arena, page->line_count, sizeof *page->regions);
    page->by_id = bi_arena_array(arena, page->line_count, sizeof *page->by_id);
    size_t at = 0;
    for (size_t i = 0; i < page->page.region_count; i++) {
        const struct bi_region *region = &page->page.regions[i];
        for (size_t j = 0; j < region->line_count; j++, at++) {
            page->lines[at] = &region->lines[j];
            page->regions[at] = region;
            page->by_id[at] = at;
        }
    }
    if (page->line_count > 1)
        qsort_r(page->by_id, page->line_count, sizeof *page->by_id, compare_ids, page);
}

static bool has_frame(const struct bi_issue *issue, int number)
{
    for (size_t i = 0; i < issue->frame_count; i++)
        if (issue->frames[i].number == number)
            return true;
    return false;
}

static int assign_frames(struct load_inputs *inputs, struct bi_error *err)
{
    for (size_t i = 0; i < inputs->page_count; i++) {
        struct load_page *page = &inputs->pages[i];
        int frame = page->page.transform.scan ? page->page.transform.frame : 0;
        if (frame <= 0)
            continue;
        if (!has_frame(&inputs->issue, frame))
            return bi_error_set(err, BI_EXIT_INPUT, "%s: is of frame %d, which the issue has not", page->path,
                                frame);
        const struct load_page *other = load_inputs_page(inputs, frame);
        if (other)
            return bi_error_set(err, BI_EXIT_INPUT, "%s: is of frame %d, and so is %s", page->path, frame,
                                other->path);
        page->frame = frame;
    }
    for (size_t i = 0, next = 0; i < inputs->page_count; i++) {
        struct load_page *page = &inputs->pages[i];
        if (page->frame)
            continue;
        while (next < inputs->issue.frame_count &&
               load_inputs_page(inputs, inputs->issue.frames[next].number))
            next++;
        if (next == inputs->issue.frame_count)
            return bi_error_set(err, BI_EXIT_INPUT, "%s: the issue has no frame left for it", page->path);
        page->frame = inputs->issue.frames[next].number;
    }
    return 0;
}

static int check_pages(const struct load_inputs *inputs, const char *name, struct bi_error *err)
{
    const struct bi_articles *articles = &inputs->articles;
    for (size_t i = 0; i < articles->page_count; i++) {
        const struct bi_page_verdict *verdict = &articles->pages[i];
        if (!has_frame(&inputs->issue, verdict->frame))
            return bi_error_set(err, BI_EXIT_INPUT, "%s: speaks of frame %d, which the issue has not", name,
                                verdict->frame);
        for (size_t j = 0; j < i; j++) {
            if (articles->pages[j].frame == verdict->frame)
                return bi_error_set(err, BI_EXIT_INPUT, "%s: has frame %d twice", name, verdict->frame);
            if (articles->pages[j].page_number == verdict->page_number)
                return bi_error_set(err, BI_EXIT_INPUT, "%s: has page %d twice", name, verdict->page_number);
        }
        if (verdict->page_number <= 0)
            return bi_error_set(err, BI_EXIT_INPUT, "%s: frame %d has no page number", name, verdict->frame);
        const struct load_page *page = load_inputs_page(inputs, verdict->frame);
        for (size_t j = 0; j < verdict->line_count; j++)
            if (!page || load_page_line(page, verdict->lines[j].line_id) < 0)
                return bi_error_set(err, BI_EXIT_INPUT, "%s: names line %s, which %s has not", name,
                                    verdict->lines[j].line_id, page ? page->path : "no page");
    }
    return 0;
}

static bool is_one_of(const char *word, const char *const *words)
{
    while (*words && strcmp(*words, word) != 0)
        words++;
    return *words != NULL;
}

static int check_articles(const struct load_inputs *inputs, const char *name, struct bi_error *err)
{
    static const char *const KINDS[] = {"article", "ad", "notice", "photo", "masthead", "other", NULL};
    static const char *const LINK_KINDS[] = {"continuation", "teaser", NULL};
    static const char *const LINK_STATES[] = {"linked", "dangling", NULL};
    static const char *const SEVERITIES[] = {"error", "warning", "note", NULL};
    const struct bi_articles *articles = &inputs->articles;
    for (size_t i = 0; i < articles->article_count; i++) {
        const struct bi_article *article = &articles->articles[i];
        if (!is_one_of(article->kind, KINDS))
            return bi_error_set(err, BI_EXIT_INPUT, "%s: article %s is of kind %s, which there is not", name,
                                article->id, article->kind);
        for (size_t j = 0; j < article->part_count; j++) {
            bool known = false;
            for (size_t k = 0; k < articles->page_count; k++)
                known = known || articles->pages[k].page_number == article->parts[j].page_number;
            if (!known)
                return bi_error_set(err, BI_EXIT_INPUT, "%s: article %s is on page %d, which there is not",
                                    name, article->id, article->parts[j].page_number);
            if (article->parts[j].box.w < 0 || article->parts[j].box.h < 0)
                return bi_error_set(err, BI_EXIT_INPUT, "%s: article %s has a box of negative size", name,
                                    article->id);
        }
    }
    for (size_t i = 0; i < articles->link_count; i++)
        if (!is_one_of(articles->links[i].kind, LINK_KINDS) ||
            !is_one_of(articles->links[i].status, LINK_STATES))
            return bi_error_set(err, BI_EXIT_INPUT, "%s: link %zu is of a kind or status that there is not",
                                name, i + 1);
    for (size_t i = 0; i < articles->problem_count; i++)
        if (!is_one_of(articles->problems[i].severity, SEVERITIES))
            return bi_error_set(err, BI_EXIT_INPUT, "%s: problem %zu is of a severity that there is not",
                                name, i + 1);
    return 0;
}

static int check_frames(const struct bi_issue *issue, const char *name, struct bi_error *err)
{
    for (size_t i = 0; i < issue->frame_count; i++)
        for (size_t j = 0; j < i; j++)
            if (issue->frames[j].number == issue->frames[i].number)
                return bi_error_set(err, BI_EXIT_INPUT, "%s: has frame %d twice", name,
                                    issue->frames[i].number);
    return 0;
}

static int check_date(const char *date, const char *name, struct bi_error *err)
{
    return !date || bi_date_parse(date, NULL)
               ? 0
               : bi_error_set(err, BI_EXIT_INPUT, "%s: has the date '%s', which is none", name, date);
}

static int read_all(struct load_inputs *inputs, const char *issue, const char *articles, char *const *pages,
                    size_t page_count, struct bi_error *err)
{
    if (bi_issue_read(issue, &inputs->issue, err) < 0 ||
        bi_articles_read(articles, &inputs->articles, err) < 0)
        return -1;
    inputs->pages = bi_arena_array(&inputs->arena, page_count, sizeof *inputs->pages);
    for (size_t i = 0; i < page_count; i++) {
        struct load_page *page = &inputs->pages[i];
        page->path = pages[i];
        if (bi_pagexml_read(pages[i], &page->page, err) < 0)
            return -1;
        inputs->page_count++;
        index_lines(&inputs->arena, page);
    }
    if (check_frames(&inputs->issue, issue, err) < 0 || check_date(inputs->issue.date, issue, err) < 0 ||
        check_date(inputs->articles.facts.date, articles, err) < 0 || assign_frames(inputs, err) < 0 ||
        check_pages(inputs, articles, err) < 0)
        return -1;
    return check_articles(inputs, articles, err);
}

int load_inputs_read(struct load_inputs *inputs, const char *issue, const char *articles, char *const *pages,
                     size_t page_count, struct bi_error *err)
{
    *inputs = (struct load_inputs){0};
    if (read_all(inputs, issue, articles, pages, page_count, err) == 0)
        return 0;
    load_inputs_release(inputs);
    return -1;
}

void load_inputs_release(struct load_inputs *inputs)
{
    for (size_t i = 0; i < inputs->page_count; i++)
        bi_page_release(&inputs->pages[i].page);
    bi_articles_release(&inputs->articles);
    bi_issue_release(&inputs->issue);
    bi_arena_release(&inputs->arena);
    *inputs = (struct load_inputs){0};
}
