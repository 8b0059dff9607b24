/* What the verbs share that take options of a run. */
#ifndef RUN_OPTIONS_PARSE_H
#define RUN_OPTIONS_PARSE_H

#include <argp.h>

#include "run/options.h"

/* The input of run_options_take. */
struct run_parse {
    struct bi_arena *arena;
    struct run_options *options;
};

/* Keys from here on are free for a verb's own options. */
#define RUN_KEY_OWN 0x1000

/* The options of `backissue run`, ended by one without a name. */
extern const struct argp_option run_option_list[];

/* argp's parser of run_option_list. */
error_t run_options_take(int key, char *argument, struct argp_state *state);
/* As nothing is said, before parsing; and what follows from what was said, after it. */
void run_options_init(struct run_options *options);
int run_options_complete(struct bi_arena *arena, struct run_options *options, struct bi_error *err);

#endif
