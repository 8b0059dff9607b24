#include <stdlib.h>
#include <string.h>

#include "page/pagexml_parts.h"
#include "page/xml.h"

struct order {
    char **ids;
    size_t count, capacity;
};

static void collect_order(struct bi_arena *arena, const xmlNode *group, struct order *order, int depth)
{
    /* Members come in the order of their index where they have one; equal or missing indexes keep document
     * order. */
    size_t count = 0, capacity = 0;
    struct member {
        const xmlNode *node;
        int index;
    } *members = NULL;
    for (const xmlNode *n = group->children; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        members = bi_arena_grow(arena, members, count, &capacity, sizeof *members);
        struct member member = {n, bi_xml_attribute_int(n, "index", INT32_MAX)};
        size_t at = count++;
        for (; at > 0 && members[at - 1].index > member.index; at--)
            members[at] = members[at - 1];
        members[at] = member;
    }
    for (size_t i = 0; i < count; i++) {
        char *id = bi_xml_attribute(arena, members[i].node, "regionRef");
        if (id) {
            order->ids = bi_arena_grow(arena, order->ids, order->count, &order->capacity, sizeof *order->ids);
            order->ids[order->count++] = id;
        }
        if (depth < BI_PAGEXML_MAX_NESTING)
            collect_order(arena, members[i].node, order, depth + 1);
    }
}

struct ranked {
    size_t rank, place;
    struct bi_region region;
};

static int by_rank(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

struct ranked_id {
    const char *id;
    size_t rank;
};

static int by_id(const void *a, const void *b)
{
    const struct ranked_id *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    if (order)
        return order;
    return x->rank < y->rank ? -1 : x->rank > y->rank;
}

static void sort_regions(struct bi_page *page, const struct order *order)
{
    struct ranked_id *ids = bi_arena_array(&page->arena, order->count, sizeof *ids);
    for (size_t i = 0; i < order->count; i++)
        ids[i] = (struct ranked_id){order->ids[i], i};
    qsort(ids, order->count, sizeof *ids, by_id);

    struct ranked *ranked = bi_xcalloc(page->region_count, sizeof *ranked);
    for (size_t i = 0; i < page->region_count; i++) {
        const struct bi_region *region = &page->regions[i];
        struct ranked_id key = {region->id, 0};
        size_t low = 0, high = order->count;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (by_id(&ids[middle], &key) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        bool listed = low < order->count && strcmp(ids[low].id, region->id) == 0;
        bool text = region->kind == BI_REGION_TEXT || region->kind == BI_REGION_TABLE;
        size_t rank = !text ? SIZE_MAX : listed ? ids[low].rank : SIZE_MAX - 1;
        ranked[i] = (struct ranked){rank, i, *region};
    }
    if (page->region_count)
        qsort(ranked, page->region_count, sizeof *ranked, by_rank);
    for (size_t i = 0; i < page->region_count; i++)
        page->regions[i] = ranked[i].region;
    free(ranked);
}

void bi_pagexml_order(struct bi_page *page, const xmlNode *reading_order)
{
    struct order order = {0};
    if (reading_order)
        collect_order(&page->arena, reading_order, &order, 0);
    sort_regions(page, &order);
}
