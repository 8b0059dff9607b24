/* Which part of the work one process does, where several do it together: under Slurm. */
#ifndef RUN_SHARE_H
#define RUN_SHARE_H

#include <stdbool.h>

#include "run/stage.h"

enum run_share {
    RUN_SHARE_ALL,
    RUN_SHARE_PLAN,   /* intake, and finding out what the others have to do */
    RUN_SHARE_PAGES,  /* deskew, segment and ocr of some pages */
    RUN_SHARE_STITCH, /* some issues */
    RUN_SHARE_LOAD,   /* every issue that waits for it, in order */
};

/* True if steps of this stage are its work. Others that would be needed are left, not run. */
bool run_share_includes(enum run_share share, enum run_stage stage);
/* "pages", "stitch" or "load": the names of Slurm jobs and lists end with them. */
const char *run_share_name(enum run_share share);
/* The share of that name, RUN_SHARE_ALL if there is none. */
enum run_share run_share_named(const char *name);
/* True if it is the only process at work as long as it lives, so that it holds the locks, may remove what
 * others left half done, and opens the archive. */
bool run_share_is_alone(enum run_share share);

#endif
