#include "frames.h"

#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "page/image.h"

/* The message without the path that it begins with, which may be shown differently there but has its length.
 */
static const char *without_path(const char *message, const char *path)
{
    size_t length = strlen(path);
    return strlen(message) > length && strncmp(message + length, ": ", 2) == 0 ? message + length + 2
                                                                               : message;
}

/* One line, whatever the names in it hold. */
static void remark(struct bi_text *remarks, const char *path, const char *text, const char *name)
{
    struct bi_error line;
    bi_error_set(&line, BI_EXIT_DONE, "%s: %s%s", path, text, name);
    bi_text_printf(remarks, "%s\n", line.text);
}

static struct bi_frame *add_frame(struct bi_issue *issue, size_t *capacity, const char *name)
{
    issue->frames =
        bi_arena_grow(&issue->arena, issue->frames, issue->frame_count, capacity, sizeof *issue->frames);
    struct bi_frame *frame = &issue->frames[issue->frame_count++];
    *frame = (struct bi_frame){.number = (int)issue->frame_count,
                               .scan = bi_name_escape(&issue->arena, name),
                               .sha256 = bi_arena_strdup(&issue->arena, ""),
                               .format = bi_arena_strdup(&issue->arena, "")};
    return frame;
}

/* The frame of an earlier file with these bytes, or NULL. */
static const struct bi_frame *find_same(const struct bi_issue *issue, size_t before, const char *sha256)
{
    for (size_t i = 0; i < before; i++)
        if (strcmp(issue->frames[i].sha256, sha256) == 0)
            return &issue->frames[i];
    return NULL;
}

/* True if the file could be read. */
static bool collect_file(struct bi_issue *issue, size_t *capacity, const char *folder, const char *name,
                         struct bi_text *remarks)
{
    struct bi_arena *arena = &issue->arena;
    const char *path = bi_path_join(arena, folder, name);
    struct bi_image_info *images = NULL;
    size_t count = 0;
    char sha256[BI_SHA256_HEX];
    struct stat status;
    struct bi_error why = {0};
    if (bi_image_probe(arena, path, &images, &count, &why) < 0 || bi_sha256_file(path, sha256, &why) < 0) {
        struct bi_frame *frame = add_frame(issue, capacity, name);
        frame->problem = bi_name_escape(arena, without_path(why.text, path));
        remark(remarks, path, without_path(why.text, path), "");
        return false;
    }
    size_t first = issue->frame_count;
    const struct bi_frame *same = find_same(issue, first, sha256);
    if (same)
        remark(remarks, path, "is the same file as ", same->scan);
    long size = stat(path, &status) == 0 ? (long)status.st_size : 0;
    for (size_t i = 0; i < count; i++) {
        struct bi_frame *frame = add_frame(issue, capacity, name);
        frame->sha256 = bi_arena_strdup(arena, sha256);
        frame->size = size;
        frame->index = images[i].index;
        frame->format = bi_arena_strdup(arena, images[i].format);
        frame->width = images[i].width;
        frame->height = images[i].height;
        frame->bits = images[i].bits;
        frame->dpi = images[i].dpi;
    }
    return true;
}

int frames_collect(struct bi_issue *issue, const char *folder, char *const *names, size_t count,
                   struct bi_text *remarks, struct bi_error *err)
{
    size_t capacity = 0, readable = 0;
    for (size_t i = 0; i < count; i++)
        readable += collect_file(issue, &capacity, folder, names[i], remarks);
    if (count == 0)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: no TIFF, PNG or JPEG images in this folder", folder);
    if (readable == 0)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: none of its %zu images can be read: %s", folder, count,
                            issue->frames[0].problem);
    return 0;
}
