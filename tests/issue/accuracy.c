/* Measures an archive against what really stands on the pages.
 *
 *     issue-accuracy ARCHIVE.db TRUTH.json [--max FIGURE=VALUE]… [--min FIGURE=VALUE]…
 *
 * Prints one figure a line and exits with 1 if a figure lies beyond its bound. Text is compared folded
 * (widths and letter case alike, no white space).
 *
 *   line_cer        each printed line against the best-matching stretch of its page's text: recognition alone
 *   block_cer       what is printed of each paragraph in one column against the page's body lines in order
 *   part_cer        the same for what each article has on a page: the order of its columns too
 *   article_cer     each article's body against the archived body most like it, one to one
 *   headline_exact  share of the articles whose headline is right to the letter
 *   jump_f1         articles over several pages: found, and with exactly those pages
 *   metadata        how many of paper, date, number, total and page count are right (0 … 5)
 */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "distance.h"
#include "truth.h"

enum { MAX_FIGURES = 16, MAX_PAGES = 100 };

struct figure {
    const char *name;
    double value;
};

static struct figure figures[MAX_FIGURES];
static size_t figure_count;

static void report(const char *name, double value)
{
    figures[figure_count++] = (struct figure){name, value};
    printf("%-16s %.4f\n", name, value);
}

static sqlite3_stmt *query(sqlite3 *db, const char *sql, sqlite3_int64 id)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(db));
        exit(2);
    }
    if (sqlite3_bind_parameter_count(statement))
        sqlite3_bind_int64(statement, 1, id);
    return statement;
}

static const char *column(sqlite3_stmt *statement, int number)
{
    const char *text = (const char *)sqlite3_column_text(statement, number);
    return text ? text : "";
}

static sqlite3_int64 find_issue(sqlite3 *db, const struct truth *truth)
{
    sqlite3_stmt *s = query(db,
                            "SELECT issue_id, paper, issue_date, issue_number, total_number, page_count FROM "
                            "archive_issue",
                            0);
    sqlite3_int64 id = -1;
    int right = 0;
    while (sqlite3_step(s) == SQLITE_ROW) {
        if (strcmp(column(s, 2), truth->date) != 0)
            continue;
        id = sqlite3_column_int64(s, 0);
        right = (strcmp(column(s, 1), truth->paper) == 0) + 1 + (sqlite3_column_int(s, 3) == truth->number) +
                (sqlite3_column_int(s, 4) == truth->total) + (sqlite3_column_int(s, 5) == truth->pages);
    }
    sqlite3_finalize(s);
    if (id < 0) {
        fprintf(stderr, "no issue of %s in the archive\n", truth->date);
        exit(1);
    }
    report("metadata", right);
    return id;
}

/* The text of a page's lines in reading order, all of them or those of the body. */
static struct runes page_runes(sqlite3 *db, sqlite3_int64 issue, int page, bool body)
{
    struct bi_text text = {0};
    sqlite3_stmt *s =
        query(db,
              body ? "SELECT text FROM archive_line WHERE issue_id = ?1 AND page_number = ?2 AND "
                     "role = 'body' ORDER BY line_order"
                   : "SELECT text FROM archive_line WHERE issue_id = ?1 AND page_number = ?2 "
                     "ORDER BY line_order",
              issue);
    sqlite3_bind_int(s, 2, page);
    while (sqlite3_step(s) == SQLITE_ROW)
        bi_text_add(&text, column(s, 0));
    sqlite3_finalize(s);
    struct runes runes = runes_fold(bi_text_get(&text));
    bi_text_release(&text);
    return runes;
}

static void report_rate(const char *name, const struct line_errors *sum)
{
    report(name, sum->characters ? (double)sum->errors / (double)sum->characters : 0);
}

static void measure_lines(sqlite3 *db, sqlite3_int64 issue, const struct truth *truth)
{
    struct line_errors lines = {0}, blocks = {0}, parts = {0};
    for (int p = 0; p < MAX_PAGES; p++) {
        struct runes all = page_runes(db, issue, p, false), body = page_runes(db, issue, p, true);
        truth_line_errors(truth, p, all, &lines);
        truth_body_errors(truth, p, body, false, &blocks);
        truth_body_errors(truth, p, body, true, &parts);
        runes_release(&all);
        runes_release(&body);
    }
    report_rate("line_cer", &lines);
    report_rate("block_cer", &blocks);
    report_rate("part_cer", &parts);
}

struct archived {
    sqlite3_int64 id;
    struct runes body, headline;
    bool taken;
    int pages[MAX_PAGES];
    size_t page_count;
};

