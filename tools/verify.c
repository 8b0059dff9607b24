/* backissue verify: checks an archive against itself and against the files it speaks of. */
#include <argp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "archive/check.h"
#include "archive/print.h"
#include "archive/verb.h"
#include "base/cleanup.h"
#include "verbs.h"

enum { KEY_NO_FILES = 0x100 };

struct options {
    const char *archive;
    bool no_files;
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case 'a':
        options->archive = argument;
        return 0;
    case KEY_NO_FILES:
        options->no_files = true;
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static const struct argp_option OPTIONS[] = {
    ARCHIVE_VERB_OPTION,
    {"no-files", KEY_NO_FILES, NULL, 0, "do not look at scans and page images", 0},
    {0},
};
static const struct argp ARGP = {
    .options = OPTIONS,
    .parser = parse_option,
    .doc = "Checks the archive's structure, its references, its full-text index, every row of its views, and "
           "that "
           "every scan and page image is there and unchanged. Prints a line for each fault. Exit status 0 if "
           "there "
           "is none, 3 if there are some.",
};

static void print_fault(void *path, const char *fault)
{
    archive_print(stdout, path, ARCHIVE_MARKING_NONE);
    fputs(": ", stdout);
    archive_print(stdout, fault, ARCHIVE_MARKING_NONE);
    fputc('\n', stdout);
}

static int verify(const struct options *options, struct bi_error *err)
{
    BI_CLEANUP(archive_close) struct archive archive = {0};
    struct archive_checks checks;
    const char *path = archive_choose(options->archive);
    if (archive_open(&archive, path, false, err) < 0)
        return -1;
    /* To write it is opened only for the check of the index; where that cannot be, the rest is checked all
     * the same. */
    struct archive writable;
    if (eaccess(path, W_OK) == 0 && archive_open(&writable, path, true, err) == 0) {
        archive_close(&archive);
        archive = writable;
    }
    struct bi_progress progress;
    bi_progress_init(&progress, stderr, true);
    int status =
        archive_check(&archive, !options->no_files, &progress, print_fault, archive.path, &checks, err);
    bi_progress_clear(&progress);
    if (status < 0)
        return -1;
    if (checks.index_unchecked)
        bi_program_warn("%s: cannot be written, so the full-text index was not checked", path);
    if (checks.faults)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: has %zu fault%s", path, checks.faults,
                            checks.faults == 1 ? "" : "s");
    printf("%s: no faults in %zu rows and %zu files\n", path, checks.rows, checks.files);
    return 0;
}

int bi_verb_verify(int argc, char **argv)
{
    struct options options = {0};
    argp_parse(&ARGP, argc, argv, 0, NULL, &options);
    struct bi_error err;
    return archive_verb_end(verify(&options, &err), &err);
}
