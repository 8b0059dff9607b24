/* From the files of an issue to its page frames. */
#ifndef INTAKE_FRAMES_H
#define INTAKE_FRAMES_H

#include <stddef.h>

#include "base/error.h"
#include "base/text.h"
#include "page/issue.h"

/* Adds a frame for every image of every file to the issue, numbered from 1: the images of a multi-page TIFF
 * follow each other, two facing pages on one image are two frames, the left one first, and a file that cannot
 * be read keeps its place as one frame with a `problem`. names are those of folder_list. Warnings, one a
 * line, are appended to `remarks`: each file with a problem, and each that is the same, byte for byte, as one
 * before it (a page scanned twice). BI_EXIT_INPUT if there is no image or none can be read. */
int frames_collect(struct bi_issue *issue, const char *folder, char *const *names, size_t count,
                   struct bi_text *remarks, struct bi_error *err);

#endif
