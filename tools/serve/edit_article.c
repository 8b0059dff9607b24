/* /edit/article/<id>: an article's headline and kind, and which parts it is of: what is sent becomes a
 * correction in articles.json. A jump that is accepted is a join that holds from then on; one that is
 * rejected is a split where the part begins that it led to. */
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

#include "archive/article.h"
#include "base/cleanup.h"
#include "base/program.h"
#include "edit/anchor.h"
#include "edit/articles.h"
#include "page/corrections_write.h"
#include "report/html.h"
#include "serve/desk.h"
#include "serve/edit_parts.h"
#include "serve/form.h"
#include "serve/handlers.h"
#include "serve/layout.h"
#include "store.h"

enum { MOST_HEADLINE = 500, SHOWN_RUNES = 24, MOST_CHOICES = 2000 };

static const char *const KINDS[] = {"article", "ad", "notice", "photo", "masthead", "other"};

/* The parts of a title: names of the fields, what they are called, what they say. */
struct heads {
    const char *name;
    enum serve_word word;
    const char *text;
};
enum { HEADS = 4 };

struct sheet {
    struct archive_article article;
    struct edit_page page; /* of the issue */
    struct edit_place place;
    char based_on[BI_SHA256_HEX]; /* articles.json */
};

static void list_heads(const struct archive_article *article, struct heads heads[HEADS])
{
    heads[0] = (struct heads){"kicker", SERVE_WORD_KICKER, article->kicker};
    heads[1] = (struct heads){"headline", SERVE_WORD_HEADLINE, article->headline};
    heads[2] = (struct heads){"subhead", SERVE_WORD_SUBHEAD, article->subhead};
    heads[3] = (struct heads){"byline", SERVE_WORD_BYLINE, article->byline};
}

/* ---- the forms */

static void begin_form(struct serve_request *request, const struct sheet *sheet, enum serve_word word,
                       const char *what)
{
    char action[64];
    fputs("<section>", request->out);
    if (word != SERVE_WORDS)
        fprintf(request->out, "<h2>%s</h2>\n", serve_word(request->language, word));
    snprintf(action, sizeof action, "/edit/article/%lld", (long long)sheet->article.article_id);
    serve_form_begin(request, action);
    serve_form_hidden(request, "do", what);
    serve_form_hidden(request, "based", sheet->based_on);
}

static void end_form(struct serve_request *request, enum serve_word button)
{
    serve_form_button(request, button);
    serve_form_end(request);
    fputs("</section>\n", request->out);
}

static void write_title_form(struct serve_request *request, const struct sheet *sheet)
{
    struct heads heads[HEADS];
    list_heads(&sheet->article, heads);
    begin_form(request, sheet, SERVE_WORD_HEADLINE, "title");
    for (int i = 0; i < HEADS; i++) {
        serve_form_hidden(request, bi_arena_printf(&request->arena, "was.%s", heads[i].name), heads[i].text);
        serve_form_text(request, heads[i].word, heads[i].name, heads[i].text, MOST_HEADLINE);
    }
    end_form(request, SERVE_WORD_SAVE);
}

static void begin_select(struct serve_request *request, enum serve_word label, const char *name)
{
    fputs("<label><span>", request->out);
    serve_say(request, label);
    fprintf(request->out, "</span><select name=\"%s\">\n", name);
}

static void write_kind_form(struct serve_request *request, const struct sheet *sheet)
{
    begin_form(request, sheet, SERVE_WORD_KIND, "kind");
    begin_select(request, SERVE_WORD_KIND, "kind");
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        fprintf(request->out, "<option value=\"%s\"%s>%s</option>\n", KINDS[i],
                strcmp(KINDS[i], sheet->article.kind) == 0 ? " selected" : "",
                serve_word_of_kind(request->language, KINDS[i]));
    fputs("</select></label>\n", request->out);
    end_form(request, SERVE_WORD_SAVE);
}

static void write_beginning(struct serve_request *request, const char *text)
{
    const char *end = text;
    for (int i = 0; i < SHOWN_RUNES && *end; i++)
        bi_rune_next(&end);
    html_text(request->out, bi_arena_strndup(&request->arena, text, (size_t)(end - text)));
    fputs(*end ? "…" : "", request->out);
}

