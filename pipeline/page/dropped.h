/* Page images that were dropped to save room and can be made again: <image>.sha256 stands for one, in the
 * form of sha256sum(1). */
#ifndef PAGE_DROPPED_H
#define PAGE_DROPPED_H

#include "base/file.h"

/* SHA-256 of a page image that is not there but has a stand-in; -1 if it is there, or has none. */
int bi_dropped_read(const char *image, char sha256[BI_SHA256_HEX]);
/* Puts the stand-in in the place of an image of that SHA-256: it is whole before the image goes. */
int bi_dropped_replace(const char *image, const char *sha256, struct bi_error *err);
/* Removes the stand-in of an image that has been made again, if there is one. */
void bi_dropped_forget(const char *image);

#endif
