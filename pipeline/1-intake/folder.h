/* What of a folder's files may be scans. */
#ifndef INTAKE_FOLDER_H
#define INTAKE_FOLDER_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

/* The files of a folder that begin like an image or a PDF (page/image.h) or are named like an image of any
 * format, in the natural order of their names: "p2" before "p10". Left out are hidden files, sub-folders,
 * whatever is no regular file unless it is named like an image, and everything else (title.ini, Thumbs.db,
 * notes). Symbolic links are followed. Names come from the arena, as the folder has them. BI_EXIT_INPUT if
 * the folder cannot be read. */
int folder_list(struct bi_arena *arena, const char *folder, char ***names, size_t *count,
                struct bi_error *err);

/* The name of an issue's folder and of the title's folder above it, from the absolute path; "" for the root.
 */
int folder_names(struct bi_arena *arena, const char *folder, char **issue, char **title,
                 struct bi_error *err);

#endif
