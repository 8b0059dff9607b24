/* Putting one issue into the archive, whole or not at all. */
#ifndef LOAD_LOAD_H
#define LOAD_LOAD_H

#include <sqlite3.h>

#include "identity.h"
#include "inputs.h"
#include "runs.h"

struct load_counts {
    size_t pages, articles, lines;
    size_t kept, changed, added, removed; /* articles: against an earlier load of the issue */
};

/* Loads an issue in one transaction. An issue of the same title and name is replaced; pages and articles that
 * are found again (identity.h) keep their ids, and what an article said before is kept as a version.
 * `archive` is the path of db's file. On failure the archive is as before. */
int load_issue(sqlite3 *db, const char *archive, const struct load_inputs *inputs,
               const struct load_runs *runs, struct load_counts *counts, struct bi_error *err);

/* ---- for the modules that fill the tables */

/* A load under way. */
struct load_context {
    struct bi_arena arena;
    sqlite3 *db;
    const char *archive;
    const struct load_inputs *inputs;
    char now[32]; /* UTC, ISO 8601 */
    sqlite3_int64 issue_id;
    sqlite3_int64 *page_ids;             /* of issue.frames */
    int *page_numbers;                   /* of issue.frames */
    sqlite3_int64 *article_ids;          /* of articles.articles */
    bool *is_new;                        /* of articles.articles: says what the archive did not hold before */
    struct load_article_face *old_faces; /* the articles of an earlier load */
    sqlite3_int64 *old_ids;
    size_t old_count;
    struct load_counts counts;
};

/* pages_rows.c: replaces the pages; needs the issue and the runs. */
int load_put_pages(struct load_context *load, struct bi_error *err);
/* pages_rows.c: puts the lines; needs pages and articles. */
int load_put_lines(struct load_context *load, struct bi_error *err);
/* articles_rows.c: remembers the articles of an earlier load, before anything is cleared. */
int load_take_articles(struct load_context *load, struct bi_error *err);
/* articles_rows.c: updates, adds and removes articles and puts their parts; needs the pages. */
int load_put_articles(struct load_context *load, struct bi_error *err);
/* articles_rows.c: the runs that made those texts that are new; needs the lines. */
int load_put_article_runs(struct load_context *load, struct bi_error *err);
/* links_rows.c: what refers to articles; needs them. */
int load_put_links(struct load_context *load, struct bi_error *err);
int load_put_problems(struct load_context *load, struct bi_error *err);
/* neighbour_rows.c: problems of this issue and the next, where printed numbers do not follow each other. */
int load_put_neighbours(struct load_context *load, struct bi_error *err);
/* A confidence or score as the archive takes it: between 0 and 1, and 0 for what is no number. */
double load_share(double value);
/* The page_id of a page number of the issue; 0 if there is none. */
sqlite3_int64 load_page_id(const struct load_context *load, int page_number);

#endif
