/* Drawing what was found over a page image. */
#ifndef OVERLAY_DRAW_H
#define OVERLAY_DRAW_H

#include <leptonica/allheaders.h>

#include "base/error.h"
#include "page/articles.h"
#include "page/page.h"

/* The page image at `scale` (0 … 1), paled, with
 *   text regions outlined in the colour of their role and numbered in reading order, pictures, tables and
 * frames outlined, rules marked; lines outlined in the colour of their role, and without articles laid over
 * with it; with articles: lines laid over with the colour of their article, each part of an article named,
 * and jumps named by where they lead; a key to the colours of the roles below it. `image` is the upright page
 * of any depth. `articles` may be NULL; `frame` is the page's frame number in it. The caller destroys *drawn.
 */
int overlay_draw(PIX *image, const struct bi_page *page, const struct bi_articles *articles, int frame,
                 double scale, PIX **drawn, struct bi_error *err);

#endif
