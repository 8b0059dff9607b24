#include "export/source.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "export/layout.h"
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

static void sort_lines(struct export_source *source)
{
    const struct bi_page *page = &source->page;
    size_t count = 0;
    for (size_t i = 0; i < page->region_count; i++)
        count += page->regions[i].line_count;
    source->lines = bi_arena_array(&source->page.arena, count + 1, sizeof *source->lines);
    source->line_count = 0;
    for (size_t i = 0; i < page->region_count; i++)
        for (size_t k = 0; k < page->regions[i].line_count; k++)
            source->lines[source->line_count++] = &page->regions[i].lines[k];
    qsort(source->lines, count, sizeof *source->lines, by_id);
}

/* Each line of the archive's page is there and says the same. */
static bool says_the_same(const struct export_source *source, const struct export_page *page)
{
    if (source->line_count != page->line_count || source->page.width != page->width ||
        source->page.height != page->height)
        return false;
    for (size_t i = 0; i < page->line_count; i++) {
        const struct bi_line *line = export_source_line(source, &page->lines[i]);
        if (!line || strcmp(line->text ? line->text : "", page->lines[i].text) != 0)
            return false;
    }
    return true;
}

void export_source_read(struct bi_arena *arena, const struct export_page *page, struct export_source *source)
{
    const char *names[] = {RUN_CORRECTED, run_stage_names(RUN_OCR)->output};
    *source = (struct export_source){0};
    const char *folder = page->image_path ? bi_path_dir(arena, page->image_path) : NULL;
    for (size_t i = 0; folder && i < sizeof names / sizeof *names; i++) {
        const char *path = bi_path_join(arena, folder, names[i]);
        if (access(path, R_OK) != 0 || bi_pagexml_read(path, &source->page, NULL) != 0)
            continue;
        sort_lines(source);
        if (says_the_same(source, page)) {
            source->path = path;
            return;
        }
        export_source_release(source);
    }
}

void export_source_release(struct export_source *source)
{
    bi_page_release(&source->page);
    *source = (struct export_source){0};
}

const struct bi_region *export_source_region(const struct export_source *source, const char *id)
{
    for (size_t i = 0; i < source->page.region_count; i++)
        if (strcmp(source->page.regions[i].id, id) == 0)
            return &source->page.regions[i];
    return NULL;
}

const struct bi_line *export_source_line(const struct export_source *source, const struct export_line *line)
{
    if (!source->line_count)
        return NULL;
    const struct bi_line *const *found =
        bsearch(line->line_id, source->lines, source->line_count, sizeof *source->lines, finds_id);
    return found ? *found : NULL;
}

double export_source_em(const struct export_source *source, const struct export_line *line)
{
    const struct bi_line *found = export_source_line(source, line);
    return found && found->em > 0 ? found->em : export_line_em(line);
}
