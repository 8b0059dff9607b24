#include "frames.h"

#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "page/image.h"
#include "spread.h"

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

static void describe_problem(struct bi_issue *issue, struct bi_frame *frame, const char *path,
                             const char *problem, struct bi_text *remarks)
{
    frame->problem = bi_arena_strdup(&issue->arena, problem);
    remark(remarks, path, problem, "");
}

/* *readable: whether there is a page in the file. -1 only for what no other file can do better. */
static int collect_file(struct bi_issue *issue, size_t *capacity, const char *folder, const char *name,
                        struct bi_text *remarks, bool *readable, struct bi_error *err)
{
    struct bi_arena *arena = &issue->arena;
    const char *path = bi_path_join(arena, folder, name);
    struct bi_image_info *images = NULL;
    size_t count = 0;
    char sha256[BI_SHA256_HEX];
    struct stat status;
    struct bi_error why = {0};
    if (bi_image_probe(arena, path, &images, &count, &why) < 0 || bi_sha256_file(path, sha256, &why) < 0) {
        if (why.kind != BI_EXIT_INPUT)
            return *err = why, -1;
        describe_problem(issue, add_frame(issue, capacity, name), path, bi_image_problem(arena, path, &why),
                         remarks);
        *readable = false;
        return 0;
    }
    size_t first = issue->frame_count;
    const struct bi_frame *same = find_same(issue, first, sha256);
    if (same)
        remark(remarks, path, "is the same file as ", same->scan);
    long size = stat(path, &status) == 0 ? (long)status.st_size : 0;
    for (size_t i = 0; i < count; i++) {
        struct bi_frame *frame = add_frame(issue, capacity, name);
        describe(frame, arena, &images[i], sha256, size);
        if (images[i].problem) {
            describe_problem(issue, frame, path, images[i].problem, remarks);
            continue;
        }
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
    *readable = true;
    return 0;
}

int frames_collect(struct bi_issue *issue, const char *folder, char *const *names, size_t count,
                   struct bi_text *remarks, struct bi_error *err)
{
    size_t capacity = 0, readable = 0;
    for (size_t i = 0; i < count; i++) {
        bool one;
        if (collect_file(issue, &capacity, folder, names[i], remarks, &one, err) < 0)
            return -1;
        readable += one;
    }
    if (count == 0)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: no images or PDF in this folder", folder);
    if (readable == 0)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: none of its %zu images can be read: %s", folder, count,
                            issue->frames[0].problem);
    return 0;
}
