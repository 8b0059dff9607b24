#include "export/source.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "page/pagexml.h"
#include "run/stage.h"

static int by_id(const void *a, const void *b)
{
    return strcmp((*(const struct bi_line *const *)a)->id, (*(const struct bi_line *const *)b)->id);
}

static int finds_id(const void *id, const void *line)
{
    return strcmp(id, (*(const struct bi_line *const *)line)->id);
}

/* Each line of the archive's page is there and says the same. */
static bool says_the_same(struct bi_page *source, const struct export_page *page)
{
    size_t count = 0, n = 0;
    for (size_t i = 0; i < source->region_count; i++)
        count += source->regions[i].line_count;
    if (count != page->line_count || source->width != page->width || source->height != page->height)
        return false;
    const struct bi_line **lines = bi_arena_array(&source->arena, count + 1, sizeof *lines);
    for (size_t i = 0; i < source->region_count; i++)
        for (size_t k = 0; k < source->regions[i].line_count; k++)
            lines[n++] = &source->regions[i].lines[k];
    qsort(lines, count, sizeof *lines, by_id);
    for (size_t i = 0; i < count; i++) {
        const struct bi_line *const *line =
            bsearch(page->lines[i].line_id, lines, count, sizeof *lines, finds_id);
        if (!line || strcmp((*line)->text ? (*line)->text : "", page->lines[i].text) != 0)
            return false;
    }
    return true;
}

bool export_source_read(struct bi_arena *arena, const struct export_page *page, struct bi_page *source,
                        const char **path)
{
    const char *names[] = {RUN_CORRECTED, run_stage_names(RUN_OCR)->output};
    bi_page_init(source);
    if (!page->image_path)
        return false;
    const char *folder = bi_path_dir(arena, page->image_path);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        *path = bi_path_join(arena, folder, names[i]);
        if (access(*path, R_OK) != 0 || bi_pagexml_read(*path, source, NULL) != 0)
            continue;
        if (says_the_same(source, page))
            return true;
        bi_page_release(source);
    }
    return false;
}

const struct bi_region *export_source_region(const struct bi_page *source, const char *id)
{
    for (size_t i = 0; i < source->region_count; i++)
        if (strcmp(source->regions[i].id, id) == 0)
            return &source->regions[i];
    return NULL;
}
