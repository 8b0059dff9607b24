/* Tesseract's settings, from tessdata/settings: a name and a value a line, # begins a comment. */
#ifndef OCR_SETTINGS_H
#define OCR_SETTINGS_H

#include "base/arena.h"
#include "base/error.h"

struct settings {
    char **names;
    char **values;
    size_t count, capacity;
};

/* BI_EXIT_MACHINE if the file is missing or has a line without a value. */
int settings_read(struct bi_arena *arena, const char *path, struct settings *settings, struct bi_error *err);

#endif
