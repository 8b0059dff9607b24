/* What room a run will need, from the pages that have yet to be read and their pixels. */
#ifndef RUN_DISK_H
#define RUN_DISK_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "page/issue.h"
#include "run/find.h"

struct run_disk {
    size_t pages; /* that have yet to be read */
    uint64_t work_bytes, archive_bytes;
};

/* Adds the pages of an issue that intake has listed, `folder` being its work folder. */
void run_disk_add_issue(struct run_disk *disk, const char *folder, const struct bi_issue *issue);
/* Adds those of a place: as above if intake has been there, else by the headers of its images. */
void run_disk_add_place(struct run_disk *disk, const char *work, const struct run_place *place);
/* BI_EXIT_MACHINE if there is less room than needed where the work folder or the archive will be. */
int run_disk_check(const struct run_disk *disk, const char *work, const char *archive, struct bi_error *err);
/* Bytes that may still be written at a place; UINT64_MAX if that is not known. */
uint64_t run_disk_free(const char *path);
/* "61.2 MB", from the arena. */
char *run_disk_size(struct bi_arena *arena, uint64_t bytes);

#endif
