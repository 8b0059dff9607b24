/* From a scan to an upright page: what the modules beside it find, put together. */
#ifndef DESKEW_DESKEW_H
#define DESKEW_DESKEW_H

#include <leptonica/allheaders.h>
#include <math.h>
#include <stdbool.h>

#include "base/text.h"
#include "page/transform.h"

/* What a person knows of a page better than it can be told from its image. */
struct deskew_wishes {
    int rotate;     /* clockwise turn that sets it upright: 0, 90, 180, 270; -1: to be found */
    double skew;    /* degrees, as in struct skew, after that turn; NAN: to be found */
    int dpi;        /* of the scan; 0: what the file says, if it can be believed */
    bool keep_bend; /* lines that bend are left so */
};
#define DESKEW_NO_WISHES ((struct deskew_wishes){.rotate = -1, .skew = NAN})

/* Straightens a page. *scan is taken over and becomes NULL. The result, which the caller destroys, is 8-bit
 * grey, white paper 255. Sets of transform what the scan and the image tell: sizes, dpi, orientation, skew,
 * noise, curl, bend (from the arena), to_scan. file_dpi: what the file says of its resolution, 0 for nothing.
 * What a person should know (no text found, resolution estimated) is appended to `remarks`, one remark a
 * line. */
PIX *deskew_page(PIX **scan, int file_dpi, const struct deskew_wishes *wishes, struct bi_arena *arena,
                 struct bi_transform *transform, struct bi_text *remarks);

#endif
