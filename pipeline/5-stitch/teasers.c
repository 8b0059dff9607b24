/* Announcements: 把群众的事办到心坎里 >>>刊2版, linked to the article on that page whose headline (or text)
 * they repeat. All announcements are matched together, one article each. */
#include <string.h>

#include "assign.h"
#include "compose.h"
#include "similarity.h"

#define HEADLINE_WEIGHT 4.0
#define TEXT_WEIGHT 2.0
#define PAGE_AGREES 2.0
#define PAGE_DISAGREES (-1.5)
/* Page and headline together must say this much. */
#define MIN_SCORE 2.8

struct teaser {
    int page;
    struct st_marker *marker;
    char *title;
};

static struct teaser *collect(struct st_issue *issue, size_t *count)
{
    size_t lines = 0;
    for (size_t i = 0; i < issue->page_count; i++)
        lines += issue->pages[i].line_count;
    struct teaser *teasers = bi_arena_array(issue->arena, lines + 1, sizeof *teasers);
    *count = 0;
    for (size_t i = 0; i < issue->page_count; i++) {
        struct st_page *page = &issue->pages[i];
        for (size_t j = 0; j < page->line_count; j++) {
            struct st_line *line = &page->lines[j];
            if (line->marker.kind != ST_MARKER_TEASER)
                continue;
            struct bi_text title = {0};
            for (size_t k = 0; k < page->line_count; k++)
                if (page->lines[k].teaser == (int)j)
                    st_join(&title, page->lines[k].text);
            if (line->marker.rest)
                st_join(&title, line->marker.rest);
            teasers[(*count)++] =
                (struct teaser){(int)i, &line->marker, bi_arena_strdup(issue->arena, bi_text_get(&title))};
            bi_text_release(&title);
        }
    }
    return teasers;
}

static double score(struct st_issue *issue, const struct bi_articles *articles, const struct teaser *teaser,
                    const struct bi_article *article, double *likeness)
{
    *likeness = 0;
    if (strcmp(article->kind, "ad") == 0 || strcmp(article->kind, "masthead") == 0 || !article->part_count)
        return ST_FORBIDDEN;
    (void)articles;
    double headline = st_text_likeness(issue->arena, teaser->title, article->headline);
    double text = article->body[0] ? st_text_likeness(issue->arena, teaser->title, article->body) : 0;
    *likeness = headline > text ? headline : text;
    int page = st_page_of_folio(issue, teaser->marker->page);
    double sum = HEADLINE_WEIGHT * headline + TEXT_WEIGHT * text;
    if (page >= 0)
        sum += issue->pages[page].page_number == article->parts[0].page_number ? PAGE_AGREES : PAGE_DISAGREES;
    return sum >= MIN_SCORE ? sum : ST_FORBIDDEN;
}

void st_teasers_link(struct st_issue *issue, struct bi_articles *articles)
{
    size_t count, n = articles->article_count;
    struct teaser *teasers = collect(issue, &count);
    double *gain = bi_arena_array(issue->arena, count * n + 1, sizeof *gain);
    double *likeness = bi_arena_array(issue->arena, count * n + 1, sizeof *likeness);
    int *chosen = bi_arena_array(issue->arena, count + 1, sizeof *chosen);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < n; j++)
            gain[i * n + j] =
                score(issue, articles, &teasers[i], &articles->articles[j], &likeness[i * n + j]);
    st_assign(gain, count, n, chosen);
    for (size_t i = 0; i < count; i++) {
        const struct teaser *teaser = &teasers[i];
        int here = issue->pages[teaser->page].page_number, to = st_page_of_folio(issue, teaser->marker->page);
        const char *words = st_marker_words(issue->arena, teaser->marker);
        struct bi_link *link = bi_articles_add_link(articles);
        link->kind = bi_arena_strdup(&articles->arena, "teaser");
        link->source_page = here;
        link->marker = bi_arena_strdup(&articles->arena, teaser->marker->text);
        link->target_page = to >= 0 ? issue->pages[to].page_number : teaser->marker->page.number;
        if (chosen[i] >= 0) {
            const struct bi_article *article = &articles->articles[chosen[i]];
            double like = likeness[i * n + (size_t)chosen[i]];
            bool agrees = to >= 0 && issue->pages[to].page_number == article->parts[0].page_number;
            link->target_article = chosen[i];
            link->target_page = article->parts[0].page_number;
            link->status = bi_arena_strdup(&articles->arena, "linked");
            link->score = 0.5 * like + (agrees ? 0.5 : 0.2);
            link->reason = bi_arena_printf(
                &articles->arena, "p%d says %s%s, %.0f%% of 「%s」 found in the article", here, words,
                agrees ? "" : " (another page: taken as misread)", 100 * like, teaser->title);
            continue;
        }
        link->status = bi_arena_strdup(&articles->arena, "dangling");
        link->reason = to < 0 && teaser->marker->page.number
                           ? bi_arena_printf(&articles->arena, "%s: page %d is not in this issue", words,
                                             teaser->marker->page.number)
                           : bi_arena_printf(&articles->arena, "%s: no article there is like 「%s」", words,
                                             teaser->title);
        bi_articles_add_problem(articles, here, -1, "dangling-teaser", "note", "%s", link->reason);
    }
}