/* Each part that goes on from another: does it belong there? */
static void write_jump_forms(struct serve_request *request, const struct sheet *sheet)
{
    const struct archive_article *article = &sheet->article;
    for (size_t i = 1; i < article->part_count; i++) {
        begin_form(request, sheet, i == 1 ? SERVE_WORD_JUMPS : SERVE_WORDS, "jump");
        serve_form_hidden_number(request, "part", (long long)i);
        fputs("<p>", request->out);
        serve_say_page(request, article->parts[i - 1].page);
        fputs(" → ", request->out);
        serve_say_page(request, article->parts[i].page);
        for (size_t j = 0; j < article->link_count; j++)
            if (strcmp(article->links[j].kind, "continuation") == 0 &&
                article->links[j].source_page == article->parts[i - 1].page &&
                article->links[j].target_page == article->parts[i].page) {
                fputs(" · ", request->out);
                serve_say(request, SERVE_WORD_REASON);
                fputs(": ", request->out);
                html_text(request->out, article->links[j].reason);
            }
        fprintf(request->out, "</p>\n<button name=\"answer\" value=\"accept\">%s</button>\n",
                serve_word(request->language, SERVE_WORD_ACCEPT));
        fprintf(request->out, "<button name=\"answer\" value=\"reject\">%s</button>\n",
                serve_word(request->language, SERVE_WORD_REJECT));
        serve_form_end(request);
        fputs("</section>\n", request->out);
    }
}

static int write_split_form(struct serve_request *request, const struct sheet *sheet, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    int row;
    if (bi_store_prepare(request->archive->db,
                         "SELECT page_id, line_order, page_number, text FROM line JOIN page USING (page_id) "
                         "WHERE article_id = ? AND text <> '' AND role <> 'jump' "
                         "ORDER BY page_number, line_order LIMIT ?",
                         &read, err) < 0 ||
        bi_store_bind(read, err, "li", sheet->article.article_id, MOST_CHOICES) < 0)
        return -1;
    begin_form(request, sheet, SERVE_WORD_SPLIT, "split");
    begin_select(request, SERVE_WORD_SPLIT_AT, "line");
    while ((row = bi_store_step(read, err)) > 0) {
        fprintf(request->out, "<option value=\"%lld.%d\">", (long long)sqlite3_column_int64(read, 0),
                sqlite3_column_int(read, 1));
        serve_say_page(request, sqlite3_column_int(read, 2));
        fputs(" ", request->out);
        write_beginning(request, bi_store_text(read, 3));
        fputs("</option>\n", request->out);
    }
    fputs("</select></label>\n", request->out);
    end_form(request, SERVE_WORD_SPLIT);
    return row;
}

static int write_join_form(struct serve_request *request, const struct sheet *sheet, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    int row;
    if (bi_store_prepare(request->archive->db,
                         "SELECT article_id, page_number, CASE headline WHEN '' THEN body ELSE headline END "
                         "FROM article JOIN article_part USING (article_id) JOIN page USING (page_id) "
                         "WHERE article.issue_id = ? AND part_order = 0 AND article_id <> ? "
                         "ORDER BY page_number, ordinal LIMIT ?",
                         &read, err) < 0 ||
        bi_store_bind(read, err, "lli", sheet->article.issue_id, sheet->article.article_id, MOST_CHOICES) < 0)
        return -1;
    begin_form(request, sheet, SERVE_WORD_JOIN, "join");
    begin_select(request, SERVE_WORD_JOIN_WITH, "with");
    while ((row = bi_store_step(read, err)) > 0) {
        fprintf(request->out, "<option value=\"%lld\">", (long long)sqlite3_column_int64(read, 0));
        serve_say_page(request, sqlite3_column_int(read, 1));
        fputs(" ", request->out);
        write_beginning(request, bi_store_text(read, 2));
        fputs("</option>\n", request->out);
    }
    fputs("</select></label>\n", request->out);
    end_form(request, SERVE_WORD_JOIN);
    return row;
}

/* The parts as they are printed, each with the way to its lines. */
static int write_parts(struct serve_request *request, const struct sheet *sheet, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    int row;
    if (bi_store_prepare(
            request->archive->db,
            "SELECT page_id, page_number, x, y, w, h FROM article_part JOIN page USING (page_id) "
            "WHERE article_id = ? ORDER BY part_order",
            &read, err) < 0 ||
        bi_store_bind(read, err, "l", sheet->article.article_id) < 0)
        return -1;
    fputs("<div class=\"clips parts\">\n", request->out);
    while ((row = bi_store_step(read, err)) > 0) {
        long long page = sqlite3_column_int64(read, 0);
        fprintf(request->out, "<figure><a href=\"/page/%lld\">", page);
        serve_clip(request, page,
                   (struct bi_box){sqlite3_column_int(read, 2), sqlite3_column_int(read, 3),
                                   sqlite3_column_int(read, 4), sqlite3_column_int(read, 5)},
                   420, 420, serve_word(request->language, SERVE_WORD_ON_PAGE));
        fputs("</a><figcaption>", request->out);
        serve_say_page(request, sqlite3_column_int(read, 1));
        fprintf(request->out, " <a href=\"/edit/lines/%lld?article=%lld\">%s</a></figcaption></figure>\n",
                page, (long long)sheet->article.article_id,
                serve_word(request->language, SERVE_WORD_EDIT_LINES));
    }
    fputs("</div>\n", request->out);
    return row;
}

