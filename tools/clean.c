/* backissue clean: drops page images that can be made again from the work folder. */
#include <argp.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/program.h"
#include "page/dropped.h"
#include "page/issue.h"
#include "run/disk.h"
#include "run/lock.h"
#include "run/record.h"
#include "run/report.h"
#include "run/slurm.h"
#include "run/stage.h"
#include "run/tree.h"
#include "verbs.h"

enum { KEY_DRY_RUN = 0x100 };

struct clean {
    char *archive, *work;
    bool dry_run;
    size_t images;
    uint64_t bytes;
    struct bi_error *err;
};

static const struct argp_option options[] = {
    {"archive", 'a', "FILE", 0, "The archive, or --work", 0},
    {"work", 'w', "DIR", 0, "The work folder (\"work\" beside the archive)", 0},
    {"dry-run", KEY_DRY_RUN, NULL, 0, "Say what would be dropped, and drop nothing", 0},
    {0},
};

static error_t parse(int key, char *value, struct argp_state *state)
{
    struct clean *clean = state->input;
    switch (key) {
    case 'a':
        clean->archive = value;
        return 0;
    case 'w':
        clean->work = value;
        return 0;
    case KEY_DRY_RUN:
        clean->dry_run = true;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "%s: nothing but options is expected", value);
        return 0;
    case ARGP_KEY_END:
        if (!clean->archive && !clean->work)
            argp_error(state, "no work folder given: --archive FILE or --work DIR");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* What a record says of the file that its step read as `name`, "" if nothing. */
static const char *input_of(const struct run_record *record, const char *name)
{
    for (size_t i = 0; i < record->parts.count; i++)
        if (strcmp(record->parts.parts[i].name, name) == 0)
            return record->parts.parts[i].value;
    return "";
}

static bool read_record(struct bi_arena *arena, const char *folder, enum run_stage stage,
                        struct run_record *record)
{
    char *path = bi_path_join(arena, folder, run_stage_names(stage)->record);
    return run_record_read(arena, path, record, NULL) == 0 && record->exit_code == 0;
}

/* Nobody needs the image as things are: the page has been read from it, or was corrected by hand. */
static bool is_used_up(struct bi_arena *arena, const char *folder, const struct run_record *image)
{
    struct run_record read;
    if (access(bi_path_join(arena, folder, RUN_CORRECTED), F_OK) == 0)
        return true;
    const char *name = bi_arena_printf(arena, "input %s", run_stage_names(RUN_DESKEW)->output);
    return read_record(arena, folder, RUN_OCR, &read) &&
           strcmp(input_of(&read, name), image->output_sha256) == 0;
}

/* Adds the image of a page to what is dropped, and drops it. */
static int drop_image(struct clean *clean, struct bi_arena *arena, const char *folder, size_t *images,
                      uint64_t *bytes)
{
    const struct run_stage_names *names = run_stage_names(RUN_DESKEW);
    char *image = bi_path_join(arena, folder, names->output);
    struct run_record record;
    struct stat status;
    char sha256[BI_SHA256_HEX];
    if (lstat(image, &status) != 0 || !S_ISREG(status.st_mode) ||
        !read_record(arena, folder, RUN_DESKEW, &record) || !is_used_up(arena, folder, &record) ||
        bi_sha256_file(image, sha256, NULL) != 0 || strcmp(sha256, record.output_sha256) != 0)
        return 0; /* what is not as its step left it may be somebody's work */
    *images += 1;
    *bytes += (uint64_t)status.st_blocks * 512;
    if (clean->dry_run)
        return 0;
    return bi_dropped_replace(image, record.output_sha256, clean->err);
}

/* One that could not be made again is kept: its scan must be where it was. */
static bool has_scan(struct bi_arena *arena, const struct bi_issue *issue, const struct bi_frame *frame)
{
    char *folder = bi_name_unescape(arena, issue->folder);
    return access(bi_path_join(arena, folder, bi_name_unescape(arena, frame->scan)), R_OK) == 0;
}

static int clean_issue(void *data, const char *folder, const char *name)
{
    struct clean *clean = data;
    struct bi_arena arena = {0};
    struct bi_issue issue;
    size_t images = 0;
    uint64_t bytes = 0;
    int result = 0;
    if (bi_issue_read(bi_path_join(&arena, folder, run_stage_names(RUN_INTAKE)->output), &issue, NULL) != 0)
        goto end;
    for (size_t i = 0; result == 0 && i < issue.frame_count; i++)
        if (!issue.frames[i].problem && has_scan(&arena, &issue, &issue.frames[i])) {
            const char *page = bi_arena_printf(&arena, "%04d", issue.frames[i].number);
            result = drop_image(clean, &arena, bi_path_join(&arena, folder, page), &images, &bytes);
        }
    bi_issue_release(&issue);
    clean->images += images;
    clean->bytes += bytes;
    if (images > 0) {
        struct bi_error line; /* for its way of making one line of anything */
        bi_error_set(&line, BI_EXIT_DONE, "%s", name);
        printf("%s: %zu page image%s, %s\n", line.text, images, run_report_plural(images),
               run_disk_size(&arena, bytes));
    }
end:
    bi_arena_release(&arena);
    return result;
}

static int clean_all(struct clean *clean, struct bi_arena *arena, struct bi_error *err)
{
    char real[PATH_MAX];
    if (!realpath(clean->work, real))
        return bi_error_errno(err, BI_EXIT_INPUT, "%s: cannot be read as a work folder", clean->work);
    if (!clean->dry_run && (run_lock(bi_path_join(arena, real, ".lock"), clean->work, err) < 0 ||
                            run_slurm_check(real, err) != 0))
        return -1;
    return run_tree_each(real, clean_issue, clean, err);
}

int bi_verb_clean(int argc, char **argv)
{
    static const struct argp argp = {
        options,
        parse,
        NULL,
        "Drops page images that can be made again from the work folder.\vScans, corrections, texts and the "
        "archive stay. A later run makes an image again when a step needs it.",
        NULL,
        NULL,
        NULL};
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct bi_error err;
    struct clean clean = {.err = &err};
    argp_parse(&argp, argc, argv, 0, NULL, &clean);
    if (!clean.work)
        clean.work = bi_path_join(&arena, bi_path_dir(&arena, clean.archive), "work");
    if (clean_all(&clean, &arena, &err) != 0)
        return bi_program_fail(&err);
    printf("%zu page image%s, %s %s\n", clean.images, run_report_plural(clean.images),
           run_disk_size(&arena, clean.bytes), clean.dry_run ? "would be dropped" : "dropped");
    return BI_EXIT_DONE;
}
