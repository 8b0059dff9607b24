/* /edit/lines/<page id>?article=&from=: the lines of a page, or of an article on it, each beside its image,
 * to be corrected; some at a time. */
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/program.h"
#include "edit/lines.h"
#include "edit/reread.h"
#include "report/html.h"
#include "serve/desk.h"
#include "serve/edit_parts.h"
#include "serve/form.h"
#include "serve/handlers.h"
#include "serve/layout.h"
#include "store.h"

enum { LINES_AT_A_TIME = 20 };

struct sheet {
    struct edit_page page;
    struct edit_place place;
    long long article; /* whose lines alone are shown; 0: all */
    long from;         /* how many are passed over */
};

/* ---- the form */

/* Ids of the lines that the archive has of an article on the page. */
static int read_ids(struct serve_request *request, const struct sheet *sheet, char ***ids, size_t *count,
                    struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    size_t capacity = 0;
    int row;
    if (bi_store_prepare(request->archive->db,
                         "SELECT line_id FROM line WHERE page_id = ? AND article_id = ?", &read, err) < 0 ||
        bi_store_bind(read, err, "ll", (sqlite3_int64)sheet->page.id, (sqlite3_int64)sheet->article) < 0)
        return -1;
    while ((row = bi_store_step(read, err)) > 0) {
        *ids = bi_arena_grow(&request->arena, *ids, *count, &capacity, sizeof **ids);
        (*ids)[(*count)++] = bi_arena_strdup(&request->arena, bi_store_text(read, 0));
    }
    return row;
}

/* Leaves those of the article. */
static int choose(struct serve_request *request, const struct sheet *sheet, const struct bi_line **lines,
                  size_t *count, struct bi_error *err)
{
    char **ids = NULL;
    size_t id_count = 0, kept = 0;
    if (!sheet->article)
        return 0;
    if (read_ids(request, sheet, &ids, &id_count, err) < 0)
        return -1;
    for (size_t i = 0; i < *count; i++)
        for (size_t j = 0; j < id_count; j++)
            if (strcmp(lines[i]->id, ids[j]) == 0) {
                lines[kept++] = lines[i];
                break;
            }
    *count = kept;
    return 0;
}

static void write_turn(struct serve_request *request, const struct sheet *sheet, size_t count)
{
    const struct {
        long from;
        bool there;
        enum serve_word word;
    } TURNS[] = {
        {sheet->from - LINES_AT_A_TIME, sheet->from > 0, SERVE_WORD_PREVIOUS},
        {sheet->from + LINES_AT_A_TIME, sheet->from + LINES_AT_A_TIME < (long)count, SERVE_WORD_NEXT},
    };
    fputs("<p class=\"turn\">", request->out);
    for (int i = 0; i < 2; i++)
        if (TURNS[i].there)
            fprintf(request->out, "<a href=\"/edit/lines/%lld?article=%lld&amp;from=%ld\">%s</a> ",
                    sheet->page.id, sheet->article, TURNS[i].from > 0 ? TURNS[i].from : 0,
                    serve_word(request->language, TURNS[i].word));
    fputs("</p>\n", request->out);
}

static void begin_form(struct serve_request *request, const struct sheet *sheet)
{
    char action[64];
    snprintf(action, sizeof action, "/edit/lines/%lld", sheet->page.id);
    serve_form_begin(request, action);
    serve_form_hidden_number(request, "article", sheet->article);
    serve_form_hidden_number(request, "from", sheet->from);
}

/* A page that was corrected is read as it was corrected, whatever recognition learns; unless somebody wants
 * it to be read again. */
static void write_reread(struct serve_request *request, const struct sheet *sheet)
{
    char action[64];
    if (access(edit_place_page(&request->arena, &sheet->place, sheet->page.frame), F_OK) != 0)
        return;
    snprintf(action, sizeof action, "/edit/lines/%lld", sheet->page.id);
    fprintf(request->out, "<p>%s</p>\n", serve_word(request->language, SERVE_WORD_REREAD_LONG));
    serve_form_begin(request, action);
    serve_form_hidden(request, "do", "reread");
    serve_form_button(request, SERVE_WORD_REREAD);
    serve_form_end(request);
}

