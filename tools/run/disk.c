#include "run/disk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "page/image.h"
#include "run/stage.h"

/* Bytes a pixel of a page in the work folder, the most of newspapers measured, and a quarter more: 0.09 to
 * 0.11 for black and white, 0.25 to 0.41 for shades of grey, nearly all of it the straightened image. */
#define BITONAL_BYTES 0.14
#define GREY_BYTES 0.52
/* … and in the archive, of densely printed pages. */
#define ARCHIVE_BYTES 0.05
/* What a file may hold whose headers do not tell: a PDF, or one that is no image. */
#define BYTES_PER_BYTE 3.0

static void add_page(struct run_disk *disk, double pixels, int bits)
{
    disk->pages++;
    disk->work_bytes += (uint64_t)(pixels * (bits == 1 ? BITONAL_BYTES : GREY_BYTES));
    disk->archive_bytes += (uint64_t)(pixels * ARCHIVE_BYTES);
}

void run_disk_add_issue(struct run_disk *disk, const char *folder, const struct bi_issue *issue)
{
    struct bi_arena arena = {0};
    for (size_t i = 0; i < issue->frame_count; i++) {
        const struct bi_frame *frame = &issue->frames[i];
        const char *name =
            bi_arena_printf(&arena, "%04d/%s", frame->number, run_stage_names(RUN_OCR)->record);
        if (!frame->problem && access(bi_path_join(&arena, folder, name), F_OK) != 0)
            add_page(disk, (double)frame->width * frame->height / (frame->crop ? 2 : 1), frame->bits);
    }
    bi_arena_release(&arena);
}

static void add_file(struct run_disk *disk, const char *path)
{
    struct bi_arena arena = {0};
    struct bi_image_info *images;
    size_t count;
    struct stat status;
    if (bi_image_probe(&arena, path, &images, &count, NULL) == 0) {
        for (size_t i = 0; i < count; i++)
            add_page(disk, (double)images[i].width * images[i].height, images[i].bits);
    } else if (stat(path, &status) == 0 && S_ISREG(status.st_mode)) {
        disk->pages++;
        disk->work_bytes += (uint64_t)((double)status.st_size * BYTES_PER_BYTE);
    }
    bi_arena_release(&arena);
}

void run_disk_add_place(struct run_disk *disk, const char *work, const struct run_place *place)
{
    struct bi_arena arena = {0};
    struct bi_issue issue;
    char *folder = bi_path_join(&arena, bi_path_join(&arena, work, place->title), place->date);
    if (bi_issue_read(bi_path_join(&arena, folder, run_stage_names(RUN_INTAKE)->output), &issue, NULL) == 0) {
        run_disk_add_issue(disk, folder, &issue);
        bi_issue_release(&issue);
    } else {
        DIR *dir = opendir(place->folder);
        for (struct dirent *entry; dir && (entry = readdir(dir));)
            if (bi_image_named(entry->d_name))
                add_file(disk, bi_path_join(&arena, place->folder, entry->d_name));
        if (dir)
            closedir(dir);
    }
    bi_arena_release(&arena);
}

uint64_t run_disk_free(const char *path)
{
    struct statvfs status;
    return statvfs(path, &status) == 0 ? (uint64_t)status.f_bavail * status.f_frsize : UINT64_MAX;
}

char *run_disk_size(struct bi_arena *arena, uint64_t bytes)
{
    static const char *const units[] = {"kB", "MB", "GB", "TB"};
    double size = (double)bytes / 1000;
    size_t unit = 0;
    while (size >= 999.95 && unit + 1 < sizeof units / sizeof *units) {
        size /= 1000;
        unit++;
    }
    return bi_arena_printf(arena, "%.1f %s", size, units[unit]);
}

static int check(const struct run_disk *disk, const char *place, uint64_t needed, struct bi_error *err)
{
    uint64_t room = run_disk_free(place);
    if (needed <= room)
        return 0;
    struct bi_arena arena = {0};
    bi_error_set(err, BI_EXIT_MACHINE,
                 "%s: %zu page%s need about %s, and the disk has room for %s; nothing was begun "
                 "(--no-disk-check begins all the same)",
                 place, disk->pages, disk->pages == 1 ? "" : "s", run_disk_size(&arena, needed),
                 run_disk_size(&arena, room));
    bi_arena_release(&arena);
    return -1;
}

int run_disk_check(const struct run_disk *disk, const char *work, const char *archive, struct bi_error *err)
{
    struct bi_arena arena = {0};
    const char *beside = bi_path_dir(&arena, archive);
    struct stat a, b;
    bool same = stat(work, &a) == 0 && stat(beside, &b) == 0 && a.st_dev == b.st_dev;
    int result = check(disk, work, disk->work_bytes + (same ? disk->archive_bytes : 0), err);
    if (result == 0 && !same)
        result = check(disk, beside, disk->archive_bytes, err);
    bi_arena_release(&arena);
    return result;
}
