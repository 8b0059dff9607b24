#include "run/stage.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/process.h"

#define VERSION_MAX_BYTES 200
#define VERSION_TIMEOUT_SECONDS 10

static const struct run_stage_names names[RUN_STAGE_COUNT] = {
    {"1-intake", "backissue-intake", "issue.json", "1-intake.log", "1-intake.run.json"},
    {"2-deskew", "backissue-deskew", "2-deskew.tif", "2-deskew.log", "2-deskew.run.json"},
    {"3-segment", "backissue-segment", "3-segment.page.xml", "3-segment.log", "3-segment.run.json"},
    {"4-ocr", "backissue-ocr", "4-ocr.page.xml", "4-ocr.log", "4-ocr.run.json"},
    {"5-stitch", "backissue-stitch", "articles.json", "5-stitch.log", "5-stitch.run.json"},
    {"6-load", "backissue-load", NULL, "6-load.log", "6-load.run.json"},
};

const struct run_stage_names *run_stage_names(enum run_stage stage)
{
    return &names[stage];
}

char *run_corrections_folder(struct bi_arena *arena, const char *root, const char *scans, const char *name)
{
    const char *beside = bi_path_dir(arena, bi_path_dir(arena, bi_path_dir(arena, scans)));
    return bi_path_join(arena, root ? root : bi_path_join(arena, beside, "corrections"), name);
}

char *run_last_page(struct bi_arena *arena, const char *folder)
{
    const char *const files[] = {RUN_CORRECTED, names[RUN_OCR].output, names[RUN_SEGMENT].output};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *path = bi_path_join(arena, folder, files[i]);
        if (access(path, R_OK) == 0)
            return path;
    }
    return NULL;
}

/* The program as an absolute path, so that no later argument depends on the current folder; NULL if not
 * there. */
static char *program_in(struct bi_arena *arena, const char *folder, const char *name)
{
    char real[PATH_MAX];
    char *path = bi_path_join(arena, folder, name);
    if (access(path, X_OK) != 0 || !realpath(path, real))
        return NULL;
    return bi_arena_strdup(arena, real);
}

static char *program_in_path(struct bi_arena *arena, const char *name)
{
    const char *search = getenv("PATH");
    while (search && *search) {
        size_t length = strcspn(search, ":");
        char *path = length > 0 ? program_in(arena, bi_arena_strndup(arena, search, length), name) : NULL;
        if (path)
            return path;
        search += length + (search[length] == ':');
    }
    return NULL;
}

int run_programs_find(struct bi_arena *arena, const char *folder, struct run_hashes *hashes,
                      struct run_program programs[RUN_STAGE_COUNT], struct bi_error *err)
{
    char self[PATH_MAX];
    const char *beside = folder;
    if (!beside && realpath("/proc/self/exe", self))
        beside = bi_path_dir(arena, self);
    for (int i = 0; i < RUN_STAGE_COUNT; i++) {
        struct run_program *program = &programs[i];
        *program = (struct run_program){0};
        if (beside)
            program->path = program_in(arena, beside, names[i].program);
        if (!program->path && !folder)
            program->path = program_in_path(arena, names[i].program);
        if (!program->path)
            return bi_error_set(err, BI_EXIT_MACHINE, "%s: is not an executable program in %s%s",
                                names[i].program, beside ? beside : "PATH",
                                beside && !folder ? " nor in PATH" : "");
        if (run_hashes_get(hashes, program->path, false, program->sha256, err) != 0) {
            if (err)
                err->kind = BI_EXIT_MACHINE;
            return -1;
        }
    }
    return 0;
}

const char *run_program_version(struct bi_arena *arena, struct run_program *program)
{
    if (!program->version) {
        static char option[] = "--version";
        char *arguments[] = {program->path, option, NULL};
        struct bi_text text = {0};
        /* A program that does not know --version still does its work; its hash tells it from others. */
        if (bi_process_capture(arguments, VERSION_MAX_BYTES, VERSION_TIMEOUT_SECONDS, &text, NULL) != 0)
            bi_text_clear(&text);
        /* Of our own programs the number alone, as they write it into their output; of others all they say.
         */
        const char *line = bi_text_get(&text), *ours = strstr(line, " (backissue) ");
        if (ours)
            line = ours + strlen(" (backissue) ");
        program->version = bi_arena_strndup(arena, line, strcspn(line, "\n"));
        bi_text_release(&text);
    }
    return program->version;
}