static int show(struct serve_request *request, const struct sheet *sheet, struct bi_error *err)
{
    BI_CLEANUP(bi_page_release) struct bi_page page = {0};
    const struct bi_line **lines;
    size_t count;
    if (edit_lines_read(&sheet->place, sheet->page.frame, &page, &lines, &count, err) < 0 ||
        choose(request, sheet, lines, &count, err) < 0)
        return -1;
    serve_edit_head(request, SERVE_WORD_EDIT_LINES, &sheet->page);
    serve_desk_say_run(request, &sheet->place);
    if (count == 0)
        fprintf(request->out, "<p>%s</p>\n", serve_word(request->language, SERVE_WORD_NO_LINES));
    begin_form(request, sheet);
    fputs("<ol class=\"lines\">\n", request->out);
    for (size_t i = (size_t)sheet->from; i < count && i < (size_t)sheet->from + LINES_AT_A_TIME; i++) {
        char label[64];
        const char *text = lines[i]->text ? lines[i]->text : "";
        snprintf(label, sizeof label, "%s %zu · %.0f %%", serve_word(request->language, SERVE_WORD_LINE),
                 i + 1, 100 * lines[i]->confidence);
        fputs("<li>", request->out);
        serve_edit_clip(request, &sheet->page, bi_polygon_box(&lines[i]->outline));
        serve_edit_line(request, (int)(i - (size_t)sheet->from), label, lines[i]->id, text, text);
        fputs("</li>\n", request->out);
    }
    fputs("</ol>\n", request->out);
    if (count)
        serve_form_button(request, SERVE_WORD_SAVE);
    serve_form_end(request);
    write_turn(request, sheet, count);
    write_reread(request, sheet);
    serve_end(request);
    return MHD_HTTP_OK;
}

/* ---- what was sent */

/* Those that were not saved, again, beside what stands there now. */
static int show_unsaved(struct serve_request *request, const struct sheet *sheet,
                        const struct edit_line *lines, size_t count, const char *why, int status)
{
    BI_CLEANUP(bi_page_release) struct bi_page page = {0};
    const struct bi_line **there;
    size_t there_count;
    struct bi_error err;
    FILE *out = request->out;
    serve_edit_head(request, SERVE_WORD_NOT_SAVED, &sheet->page);
    fputs("<p class=\"run\" role=\"alert\">", out);
    serve_say(request, why ? SERVE_WORD_SAVE_FAILED : SERVE_WORD_CONFLICT_LONG);
    fputs("</p>\n", out);
    if (why) {
        fputs("<pre class=\"run\">", out);
        html_text(out, why);
        fputs("</pre>\n", out);
    }
    if (edit_lines_read(&sheet->place, sheet->page.frame, &page, &there, &there_count, &err) < 0)
        there_count = 0;
    begin_form(request, sheet);
    fputs("<ol class=\"lines\">\n", out);
    for (size_t i = 0; i < count; i++) {
        if (lines[i].result == EDIT_SAVED || lines[i].result == EDIT_SAME)
            continue;
        const char *now = "";
        fputs("<li>", out);
        for (size_t j = 0; j < there_count; j++)
            if (strcmp(there[j]->id, lines[i].id) == 0) {
                now = there[j]->text ? there[j]->text : "";
                serve_edit_clip(request, &sheet->page, bi_polygon_box(&there[j]->outline));
            }
        fprintf(out, "<p>%s: <b lang=\"zh\">", serve_word(request->language, SERVE_WORD_READ_NOW));
        html_text(out, now);
        fputs("</b></p>\n", out);
        serve_edit_line(request, (int)i, serve_word(request->language, SERVE_WORD_YOURS), lines[i].id, now,
                        lines[i].text);
        fputs("</li>\n", out);
    }
    fputs("</ol>\n", out);
    serve_form_button(request, SERVE_WORD_SAVE);
    serve_form_end(request);
    serve_end(request);
    return status;
}

