#include "frames.h"

#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "page/image.h"
#include "spread.h"

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

static void describe(struct bi_frame *frame, struct bi_arena *arena, const struct bi_image_info *image,
                     const char *sha256, long size)
{
    frame->sha256 = bi_arena_strdup(arena, sha256);
    frame->size = size;
    frame->index = image->index;
    frame->format = bi_arena_strdup(arena, image->format);
    frame->width = image->width;
    frame->height = image->height;
    frame->bits = image->bits;
    frame->dpi = image->dpi;
}

/* Two pages on one image? What cannot be decoded is one frame: the next stage says what is wrong with it. */
static bool find_spread(const char *path, const struct bi_image_info *image, struct spread_cut *cut)
{
    PIX *pix = NULL;
    return spread_possible(image->width, image->height) &&
           bi_image_read(path, image->index, &pix, NULL) == 0 && spread_find(&pix, cut);
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
        describe(frame, arena, &images[i], sha256, size);
        struct spread_cut cut;
        if (!find_spread(path, &images[i], &cut))
            continue;
        int right = images[i].width - 1, bottom = images[i].height - 1;
        frame->crop = bi_arena_printf(arena, "0,0 %d,0 %d,%d 0,%d", cut.top, cut.bottom, bottom, bottom);
        frame = add_frame(issue, capacity, name);
        describe(frame, arena, &images[i], sha256, size);
        frame->crop = bi_arena_printf(arena, "%d,0 %d,0 %d,%d %d,%d", cut.top + 1, right, right, bottom,
                                      cut.bottom + 1, bottom);
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
