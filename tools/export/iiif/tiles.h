/* Images of pages as a static level 0 service of the IIIF Image API 3.0: what a viewer may ask for lies there
 * as a file, so that any web server will do.
 *
 *   0003/info.json
 *   0003/<x>,<y>,<w>,<h>/<w>,<h>/0/default.jpg   a tile: at full size, half, a quarter, …
 *   0003/full/<w>,<h>/0/default.jpg              the whole, as small as one tile and smaller
 *   0003/full/max/0/default.jpg                  the whole, no smaller than a tile either way
 *
 * Tiles are large, IIIF_TILE_PIXELS, as each takes four folders: a tabloid page at 300 dpi has 55 files.
 */
#ifndef EXPORT_IIIF_TILES_H
#define EXPORT_IIIF_TILES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"

#define IIIF_TILE_PIXELS 1024
/* At three times its size, body text of 300 dpi can hardly be told from that of quality 90, which takes
 * nearly twice the bytes; a page of a tabloid has 3.5 MB. */
#define IIIF_QUALITY 60

struct iiif_size {
    int width, height;
};

/* Sides are halved until none is longer than this. */
#define IIIF_SMALLEST_PIXELS 512
#define IIIF_MAX_LEVELS 24

/* What there is of an image; level n is 2^n times smaller, its sides rounded up. */
struct iiif_levels {
    struct iiif_size sizes[IIIF_MAX_LEVELS];
    int count;
    int whole; /* the first level that is one tile; those from here on are there whole */
    int most;  /* that which "max" gives: the last whose sides are at least a tile's, or all of the image's */
};

/* The levels of an image of this size. */
struct iiif_levels iiif_levels_of(int width, int height);

/* A tile on the image in full, and the size that it has. */
struct iiif_tile {
    int x, y, w, h;
    struct iiif_size size;
};

/* The tiles of a level, row after row, from the arena. */
struct iiif_tile *iiif_level_tiles(struct bi_arena *arena, const struct iiif_levels *levels, int level,
                                   size_t *count);

struct iiif_service {
    const char *folder, *url; /* where it is written, and the address that this will have */
    int quality;              /* of JPEG; 0: IIIF_QUALITY */
    double scale;             /* to which the image is reduced first; 1 and more: not */
};

/* Reads the image of a page and writes its service into the folder, which is made. BI_EXIT_INPUT where the
 * image cannot be read; then there is no folder. */
int iiif_tiles_write(const char *image, const struct iiif_service *service, struct iiif_levels *levels,
                     struct bi_error *err);

#endif