static int show(struct serve_request *request, const struct sheet *sheet, struct bi_error *err)
{
    serve_edit_head(request, SERVE_WORD_EDIT_ARTICLE, &sheet->page);
    fprintf(request->out, "<p><a href=\"/article/%lld\">", (long long)sheet->article.article_id);
    html_print(request->out, *sheet->article.headline
                                 ? sheet->article.headline
                                 : serve_word(request->language, SERVE_WORD_NO_HEADLINE));
    fputs("</a></p>\n", request->out);
    serve_desk_say_run(request, &sheet->place);
    if (write_parts(request, sheet, err) < 0)
        return -1;
    write_title_form(request, sheet);
    write_kind_form(request, sheet);
    write_jump_forms(request, sheet);
    if (write_split_form(request, sheet, err) < 0 || write_join_form(request, sheet, err) < 0)
        return -1;
    serve_end(request);
    return MHD_HTTP_OK;
}

/* ---- what was sent */

static int take_title(struct serve_request *request, const struct sheet *sheet,
                      struct bi_correction *correction, struct bi_error *err)
{
    struct heads heads[HEADS];
    char **fields[HEADS] = {&correction->kicker, &correction->headline, &correction->subhead,
                            &correction->byline};
    bool any = false;
    list_heads(&sheet->article, heads);
    for (int i = 0; i < HEADS; i++) {
        const char *was =
            serve_form_get(request->form, bi_arena_printf(&request->arena, "was.%s", heads[i].name));
        char *text = edit_clean(&request->arena, serve_form_get(request->form, heads[i].name));
        if (strcmp(text, edit_clean(&request->arena, was)) == 0)
            continue;
        *fields[i] = text;
        any = true;
    }
    correction->kind = BI_CORRECT_TITLE;
    if (!any)
        return 0;
    return edit_anchor_article(request->archive, sheet->article.article_id, EDIT_FIRST_PART, &request->arena,
                               &correction->place, err);
}

static int take_kind(struct serve_request *request, const struct sheet *sheet,
                     struct bi_correction *correction, struct bi_error *err)
{
    const char *kind = serve_form_get(request->form, "kind");
    correction->kind = BI_CORRECT_KIND;
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (strcmp(KINDS[i], kind) == 0 && strcmp(sheet->article.kind, kind) != 0)
            correction->article_kind = bi_arena_strdup(&request->arena, kind);
    if (!correction->article_kind)
        return 0;
    return edit_anchor_article(request->archive, sheet->article.article_id, EDIT_FIRST_PART, &request->arena,
                               &correction->place, err);
}

static int take_jump(struct serve_request *request, const struct sheet *sheet,
                     struct bi_correction *correction, struct bi_error *err)
{
    const char *answer = serve_form_get(request->form, "answer");
    long part = serve_number_whole(serve_form_get(request->form, "part"));
    long long id = sheet->article.article_id;
    bool accept = strcmp(answer, "accept") == 0, reject = strcmp(answer, "reject") == 0;
    if (part < 1 || part >= (long)sheet->article.part_count || !(accept || reject))
        return 0;
    struct bi_anchor begins;
    int there = edit_anchor_part(request->archive, id, (int)part, &request->arena, &begins, err);
    if (there <= 0)
        return there;
    correction->note = bi_arena_strdup(&request->arena, accept ? "accepted" : "rejected");
    correction->kind = accept ? BI_CORRECT_JOIN : BI_CORRECT_SPLIT;
    *(accept ? &correction->other : &correction->place) = begins;
    if (reject)
        return 1;
    return edit_anchor_part(request->archive, id, (int)part - 1, &request->arena, &correction->place, err);
}

static int take_split(struct serve_request *request, const struct sheet *sheet,
                      struct bi_correction *correction, struct bi_error *err)
{
    const char *line = serve_form_get(request->form, "line");
    long page = serve_number(&line);
    long order = *line == '.' ? serve_number_whole(line + 1) : -1;
    correction->kind = BI_CORRECT_SPLIT;
    if (page < 0 || order < 0 || order > 1000000)
        return 0;
    return edit_anchor_line(request->archive, sheet->article.article_id, page, (int)order, &request->arena,
                            &correction->place, err);
}

static int take_join(struct serve_request *request, const struct sheet *sheet,
                     struct bi_correction *correction, struct bi_error *err)
{
    long with = serve_number_whole(serve_form_get(request->form, "with"));
    struct archive_article other;
    correction->kind = BI_CORRECT_JOIN;
    if (with < 0 || with == sheet->article.article_id)
        return 0;
    if (archive_article_read(request->archive, with, &request->arena, &other, err) < 0)
        return err->kind == BI_EXIT_INPUT ? 0 : -1;
    if (other.issue_id != sheet->article.issue_id)
        return 0;
    int there = edit_anchor_article(request->archive, sheet->article.article_id, EDIT_LAST_PART,
                                    &request->arena, &correction->place, err);
    if (there <= 0)
        return there;
    return edit_anchor_article(request->archive, with, EDIT_FIRST_PART, &request->arena, &correction->other,
                               err);
}

