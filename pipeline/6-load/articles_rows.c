/* Articles with their parts. */
#include <string.h>

#include "base/cleanup.h"
#include "load.h"
#include "store.h"

int load_take_articles(struct load_context *load, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(
            load->db,
            "SELECT article.article_id, headline, body, page_id, x, y, w, h FROM article "
            "LEFT JOIN article_part AS part ON part.article_id = article.article_id AND part_order = 0 "
            "WHERE issue_id = ? ORDER BY ordinal",
            &read, err) < 0 ||
        bi_store_bind(read, err, "l", load->issue_id) < 0)
        return -1;
    size_t room = 0, id_room = 0;
    int row;
    while ((row = bi_store_step(read, err)) > 0) {
        load->old_faces =
            bi_arena_grow(&load->arena, load->old_faces, load->old_count, &room, sizeof *load->old_faces);
        load->old_ids =
            bi_arena_grow(&load->arena, load->old_ids, load->old_count, &id_room, sizeof *load->old_ids);
        load->old_ids[load->old_count] = sqlite3_column_int64(read, 0);
        load->old_faces[load->old_count++] = (struct load_article_face){
            .headline = bi_arena_strdup(&load->arena, bi_store_text(read, 1)),
            .body = bi_arena_strdup(&load->arena, bi_store_text(read, 2)),
            .page = sqlite3_column_int64(read, 3),
            .box = {sqlite3_column_int(read, 4), sqlite3_column_int(read, 5), sqlite3_column_int(read, 6),
                    sqlite3_column_int(read, 7)},
        };
    }
    return row;
}

static void match_articles(struct load_context *load, long *match)
{
    const struct bi_articles *articles = &load->inputs->articles;
    struct load_article_face *faces = bi_arena_array(&load->arena, articles->article_count, sizeof *faces);
    for (size_t i = 0; i < articles->article_count; i++) {
        const struct bi_article *article = &articles->articles[i];
        faces[i] = (struct load_article_face){.headline = article->headline, .body = article->body};
        if (article->part_count) {
            faces[i].page = load_page_id(load, article->parts[0].page_number);
            faces[i].box = article->parts[0].box;
        }
    }
    load_match_articles(load->old_faces, load->old_count, faces, articles->article_count, match);
}

static const char KEEP_VERSION[] =
    "INSERT INTO article_version (article_id, version, issue_id, kind, kicker, headline, subhead, byline, "
    "body, confidence, changed, replaced) "
    "SELECT article_id, version, issue_id, kind, kicker, headline, subhead, byline, body, confidence, "
    "changed, ?1 "
    "FROM article WHERE article_id = ?2";
/* With a text of its own to compare: the version is kept only of what says something else now. */
static const char KEEP_CHANGED_VERSION[] =
    "INSERT INTO article_version (article_id, version, issue_id, kind, kicker, headline, subhead, byline, "
    "body, confidence, changed, replaced) "
    "SELECT article_id, version, issue_id, kind, kicker, headline, subhead, byline, body, confidence, "
    "changed, ?1 "
    "FROM article WHERE article_id = ?2"
    " AND (kicker <> ?3 OR headline <> ?4 OR subhead <> ?5 OR byline <> ?6 OR body <> ?7)";
/* The second update fires no trigger of the full-text index. */
static const char UPDATE_TEXT[] =
    "UPDATE article SET kicker = ?3, headline = ?4, subhead = ?5, byline = ?6, body = ?7, changed = ?1,"
    " version = version + 1 "
    "WHERE article_id = ?2";
static const char UPDATE_REST[] =
    "UPDATE article SET ordinal = ?2, kind = ?3, section = ?4, confidence = ?5 WHERE article_id = ?1";

static int update_article(struct load_context *load, sqlite3_int64 id, size_t index, sqlite3_stmt *version,
                          sqlite3_stmt *text, sqlite3_stmt *rest, struct bi_error *err)
{
    const struct bi_article *article = &load->inputs->articles.articles[index];
    if (bi_store_put(version, err, "tlttttt", load->now, id, article->kicker, article->headline,
                     article->subhead, article->byline, article->body) < 0)
        return -1;
    if (sqlite3_changes(load->db) == 0) {
        load->counts.kept++;
    } else {
        load->counts.changed++;
        load->is_new[index] = true;
        if (bi_store_put(text, err, "tlttttt", load->now, id, article->kicker, article->headline,
                         article->subhead, article->byline, article->body) < 0)
            return -1;
    }
    return bi_store_put(rest, err, "litTd", id, (int)index + 1, article->kind, article->section,
                        load_share(article->confidence));
}

