/* /edit/history/<issue id>: what was corrected in an issue through the room, by whom and when, and taking it
 * back. */
#include <microhttpd.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/program.h"
#include "edit/undo.h"
#include "report/html.h"
#include "serve/desk.h"
#include "serve/edit_parts.h"
#include "serve/form.h"
#include "serve/handlers.h"
#include "serve/layout.h"

enum { MOST_SHOWN = 300 };

struct sheet {
    struct edit_page page;
    struct edit_place place;
};

static void write_undo(struct serve_request *request, const struct sheet *sheet,
                       const struct edit_record *record)
{
    char action[64];
    if (record->undone) {
        serve_say(request, SERVE_WORD_UNDONE);
        return;
    }
    snprintf(action, sizeof action, "/edit/history/%lld", sheet->page.issue);
    serve_form_begin(request, action);
    serve_form_hidden_number(request, "number", record->number);
    serve_form_button(request, SERVE_WORD_UNDO);
    serve_form_end(request);
}

static void write_text(FILE *out, const char *element, const char *text)
{
    fprintf(out, "<%s lang=\"zh\">", element);
    html_text(out, text);
    fprintf(out, "</%s>", element);
}

static void write_record(struct serve_request *request, const struct sheet *sheet,
                         const struct edit_record *record)
{
    FILE *out = request->out;
    fputs("<tr><td><time>", out);
    html_text(out, record->when);
    fputs("</time> ", out);
    html_text(out, record->who);
    fputs("</td><td>", out);
    if (record->undoes) {
        serve_say(request, SERVE_WORD_UNDO);
        fputs(": ", out);
    }
    if (record->frame)
        fprintf(
            out, "%04d %s: ", record->frame,
            serve_word(request->language, record->what == EDIT_PAGE ? SERVE_WORD_REREAD : SERVE_WORD_LINE));
    if (record->before)
        write_text(out, "del", record->before);
    if (record->before && record->after)
        fputs(" → ", out);
    if (record->after)
        write_text(out, "ins", record->after);
    fputs("</td><td>", out);
    write_undo(request, sheet, record);
    fputs("</td></tr>\n", out);
}

static int show(struct serve_request *request, const struct sheet *sheet, enum serve_word problem, int status,
                struct bi_error *err)
{
    struct edit_record *records;
    size_t count;
    if (edit_log_read(edit_place_log(&request->arena, &sheet->place), &request->arena, &records, &count,
                      err) < 0)
        return -1;
    serve_edit_head(request, SERVE_WORD_HISTORY, &sheet->page);
    if (problem != SERVE_WORDS)
        fprintf(request->out, "<p class=\"run\" role=\"alert\">%s</p>\n",
                serve_word(request->language, problem));
    serve_desk_say_run(request, &sheet->place);
    if (count == 0)
        fprintf(request->out, "<p>%s</p>\n", serve_word(request->language, SERVE_WORD_NO_HISTORY));
    fputs("<table class=\"problems history\">\n", request->out);
    for (size_t i = count; i > 0 && count - i < MOST_SHOWN; i--)
        write_record(request, sheet, &records[i - 1]);
    fputs("</table>\n", request->out);
    serve_end(request);
    return status;
}

static int undo(struct serve_request *request, const struct sheet *sheet, struct bi_error *err)
{
    struct bi_error why;
    long number = serve_number_whole(serve_form_get(request->form, "number"));
    int result = edit_undo(&sheet->place, request->editor, number, &why);
    if (result < 0) {
        bi_program_warn("%s: %s", request->path, why.text);
        return show(request, sheet, SERVE_WORD_SAVE_FAILED, MHD_HTTP_INSUFFICIENT_STORAGE, err);
    }
    if (result == EDIT_CONFLICT || result == EDIT_GONE)
        return show(request, sheet, SERVE_WORD_UNDO_CONFLICT, MHD_HTTP_CONFLICT, err);
    if (result == EDIT_SAVED)
        serve_runs_ask(request->desk->runs, &sheet->place);
    return serve_go(request, "/edit/history/%lld", sheet->page.issue);
}

int serve_edit_history(struct serve_request *request, const char *rest, struct bi_error *err)
{
    struct sheet sheet = {0};
    long id = serve_number_whole(rest);
    int there = id < 0 ? 0 : serve_edit_issue(request, id, &sheet.page, err);
    if (there > 0)
        there = serve_desk_place(request, id, &sheet.place, err);
    if (there <= 0)
        return there < 0 ? -1 : serve_not_found(request);
    return request->form ? undo(request, &sheet, err) : show(request, &sheet, SERVE_WORDS, MHD_HTTP_OK, err);
}
