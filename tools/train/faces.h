/* The typefaces that lines are drawn with. */
#ifndef TRAIN_FACES_H
#define TRAIN_FACES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/chance.h"
#include "base/error.h"

enum face_use {
    FACE_BODY = 1,     /* running text */
    FACE_HEADLINE = 2, /* large type */
    FACE_CAPTION = 4,  /* under pictures, in bylines and standfirsts */
};

struct face {
    char *name; /* a Pango font description without a size */
    int uses;   /* of enum face_use */
    double share;
};

struct faces {
    struct face *faces;
    size_t count, capacity;
};

/* A file with a line for each face: uses (letters b, h and c), share and name, divided by white space; #
 * begins a comment. BI_EXIT_INPUT if a line is something else, if no face is left, or if a face is not
 * installed, which Pango would silently replace. */
int faces_read(struct bi_arena *arena, const char *path, struct faces *faces, struct bi_error *err);

/* By their shares, among those of that use. */
const struct face *faces_choose(const struct faces *faces, enum face_use use, struct chance *chance);

#endif
