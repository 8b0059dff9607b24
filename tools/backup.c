/* backissue backup: a copy of an archive that can be trusted. */
#include <argp.h>
#include <stdio.h>

#include "archive/archive.h"
#include "archive/backup.h"
#include "archive/print.h"
#include "archive/verb.h"
#include "base/cleanup.h"
#include "verbs.h"

struct options {
    const char *archive, *place;
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case 'a':
        options->archive = argument;
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 0)
            argp_error(state, "one place at a time");
        options->place = argument;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "no place for the backup given");
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static const struct argp_option OPTIONS[] = {ARCHIVE_VERB_OPTION, {0}};
static const struct argp ARGP = {
    .options = OPTIONS,
    .parser = parse_option,
    .args_doc = "DEST",
    .doc = "Copies the archive to one file, as it is at one moment, also while it is in use; the copy is "
           "checked. "
           "Replaces an earlier backup of the archive, and nothing else.",
};

static int backup(const struct options *options, struct bi_error *err)
{
    BI_CLEANUP(archive_close) struct archive archive = {0};
    struct archive_backup made;
    struct bi_progress progress;
    if (archive_open(&archive, archive_choose(options->archive), false, err) < 0)
        return -1;
    bi_progress_init(&progress, stderr, true);
    int status = archive_backup_make(&archive, options->place, &progress, &made, err);
    bi_progress_clear(&progress);
    if (status < 0)
        return -1;
    archive_print(stdout, options->place, ARCHIVE_MARKING_NONE);
    printf(": %zu issue%s, %zu article%s, %.1f MB\n", made.issues, made.issues == 1 ? "" : "s", made.articles,
           made.articles == 1 ? "" : "s", (double)made.bytes / 1e6);
    return 0;
}

int bi_verb_backup(int argc, char **argv)
{
    struct options options = {0};
    argp_parse(&ARGP, argc, argv, 0, NULL, &options);
    struct bi_error err;
    return archive_verb_end(backup(&options, &err), &err);
}
