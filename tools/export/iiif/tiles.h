/* Images of pages as a static level 0 service of the IIIF Image API 3.0: what a viewer may ask for lies there
 * as a file, so that any web server will do.
 *
 *   0003/info.json
 *   0003/<x>,<y>,<w>,<h>/<w>,<h>/0/default.jpg   a tile: at full size, half, a quarter, …
 *   0003/full/<w>,<h>/0/default.jpg              the whole, as small as one tile and smaller
 *   0003/full/max/0/default.jpg                  the whole, no smaller than a tile either way
 *
 * Tiles are large, IIIF_TILE_PIXELS, as each takes four folders: a broadsheet page at 300 dpi has 54 files.
 */
#ifndef EXPORT_IIIF_TILES_H
#define EXPORT_IIIF_TILES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"

#define IIIF_TILE_PIXELS 1024
/* Measured on body text of 300 dpi: lower shows around strokes, higher nowhere; a page of grey newsprint has
 * 2.9 MB. */
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

/* Reads the image of a page and writes its service into `folder`, which is made; `url` is the address that
 * the folder will have. BI_EXIT_INPUT where the image cannot be read; then there is no folder. */
int iiif_tiles_write(const char *image, const char *folder, const char *url, int quality,
                     struct iiif_levels *levels, struct bi_error *err);

#endif
