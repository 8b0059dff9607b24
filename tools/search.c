/* backissue search: finds articles by words of one character or more. */
#include <argp.h>
#include <stdlib.h>
#include <string.h>

#include "archive/find.h"
#include "archive/print.h"
#include "archive/query.h"
#include "archive/verb.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "store.h"
#include "verbs.h"

enum {
    KEY_JSON = 0x100,
    KEY_COUNT,
    KEY_OFFSET,
    KEY_PAPER,
    KEY_FROM,
    KEY_TO,
    KEY_PAGE,
    KEY_KIND,
    KEY_SECTION,
    KEY_CONFIDENCE,
    KEY_ORDER,
    KEY_FUZZY,
    KEY_LITERAL,
    KEY_NO_HIGHLIGHT
};

struct options {
    const char *archive;
    struct bi_text query;
    struct archive_search search;
    bool json, count, literal, no_highlight;
};

static double parse_share(const struct argp_state *state, const char *argument)
{
    char *end;
    double share = strtod(argument, &end);
    if (end == argument || *end || !(share >= 0 && share <= 1))
        argp_error(state, "--confidence: '%s' is not a number from 0 to 1", argument);
    return share;
}

static enum archive_order parse_order(const struct argp_state *state, const char *argument)
{
    if (strcmp(argument, "date") == 0)
        return ARCHIVE_ORDER_DATE;
    if (strcmp(argument, "rank") != 0)
        argp_error(state, "--order: '%s' is neither rank nor date", argument);
    return ARCHIVE_ORDER_RANK;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct options *options = state->input;
    struct archive_filter *filter = &options->search.filter;
    switch (key) {
    case 'a':
        options->archive = argument;
        return 0;
    case 'n':
        options->search.limit = archive_verb_number(state, "--limit", argument, 0);
        if (options->search.limit == 0)
            options->search.limit = -1;
        return 0;
    case KEY_OFFSET:
        options->search.offset = archive_verb_number(state, "--offset", argument, 0);
        return 0;
    case KEY_JSON:
        options->json = true;
        return 0;
    case KEY_COUNT:
        options->count = true;
        return 0;
    case KEY_LITERAL:
        options->literal = true;
        return 0;
    case KEY_NO_HIGHLIGHT:
        options->no_highlight = true;
        return 0;
    case KEY_PAPER:
        filter->paper = argument;
        return 0;
    case KEY_FROM:
        filter->from = archive_verb_date(state, "--from", argument);
        return 0;
    case KEY_TO:
        filter->to = archive_verb_date(state, "--to", argument);
        return 0;
    case KEY_PAGE:
        filter->page = (int)archive_verb_number(state, "--page", argument, 1);
        return 0;
    case KEY_KIND:
        filter->kind = archive_verb_kind(state, argument);
        return 0;
    case KEY_SECTION:
        filter->section = argument;
        return 0;
    case KEY_CONFIDENCE:
        filter->confidence = parse_share(state, argument);
        return 0;
    case KEY_ORDER:
        options->search.order = parse_order(state, argument);
        return 0;
    case KEY_FUZZY:
        options->search.fuzzy = true;
        return 0;
    case ARGP_KEY_ARG:
        bi_text_add(&options->query, options->query.length ? " " : "");
        bi_text_add(&options->query, argument);
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "no query given");
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static const struct argp_option OPTIONS[] = {
    ARCHIVE_VERB_OPTION,
    {"limit", 'n', "N", 0, "at most so many articles (20); 0: all", 1},
    {"offset", KEY_OFFSET, "N", 0, "leave out the first N", 1},
    {"count", KEY_COUNT, NULL, 0, "print only how many articles there are", 1},
    {"order", KEY_ORDER, "ORDER", 0, "rank: best first (usual); date: newest first", 1},
    {"fuzzy", KEY_FUZZY, NULL, 0,
     "also where recognition may have misread a character of a word, after the rest", 1},
    {"json", KEY_JSON, NULL, 0, "one JSON object a line", 1},
    {"literal", KEY_LITERAL, NULL, 0, "take the query as one stretch of text, without OR, - and quotes", 1},
    {"no-highlight", KEY_NO_HIGHLIGHT, NULL, 0, "do not mark what matched", 1},
    {"paper", KEY_PAPER, "NAME", 0, "only this paper (its name, or its title's folder)", 2},
    {"from", KEY_FROM, "DATE", 0, "only from this day, month or year on (2025-07-04, 2025-07, 2025)", 2},
    {"to", KEY_TO, "DATE", 0, "only up to it", 2},
    {"page", KEY_PAGE, "N", 0, "only on this page", 2},
    {"section", KEY_SECTION, "NAME", 0, "only in this section", 2},
    {"kind", KEY_KIND, "KIND", 0, "only article, ad, notice, photo, masthead or other", 2},
    {"confidence", KEY_CONFIDENCE, "SHARE", 0, "only what was read with at least this confidence (0 to 1)",
     2},
    {0},
};
static const struct argp ARGP = {
    .options = OPTIONS,
    .parser = parse_option,
    .args_doc = "QUERY...",
    .doc =
        "Finds articles that contain all words of the query, best first.\v"
        "A word of one character or more is found anywhere in the text; width, letter case, traditional and "
        "simplified make no difference. A OR B finds either, -A leaves out (write it after --), \"...\" "
        "keeps "
        "spaces together, (...) groups, automat* finds words that begin so. The archive is --archive, else "
        "$BACKISSUE_ARCHIVE, else archive.db. Exit status 0 "
        "also where nothing is found.",
};

static void print_hit(const struct archive_hit *hit, enum archive_marking marking)
{
    archive_print(stdout, *hit->date ? hit->date : "no date", ARCHIVE_MARKING_NONE);
    fputs("  ", stdout);
    archive_print(stdout, hit->paper, ARCHIVE_MARKING_NONE);
    if (*hit->pages)
        printf("  p. %s", hit->pages);
    if (strcmp(hit->kind, "article") != 0)
        printf("  (%s)", hit->kind);
    printf("  [%lld]%s\n  ", hit->article_id, hit->probable ? "  probable" : "");
    archive_print(stdout, *hit->headline ? hit->headline : "(without headline)", marking);
    if (*hit->snippet) {
        fputs("\n    ", stdout);
        archive_print(stdout, hit->snippet, marking);
    }
    fputs("\n\n", stdout);
}

static void print_json(const struct archive_hit *hit)
{
    json_t *object = json_object();
    json_object_set_new(object, "article_id", json_integer(hit->article_id));
    json_object_set_new(object, "paper", archive_json_text(hit->paper));
    json_object_set_new(object, "date", archive_json_text(hit->date));
    json_object_set_new(object, "pages", archive_json_numbers(hit->pages));
    json_object_set_new(object, "kind", archive_json_text(hit->kind));
    json_object_set_new(object, "section", archive_json_text(hit->section));
    archive_json_marked(object, "headline", "headline_matches", hit->headline);
    archive_json_marked(object, "snippet", "snippet_matches", hit->snippet);
    json_object_set_new(object, "probable", json_boolean(hit->probable));
    json_object_set_new(object, "score", json_real(hit->score));
    archive_json_print(stdout, object);
}

static void print_results(const struct archive_results *results, const struct options *options)
{
    enum archive_marking marking = options->no_highlight ? ARCHIVE_MARKING_NONE : archive_marking_for(stdout);
    for (size_t i = 0; i < results->count; i++)
        if (options->json)
            print_json(&results->hits[i]);
        else
            print_hit(&results->hits[i], marking);
    if (options->json)
        return;
    fflush(stdout);
    if (results->total == 0)
        bi_program_warn("nothing found");
    else if (results->count < results->total)
        bi_program_warn("%zu of %zu articles", results->count, results->total);
}

static int search(struct options *options, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct archive_query query;
    if (archive_query_parse(bi_text_get(&options->query), options->literal, &arena, &query, err) < 0)
        return -1;
    BI_CLEANUP(archive_close) struct archive archive = {0};
    /* One transaction: an issue that is loaded meanwhile must not come between the steps of a search. */
    if (archive_open(&archive, archive_choose(options->archive), false, err) < 0 ||
        bi_store_exec(archive.db, "BEGIN", err) < 0)
        return -1;
    if (options->count)
        options->search.limit = 0;
    struct archive_results results;
    if (archive_find(&archive, &query, &options->search, &arena, &results, err) < 0)
        return -1;
    if (options->count)
        printf("%zu\n", results.total);
    else
        print_results(&results, options);
    return 0;
}

int bi_verb_search(int argc, char **argv)
{
    enum { DEFAULT_LIMIT = 20 };
    struct options options = {.search.limit = DEFAULT_LIMIT};
    argp_parse(&ARGP, argc, argv, 0, NULL, &options);
    struct bi_error err;
    int status = search(&options, &err);
    bi_text_release(&options.query);
    return archive_verb_end(status, &err);
}
