/* backissue-intake: what scans an issue's folder holds (stage 1). */
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/date.h"
#include "base/program.h"
#include "base/text.h"
#include "folder.h"
#include "frames.h"
#include "page/image.h"
#include "page/issue.h"
#include "title.h"

struct arguments {
    const char *folder, *output;
};

static const struct argp_option OPTIONS[] = {
    {"output", 'o', "FILE", 0, "The list of the issue's pages, issue.json (required)", 0},
    {0},
};

static error_t parse(int key, char *value, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case 'o':
        arguments->output = value;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->folder)
            argp_error(state, "one folder at a time");
        arguments->folder = value;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->folder)
            argp_error(state, "which folder?");
        if (!arguments->output)
            argp_error(state, "where to? (-o FILE)");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp ARGP = {
    OPTIONS,     parse,
    "ISSUE_DIR", "Lists the page scans of one issue of a newspaper, in order, with their sizes and SHA-256.",
    NULL,        NULL,
    NULL};

static void print_remarks(const char *remarks)
{
    while (*remarks) {
        const char *end = strchrnul(remarks, '\n');
        bi_program_warn("%.*s", (int)(end - remarks), remarks);
        remarks = *end ? end + 1 : end;
    }
}

static int run(const struct arguments *arguments, struct bi_issue *issue, struct bi_text *remarks,
               struct bi_error *err)
{
    const char *folder = arguments->folder;
    struct bi_arena *arena = &issue->arena;
    char *issue_name, *title_name, **names;
    size_t count;
    if (folder_names(arena, folder, &issue_name, &title_name, err) < 0 ||
        folder_list(arena, folder, &names, &count, err) < 0 || title_read(issue, folder, err) < 0)
        return -1;
    issue->folder = bi_name_escape(arena, folder);
    issue->title = bi_name_escape(arena, title_name);
    issue->date = bi_date_parse(issue_name, NULL) ? issue_name : NULL;
    if (frames_collect(issue, folder, names, count, remarks, err) < 0)
        return -1;
    return bi_issue_write(arguments->output, issue, err);
}

int main(int argc, char **argv)
{
    bi_program_init("backissue-intake");
    bi_image_quiet();
    struct arguments arguments = {0};
    argp_parse(&ARGP, argc, argv, 0, NULL, &arguments);
    BI_CLEANUP(bi_issue_release) struct bi_issue issue = {0};
    BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
    struct bi_error err = {0};
    if (run(&arguments, &issue, &remarks, &err) < 0)
        return bi_program_fail(&err);
    print_remarks(bi_text_get(&remarks));
    return BI_EXIT_DONE;
}
