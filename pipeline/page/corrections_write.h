/* Writing corrections/<title>/<date>/articles.json, which persons write too: what stands there stays as it
 * is, known or not; a correction is added, taken away or exchanged. */
#ifndef PAGE_CORRECTIONS_WRITE_H
#define PAGE_CORRECTIONS_WRITE_H

#include "base/file.h"
#include "page/corrections.h"

/* The correction as the object that stands in the file, in one line of JSON; from the arena. */
char *bi_correction_text(struct bi_arena *arena, const struct bi_correction *correction);

/* Takes away the last correction that is the object `before` (NULL: none) and adds the object `after` (NULL:
 * none) in its place, else at the end; the file and its folder are made where there are none, whole or not at
 * all. BI_EXIT_INPUT if `before` is not there, and if the file as it is or as it would be is not understood;
 * it is not touched then. */
int bi_corrections_change(const char *path, const char *before, const char *after, struct bi_error *err);

/* Which the file is: the SHA-256 of its bytes, that of no bytes where there is none. */
int bi_corrections_sha256(const char *path, char hex[BI_SHA256_HEX], struct bi_error *err);

#endif