/* Somebody else has written into articles.json since the form was shown: what they wrote, and what was sent.
 */
static int show_conflict(struct serve_request *request, const struct sheet *sheet,
                         const struct bi_correction *correction)
{
    FILE *out = request->out;
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size;
    struct bi_error err;
    serve_edit_head(request, SERVE_WORD_NOT_SAVED, &sheet->page);
    fprintf(out, "<p class=\"run\" role=\"alert\">%s</p>\n<div class=\"beside\"><section><h2>%s</h2><pre>",
            serve_word(request->language, SERVE_WORD_CONFLICT_ARTICLES),
            serve_word(request->language, SERVE_WORD_THEIRS));
    if (bi_file_read(edit_place_articles(&request->arena, &sheet->place), (size_t)1 << 20, true, &data, &size,
                     &err) == 0)
        html_text(out, data);
    fprintf(out, "</pre></section><section><h2>%s</h2><pre>",
            serve_word(request->language, SERVE_WORD_YOURS));
    html_text(out, bi_correction_text(&request->arena, correction));
    fputs("</pre></section></div>\n", out);
    /* The same again, based on what is there now. */
    static const char *const FIELDS[] = {"kicker",       "headline",    "subhead",    "byline", "was.kicker",
                                         "was.headline", "was.subhead", "was.byline", "kind",   "part",
                                         "answer",       "line",        "with"};
    begin_form(request, sheet, SERVE_WORDS, serve_form_get(request->form, "do"));
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++)
        serve_form_hidden(request, FIELDS[i], serve_form_get(request->form, FIELDS[i]));
    end_form(request, SERVE_WORD_SAVE_ANYWAY);
    serve_end(request);
    return MHD_HTTP_CONFLICT;
}

static int show_failure(struct serve_request *request, const struct sheet *sheet, const char *why, int status)
{
    serve_edit_head(request, SERVE_WORD_NOT_SAVED, &sheet->page);
    fprintf(request->out, "<p class=\"run\" role=\"alert\">%s</p>\n<pre class=\"run\">",
            serve_word(request->language, SERVE_WORD_SAVE_FAILED));
    html_text(request->out, why);
    fputs("</pre>\n", request->out);
    serve_end(request);
    return status;
}

static int save(struct serve_request *request, const struct sheet *sheet, struct bi_error *err)
{
    static const struct {
        const char *what;
        int (*take)(struct serve_request *, const struct sheet *, struct bi_correction *, struct bi_error *);
    } WAYS[] = {{"title", take_title},
                {"kind", take_kind},
                {"jump", take_jump},
                {"split", take_split},
                {"join", take_join}};
    struct bi_correction correction = {0};
    struct bi_error why;
    int there = 0;
    const char *what = serve_form_get(request->form, "do");
    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++)
        if (strcmp(WAYS[i].what, what) == 0)
            there = WAYS[i].take(request, sheet, &correction, err);
    if (there < 0)
        return -1;
    if (there == 0)
        return serve_go(request, "/edit/article/%lld", (long long)sheet->article.article_id);
    int result = edit_articles_add(&sheet->place, request->editor, serve_form_get(request->form, "based"),
                                   &correction, &why);
    if (result < 0) {
        bi_program_warn("%s: %s", request->path, why.text);
        return show_failure(request, sheet, why.text, MHD_HTTP_INSUFFICIENT_STORAGE);
    }
    if (result == EDIT_CONFLICT)
        return show_conflict(request, sheet, &correction);
    serve_runs_ask(request->desk->runs, &sheet->place);
    return serve_go(request, "/edit/history/%lld", (long long)sheet->article.issue_id);
}

int serve_edit_article(struct serve_request *request, const char *rest, struct bi_error *err)
{
    struct sheet sheet = {0};
    long id = serve_number_whole(rest);
    if (id < 0)
        return serve_not_found(request);
    if (archive_article_read(request->archive, id, &request->arena, &sheet.article, err) < 0)
        return err->kind == BI_EXIT_INPUT ? serve_not_found(request) : -1;
    int there = serve_edit_issue(request, sheet.article.issue_id, &sheet.page, err);
    if (there > 0)
        there = serve_desk_place(request, sheet.article.issue_id, &sheet.place, err);
    if (there <= 0)
        return there < 0 ? -1 : serve_not_found(request);
    if (bi_corrections_sha256(edit_place_articles(&request->arena, &sheet.place), sheet.based_on, err) < 0)
        return -1;
    return request->form ? save(request, &sheet, err) : show(request, &sheet, err);
}
