#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "page/pagexml_parts.h"
#include "page/xml.h"

/* Coordinates past this are taken for garbage and bounded. */
enum { MAX_COORDINATE = 1000000 };

static int coordinate(double value)
{
    if (!isfinite(value))
        return 0;
    return (int)lround(fmin(MAX_COORDINATE, fmax(-MAX_COORDINATE, value)));
}

struct bi_polygon bi_pagexml_points(struct bi_arena *arena, const xmlNode *coords)
{
    struct bi_polygon polygon = {0};
    if (!coords)
        return polygon;
    size_t capacity = 0;
    const char *text = bi_xml_attribute(arena, coords, "points");
    if (text) {
        for (;;) {
            char *after;
            double x = strtod(text, &after);
            if (after == text || *after != ',')
                break;
            text = after + 1;
            double y = strtod(text, &after);
            if (after == text)
                break;
            text = after;
            polygon.points =
                bi_arena_grow(arena, polygon.points, polygon.count, &capacity, sizeof *polygon.points);
            polygon.points[polygon.count++] = (struct bi_point){coordinate(x), coordinate(y)};
        }
        return polygon;
    }
    for (const xmlNode *n = coords->children; n; n = n->next) {
        if (!bi_xml_named(n, "Point"))
            continue;
        polygon.points =
            bi_arena_grow(arena, polygon.points, polygon.count, &capacity, sizeof *polygon.points);
        polygon.points[polygon.count++] = (struct bi_point){coordinate(bi_xml_attribute_int(n, "x", 0)),
                                                            coordinate(bi_xml_attribute_int(n, "y", 0))};
    }
    return polygon;
}

char *bi_pagexml_custom(struct bi_arena *arena, const char *custom, const char *group, const char *key)
{
    const char *at = custom;
    size_t group_length = strlen(group), key_length = strlen(key);
    while (at && (at = strstr(at, group)) != NULL) {
        const char *open = at + group_length;
        open += strspn(open, " ");
        if (*open != '{') {
            at = open;
            continue;
        }
        const char *close = strchr(open, '}');
        for (const char *p = open + 1; close && p < close;) {
            p += strspn(p, " ;");
            if (strncmp(p, key, key_length) == 0 && p[key_length] == ':') {
                p += key_length + 1;
                return bi_arena_strndup(arena, p, strcspn(p, ";}"));
            }
            p += strcspn(p, ";}");
            if (p >= close)
                break;
        }
        at = close;
    }
    return NULL;
}

enum bi_role bi_pagexml_role(struct bi_arena *arena, const char *custom, const char *type)
{
    static const struct {
        const char *type;
        enum bi_role role;
    } standard[] = {
        {"paragraph", BI_ROLE_BODY},   {"heading", BI_ROLE_HEADLINE},   {"caption", BI_ROLE_CAPTION},
        {"header", BI_ROLE_HEADER},    {"page-number", BI_ROLE_HEADER}, {"credit", BI_ROLE_BYLINE},
        {"TOC-entry", BI_ROLE_TEASER}, {"drop-capital", BI_ROLE_BODY},  {"footer", BI_ROLE_HEADER},
    };
    const char *own = custom ? bi_pagexml_custom(arena, custom, "structure", "type") : NULL;
    if (own) {
        enum bi_role role = bi_role_from_name(own);
        if (role != BI_ROLE_OTHER || strcmp(own, "other") == 0)
            return role;
    }
    for (size_t i = 0; type && i < sizeof standard / sizeof *standard; i++)
        if (strcmp(type, standard[i].type) == 0)
            return standard[i].role;
    return BI_ROLE_OTHER;
}
