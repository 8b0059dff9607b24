/* The data files that stages depend on beside their inputs: recognition models, settings and tables. */
#ifndef RUN_DATA_H
#define RUN_DATA_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "run/fingerprint.h"
#include "run/hashes.h"
#include "run/options.h"

struct run_data {
    struct run_parts ocr;    /* parts of a recognition's fingerprint */
    struct run_parts stitch; /* … and of a stitch's */
    char *models;            /* "chi_sim:<sha256> …" */
    char **profiles;         /* names of the ways to read a page, as profiles.ini has them */
    size_t profile_count, profile_capacity;
};

/* Looks once where the stages look: in the folders of options, else in those of the installation. With
 * --model only that model counts, else all that are in the first folder with any. Files that are missing are
 * no error here: the stage that needs them says so. BI_EXIT_MACHINE if one cannot be read. */
int run_data_find(struct bi_arena *arena, const struct run_options *options, struct run_hashes *hashes,
                  struct run_data *data, struct bi_error *err);
/* Whether there is such a profile, and such a model. Without a table of profiles there is any: recognition
 * says what it lacks. */
bool run_data_has_profile(const struct run_data *data, const char *name);
bool run_data_has_model(const struct run_data *data, const char *name);

#endif
