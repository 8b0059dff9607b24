/* How a page is read: which models, over which sizes of type, and when again. From tessdata/profiles.ini. */
#ifndef OCR_PROFILES_H
#define OCR_PROFILES_H

#include "base/arena.h"
#include "base/error.h"
#include "strip.h"

#define PROFILE_MAX_READINGS 8

/* One reading of a line. */
struct profile_reading {
    char *model;
    struct strip_style style;
};

/* Every line gets the first readings; the others only those lines that are more doubtful than `doubt` after
 * them (reading_doubt). */
struct profile {
    char *name;
    struct profile_reading readings[PROFILE_MAX_READINGS];
    size_t first_count, count;
    double doubt;
};

/* The profile of that name: BI_EXIT_MACHINE if the file cannot be read or understood, BI_EXIT_USAGE if it has
 * no such profile. */
int profile_read(struct bi_arena *arena, const char *path, const char *name, struct profile *profile,
                 struct bi_error *err);

#endif
