/* What refers to articles: printed pointers, and what a person should look at. */
#include <string.h>

#include "base/cleanup.h"
#include "load.h"
#include "store.h"

static sqlite3_int64 article_id(const struct load_context *load, int index)
{
    return index < 0 ? 0 : load->article_ids[index];
}

int load_put_links(struct load_context *load, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *put = NULL;
    if (bi_store_prepare(
            load->db,
            "INSERT INTO link (issue_id, kind, source_page, marker_text, source_article_id, target_page,"
            " target_article_id, status, score, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            &put, err) < 0)
        return -1;
    for (size_t i = 0; i < load->inputs->articles.link_count; i++) {
        const struct bi_link *link = &load->inputs->articles.links[i];
        double score = load_share(link->score);
        if (bi_store_put(put, err, "ltItLILtdt", load->issue_id, link->kind, link->source_page, link->marker,
                         article_id(load, link->source_article), link->target_page,
                         article_id(load, link->target_article), link->status, score, link->reason) < 0)
            return -1;
    }
    return 0;
}

/* The id of the same problem found by an earlier load and not yet taken by another of this load; 0 if it is
 * new. */
static int find_problem(sqlite3_stmt *find, const struct load_context *load, const struct bi_problem *problem,
                        sqlite3_int64 *id, struct bi_error *err)
{
    if (bi_store_bind(find, err, "lILtt", load->issue_id, problem->page_number,
                      article_id(load, problem->article), problem->kind, problem->detail) < 0)
        return -1;
    int row = bi_store_step(find, err);
    *id = row > 0 ? sqlite3_column_int64(find, 0) : 0;
    sqlite3_reset(find);
    return row < 0 ? -1 : 0;
}

/* Problems that are found again keep their id, their date and that a person has closed them; the others go.
 */
int load_put_problems(struct load_context *load, struct bi_error *err)
{
    const struct bi_articles *articles = &load->inputs->articles;
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *find = NULL, *seen = NULL, *put = NULL, *clear = NULL;
    if (bi_store_exec(
            load->db,
            "CREATE TEMP TABLE IF NOT EXISTS seen (problem_id INTEGER PRIMARY KEY); DELETE FROM seen",
            err) < 0 ||
        bi_store_prepare(
            load->db,
            "SELECT problem_id FROM problem WHERE issue_id = ? AND page_number IS ? AND article_id IS ?"
            " AND kind = ? AND detail = ? AND problem_id NOT IN (SELECT problem_id FROM seen)"
            " ORDER BY problem_id",
            &find, err) < 0 ||
        bi_store_prepare(load->db, "INSERT INTO seen VALUES (?)", &seen, err) < 0 ||
        bi_store_prepare(
            load->db,
            "INSERT INTO problem (issue_id, page_number, article_id, kind, severity, detail, created) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            &put, err) < 0 ||
        bi_store_prepare(
            load->db,
            "DELETE FROM problem WHERE issue_id = ? AND problem_id NOT IN (SELECT problem_id FROM seen)"
            " AND kind NOT IN ('issue-number', 'issue-gap')", /* load_put_neighbours */
            &clear, err) < 0)
        return -1;
    for (size_t i = 0; i < articles->problem_count; i++) {
        const struct bi_problem *problem = &articles->problems[i];
        sqlite3_int64 id;
        if (find_problem(find, load, problem, &id, err) < 0)
            return -1;
        if (!id) {
            if (bi_store_put(put, err, "lILtttt", load->issue_id, problem->page_number,
                             article_id(load, problem->article), problem->kind, problem->severity,
                             problem->detail, load->now) < 0)
                return -1;
            id = sqlite3_last_insert_rowid(load->db);
        }
        if (bi_store_put(seen, err, "l", id) < 0)
            return -1;
    }
    return bi_store_put(clear, err, "l", load->issue_id);
}
