/* export jsonl: articles and lines, a JSON object a line. */
#include "archive/print.h"
#include "export/format.h"
#include "page/json.h"

static json_t *number_or_null(long long number)
{
    return number ? json_integer(number) : json_null();
}

static json_t *share_or_null(double share)
{
    return share < 0 ? json_null() : json_real(share);
}

static json_t *box_to_json(struct bi_box box)
{
    return json_pack("[i,i,i,i]", box.x, box.y, box.w, box.h);
}

static json_t *parts_to_json(const struct export_article *article)
{
    json_t *parts = json_array();
    for (size_t i = 0; i < article->part_count; i++)
        json_array_append_new(parts, json_pack("{s:i,s:o}", "page", article->parts[i].page->number, "box",
                                               box_to_json(article->parts[i].box)));
    return parts;
}

/* What every row begins with. */
static json_t *row_of(const struct export_issue *issue)
{
    return json_pack("{s:o,s:o,s:o,s:o}", "title", archive_json_text(issue->title), "issue",
                     archive_json_text(issue->name), "paper", archive_json_text(issue->paper), "date",
                     archive_json_text(issue->date));
}

static json_t *article_to_json(const struct export_issue *issue, const struct export_article *article)
{
    json_t *row = row_of(issue);
    json_object_set_new(row, "issue_number", number_or_null(issue->issue_number));
    json_object_set_new(row, "total_number", number_or_null(issue->total_number));
    json_object_set_new(row, "article_id", json_integer(article->article_id));
    json_object_set_new(row, "version", json_integer(article->version));
    json_object_set_new(row, "order", json_integer(article->ordinal));
    json_object_set_new(row, "kind", json_string(article->kind));
    json_object_set_new(row, "section", archive_json_text(article->section));
    json_object_set_new(row, "kicker", bi_json_text(article->kicker));
    json_object_set_new(row, "headline", bi_json_text(article->headline));
    json_object_set_new(row, "subhead", bi_json_text(article->subhead));
    json_object_set_new(row, "byline", bi_json_text(article->byline));
    json_object_set_new(row, "body", bi_json_text(article->body));
    json_object_set_new(row, "confidence", share_or_null(article->confidence));
    json_object_set_new(row, "parts", parts_to_json(article));
    return row;
}

static json_t *line_to_json(const struct export_issue *issue, const struct export_line *line)
{
    json_t *row = row_of(issue);
    json_object_set_new(row, "page", json_integer(line->page->number));
    json_object_set_new(row, "order", json_integer(line->order));
    json_object_set_new(row, "role", json_string(line->role));
    json_object_set_new(row, "text", bi_json_text(line->text));
    json_object_set_new(row, "confidence", share_or_null(line->confidence));
    json_object_set_new(row, "box", box_to_json(line->box));
    json_object_set_new(row, "vertical", json_boolean(line->vertical));
    json_object_set_new(row, "article_id", number_or_null(line->article ? line->article->article_id : 0));
    return row;
}

static int write_rows(const struct export_options *options, const struct export_issue *issue,
                      FILE *const *files, struct bi_error *err)
{
    (void)options, (void)err;
    for (size_t i = 0; i < issue->article_count; i++)
        archive_json_print(files[0], article_to_json(issue, &issue->articles[i]));
    for (size_t i = 0; i < issue->page_total; i++)
        for (size_t k = 0; k < issue->pages[i].line_count; k++)
            if (!issue->partial || issue->pages[i].lines[k].article)
                archive_json_print(files[1], line_to_json(issue, &issue->pages[i].lines[k]));
    return 0;
}

const struct export_format EXPORT_JSONL = {
    .name = "jsonl",
    .help = "articles.jsonl and lines.jsonl, a JSON object a line",
    .options = "",
    .version = 1,
    .files = {"articles.jsonl", "lines.jsonl"},
    .write_rows = write_rows,
};
