#include "run/tasks.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"
#include "run/options.h"

#define MAX_LIST_BYTES ((size_t)1 << 30)

/* What a share does is what the one before it left, and what was found to be left at its own stage. */
static bool belongs(enum run_share share, const struct run_left_step *step)
{
    if (share == RUN_SHARE_PAGES)
        return step->page > 0;
    return share == RUN_SHARE_LOAD || step->page > 0 || step->stage == RUN_STITCH;
}

/* A new entry of the list at this step: every page, and the first step of each issue. */
static bool counts(enum run_share share, const struct run_left *left, size_t i)
{
    if (!belongs(share, &left->steps[i]))
        return false;
    return share == RUN_SHARE_PAGES || i == 0 || left->steps[i - 1].place != left->steps[i].place;
}

static void add_entry(struct bi_text *list, const struct run_left_step *step, enum run_share share,
                      const struct run_left_step *before)
{
    bool same = before && before->place == step->place && list->length > 0;
    if (same) {
        list->length--; /* the NUL after the pages so far */
        bi_text_printf(list, ",%d", step->page);
    } else {
        bi_text_add_bytes(list, step->place->folder, strlen(step->place->folder) + 1);
        if (share == RUN_SHARE_PAGES)
            bi_text_printf(list, "%d", step->page);
    }
    bi_text_add_bytes(list, "", 1);
}

static int write_list(const char *folder, enum run_share share, size_t task, struct bi_text *list,
                      struct bi_error *err)
{
    struct bi_arena arena = {0};
    char *path = bi_arena_printf(&arena, "%s/%s.%zu", folder, run_share_name(share), task);
    int result = bi_file_write(path, list->data, list->length, err);
    bi_arena_release(&arena);
    bi_text_clear(list);
    return result;
}

int run_tasks_write(const char *folder, enum run_share share, const struct run_left *left, size_t chunk,
                    size_t max_tasks, size_t *tasks, struct bi_error *err)
{
    BI_CLEANUP(bi_text_release) struct bi_text list = {0};
    const struct run_left_step *before = NULL;
    size_t total = 0, entries = 0;
    *tasks = 0;
    for (size_t i = 0; i < left->count; i++)
        total += counts(share, left, i);
    if (total > chunk * max_tasks)
        chunk = (total + max_tasks - 1) / max_tasks;
    for (size_t i = 0; i < left->count; i++) {
        if (!counts(share, left, i))
            continue;
        if (entries == chunk) {
            if (write_list(folder, share, (*tasks)++, &list, err) != 0)
                return -1;
            entries = 0;
        }
        add_entry(&list, &left->steps[i], share, before);
        before = &left->steps[i];
        entries++;
    }
    if (entries > 0 && write_list(folder, share, (*tasks)++, &list, err) != 0)
        return -1;
    return 0;
}

int run_tasks_read(struct bi_arena *arena, const char *folder, enum run_share share, long task,
                   struct run_place **places, size_t *count, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size, capacity = 0;
    const char *path = bi_arena_printf(arena, "%s/%s.%ld", folder, run_share_name(share), task);
    *places = NULL;
    *count = 0;
    if (bi_file_read(path, MAX_LIST_BYTES, false, &data, &size, err) != 0)
        return -1;
    for (const char *s = data; s < data + size;) {
        const char *pages = s + strlen(s) + 1;
        if (pages >= data + size)
            return bi_error_set(err, BI_EXIT_INTERNAL, "%s: ends in the middle of an entry", path);
        *places = bi_arena_grow(arena, *places, *count, &capacity, sizeof **places);
        struct run_place *place = &(*places)[(*count)++];
        *place = run_place_of(arena, bi_arena_strdup(arena, s), 0);
        if (*pages && run_options_pages(arena, pages, &place->pages, &place->page_count, err) != 0)
            return -1;
        for (size_t i = 0; i < place->page_count; i++)
            place->images += place->pages[i].last - place->pages[i].first + 1;
        s = pages + strlen(pages) + 1;
    }
    return 0;
}
