/* The six stages as the driver sees them: names of programs and of the files in the work folder. */
#ifndef RUN_STAGE_H
#define RUN_STAGE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"
#include "run/hashes.h"

enum run_stage { RUN_INTAKE, RUN_DESKEW, RUN_SEGMENT, RUN_OCR, RUN_STITCH, RUN_LOAD, RUN_STAGE_COUNT };

struct run_stage_names {
    const char *name; /* as in processing steps and archive_run */
    const char *program;
    const char *output; /* file in the or page's work folder; NULL for load */
    const char *log;
    const char *record;
};

/* Where a stage's program is, and which it is. */
struct run_program {
    char *path;
    char sha256[BI_SHA256_HEX];
    char *version; /* first line of --version; NULL until asked for */
};

/* What a hand correction is called once it is copied beside the page image that it names. */
#define RUN_CORRECTED "4-corrected.page.xml"
/* The same of a page's layout: regions and lines, which take the place of what segment finds. */
#define RUN_DRAWN "3-corrected.page.xml"
/* What the making of one is called in archive_run, as load knows it. */
#define RUN_CORRECTION_STAGE "4-correction"
#define RUN_DRAWING_STAGE "3-correction"
/* What a person says of an issue's articles, beside the hand corrections of its pages. */
#define RUN_ARTICLES_CORRECTED "articles.json"

const struct run_stage_names *run_stage_names(enum run_stage stage);

/* The folder of an issue's hand corrections: that of the name, "linjiang/2025-07-04", below `root`,
 * or if that is NULL below "corrections" beside the root of its scans, which `scans`, its folder, is two
 * below. From the arena. */
char *run_corrections_folder(struct bi_arena *arena, const char *root, const char *scans, const char *name);

/* The last that was made of a page, in its work folder: a hand correction, else the text, else the regions;
 * NULL if there is none. From the arena. */
char *run_last_page(struct bi_arena *arena, const char *folder);

/* Finds all six: in `folder`, or if that is NULL beside the running program, else in PATH. Strings come from
 * the arena. BI_EXIT_MACHINE if one is missing. */
int run_programs_find(struct bi_arena *arena, const char *folder, struct run_hashes *hashes,
                      struct run_program programs[RUN_STAGE_COUNT], struct bi_error *err);
/* The version line of a program, asked for once; never NULL ("" if it does not say). */
const char *run_program_version(struct bi_arena *arena, struct run_program *program);

#endif