static size_t take_lines(struct serve_request *request, struct edit_line lines[LINES_AT_A_TIME],
                         bool *too_long)
{
    size_t count = 0;
    for (int i = 0; i < LINES_AT_A_TIME; i++) {
        const struct serve_form *form = request->form;
        const char *id = serve_form_get(form, bi_arena_printf(&request->arena, "line.%d", i));
        if (!*id)
            continue;
        lines[count++] = (struct edit_line){
            .id = id,
            .was = serve_form_get(form, bi_arena_printf(&request->arena, "was.%d", i)),
            .text = edit_clean(&request->arena,
                               serve_form_get(form, bi_arena_printf(&request->arena, "text.%d", i))),
        };
        *too_long = *too_long || bi_rune_count(lines[count - 1].text) > SERVE_MOST_LINE;
    }
    return count;
}

static int save(struct serve_request *request, const struct sheet *sheet)
{
    struct edit_line lines[LINES_AT_A_TIME] = {0};
    struct bi_error err;
    bool too_long = false, saved = false, left = false;
    size_t count = take_lines(request, lines, &too_long);
    for (size_t i = 0; i < count; i++)
        lines[i].result = EDIT_CONFLICT; /* until it is known better */
    if (too_long)
        return show_unsaved(request, sheet, lines, count, serve_word(request->language, SERVE_WORD_TOO_LONG),
                            MHD_HTTP_BAD_REQUEST);
    if (edit_lines_save(&sheet->place, request->editor, sheet->page.frame, lines, count, &request->arena,
                        &err) < 0) {
        bi_program_warn("%s: %s", request->path, err.text);
        for (size_t i = 0; i < count; i++)
            lines[i].result = lines[i].result == EDIT_SAVED ? EDIT_CONFLICT : lines[i].result;
        return show_unsaved(request, sheet, lines, count, err.text, MHD_HTTP_INSUFFICIENT_STORAGE);
    }
    for (size_t i = 0; i < count; i++) {
        saved = saved || lines[i].result == EDIT_SAVED;
        left = left || lines[i].result == EDIT_CONFLICT || lines[i].result == EDIT_GONE;
    }
    if (saved)
        serve_runs_ask(request->desk->runs, &sheet->place);
    if (left)
        return show_unsaved(request, sheet, lines, count, NULL, MHD_HTTP_CONFLICT);
    return serve_go(request, "/edit/lines/%lld?article=%lld&from=%ld", sheet->page.id, sheet->article,
                    sheet->from);
}

static int reread(struct serve_request *request, const struct sheet *sheet)
{
    struct bi_error err;
    int result = edit_reread(&sheet->place, request->editor, sheet->page.frame, &err);
    if (result < 0) {
        bi_program_warn("%s: %s", request->path, err.text);
        return show_unsaved(request, sheet, NULL, 0, err.text, MHD_HTTP_INSUFFICIENT_STORAGE);
    }
    if (result == EDIT_SAVED)
        serve_runs_ask(request->desk->runs, &sheet->place);
    return serve_go(request, "/edit/history/%lld", sheet->page.issue);
}

int serve_edit_lines(struct serve_request *request, const char *rest, struct bi_error *err)
{
    struct sheet sheet = {0};
    long id = serve_number_whole(rest);
    int there = id < 0 ? 0 : serve_edit_page(request, id, &sheet.page, err);
    if (there > 0)
        there = serve_desk_place(request, sheet.page.issue, &sheet.place, err);
    if (there <= 0)
        return there < 0 ? -1 : serve_not_found(request);
    long article = serve_number_whole(serve_any(request, "article"));
    long from = serve_number_whole(serve_any(request, "from"));
    sheet.article = article > 0 ? article : 0;
    sheet.from = from > 0 && from < 1000000 ? from : 0;
    if (!request->form)
        return show(request, &sheet, err);
    bool again = strcmp(serve_form_get(request->form, "do"), "reread") == 0;
    return again ? reread(request, &sheet) : save(request, &sheet);
}
