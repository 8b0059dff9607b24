/* backissue explain: why these parts are one article. */
#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "archive/article.h"
#include "archive/evidence.h"
#include "archive/print.h"
#include "archive/verb.h"
#include "base/cleanup.h"
#include "store.h"
#include "verbs.h"

enum { KEY_JSON = 0x100 };

struct options {
    const char *archive;
    long article;
    bool json;
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
    {0},
};
static const struct argp ARGP = {
    .options = OPTIONS,
    .parser = parse_option,
    .args_doc = "ARTICLE",
    .doc =
        "Prints why the parts of the article of that id are one article: where each part stands, the printed "
        "pointers between them with their scores and the reasons in words, the announcements that lead to "
        "it, "
        "and what a person should look at.",
};

static bool is_within(const struct archive_article *article, const struct archive_link *link)
{
    return strcmp(link->kind, "continuation") == 0 && link->source_article == article->article_id &&
           link->target_article == article->article_id;
}

static void print_link(const struct archive_link *link)
{
    printf("p. %d", link->source_page);
    if (link->target_page)
        printf(" -> p. %d", link->target_page);
    if (*link->marker) {
        fputs("  ", stdout);
        archive_print(stdout, link->marker, ARCHIVE_MARKING_NONE);
    } else {
        fputs("  no pointer was read", stdout);
    }
    printf("\n    %s, score %.2f: ", link->status, link->score);
    archive_print(stdout, link->reason, ARCHIVE_MARKING_NONE);
    fputc('\n', stdout);
}

static void print_parts(const struct archive_article *article, const struct archive_part_evidence *evidence)
{
    for (size_t i = 0; i < article->part_count; i++) {
        const struct archive_part *part = &article->parts[i];
        printf("part %zu: p. %d, %d×%d at %d,%d; %d line%s in %d region%s\n", i, part->page, part->w, part->h,
               part->x, part->y, evidence[i].lines, evidence[i].lines == 1 ? "" : "s", evidence[i].regions,
               evidence[i].regions == 1 ? "" : "s");
    }
}

/* Prints the links that are asked for under a title; nothing where there are none. */
static void print_links(const struct archive_article *article, const char *title, bool teasers, bool within)
{
    bool titled = false;
    for (size_t i = 0; i < article->link_count; i++) {
        const struct archive_link *link = &article->links[i];
        bool teaser = strcmp(link->kind, "teaser") == 0;
        if (teaser != teasers || (!teaser && is_within(article, link) != within))
            continue;
        if (!titled)
            printf("\n%s\n", title);
        titled = true;
        print_link(link);
    }
}

static void print_text(const struct archive_article *article, const struct archive_evidence *evidence)
{
    archive_print(stdout, *article->headline ? article->headline : "(no headline)", ARCHIVE_MARKING_NONE);
    fputc('\n', stdout);
    archive_print(stdout, article->paper, ARCHIVE_MARKING_NONE);
    fputs(*article->date ? "  " : "", stdout);
    archive_print(stdout, article->date, ARCHIVE_MARKING_NONE);
    printf("  %s\n\n", article->kind);
    print_parts(article, evidence->parts);
    if (article->part_count < 2)
        puts("It stands on one page: nothing had to be joined.");
    print_links(article, "Joined because:", false, true);
    print_links(article, "Pointers that lead nowhere, or elsewhere:", false, false);
    print_links(article, "Announced by:", true, false);
    if (evidence->problem_count)
        puts("\nTo be looked at:");
    for (size_t i = 0; i < evidence->problem_count; i++) {
        const struct archive_problem *problem = &evidence->problems[i];
        printf("%s, %s%s: ", problem->severity, problem->kind, problem->closed ? " (settled)" : "");
        archive_print(stdout, problem->detail, ARCHIVE_MARKING_NONE);
        fputc('\n', stdout);
    }
}

static json_t *number_or_null(sqlite3_int64 number)
{
    return number ? json_integer(number) : json_null();
}

static json_t *link_to_json(const struct archive_link *link)
{
    json_t *item = json_object();
    json_object_set_new(item, "source_page", number_or_null(link->source_page));
    json_object_set_new(item, "source_article", number_or_null(link->source_article));
    json_object_set_new(item, "target_page", number_or_null(link->target_page));
    json_object_set_new(item, "target_article", number_or_null(link->target_article));
    json_object_set_new(item, "marker", archive_json_text(link->marker));
    json_object_set_new(item, "status", json_string(link->status));
    json_object_set_new(item, "score", json_real(link->score));
    json_object_set_new(item, "reason", json_string(link->reason));
    return item;
}

static void print_json(const struct archive_article *article, const struct archive_evidence *evidence)
{
    json_t *object = json_object(), *parts = json_array(), *joins = json_array(), *others = json_array(),
           *teasers = json_array(), *problems = json_array();
    for (size_t i = 0; i < article->part_count; i++) {
        const struct archive_part *part = &article->parts[i];
        json_array_append_new(parts,
                              json_pack("{s:i,s:[i,i,i,i],s:i,s:i}", "page", part->page, "box", part->x,
                                        part->y, part->w, part->h, "lines", evidence->parts[i].lines,
                                        "regions", evidence->parts[i].regions));
    }
    for (size_t i = 0; i < article->link_count; i++) {
        const struct archive_link *link = &article->links[i];
        json_t *list = strcmp(link->kind, "teaser") == 0 ? teasers
                       : is_within(article, link)        ? joins
                                                         : others;
        json_array_append_new(list, link_to_json(link));
    }
    for (size_t i = 0; i < evidence->problem_count; i++) {
        const struct archive_problem *problem = &evidence->problems[i];
        json_t *item = json_object();
        json_object_set_new(item, "page", number_or_null(problem->page));
        json_object_set_new(item, "kind", json_string(problem->kind));
        json_object_set_new(item, "severity", json_string(problem->severity));
        json_object_set_new(item, "detail", json_string(problem->detail));
        json_object_set_new(item, "settled", json_boolean(problem->closed));
        json_array_append_new(problems, item);
    }
    json_object_set_new(object, "article_id", json_integer(article->article_id));
    json_object_set_new(object, "issue_id", json_integer(article->issue_id));
    json_object_set_new(object, "paper", archive_json_text(article->paper));
    json_object_set_new(object, "date", archive_json_text(article->date));
    json_object_set_new(object, "kind", json_string(article->kind));
    json_object_set_new(object, "headline", json_string(article->headline));
    json_object_set_new(object, "parts", parts);
    json_object_set_new(object, "joins", joins);
    json_object_set_new(object, "other_pointers", others);
    json_object_set_new(object, "teasers", teasers);
    json_object_set_new(object, "problems", problems);
    archive_json_print(stdout, object);
}

static int explain(const struct options *options, struct bi_error *err)
{
    BI_CLEANUP(archive_close) struct archive archive = {0};
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct archive_article article;
    struct archive_evidence evidence;
    if (archive_open(&archive, archive_choose(options->archive), false, err) < 0 ||
        bi_store_exec(archive.db, "BEGIN", err) < 0 ||
        archive_article_read(&archive, options->article, &arena, &article, err) < 0 ||
        archive_evidence_read(&archive, &article, &arena, &evidence, err) < 0)
        return -1;
    if (options->json)
        print_json(&article, &evidence);
    else
        print_text(&article, &evidence);
    return 0;
}

int bi_verb_explain(int argc, char **argv)
{
    struct options options = {0};
    argp_parse(&ARGP, argc, argv, 0, NULL, &options);
    struct bi_error err;
    return archive_verb_end(explain(&options, &err), &err);
}
