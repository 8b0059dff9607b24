/* The options of `backissue rerun`. */
#ifndef RUN_OPTIONS_RERUN_H
#define RUN_OPTIONS_RERUN_H

#include "run/options.h"

/* Reads the command line as run_options_parse does, into the options of a run: of one issue, named as it was
 * given, with steps forced from the stage on that was asked for (all, if neither a stage nor a setting is
 * named) and with `trial` for --compare. */
int run_options_rerun(struct bi_arena *arena, int argc, char **argv, struct run_options *options,
                      struct bi_error *err);

#endif
