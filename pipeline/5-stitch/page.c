/* From PAGE-XML to lines: boxes, sizes, and the page's own measures. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stitch.h"

/* A Latin letter or digit takes about half the width of a Han character. */
#define NARROW_WIDTH 0.5
#define MIN_MEASURED_RUNES 5
/* Height of a line's outline over the size of its characters, where only the outline is known. */
#define OUTLINE_TO_EM 1.1
/* Sizes are counted in steps of this many pixels. */
#define EM_STEP 2.0
#define EM_STEPS 400

struct bi_box st_flow_box(const struct st_page *page, struct bi_box box, bool vertical)
{
    if (!vertical)
        return box;
    return (struct bi_box){box.y, page->width - box.x - box.w, box.h, box.w};
}

int st_page_frame_of(const struct st_page *page, struct bi_box box)
{
    int best = -1;
    for (size_t i = 0; i < page->frame_count; i++)
        if (bi_box_inside(box, page->frames[i], 0.9) &&
            (best < 0 || bi_box_area(page->frames[i]) < bi_box_area(page->frames[best])))
            best = (int)i;
    return best;
}

static double estimate_em(const struct st_line *line)
{
    double units = 0;
    for (const char *s = line->text; *s;) {
        uint32_t rune = bi_rune_next(&s);
        units += bi_rune_is_cjk(rune) ? 1.0 : NARROW_WIDTH;
    }
    double across = (double)line->flow.h / OUTLINE_TO_EM;
    double along = units > 0 ? (double)line->flow.w / units : across;
    /* Spaced-out headlines are wider than their characters, descenders make outlines higher. */
    return along < across ? along : across;
}

/* A stroke of dirt makes a line look higher than its type; in a line of Chinese, no character is larger than
 * its share of the line. */
static double check_em(const struct st_line *line)
{
    size_t wide = 0;
    double units = 0;
    for (const char *s = line->text; *s;) {
        uint32_t rune = bi_rune_next(&s);
        wide += bi_rune_is_cjk(rune);
        units += bi_rune_is_cjk(rune) ? 1.0 : NARROW_WIDTH;
    }
    if (line->length < MIN_MEASURED_RUNES || 10 * wide < 7 * line->length)
        return line->em;
    double share = (double)line->flow.w / units;
    return share < line->em ? share : line->em;
}

static void measure_page(struct st_page *page)
{
    double weight[EM_STEPS] = {0};
    for (size_t i = 0; i < page->line_count; i++) {
        size_t step = (size_t)(page->lines[i].em / EM_STEP);
        if (step < EM_STEPS)
            weight[step] += (double)page->lines[i].length;
    }
    /* The mode, with its neighbours, so that a size on the border of two steps counts whole. */
    size_t best = 0;
    double most = 0;
    for (size_t i = 1; i + 1 < EM_STEPS; i++) {
        double sum = weight[i - 1] + 2 * weight[i] + weight[i + 1];
        if (sum > most) {
            most = sum;
            best = i;
        }
    }
    page->em = best ? ((double)best + 0.5) * EM_STEP : page->width / 100.0;
    /* Distance between successive lines of a region. */
    double sum = 0;
    size_t count = 0;
    for (size_t i = 1; i < page->line_count; i++) {
        const struct st_line *a = &page->lines[i - 1], *b = &page->lines[i];
        double step = (double)(b->flow.y + b->flow.h / 2) - (double)(a->flow.y + a->flow.h / 2);
        if (a->region == b->region && a->vertical == b->vertical && step > 0.8 * page->em &&
            step < 2.5 * page->em && a->em < 1.3 * page->em && b->em < 1.3 * page->em) {
            sum += step;
            count++;
        }
    }
    page->pitch = count ? sum / (double)count : 1.5 * page->em;
}

/* The rule between two columns is read as a stroke at the ends of lines. */
static char *without_rules(struct bi_arena *arena, const char *text)
{
    struct st_runes runes = st_runes_of(arena, text);
    size_t first = 0, last = runes.count;
    while (first < last && (runes.data[first] == '|' || bi_rune_is_space(runes.data[first])))
        first++;
    while (last > first && (runes.data[last - 1] == '|' || bi_rune_is_space(runes.data[last - 1])))
        last--;
    return st_trim(arena, st_runes_text(arena, runes.data + first, last - first));
}

static void load_line(struct bi_arena *arena, struct st_page *page, const struct bi_region *region,
                      const struct bi_line *source)
{
    char *text = without_rules(arena, source->text ? source->text : "");
    struct bi_box box = bi_polygon_box(&source->outline);
    if (!*text || bi_box_empty(box))
        return;
    struct st_line *line = &page->lines[page->line_count];
    *line = (struct st_line){
        .source = source,
        .region = region,
        .box = box,
        .em = source->em,
        .vertical = source->vertical,
        .role = source->role != BI_ROLE_OTHER ? source->role : region->role,
        .text = text,
        .length = bi_rune_count(text),
        .cap_of = -1,
        .teaser = -1,
        .block = -1,
        .head = -1,
        .part = -1,
    };
    line->flow = st_flow_box(page, box, line->vertical);
    if (line->em <= 0)
        line->em = estimate_em(line);
    else
        line->em = check_em(line);
    page->line_count++;
}

void st_page_load(struct bi_arena *arena, const struct bi_page *source, int frame, struct st_page *page)
{
    *page =
        (struct st_page){.source = source, .frame = frame, .width = source->width, .height = source->height};
    size_t lines = 0, regions = source->region_count;
    for (size_t i = 0; i < regions; i++)
        lines += source->regions[i].line_count;
    page->lines = bi_arena_array(arena, 2 * lines + 1, sizeof *page->lines);
    page->images = bi_arena_array(arena, regions + 1, sizeof *page->images);
    page->image_regions = bi_arena_array(arena, regions + 1, sizeof(struct bi_region *));
    page->frames = bi_arena_array(arena, regions + 1, sizeof *page->frames);
    page->rules = bi_arena_array(arena, regions + 1, sizeof *page->rules);
    for (size_t i = 0; i < regions; i++) {
        const struct bi_region *region = &source->regions[i];
        struct bi_box box = bi_polygon_box(&region->outline);
        if (region->kind == BI_REGION_FRAME && !bi_box_empty(box))
            page->frames[page->frame_count++] = box;
        if (region->kind == BI_REGION_SEPARATOR && !bi_box_empty(box))
            page->rules[page->rule_count++] = box;
        if (region->kind == BI_REGION_IMAGE && !bi_box_empty(box)) {
            page->image_regions[page->image_count] = region;
            page->images[page->image_count++] = box;
        }
        for (size_t j = 0; j < region->line_count; j++)
            load_line(arena, page, region, &region->lines[j]);
    }
    measure_page(page);
    st_gutters_cut(arena, page);
    for (size_t i = 0; i < page->line_count; i++)
        page->lines[i].frame = st_page_frame_of(page, page->lines[i].box);
    st_dropcaps_join(arena, page);
}

bool st_is_front(const struct st_page *page)
{
    for (size_t i = 0; i < page->line_count; i++)
        if (page->lines[i].role == BI_ROLE_MASTHEAD)
            return true;
    return false;
}