static size_t read_articles(sqlite3 *db, sqlite3_int64 issue, struct archived **list)
{
    size_t count = 0, capacity = 0;
    *list = NULL;
    sqlite3_stmt *s = query(
        db, "SELECT article_id, body, headline FROM archive_article WHERE issue_id = ?1 AND kind = 'article'",
        issue);
    while (sqlite3_step(s) == SQLITE_ROW) {
        if (count == capacity)
            *list = bi_xrealloc(*list, (capacity = capacity ? 2 * capacity : 64) * sizeof **list);
        struct archived *article = &(*list)[count++];
        *article = (struct archived){.id = sqlite3_column_int64(s, 0)};
        article->body = runes_fold(column(s, 1));
        article->headline = runes_fold(column(s, 2));
        sqlite3_stmt *p = query(
            db, "SELECT page_number FROM archive_article_page WHERE article_id = ?1 ORDER BY part_order",
            article->id);
        while (sqlite3_step(p) == SQLITE_ROW && article->page_count < MAX_PAGES) {
            int page = sqlite3_column_int(p, 0);
            if (article->page_count == 0 || article->pages[article->page_count - 1] != page)
                article->pages[article->page_count++] = page;
        }
        sqlite3_finalize(p);
    }
    sqlite3_finalize(s);
    return count;
}

static void measure_articles(sqlite3 *db, sqlite3_int64 issue, const struct truth *truth)
{
    struct archived *list;
    size_t count = read_articles(db, issue, &list);
    size_t errors = 0, total = 0, exact = 0, jumps = 0, right = 0, found = 0;
    for (size_t j = 0; j < count; j++)
        found += list[j].page_count > 1;
    for (size_t i = 0; i < truth->article_count; i++) {
        const struct truth_article *article = &truth->articles[i];
        struct runes body = runes_fold(article->text), headline = runes_fold(article->headline);
        /* A body with its byline in front is the same article; few enough articles to compare each with each.
         */
        struct bi_text both = {0};
        bi_text_printf(&both, "%s%s", article->byline, article->text);
        struct runes signed_body = runes_fold(bi_text_get(&both));
        bi_text_release(&both);
        size_t least = body.count;
        struct archived *best = NULL;
        for (size_t j = 0; j < count; j++) {
            if (list[j].taken)
                continue;
            size_t d = runes_errors(body, list[j].body, false),
                   e = runes_errors(signed_body, list[j].body, false);
            d = e < d ? e : d;
            if (d < least) {
                least = d;
                best = &list[j];
            }
        }
        errors += least;
        total += body.count;
        jumps += article->page_count > 1;
        if (best) {
            best->taken = true;
            exact +=
                headline.count == best->headline.count && runes_errors(headline, best->headline, false) == 0;
            right += article->page_count > 1 && article->page_count == best->page_count &&
                     memcmp(article->pages, best->pages, article->page_count * sizeof(int)) == 0;
        }
        if (getenv("ACCURACY_VERBOSE"))
            printf("  %5zu of %5zu  %s\n", least, body.count, article->headline);
        runes_release(&body);
        runes_release(&headline);
        runes_release(&signed_body);
    }
    for (size_t j = 0; j < count; j++) {
        runes_release(&list[j].body);
        runes_release(&list[j].headline);
    }
    free(list);
    report("article_cer", total ? (double)errors / (double)total : 0);
    report("headline_exact", truth->article_count ? (double)exact / (double)truth->article_count : 0);
    report("jump_f1", jumps + found ? 2.0 * (double)right / (double)(jumps + found) : 1);
}

static int check_bound(const char *bound, bool upper)
{
    const char *equals = strchr(bound, '=');
    for (size_t i = 0; equals && i < figure_count; i++) {
        if (strncmp(figures[i].name, bound, (size_t)(equals - bound)) != 0 ||
            strlen(figures[i].name) != (size_t)(equals - bound))
            continue;
        double limit = strtod(equals + 1, NULL);
        if (upper ? figures[i].value <= limit : figures[i].value >= limit)
            return 0;
        fprintf(stderr, "%s is %.4f, %s than %.4f\n", figures[i].name, figures[i].value,
                upper ? "more" : "less", limit);
        return 1;
    }
    fprintf(stderr, "%s: no such figure\n", bound);
    return 2;
}

int main(int argc, char **argv)
{
    if (argc < 3 || argc % 2 == 0) {
        fprintf(
            stderr,
            "usage: issue-accuracy ARCHIVE.db TRUTH.json [--max FIGURE=VALUE]... [--min FIGURE=VALUE]...\n");
        return 2;
    }
    struct truth truth;
    truth_read(argv[2], &truth);
    sqlite3 *db;
    if (sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", argv[1], sqlite3_errmsg(db));
        return 2;
    }
    sqlite3_int64 issue = find_issue(db, &truth);
    measure_lines(db, issue, &truth);
    measure_articles(db, issue, &truth);
    sqlite3_close(db);
    truth_release(&truth);
    int status = 0;
    for (int i = 3; i < argc; i += 2) {
        int failed = check_bound(argv[i + 1], strcmp(argv[i], "--max") == 0);
        status = failed > status ? failed : status;
    }
    return status;
}
