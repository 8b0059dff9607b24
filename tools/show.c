/* backissue show: prints an article. */
#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "archive/article.h"
#include "archive/history.h"
#include "archive/print.h"
#include "archive/verb.h"
#include "base/cleanup.h"
#include "store.h"
#include "verbs.h"

enum { KEY_JSON = 0x100, KEY_HISTORY };

struct options {
    const char *archive;
    long article;
    bool json, history;
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case 'a':
        options->archive = argument;
        return 0;
    case KEY_JSON:
        options->json = true;
        return 0;
    case KEY_HISTORY:
        options->history = true;
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 0)
            argp_error(state, "one article at a time");
        options->article = archive_verb_number(state, "ARTICLE", argument, 1);
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "no article given");
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static const struct argp_option OPTIONS[] = {
    ARCHIVE_VERB_OPTION,
    {"json", KEY_JSON, NULL, 0, "as one JSON object", 0},
    {"history", KEY_HISTORY, NULL, 0, "also what it said before, and which runs made each version", 0},
    {0},
};
static const struct argp ARGP = {
    .options = OPTIONS,
    .parser = parse_option,
    .args_doc = "ARTICLE",
    .doc = "Prints the article of that id (search and list tell it) with its pages and the printed pointers "
           "from "
           "and to it.",
};

static void print_field(const char *text)
{
    if (!*text)
        return;
    archive_print(stdout, text, ARCHIVE_MARKING_NONE);
    fputc('\n', stdout);
}

static void print_origin(const struct archive_article *article)
{
    archive_print(stdout, article->paper, ARCHIVE_MARKING_NONE);
    if (*article->date) {
        fputs("  ", stdout);
        archive_print(stdout, article->date, ARCHIVE_MARKING_NONE);
    }
    if (article->issue_number)
        printf("  第%d期", article->issue_number);
    if (article->total_number)
        printf("  总第%d期", article->total_number);
    fputs("\n", stdout);
    for (size_t i = 0; i < article->part_count; i++)
        printf("%s%d", i ? ", " : "p. ", article->parts[i].page);
    if (*article->section) {
        fputs(article->part_count ? "  " : "", stdout);
        archive_print(stdout, article->section, ARCHIVE_MARKING_NONE);
    }
    printf("  %s", article->kind);
    if (article->confidence >= 0)
        printf("  confidence %.2f", article->confidence);
    fputs("\n\n", stdout);
}

static void print_link(const struct archive_article *article, const struct archive_link *link)
{
    bool leaves = link->source_article == article->article_id;
    printf("%s %s on page %d: ", leaves ? "->" : "<-", link->kind, link->source_page);
    archive_print(stdout, link->marker, ARCHIVE_MARKING_NONE);
    if (link->target_page)
        printf(" -> page %d", link->target_page);
    sqlite3_int64 other = leaves ? link->target_article : link->source_article;
    if (other && other != article->article_id)
        printf(" [%lld]", other);
    printf(", %s (%.2f): ", link->status, link->score);
    archive_print(stdout, link->reason, ARCHIVE_MARKING_NONE);
    fputc('\n', stdout);
}

static void print_article(const struct archive_article *article)
{
    print_origin(article);
    print_field(article->kicker);
    print_field(article->headline);
    print_field(article->subhead);
    print_field(article->byline);
    if (*article->body) {
        fputc('\n', stdout);
        archive_print_paragraphs(stdout, article->body);
    }
    if (article->link_count)
        fputc('\n', stdout);
    for (size_t i = 0; i < article->link_count; i++)
        print_link(article, &article->links[i]);
}

static json_t *number_or_null(sqlite3_int64 number)
{
    return number ? json_integer(number) : json_null();
}

static json_t *parts_to_json(const struct archive_article *article)
{
    json_t *parts = json_array();
    for (size_t i = 0; i < article->part_count; i++) {
        const struct archive_part *part = &article->parts[i];
        json_array_append_new(parts, json_pack("{s:i,s:[i,i,i,i]}", "page", part->page, "box", part->x,
                                               part->y, part->w, part->h));
    }
    return parts;
}

