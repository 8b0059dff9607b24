/* export text: a Markdown file an article. */
#include <jansson.h>
#include <string.h>

#include "base/cleanup.h"
#include "export/format.h"
#include "export/text/markdown.h"
#include "page/json.h"

/* YAML takes JSON's strings and numbers as they are. */
static void add_field(struct bi_text *out, const char *key, json_t *value)
{
    BI_CLEANUP(bi_freep) char *text = json_dumps(value, JSON_ENCODE_ANY);
    bi_text_printf(out, "%s: %s\n", key, text);
    json_decref(value);
}

static void add_text_field(struct bi_text *out, const char *key, const char *text)
{
    if (*text)
        add_field(out, key, bi_json_text(text));
}

static void add_number_field(struct bi_text *out, const char *key, long long number)
{
    if (number)
        add_field(out, key, json_integer(number));
}

static void add_front_matter(struct bi_text *out, const struct export_issue *issue,
                             const struct export_article *article)
{
    bi_text_add(out, "---\n");
    add_text_field(out, "title", article->headline);
    add_text_field(out, "kicker", article->kicker);
    add_text_field(out, "subtitle", article->subhead);
    add_text_field(out, "author", article->byline);
    add_text_field(out, "paper", issue->paper);
    add_text_field(out, "date", issue->date);
    add_number_field(out, "issue_number", issue->issue_number);
    add_number_field(out, "total_number", issue->total_number);
    add_text_field(out, "section", article->section);
    add_text_field(out, "kind", article->kind);
    json_t *pages = json_array();
    for (size_t i = 0; i < article->part_count; i++)
        json_array_append_new(pages, json_integer(article->parts[i].page->number));
    add_field(out, "pages", pages);
    add_number_field(out, "article_id", article->article_id);
    if (article->confidence >= 0)
        bi_text_printf(out, "confidence: %.4f\n", article->confidence);
    bi_text_add(out, "---\n");
}

static void add_paragraph(struct bi_text *out, const char *mark, const char *text)
{
    if (!*text)
        return;
    bi_text_printf(out, "\n%s", mark);
    export_markdown_add(out, text);
    bi_text_add(out, "\n");
}

static void add_body(struct bi_text *out, struct bi_arena *arena, const char *body)
{
    for (const char *s = body; *s;) {
        size_t length = strcspn(s, "\n");
        add_paragraph(out, "", bi_arena_strndup(arena, s, length));
        s += length + (s[length] == '\n');
    }
}

static int write_article(const struct export_issue *issue, const struct export_article *article,
                         const char *folder, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(bi_text_release) struct bi_text out = {0};
    add_front_matter(&out, issue, article);
    add_paragraph(&out, "", article->kicker);
    add_paragraph(&out, "# ", article->headline);
    add_paragraph(&out, "", article->subhead);
    add_paragraph(&out, "", article->byline);
    add_body(&out, &arena, article->body);
    return export_write(export_name_article(&arena, article, folder, ".md"), out.data, out.length, err);
}

static int write_issue(const struct export_options *options, const struct export_issue *issue,
                       const char *folder, struct bi_error *err)
{
    (void)options;
    for (size_t i = 0; i < issue->article_count; i++)
        if (write_article(issue, &issue->articles[i], folder, err) < 0)
            return -1;
    return 0;
}

const struct export_format EXPORT_TEXT = {
    .name = "text",
    .help = "a Markdown file for each article",
    .options = "",
    .version = 1,
    .write_issue = write_issue,
};
