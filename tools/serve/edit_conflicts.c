/* /edit/conflicts: corrections of lines that no longer hold, since their pages were read again or changed by
 * others: what was read then, what is read now, what the person wrote; to be kept or dropped. */
#include <microhttpd.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/program.h"
#include "edit/conflicts.h"
#include "report/html.h"
#include "serve/desk.h"
#include "serve/edit_parts.h"
#include "serve/form.h"
#include "serve/handlers.h"
#include "serve/layout.h"
#include "store.h"

enum { MOST_SHOWN = 100 };

/* The page of a frame, for its clips. */
static int read_page(struct serve_request *request, long long issue, int frame, struct edit_page *page,
                     struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(request->archive->db, "SELECT page_id FROM page WHERE issue_id = ? AND frame = ?",
                         &read, err) < 0 ||
        bi_store_bind(read, err, "li", (sqlite3_int64)issue, frame) < 0)
        return -1;
    int row = bi_store_step(read, err);
    return row <= 0 ? row : serve_edit_page(request, sqlite3_column_int64(read, 0), page, err);
}

static void write_reading(struct serve_request *request, enum serve_word word, const char *text)
{
    fputs("<dt>", request->out);
    serve_say(request, word);
    fputs("</dt><dd lang=\"zh\">", request->out);
    html_text(request->out, text);
    fputs("</dd>\n", request->out);
}

static void write_conflict(struct serve_request *request, const struct edit_page *page,
                           const struct edit_conflict *conflict)
{
    FILE *out = request->out;
    const struct edit_record *record = conflict->record;
    char sha256[BI_SHA256_HEX];
    fprintf(out, "<li><a href=\"/page/%lld\">", page->id);
    html_print(out, page->paper);
    fputs(" ", out);
    html_text(out, page->date);
    fputs(" ", out);
    serve_say_page(request, page->number);
    fputs("</a>\n", out);
    serve_edit_clip(request, page, conflict->box);
    fputs("<dl>", out);
    write_reading(request, SERVE_WORD_READ_THEN, conflict->read);
    if (conflict->line)
        write_reading(request, SERVE_WORD_READ_NOW, conflict->now);
    else
        write_reading(request, SERVE_WORD_READ_NOW, serve_word(request->language, SERVE_WORD_LINE_GONE));
    write_reading(request, SERVE_WORD_WRITTEN, record->after);
    fputs("</dl>\n<p class=\"origin\"><time>", out);
    html_text(out, record->when);
    fputs("</time> ", out);
    html_text(out, record->who);
    fputs("</p>\n", out);
    serve_form_begin(request, "/edit/conflicts");
    serve_form_hidden_number(request, "issue", page->issue);
    serve_form_hidden_number(request, "number", record->number);
    bi_sha256_bytes(conflict->now, strlen(conflict->now), sha256);
    serve_form_hidden(request, "was", sha256);
    if (conflict->line)
        fprintf(out, "<button name=\"answer\" value=\"keep\">%s</button>\n",
                serve_word(request->language, SERVE_WORD_KEEP));
    fprintf(out, "<button name=\"answer\" value=\"drop\">%s</button>\n",
            serve_word(request->language, SERVE_WORD_DROP));
    serve_form_end(request);
    fputs("</li>\n", out);
}

/* Those of an issue that are read as before, all at once. */
static int write_clear(struct serve_request *request, long long issue, size_t count, struct bi_error *err)
{
    struct edit_page page = {0};
    if (serve_edit_issue(request, issue, &page, err) < 0)
        return -1;
    fputs("<li>", request->out);
    html_print(request->out, page.paper ? page.paper : "");
    fputs(" ", request->out);
    html_text(request->out, page.date);
    fprintf(request->out, ": %s %zu\n", serve_word(request->language, SERVE_WORD_CLEAR), count);
    serve_form_begin(request, "/edit/conflicts");
    serve_form_hidden_number(request, "issue", issue);
    serve_form_hidden(request, "answer", "clear");
    serve_form_button(request, SERVE_WORD_KEEP_CLEAR);
    serve_form_end(request);
    fputs("</li>\n", request->out);
    return 0;
}