static json_t *links_to_json(const struct archive_article *article)
{
    json_t *links = json_array();
    for (size_t i = 0; i < article->link_count; i++) {
        const struct archive_link *link = &article->links[i];
        json_t *item = json_object();
        json_object_set_new(item, "kind", json_string(link->kind));
        json_object_set_new(item, "marker", json_string(link->marker));
        json_object_set_new(item, "source_page", number_or_null(link->source_page));
        json_object_set_new(item, "source_article", number_or_null(link->source_article));
        json_object_set_new(item, "target_page", number_or_null(link->target_page));
        json_object_set_new(item, "target_article", number_or_null(link->target_article));
        json_object_set_new(item, "status", json_string(link->status));
        json_object_set_new(item, "score", json_real(link->score));
        json_object_set_new(item, "reason", json_string(link->reason));
        json_array_append_new(links, item);
    }
    return links;
}

static void print_json(const struct archive_article *article, const struct archive_history *history)
{
    json_t *object = json_object();
    json_object_set_new(object, "article_id", json_integer(article->article_id));
    json_object_set_new(object, "issue_id", json_integer(article->issue_id));
    json_object_set_new(object, "paper", archive_json_text(article->paper));
    json_object_set_new(object, "date", archive_json_text(article->date));
    json_object_set_new(object, "issue_number", number_or_null(article->issue_number));
    json_object_set_new(object, "total_number", number_or_null(article->total_number));
    json_object_set_new(object, "kind", json_string(article->kind));
    json_object_set_new(object, "section", archive_json_text(article->section));
    json_object_set_new(object, "kicker", json_string(article->kicker));
    json_object_set_new(object, "headline", json_string(article->headline));
    json_object_set_new(object, "subhead", json_string(article->subhead));
    json_object_set_new(object, "byline", json_string(article->byline));
    json_object_set_new(object, "body", json_string(article->body));
    json_object_set_new(object, "confidence",
                        article->confidence < 0 ? json_null() : json_real(article->confidence));
    json_object_set_new(object, "parts", parts_to_json(article));
    json_object_set_new(object, "links", links_to_json(article));
    if (history)
        archive_history_to_json(object, history);
    archive_json_print(stdout, object);
}

/* An article that is in no issue any more: only what it said before. */
static void show_gone(const struct options *options, const struct archive_history *history)
{
    const char *until = history->before[0].replaced;
    if (options->json) {
        json_t *object = json_object();
        json_object_set_new(object, "article_id", json_integer(options->article));
        json_object_set_new(object, "paper", archive_json_text(history->paper));
        json_object_set_new(object, "date", archive_json_text(history->date));
        json_object_set_new(object, "gone", json_string(until));
        archive_history_to_json(object, history);
        archive_json_print(stdout, object);
        return;
    }
    archive_print(stdout, history->paper, ARCHIVE_MARKING_NONE);
    printf("  %s\nnot in its issue since %s\n", history->date, until);
    archive_history_print(stdout, history);
}

static int show(const struct options *options, struct bi_error *err)
{
    BI_CLEANUP(archive_close) struct archive archive = {0};
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct archive_article article;
    struct archive_history history;
    if (archive_open(&archive, archive_choose(options->archive), false, err) < 0 ||
        bi_store_exec(archive.db, "BEGIN", err) < 0 ||
        archive_history_read(&archive, options->article, &arena, &history, err) < 0)
        return -1;
    if (!history.present && !options->history)
        return bi_error_set(err, BI_EXIT_INPUT,
                            "%s: article %ld is not in its issue since %s; --history tells what it said",
                            archive.path, options->article, history.before[0].replaced);
    if (!history.present) {
        show_gone(options, &history);
        return 0;
    }
    if (archive_article_read(&archive, options->article, &arena, &article, err) < 0)
        return -1;
    if (options->json) {
        print_json(&article, options->history ? &history : NULL);
        return 0;
    }
    print_article(&article);
    if (options->history)
        archive_history_print(stdout, &history);
    return 0;
}

int bi_verb_show(int argc, char **argv)
{
    struct options options = {0};
    argp_parse(&ARGP, argc, argv, 0, NULL, &options);
    struct bi_error err;
    return archive_verb_end(show(&options, &err), &err);
}
