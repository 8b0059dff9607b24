/* What a request for an image asks for: IIIF Image API 3.0, level 1, sections 4.1 to 4.5. */
#ifndef SERVE_IMAGE_H
#define SERVE_IMAGE_H

#include "page/geometry.h"
#include "serve/request.h"

/* More pixels are not sent at once. */
#define SERVE_IMAGE_MAX_PIXELS 12000000L

struct serve_image_wish {
    struct bi_box region; /* within the image */
    int width, height;    /* to be scaled to: neither larger than the region's */
};

/* Parses "{region}/{size}/{rotation}/{quality}.{format}" for an image of width × height: region full, square
 * or x,y,w,h (cut at the image's edges) or pct:x,y,w,h; size max, w, or ,h or w,h or pct:n or !w,h; rotation
 * 0; quality default or gray; format jpg. 200, or the status to answer with: 400 for what makes no sense, 501
 * for what is not offered. */
int serve_image_parse(const char *text, int width, int height, struct serve_image_wish *wish);

/* Answers a request for the image of a page, whose service is known as `base`; `rest` is what follows that. A
 * handler's return value. */
int serve_image_answer(struct serve_request *request, long page, const char *base, const char *rest,
                       struct bi_error *err);

#endif