static int remove_articles(struct load_context *load, const long *match, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *version = NULL, *remove = NULL;
    if (bi_store_prepare(load->db, KEEP_VERSION, &version, err) < 0 ||
        bi_store_prepare(load->db, "DELETE FROM article WHERE article_id = ?", &remove, err) < 0)
        return -1;
    bool *found = bi_arena_array(&load->arena, load->old_count, sizeof *found);
    for (size_t i = 0; i < load->inputs->articles.article_count; i++)
        if (match[i] >= 0)
            found[match[i]] = true;
    for (size_t i = 0; i < load->old_count; i++) {
        if (found[i])
            continue;
        load->counts.removed++;
        if (bi_store_put(version, err, "tl", load->now, load->old_ids[i]) < 0 ||
            bi_store_put(remove, err, "l", load->old_ids[i]) < 0)
            return -1;
    }
    return 0;
}

static int put_parts(struct load_context *load, sqlite3_stmt *put, size_t index, struct bi_error *err)
{
    const struct bi_article *article = &load->inputs->articles.articles[index];
    for (size_t i = 0; i < article->part_count; i++) {
        const struct bi_part *part = &article->parts[i];
        if (bi_store_put(put, err, "liliiii", load->article_ids[index], (int)i,
                         load_page_id(load, part->page_number), part->box.x, part->box.y, part->box.w,
                         part->box.h) < 0)
            return -1;
    }
    return 0;
}

int load_put_articles(struct load_context *load, struct bi_error *err)
{
    const struct bi_articles *articles = &load->inputs->articles;
    long *match = bi_arena_array(&load->arena, articles->article_count, sizeof *match);
    match_articles(load, match);
    if (remove_articles(load, match, err) < 0)
        return -1;

    BI_CLEANUP(bi_store_finalizep)
    sqlite3_stmt *version = NULL, *text = NULL, *rest = NULL, *insert = NULL, *part = NULL;
    if (bi_store_prepare(load->db, KEEP_CHANGED_VERSION, &version, err) < 0 ||
        bi_store_prepare(load->db, UPDATE_TEXT, &text, err) < 0 ||
        bi_store_prepare(load->db, UPDATE_REST, &rest, err) < 0 ||
        bi_store_prepare(
            load->db,
            "INSERT INTO article (issue_id, ordinal, kind, section, kicker, headline, subhead, byline,"
            " body, confidence, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            &insert, err) < 0 ||
        bi_store_prepare(load->db,
                         "INSERT INTO article_part (article_id, part_order, page_id, x, y, w, h) "
                         "VALUES (?, ?, ?, ?, ?, ?, ?)",
                         &part, err) < 0)
        return -1;
    load->article_ids = bi_arena_array(&load->arena, articles->article_count, sizeof *load->article_ids);
    load->is_new = bi_arena_array(&load->arena, articles->article_count, sizeof *load->is_new);
    for (size_t i = 0; i < articles->article_count; i++) {
        const struct bi_article *article = &articles->articles[i];
        load->counts.articles++;
        if (match[i] >= 0) {
            load->article_ids[i] = load->old_ids[match[i]];
            if (update_article(load, load->article_ids[i], i, version, text, rest, err) < 0)
                return -1;
        } else {
            load->counts.added++;
            load->is_new[i] = true;
            if (bi_store_put(insert, err, "litTtttttdt", load->issue_id, (int)i + 1, article->kind,
                             article->section, article->kicker, article->headline, article->subhead,
                             article->byline, article->body, load_share(article->confidence), load->now) < 0)
                return -1;
            load->article_ids[i] = sqlite3_last_insert_rowid(load->db);
        }
        if (put_parts(load, part, i, err) < 0)
            return -1;
    }
    return 0;
}

int load_put_article_runs(struct load_context *load, struct bi_error *err)
{
    const struct bi_articles *articles = &load->inputs->articles;
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *by_lines = NULL, *by_stitch = NULL;
    sqlite3_int64 stitch = 0;
    if (bi_store_prepare(
            load->db,
            "INSERT OR IGNORE INTO article_run (article_id, version, run_id) "
            "SELECT DISTINCT article_id, version, run_id FROM line JOIN article USING (article_id) "
            "WHERE article_id = ? AND run_id IS NOT NULL",
            &by_lines, err) < 0 ||
        bi_store_prepare(
            load->db,
            "INSERT OR IGNORE INTO article_run (article_id, version, run_id) "
            "SELECT article_id, version, ?2 FROM article WHERE article_id = ?1 AND ?2 IS NOT NULL",
            &by_stitch, err) < 0)
        return -1;
    for (size_t i = 0; i < articles->step_count; i++)
        if (load_runs_find(load->db, load->issue_id, 0, &articles->steps[i], &stitch, err) < 0)
            return -1;
    for (size_t i = 0; i < articles->article_count; i++)
        if (load->is_new[i] && (bi_store_put(by_lines, err, "l", load->article_ids[i]) < 0 ||
                                bi_store_put(by_stitch, err, "lL", load->article_ids[i], stitch) < 0))
            return -1;
    return 0;
}
