/* What all parts of one `backissue run` share. */
#ifndef RUN_CONTEXT_H
#define RUN_CONTEXT_H

#include "run/archive.h"
#include "run/data.h"
#include "run/hashes.h"
#include "run/left.h"
#include "run/options.h"
#include "run/report.h"
#include "run/settings.h"
#include "run/stage.h"

struct run_context {
    struct bi_arena arena;
    struct run_options options;
    struct run_hashes hashes; /* of programs, models and tables */
    struct run_program programs[RUN_STAGE_COUNT];
    struct run_data data;
    struct run_change *changes; /* of settings, tried or just made: of the pages named, else of the issue */
    size_t change_count;
    struct run_archive archive; /* as it was at the beginning */
    struct run_report report;
    struct run_left left;
};

#endif
