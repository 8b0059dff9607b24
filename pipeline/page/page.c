#include "page/page.h"

#include <string.h>

static const char *const role_names[] = {
    [BI_ROLE_OTHER] = "other",     [BI_ROLE_HEADLINE] = "headline",   [BI_ROLE_KICKER] = "kicker",
    [BI_ROLE_SUBHEAD] = "subhead", [BI_ROLE_CROSSHEAD] = "crosshead", [BI_ROLE_BYLINE] = "byline",
    [BI_ROLE_BODY] = "body",       [BI_ROLE_CAPTION] = "caption",     [BI_ROLE_JUMP] = "jump",
    [BI_ROLE_TEASER] = "teaser",   [BI_ROLE_MASTHEAD] = "masthead",   [BI_ROLE_HEADER] = "header",
    [BI_ROLE_AD] = "ad",
};

void bi_page_init(struct bi_page *page)
{
    memset(page, 0, sizeof *page);
}

void bi_page_release(struct bi_page *page)
{
    bi_arena_release(&page->arena);
    memset(page, 0, sizeof *page);
}

struct bi_region *bi_page_add_region(struct bi_page *page, enum bi_region_kind kind)
{
    page->regions = bi_arena_grow(&page->arena, page->regions, page->region_count, &page->region_capacity,
                                  sizeof *page->regions);
    struct bi_region *region = &page->regions[page->region_count++];
    *region = (struct bi_region){
        .id = bi_arena_printf(&page->arena, "r%zu", page->region_count),
        .kind = kind,
    };
    return region;
}

void bi_page_add_step(struct bi_page *page, const char *stage, const char *parameters, const char *models)
{
    page->steps =
        bi_arena_grow(&page->arena, page->steps, page->step_count, &page->step_capacity, sizeof *page->steps);
    page->steps[page->step_count++] = (struct bi_step){
        .stage = bi_arena_strdup(&page->arena, stage),
        .version = bi_arena_strdup(&page->arena, BI_VERSION),
        .parameters = bi_arena_strdup(&page->arena, parameters ? parameters : ""),
        .models = bi_arena_strdup(&page->arena, models ? models : ""),
    };
}

void bi_polygon_from_box(struct bi_arena *arena, struct bi_polygon *polygon, struct bi_box box)
{
    int right = box.x + (box.w > 0 ? box.w - 1 : 0), bottom = box.y + (box.h > 0 ? box.h - 1 : 0);
    polygon->points = bi_arena_array(arena, 4, sizeof *polygon->points);
    polygon->count = 4;
    polygon->points[0] = (struct bi_point){box.x, box.y};
    polygon->points[1] = (struct bi_point){right, box.y};
    polygon->points[2] = (struct bi_point){right, bottom};
    polygon->points[3] = (struct bi_point){box.x, bottom};
}

const char *bi_role_name(enum bi_role role)
{
    return role_names[role];
}

enum bi_role bi_role_from_name(const char *name)
{
    for (size_t i = 0; i < sizeof role_names / sizeof *role_names; i++)
        if (strcmp(role_names[i], name) == 0)
            return (enum bi_role)i;
    return BI_ROLE_OTHER;
}

const char *bi_region_kind_name(enum bi_region_kind kind)
{
    switch (kind) {
    case BI_REGION_TEXT:
        return "text";
    case BI_REGION_IMAGE:
        return "image";
    case BI_REGION_SEPARATOR:
        return "separator";
    case BI_REGION_FRAME:
        return "frame";
    case BI_REGION_TABLE:
        return "table";
    }
    return "text";
}
