/* backissue: the archivist's program. Each verb is a file of its own; this finds the one that was asked for.
 */
#include <stdio.h>
#include <string.h>

#include "base/program.h"
#include "verbs.h"

struct verb {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *help;
};

static const struct verb verbs[] = {
    {"run", bi_verb_run, "digitize folders of scans into an archive"},
    {"rerun", bi_verb_rerun, "do an issue or some of its pages again, perhaps with other settings"},
    {"search", bi_verb_search, "find articles by words of one character or more"},
    {"show", bi_verb_show, "print an article"},
    {"explain", bi_verb_explain, "tell why the parts of an article are one article"},
    {"list", bi_verb_list, "list the issues and articles of an archive"},
    {"problems", bi_verb_problems, "list what a person should look at"},
    {"verify", bi_verb_verify, "check an archive against itself"},
    {"backup", bi_verb_backup, "copy an archive, also while it is in use"},
    {"rebuild", bi_verb_rebuild, "make an archive anew from the work folders"},
    {"dump", bi_verb_dump, "print all that an archive says, to compare it"},
    {"status", bi_verb_status, "tell how far the issues of a work folder are"},
    {"clean", bi_verb_clean, "drop page images that can be made again"},
    {"overlay", bi_verb_overlay, "draw regions, lines and order over a page image"},
    {"report", bi_verb_report, "make a page on an issue: confidence, problems, jumps, timings"},
    {"serve", bi_verb_serve, "let browsers search and read an archive"},
    {"export", bi_verb_export, "write issues and articles in formats that other systems take"},
};

static void print_help(FILE *stream)
{
    fputs("Usage: backissue VERB [OPTION...] ...\n"
          "Turns scanned newspaper issues into a searchable archive of whole articles.\n\n",
          stream);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        fprintf(stream, "  %-10s %s\n", verbs[i].name, verbs[i].help);
    fputs("\n`backissue VERB --help` tells the options of a verb; see also backissue(1).\n", stream);
}

int main(int argc, char **argv)
{
    bi_program_init("backissue");
    if (argc < 2) {
        print_help(stderr);
        return BI_EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-?") == 0 || strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return BI_EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
        puts(argp_program_version);
        return BI_EXIT_DONE;
    }
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(argv[1], verbs[i].name) != 0)
            continue;
        char name[40];
        snprintf(name, sizeof name, "backissue %s", verbs[i].name);
        argv[1] = name;
        return verbs[i].run(argc - 1, argv + 1);
    }
    struct bi_error err;
    bi_error_set(&err, BI_EXIT_USAGE, "'%s' is no verb; `backissue --help` lists them", argv[1]);
    return bi_program_fail(&err);
}
