/* backissue-stitch: the pages of an issue to its articles. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/program.h"
#include "issue_build.h"
#include "page/articles.h"
#include "page/corrections.h"
#include "page/issue.h"
#include "page/pagexml.h"
#include "wordings.h"

struct arguments {
    const char *output, *tables, *corrections;
    char **inputs;
    size_t input_count;
};

static const struct argp_option options[] = {
    {"output", 'o', "FILE", 0, "write the articles to FILE (needed)", 0},
    {"corrections", 'c', "FILE", 0, "what a person says of these articles, as JSON", 0},
    {"tables", 't', "DIR", 0, "read the table of pointer wordings, jumps.ini, from DIR", 0},
    {0},
};

static error_t parse_option(int key, char *value, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case 'o':
        arguments->output = value;
        return 0;
    case 'c':
        arguments->corrections = value;
        return 0;
    case 't':
        arguments->tables = value;
        return 0;
    case ARGP_KEY_ARGS:
        arguments->inputs = state->argv + state->next;
        arguments->input_count = (size_t)(state->argc - state->next);
        return 0;
    case ARGP_KEY_END:
        if (!arguments->output)
            argp_error(state, "no output given: use -o FILE");
        if (!arguments->input_count)
            argp_error(state, "no issue.json given");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    .options = options,
    .parser = parse_option,
    .args_doc = "ISSUE.json [PAGE.xml...]",
    .doc =
        "Group the lines of an issue's pages into articles and join those that run over several pages."
        "\vPages are matched to the issue's frames by the frame number in their metadata, or else by order. "
        "Frames without a page keep their place; what points to them is reported.",
};

static int find_tables(struct bi_arena *arena, const struct arguments *arguments, char **path,
                       struct bi_error *err)
{
    if (!arguments->tables)
        return bi_data_path(arena, "tessdata/jumps.ini", path, err);
    *path = bi_path_join(arena, arguments->tables, "jumps.ini");
    return 0;
}

/* Reads all pages, and counts those that the caller has to release. */
static int read_pages(const struct arguments *arguments, struct bi_page *pages, const char **names,
                      size_t *count, struct bi_error *err)
{
    for (size_t i = 1; i < arguments->input_count; i++) {
        if (bi_pagexml_read(arguments->inputs[i], &pages[*count], err) < 0)
            return -1;
        names[(*count)++] = arguments->inputs[i];
    }
    return 0;
}

static void record_step(const char *tables, const char *corrections, struct bi_articles *articles)
{
    char hash[BI_SHA256_HEX] = "", corrected[BI_SHA256_HEX] = "";
    bi_sha256_file(tables, hash, NULL);
    if (corrections)
        bi_sha256_file(corrections, corrected, NULL);
    articles->steps = bi_arena_grow(&articles->arena, articles->steps, articles->step_count,
                                    &articles->step_capacity, sizeof *articles->steps);
    articles->steps[articles->step_count++] = (struct bi_step){
        .stage = bi_arena_strdup(&articles->arena, "5-stitch"),
        .version = bi_arena_strdup(&articles->arena, BI_VERSION),
        .parameters =
            bi_arena_printf(&articles->arena, "%s%s", corrections ? "--corrections " : "", corrected),
        .models = bi_arena_printf(&articles->arena, "jumps.ini:%s", hash),
    };
}

int main(int argc, char **argv)
{
    struct arguments arguments = {0};
    struct bi_error err = {0};
    bi_program_init("backissue-stitch");
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);

    struct bi_arena arena = {0};
    struct bi_issue issue = {0};
    struct bi_articles articles;
    struct bi_corrections corrections = {0};
    struct st_wordings wordings;
    struct bi_page *pages = bi_xcalloc(arguments.input_count, sizeof *pages);
    const char **names = bi_xcalloc(arguments.input_count, sizeof(char *));
    size_t page_count = 0;
    char *tables = NULL;
    bi_articles_init(&articles);
    int result = -1;
    if (find_tables(&arena, &arguments, &tables, &err) == 0 &&
        st_wordings_read(&arena, tables, &wordings, &err) == 0 &&
        bi_issue_read(arguments.inputs[0], &issue, &err) == 0 &&
        st_wordings_extend(&arena, &issue, &wordings, &err) == 0 &&
        (!arguments.corrections || bi_corrections_read(arguments.corrections, &corrections, &err) == 0) &&
        read_pages(&arguments, pages, names, &page_count, &err) == 0)
        result = st_issue_build(&issue, &wordings, &corrections, pages, names, page_count, &articles, &err);
    if (result == 0) {
        record_step(tables, arguments.corrections, &articles);
        result = bi_articles_write(arguments.output, &articles, &err);
    }
    int code = result == 0 ? BI_EXIT_DONE : bi_program_fail(&err);
    bi_articles_release(&articles);
    for (size_t i = 0; i < page_count; i++)
        bi_page_release(&pages[i]);
    bi_corrections_release(&corrections);
    bi_issue_release(&issue);
    bi_arena_release(&arena);
    free(names);
    free(pages);
    return code;
}
