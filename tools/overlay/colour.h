/* The colours of an overlay, as Leptonica's 0xrrggbb00 pixels. */
#ifndef OVERLAY_COLOUR_H
#define OVERLAY_COLOUR_H

#include <stdint.h>

#include "page/page.h"

uint32_t overlay_role_colour(enum bi_role role);
uint32_t overlay_kind_colour(enum bi_region_kind kind); /* of a region that is not text */
/* Colours of neighbouring numbers are far apart. */
uint32_t overlay_article_colour(int article);

#endif
