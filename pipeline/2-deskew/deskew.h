/* From a scan to an upright page: what the modules beside it find, put together. */
#ifndef DESKEW_DESKEW_H
#define DESKEW_DESKEW_H

#include <leptonica/allheaders.h>

#include "base/text.h"
#include "page/transform.h"

/* Straightens a page. *scan is taken over and becomes NULL. The result, which the caller destroys, is 8-bit
 * grey, white paper 255. Sets of transform what the scan and the image tell: sizes, dpi, orientation, skew,
 * noise, curl, bend (from the arena), to_scan. file_dpi: what the file says of its resolution, 0 for nothing.
 * What a person should know (no text found, resolution estimated) is appended to `remarks`, one remark a
 * line. */
PIX *deskew_page(PIX **scan, int file_dpi, struct bi_arena *arena, struct bi_transform *transform,
                 struct bi_text *remarks);

#endif
