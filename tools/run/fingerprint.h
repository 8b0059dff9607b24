/* What the output of a step depends on: named parts, and one SHA-256 over all of them. */
#ifndef RUN_FINGERPRINT_H
#define RUN_FINGERPRINT_H

#include <stddef.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"

/* "input 2-deskew.tif" = a SHA-256, "parameters" = "--index 0", "program" = a SHA-256 … */
struct run_part {
    char *name, *value;
};

struct run_parts {
    struct run_part *parts;
    size_t count, capacity;
};

/* Copies both strings into the arena. */
void run_parts_add(struct run_parts *parts, struct bi_arena *arena, const char *name, const char *value);
/* Over names and values in their order, each with its length, so that no two lists look alike. */
void run_parts_fingerprint(const struct run_parts *parts, char sha256[BI_SHA256_HEX]);
/* Appends in words what differs: "input a.tif changed, input b.tif is new". Nothing if the lists are equal.
 * Values are shown where they are short enough to mean something to a person. */
void run_parts_difference(const struct run_parts *before, const struct run_parts *now, struct bi_text *out);

#endif
