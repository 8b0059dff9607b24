/* Finding a model, or another file that is installed with them, and making sure that it is the one meant. */
#ifndef OCR_MODEL_H
#define OCR_MODEL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"

struct model {
    char *name;
    char *path;
    char *data; /* from malloc */
    size_t size;
    char sha256[BI_SHA256_HEX];
};

/* What models are stored as, for `suffix`. */
#define MODEL_SUFFIX ".traineddata"

/* Looks for NAME with the suffix in `directory` if given, else in the project's own tessdata/models,
 * $TESSDATA_PREFIX and Debian's folder, in this order, and reads it. The manifest tessdata/models.ini names
 * the SHA-256 that known models must have; other names are taken as they are. BI_EXIT_MACHINE, with path and
 * expected hash, where there is none or a wrong one. */
int model_load(struct bi_arena *arena, const char *directory, const char *name, const char *suffix,
               struct model *model, struct bi_error *err);
void model_release(struct model *model);

/* Whether there is a file of that name in one of these places. */
bool model_is_there(struct bi_arena *arena, const char *directory, const char *name, const char *suffix);

/* The SHA-256 that the manifest demands of a model; NULL if it does not know the model. */
int model_expected(struct bi_arena *arena, const char *manifest, const char *name, char **sha256,
                   struct bi_error *err);

#endif
