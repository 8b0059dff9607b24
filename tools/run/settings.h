/* Settings of stages that a person has made for a page, an issue or a title, beside the corrections. */
#ifndef RUN_SETTINGS_H
#define RUN_SETTINGS_H

#include "base/arena.h"
#include "base/error.h"
#include "run/data.h"
#include "run/stage.h"

/* Their files: corrections/<title>/settings.ini, corrections/<title>/<date>/settings.ini, and for page 3
 * corrections/<title>/<date>/0003.ini. */
#define RUN_SETTINGS_FILE "settings.ini"
#define RUN_SETTINGS_MAX_BYTES ((size_t)1 << 20)

/* A setting that there is: "rotate" in the section [deskew], which is the option --rotate of
 * backissue-deskew. */
struct run_key {
    enum run_stage stage;
    const char *section, *name, *option;
    /* NULL if the value is one, else what it should be ("90, 180 …"). */
    const char *(*refuse)(const char *value, const struct run_data *data);
};

#define RUN_KEY_COUNT 9
extern const struct run_key run_keys[RUN_KEY_COUNT];

/* A value for each of run_keys, NULL where nothing is set. */
struct run_settings {
    char *values[RUN_KEY_COUNT];
};

/* A change of one setting as it is asked for on the command line: "deskew.rotate=90"; nothing after the '='
 * takes the setting back. */
struct run_change {
    int key;
    char *value; /* NULL: taken back */
};

/* Sets what the file sets, as if the changes had been written into it, and leaves everything else as it is; a
 * file that is not there sets nothing. BI_EXIT_INPUT, naming the file and the line, for a setting that there
 * is not, a value that it cannot have, or one set twice. */
int run_settings_read(struct bi_arena *arena, const char *path, const struct run_data *data,
                      const struct run_change *changes, size_t change_count, struct run_settings *settings,
                      struct bi_error *err);
/* BI_EXIT_USAGE, naming what is wrong. */
int run_settings_parse_change(struct bi_arena *arena, const char *text, const struct run_data *data,
                              struct run_change *change, struct bi_error *err);
/* Writes changes into a file, which is made if it is not there and removed if nothing is left in it; comments
 * and other settings stay as they are. */
int run_settings_write(const char *path, const struct run_change *changes, size_t count,
                       struct bi_error *err);

/* The index of a setting in run_keys, -1 if there is none. */
int run_settings_key(const char *section, const char *name);

#endif
