/* The transaction. Everything of an earlier load that has no identity of its own (lines, parts, links) is
 * removed and put anew; issues, pages, articles, problems and runs are matched with what is there. */
#include "load.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "paths.h"
#include "store.h"

/* `precise` with microseconds, as the driver writes them: two runs of a stage may begin in one second. */
static void format_utc(char text[32], bool precise)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    struct tm utc;
    gmtime_r(&now.tv_sec, &utc);
    size_t n = strftime(text, 32, "%Y-%m-%dT%H:%M:%S", &utc);
    if (precise)
        snprintf(text + n, 32 - n, ".%06ldZ", now.tv_nsec / 1000);
    else
        snprintf(text + n, 32 - n, "Z");
}

static double clock_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int put_issue(struct load_context *load, struct bi_error *err)
{
    const struct bi_issue *issue = &load->inputs->issue;
    const struct bi_issue_facts *facts = &load->inputs->articles.facts;
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *put = NULL;
    if (bi_store_prepare(
            load->db,
            "INSERT INTO issue (title, name, paper, issue_date, weekday_printed, issue_number,"
            " total_number, page_count, folder, loaded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (title, name) DO UPDATE SET paper = excluded.paper,"
            " issue_date = excluded.issue_date, weekday_printed = excluded.weekday_printed,"
            " issue_number = excluded.issue_number, total_number = excluded.total_number,"
            " page_count = excluded.page_count, folder = excluded.folder, loaded = excluded.loaded "
            "RETURNING issue_id",
            &put, err) < 0)
        return -1;
    const char *paper = facts->paper ? facts->paper : bi_issue_setting(issue, "title", "paper");
    const char *folder_name = bi_path_base(issue->folder);
    const char *name = issue->date ? issue->date : *folder_name ? folder_name : issue->folder;
    if (bi_store_bind(
            put, err, "ttTTTIIItt", issue->title, name, paper, issue->date ? issue->date : facts->date,
            facts->weekday, facts->number > 0 ? facts->number : 0, facts->total > 0 ? facts->total : 0,
            facts->pages > 0 ? facts->pages : 0,
            load_path_store(&load->arena, load->archive, bi_name_unescape(&load->arena, issue->folder)),
            load->now) < 0 ||
        bi_store_step(put, err) < 0)
        return -1;
    load->issue_id = sqlite3_column_int64(put, 0);
    return 0;
}

static int clear_rows(struct load_context *load, struct bi_error *err)
{
    static const char *const CLEAR[] = {
        "DELETE FROM line WHERE page_id IN (SELECT page_id FROM page WHERE issue_id = ?)",
        "DELETE FROM article_part WHERE page_id IN (SELECT page_id FROM page WHERE issue_id = ?)",
        "DELETE FROM link WHERE issue_id = ?",
    };
    for (size_t i = 0; i < sizeof CLEAR / sizeof *CLEAR; i++) {
        BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *clear = NULL;
        if (bi_store_prepare(load->db, CLEAR[i], &clear, err) < 0 ||
            bi_store_put(clear, err, "l", load->issue_id) < 0)
            return -1;
    }
    return 0;
}

sqlite3_int64 load_page_id(const struct load_context *load, int page_number)
{
    for (size_t i = 0; i < load->inputs->issue.frame_count; i++)
        if (load->page_numbers[i] == page_number)
            return load->page_ids[i];
    return 0;
}

double load_share(double value)
{
    return !(value > 0) ? 0 : value > 1 ? 1 : value;
}

struct beginning {
    char utc[32];
    double clock;
};

static int put_all(struct load_context *load, const struct load_runs *runs, const struct beginning *began,
                   struct bi_error *err)
{
    if (put_issue(load, err) < 0 || load_take_articles(load, err) < 0 || clear_rows(load, err) < 0 ||
        load_runs_store(load->db, load->issue_id, runs, load->inputs, err) < 0 ||
        load_put_pages(load, err) < 0 || load_put_articles(load, err) < 0 || load_put_lines(load, err) < 0 ||
        load_put_article_runs(load, err) < 0 || load_put_links(load, err) < 0 ||
        load_put_problems(load, err) < 0 || load_put_neighbours(load, err) < 0)
        return -1;
    return load_runs_store_load(load->db, load->issue_id, began->utc, clock_seconds() - began->clock, err);
}

int load_issue(sqlite3 *db, const char *archive, const struct load_inputs *inputs,
               const struct load_runs *runs, struct load_counts *counts, struct bi_error *err)
{
    struct load_context load = {.db = db, .archive = archive, .inputs = inputs};
    struct beginning began = {.clock = clock_seconds()};
    format_utc(began.utc, true);
    format_utc(load.now, false);
    if (bi_store_exec(db, "BEGIN IMMEDIATE", err) < 0)
        return -1;
    bool ok = put_all(&load, runs, &began, err) == 0 && bi_store_exec(db, "COMMIT", err) == 0;
    if (!ok)
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    bi_arena_release(&load.arena);
    if (ok)
        *counts = load.counts;
    return ok ? 0 : -1;
}
