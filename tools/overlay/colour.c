#include "overlay/colour.h"

#include <math.h>

#define RGB(r, g, b) ((uint32_t)(r) << 24 | (uint32_t)(g) << 16 | (uint32_t)(b) << 8)

uint32_t overlay_role_colour(enum bi_role role)
{
    static const uint32_t colours[] = {
        [BI_ROLE_OTHER] = RGB(90, 90, 90),      [BI_ROLE_HEADLINE] = RGB(215, 25, 28),
        [BI_ROLE_KICKER] = RGB(245, 120, 0),    [BI_ROLE_SUBHEAD] = RGB(190, 110, 60),
        [BI_ROLE_CROSSHEAD] = RGB(200, 150, 0), [BI_ROLE_BYLINE] = RGB(120, 40, 180),
        [BI_ROLE_BODY] = RGB(30, 100, 220),     [BI_ROLE_CAPTION] = RGB(0, 150, 150),
        [BI_ROLE_JUMP] = RGB(230, 0, 180),      [BI_ROLE_TEASER] = RGB(255, 110, 170),
        [BI_ROLE_MASTHEAD] = RGB(130, 0, 30),   [BI_ROLE_HEADER] = RGB(110, 120, 150),
        [BI_ROLE_AD] = RGB(120, 130, 0),
    };
    return colours[role];
}

uint32_t overlay_kind_colour(enum bi_region_kind kind)
{
    switch (kind) {
    case BI_REGION_IMAGE:
        return RGB(0, 150, 40);
    case BI_REGION_TABLE:
        return RGB(0, 110, 110);
    case BI_REGION_FRAME:
        return RGB(150, 60, 200);
    default:
        return RGB(150, 90, 30);
    }
}

uint32_t overlay_article_colour(int article)
{
    /* Steps of the golden ratio round the circle of hues never come close to an earlier one soon. */
    double hue = fmod(article * 0.61803398875, 1) * 6;
    double x = 1 - fabs(fmod(hue, 2) - 1);
    double r = hue < 1 || hue >= 5 ? 1 : hue < 2 || hue >= 4 ? x : 0;
    double g = hue < 1 ? x : hue < 3 ? 1 : hue < 4 ? x : 0;
    double b = hue < 2 ? 0 : hue < 3 ? x : hue < 5 ? 1 : x;
    double light = article % 2 ? 0.95 : 0.8;
    return RGB(255 * light * r, 255 * light * g, 255 * light * b);
}
