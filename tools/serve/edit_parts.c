#include "serve/edit_parts.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "report/html.h"
#include "serve/desk.h"
#include "serve/form.h"
#include "serve/layout.h"
#include "store.h"

enum { CLIP_WIDTH = 1100, CLIP_HEIGHT = 110, TALL_CLIP_HEIGHT = 640 };
/* Of a line's height, round its clip. */
#define CLIP_MARGIN 0.25

int serve_edit_page(struct serve_request *request, long long id, struct edit_page *page, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(
            request->archive->db,
            "SELECT page_id, p.issue_id, frame, page_number, width, height, ifnull(paper, title), "
            "ifnull(issue_date, name) FROM page AS p JOIN issue USING (issue_id) WHERE page_id = ?",
            &read, err) < 0 ||
        bi_store_bind(read, err, "l", (sqlite3_int64)id) < 0)
        return -1;
    int row = bi_store_step(read, err);
    if (row > 0)
        *page = (struct edit_page){
            .id = sqlite3_column_int64(read, 0),
            .issue = sqlite3_column_int64(read, 1),
            .frame = sqlite3_column_int(read, 2),
            .number = sqlite3_column_int(read, 3),
            .size = {0, 0, sqlite3_column_int(read, 4), sqlite3_column_int(read, 5)},
            .paper = bi_arena_strdup(&request->arena, bi_store_text(read, 6)),
            .date = bi_arena_strdup(&request->arena, bi_store_text(read, 7)),
        };
    return row;
}

int serve_edit_issue(struct serve_request *request, long long id, struct edit_page *page,
                     struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(
            request->archive->db,
            "SELECT ifnull(paper, title), ifnull(issue_date, name) FROM issue WHERE issue_id = ?", &read,
            err) < 0 ||
        bi_store_bind(read, err, "l", (sqlite3_int64)id) < 0)
        return -1;
    int row = bi_store_step(read, err);
    if (row > 0)
        *page = (struct edit_page){
            .issue = id,
            .paper = bi_arena_strdup(&request->arena, bi_store_text(read, 0)),
            .date = bi_arena_strdup(&request->arena, bi_store_text(read, 1)),
        };
    return row;
}

void serve_edit_head(struct serve_request *request, enum serve_word word, const struct edit_page *page)
{
    FILE *out = request->out;
    BI_CLEANUP(bi_text_release) struct bi_text title = {0};
    bi_text_printf(&title, "%s: %s %s", serve_word(request->language, word), page->paper, page->date);
    serve_begin_edit(request, title.data);
    fputs("<h1>", out);
    serve_say(request, word);
    fprintf(out, ": <a href=\"/issue/%lld\">", page->issue);
    html_print(out, page->paper);
    fputs(" <time>", out);
    html_text(out, page->date);
    fputs("</time></a>", out);
    if (page->id) {
        fprintf(out, " <a href=\"/page/%lld\">", page->id);
        serve_say_page(request, page->number);
        fputs("</a>", out);
    }
    fprintf(out, "</h1>\n<p class=\"turn\"><a href=\"/edit/history/%lld\">", page->issue);
    serve_say(request, SERVE_WORD_HISTORY);
    fputs("</a> ", out);
    html_text(out, request->editor);
    if (!request->desk->options->editor) {
        fputs(" <a href=\"/edit/name\">", out);
        serve_say(request, SERVE_WORD_NAME_TITLE);
        fputs("</a>", out);
    }
    fputs("</p>\n", out);
}

void serve_edit_clip(struct serve_request *request, const struct edit_page *page, struct bi_box box)
{
    bool tall = box.h > 2 * box.w;
    int margin = (int)(CLIP_MARGIN * (tall ? box.w : box.h)) + 2;
    struct bi_box wide = {box.x - margin, box.y - margin, box.w + 2 * margin, box.h + 2 * margin};
    wide = bi_box_intersection(wide, page->size);
    if (!bi_box_empty(wide))
        serve_clip(request, page->id, wide, CLIP_WIDTH, tall ? TALL_CLIP_HEIGHT : CLIP_HEIGHT,
                   serve_word(request->language, SERVE_WORD_LINE_IMAGE));
}

void serve_edit_line(struct serve_request *request, int number, const char *label, const char *id,
                     const char *now, const char *text)
{
    FILE *out = request->out;
    char name[32], sha256[BI_SHA256_HEX];
    snprintf(name, sizeof name, "line.%d", number);
    serve_form_hidden(request, name, id);
    bi_sha256_bytes(now, strlen(now), sha256);
    snprintf(name, sizeof name, "was.%d", number);
    serve_form_hidden(request, name, sha256);
    fprintf(out,
            "<label><span>%s</span><input type=\"text\" lang=\"zh\" name=\"text.%d\" maxlength=\"%d\" "
            "autocomplete=\"off\" spellcheck=\"false\" value=\"",
            label, number, SERVE_MOST_LINE);
    html_text(out, text);
    fputs("\"></label>\n", out);
}

const char *serve_any(const struct serve_request *request, const char *name)
{
    return request->form ? serve_form_get(request->form, name) : serve_parameter(request, name);
}
