/* The printed numbers of an issue against those of the issues before and after it in the archive. What is
 * wrong shows only here, where both are, and may be put right by the next issue that is loaded: so the
 * problems of this issue and of the one after it are found anew each time. */
#include "base/cleanup.h"
#include "load.h"
#include "store.h"

/* 总第N期 counts on for ever, 第N期 through a year; neither by more than one a day. */
static const char FIND[] =
    "CREATE TEMP TABLE neighbour AS WITH "
    "dated AS ("
    " SELECT issue_id, issue_date, total_number, issue_number, lag(issue_id) OVER w AS before_id,"
    "  lag(issue_date) OVER w AS before_date, lag(total_number) OVER w AS before_total,"
    "  lag(issue_number) OVER w AS before_number"
    " FROM issue WHERE title = (SELECT title FROM issue WHERE issue_id = ?1) AND issue_date IS NOT NULL"
    " WINDOW w AS (ORDER BY issue_date, name)), "
    "near AS (SELECT * FROM dated WHERE issue_id = ?1 OR before_id = ?1), "
    "counted AS ("
    " SELECT issue_id, issue_date, before_date, '总' AS name, total_number AS number, before_total AS before"
    "  FROM near WHERE total_number IS NOT NULL AND before_total IS NOT NULL"
    " UNION ALL"
    " SELECT issue_id, issue_date, before_date, '', issue_number, before_number"
    "  FROM near WHERE (total_number IS NULL OR before_total IS NULL)"
    "  AND issue_number IS NOT NULL AND before_number IS NOT NULL"
    "  AND substr(issue_date, 1, 4) = substr(before_date, 1, 4)), "
    "judged AS ("
    " SELECT *, number <= before"
    "  OR number - before > max(1, julianday(issue_date) - julianday(before_date)) AS wrong"
    " FROM counted WHERE number <> before + 1) "
    "SELECT issue_id, iif(wrong, 'issue-number', 'issue-gap') AS kind,"
    " iif(wrong, 'warning', 'note') AS severity,"
    " iif(wrong,"
    "  printf('the pages print %s第%d期, the issue before it, of %s, has %s第%d期',"
    "   name, number, before_date, name, before),"
    "  printf('%s第%d期 follows %s第%d期 of %s: %d between them %s not in the archive',"
    "   name, number, name, before, before_date, number - before - 1,"
    "   iif(number - before = 2, 'is', 'are'))) AS detail "
    "FROM judged";

int load_put_neighbours(struct load_context *load, struct bi_error *err)
{
    static const char *const STEPS[] = {
        FIND,
        "DELETE FROM problem WHERE kind IN ('issue-number', 'issue-gap') AND issue_id IN ("
        " SELECT issue_id FROM ("
        "  SELECT issue_id, lag(issue_id) OVER (ORDER BY issue_date, name) AS before_id FROM issue"
        "  WHERE title = (SELECT title FROM issue WHERE issue_id = ?1) AND issue_date IS NOT NULL)"
        " WHERE issue_id = ?1 OR before_id = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM neighbour n"
        "  WHERE n.issue_id = problem.issue_id AND n.kind = problem.kind AND n.detail = problem.detail)",
        "INSERT INTO problem (issue_id, kind, severity, detail, created) "
        "SELECT issue_id, kind, severity, detail, ?2 FROM neighbour n WHERE ?1 IS NOT NULL AND NOT EXISTS ("
        " SELECT 1 FROM problem p WHERE p.issue_id = n.issue_id AND p.kind = n.kind AND p.detail = n.detail)",
    };
    if (bi_store_exec(load->db, "DROP TABLE IF EXISTS temp.neighbour", err) < 0)
        return -1;
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++) {
        BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *step = NULL;
        bool dated = i + 1 == sizeof STEPS / sizeof *STEPS;
        if (bi_store_prepare(load->db, STEPS[i], &step, err) < 0 ||
            bi_store_put(step, err, dated ? "lt" : "l", load->issue_id, load->now) < 0)
            return -1;
    }
    return bi_store_exec(load->db, "DROP TABLE temp.neighbour", err);
}