static int write_issue(struct serve_request *request, long long issue, size_t *shown, struct bi_error *err)
{
    struct edit_place place;
    struct edit_conflict *conflicts;
    size_t count;
    int there = serve_desk_place(request, issue, &place, err);
    if (there <= 0 || access(edit_place_log(&request->arena, &place), F_OK) != 0)
        return there < 0 ? -1 : 0;
    struct bi_error why;
    if (edit_conflicts_find(&place, &request->arena, &conflicts, &count, &why) < 0) {
        bi_program_warn("%s: %s", request->path, why.text); /* of one issue: the others are shown */
        return 0;
    }
    size_t clear = 0;
    for (size_t i = 0; i < count; i++)
        clear += edit_conflict_is_clear(&conflicts[i]);
    if (clear && write_clear(request, issue, clear, err) < 0)
        return -1;
    for (size_t i = 0; i < count && *shown < MOST_SHOWN; i++) {
        struct edit_page page = {0};
        there = read_page(request, issue, conflicts[i].record->frame, &page, err);
        if (there < 0)
            return -1;
        if (there == 0)
            continue;
        write_conflict(request, &page, &conflicts[i]);
        (*shown)++;
    }
    return 0;
}

static int show(struct serve_request *request, enum serve_word problem, int status, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    size_t shown = 0;
    int row;
    serve_begin_edit(request, serve_word(request->language, SERVE_WORD_CONFLICTS));
    fprintf(request->out, "<h1>%s</h1>\n<p>%s</p>\n", serve_word(request->language, SERVE_WORD_CONFLICTS),
            serve_word(request->language, SERVE_WORD_CONFLICTS_LONG));
    if (problem != SERVE_WORDS)
        fprintf(request->out, "<p class=\"run\" role=\"alert\">%s</p>\n",
                serve_word(request->language, problem));
    if (bi_store_prepare(request->archive->db,
                         "SELECT issue_id FROM issue ORDER BY issue_date DESC, issue_id", &read, err) < 0)
        return -1;
    fputs("<ol class=\"lines\">\n", request->out);
    while ((row = bi_store_step(read, err)) > 0 && shown < MOST_SHOWN)
        if (write_issue(request, sqlite3_column_int64(read, 0), &shown, err) < 0)
            return -1;
    fputs("</ol>\n", request->out);
    if (shown == 0)
        fprintf(request->out, "<p>%s</p>\n", serve_word(request->language, SERVE_WORD_NO_CONFLICTS));
    serve_end(request);
    return row < 0 ? -1 : status;
}

static int keep_clear(struct serve_request *request, const struct edit_place *place, struct bi_error *err)
{
    size_t kept;
    if (edit_conflicts_keep_clear(place, request->editor, &kept, err) < 0)
        return -1;
    return kept ? EDIT_SAVED : EDIT_SAME;
}

static int settle(struct serve_request *request, struct bi_error *err)
{
    struct edit_place place;
    struct bi_error why;
    long issue = serve_number_whole(serve_form_get(request->form, "issue"));
    long number = serve_number_whole(serve_form_get(request->form, "number"));
    bool keep = strcmp(serve_form_get(request->form, "answer"), "keep") == 0;
    int there = issue < 0 ? 0 : serve_desk_place(request, issue, &place, err);
    if (there <= 0)
        return there < 0 ? -1 : serve_not_found(request);
    int result = strcmp(serve_form_get(request->form, "answer"), "clear") == 0
                     ? keep_clear(request, &place, &why)
                     : edit_conflict_settle(&place, request->editor, number, keep,
                                            serve_form_get(request->form, "was"), &why);
    if (result < 0) {
        bi_program_warn("%s: %s", request->path, why.text);
        return show(request, SERVE_WORD_SAVE_FAILED, MHD_HTTP_INSUFFICIENT_STORAGE, err);
    }
    if (result == EDIT_CONFLICT || result == EDIT_GONE)
        return show(request, SERVE_WORD_UNDO_CONFLICT, MHD_HTTP_CONFLICT, err);
    if (result == EDIT_SAVED)
        serve_runs_ask(request->desk->runs, &place);
    return serve_go(request, "/edit/conflicts");
}

int serve_edit_conflicts(struct serve_request *request, const char *rest, struct bi_error *err)
{
    if (*rest)
        return serve_not_found(request);
    return request->form ? settle(request, err) : show(request, SERVE_WORDS, MHD_HTTP_OK, err);
}
