/* articles.json: what stitch made of an issue's pages. Strings are UTF-8 and, where "may be NULL" is not
 * said, never NULL. */
#ifndef PAGE_ARTICLES_H
#define PAGE_ARTICLES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "page/geometry.h"
#include "page/page.h"

#define BI_ARTICLES_FORMAT "backissue-articles/1"

/* The issue's own facts as printed; 0 or NULL where not found. */
struct bi_issue_facts {
    char *paper;   /* may be NULL */
    char *date;    /* ISO 8601; may be NULL. The folder's date wins over the printed one */
    char *weekday; /* as printed, 星期五; may be NULL */
    int number, total, pages;
};

/* What stitch decided on a line. */
struct bi_line_verdict {
    char *line_id;     /* the PAGE-XML id of the line */
    enum bi_role role; /* final */
    int article;       /* index into articles, -1 if none */
};

struct bi_page_verdict {
    int frame;         /* number of the frame in issue.json */
    int page_number;   /* as printed where readable and consistent, else the frame number; unique in the issue
                        */
    char *section;     /* may be NULL */
    double confidence; /* mean over characters, 0 … 1 */
    char *status;      /* "ok", or why the page has no text: "failed: …" */
    struct bi_line_verdict *lines; /* in reading order of the page */
    size_t line_count, line_capacity;
};

/* The share of an article on one page. Part 0 holds the headline. */
struct bi_part {
    int page_number;
    struct bi_box box; /* around its regions, in upright pixels */
    char **regions;    /* PAGE-XML ids */
    size_t region_count;
};

struct bi_article {
    char *id;                                          /* unique in the issue: "a1" … */
    char *kind;                                        /* article, ad, notice, photo, masthead, other */
    char *section;                                     /* may be NULL */
    char *kicker, *headline, *subhead, *byline, *body; /* see ARCHIVE.md for how text is kept; "" if none */
    double confidence;
    struct bi_part *parts;
    size_t part_count, part_capacity;
};

/* A printed pointer. Article indexes are -1 where there is none. */
struct bi_link {
    char *kind; /* "continuation" or "teaser" */
    int source_page;
    char *marker; /* the printed text */
    int source_article;
    int target_page; /* 0 if unreadable */
    int target_article;
    char *status; /* "linked" or "dangling" */
    double score; /* 0 … 1 */
    char *reason; /* in words */
};

struct bi_problem {
    int page_number; /* 0: the whole issue */
    int article;     /* -1: none */
    char *kind;      /* unreadable-page, dangling-jump, number-gap, low-confidence, date-contradiction … */
    char *severity;  /* "error", "warning", "note" */
    char *detail;    /* one sentence */
};

struct bi_articles {
    struct bi_arena arena;
    struct bi_issue_facts facts;
    struct bi_page_verdict *pages;
    size_t page_count, page_capacity;
    struct bi_article *articles; /* in reading order of the issue, by the page and place of part 0 */
    size_t article_count, article_capacity;
    struct bi_link *links;
    size_t link_count, link_capacity;
    struct bi_problem *problems;
    size_t problem_count, problem_capacity;
    struct bi_step *steps; /* how this file was made */
    size_t step_count, step_capacity;
};

void bi_articles_init(struct bi_articles *articles);
void bi_articles_release(struct bi_articles *articles);

/* Each adds a zeroed element and returns it; the pointer holds until the next addition of its kind. */
struct bi_page_verdict *bi_articles_add_page(struct bi_articles *articles);
struct bi_line_verdict *bi_articles_add_line(struct bi_articles *articles, struct bi_page_verdict *page);
struct bi_article *bi_articles_add_article(struct bi_articles *articles);
struct bi_part *bi_articles_add_part(struct bi_articles *articles, struct bi_article *article);
struct bi_link *bi_articles_add_link(struct bi_articles *articles);
/* kind and severity are copied, detail is formatted. */
void bi_articles_add_problem(struct bi_articles *articles, int page_number, int article, const char *kind,
                             const char *severity, const char *detail, ...)
    __attribute__((format(printf, 6, 7)));

/* articles is overwritten; released on failure. References out of range are BI_EXIT_INPUT. */
int bi_articles_read(const char *path, struct bi_articles *articles, struct bi_error *err);
int bi_articles_parse(const char *name, const char *data, size_t size, struct bi_articles *articles,
                      struct bi_error *err);
/* Whole or not at all; the same content gives the same bytes. */
int bi_articles_write(const char *path, const struct bi_articles *articles, struct bi_error *err);

#endif
