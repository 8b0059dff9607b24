#include "export/iiif/tiles.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "export/format.h"
#include "export/iiif/jpeg.h"
#include "page/image.h"
#include "page/json.h"

struct writer {
    const struct iiif_service *service;
    struct iiif_levels levels;
};

static bool is_one_tile(struct iiif_size size)
{
    return size.width <= IIIF_TILE_PIXELS && size.height <= IIIF_TILE_PIXELS;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

struct iiif_levels iiif_levels_of(int width, int height)
{
    struct iiif_levels levels = {.whole = -1};
    for (struct iiif_size size = {width, height}; levels.count < IIIF_MAX_LEVELS;
         size = (struct iiif_size){(size.width + 1) / 2, (size.height + 1) / 2}) {
        int level = levels.count++;
        levels.sizes[level] = size;
        if (levels.whole < 0 && is_one_tile(size))
            levels.whole = level;
        if (size.width >= least(width, IIIF_TILE_PIXELS) && size.height >= least(height, IIIF_TILE_PIXELS))
            levels.most = level;
        if (levels.whole >= 0 && size.width <= IIIF_SMALLEST_PIXELS && size.height <= IIIF_SMALLEST_PIXELS)
            break;
    }
    return levels;
}

struct iiif_tile *iiif_level_tiles(struct bi_arena *arena, const struct iiif_levels *levels, int level,
                                   size_t *count)
{
    struct iiif_size full = levels->sizes[0], size = levels->sizes[level];
    int side = IIIF_TILE_PIXELS << level;
    int across = (size.width + IIIF_TILE_PIXELS - 1) / IIIF_TILE_PIXELS,
        down = (size.height + IIIF_TILE_PIXELS - 1) / IIIF_TILE_PIXELS;
    struct iiif_tile *tiles = bi_arena_array(arena, (size_t)across * (size_t)down, sizeof *tiles);
    *count = 0;
    for (int row = 0; row < down; row++)
        for (int column = 0; column < across; column++)
            tiles[(*count)++] = (struct iiif_tile){
                column * side,
                row * side,
                least(side, full.width - column * side),
                least(side, full.height - row * side),
                {least(IIIF_TILE_PIXELS, size.width - column * IIIF_TILE_PIXELS),
                 least(IIIF_TILE_PIXELS, size.height - row * IIIF_TILE_PIXELS)},
            };
    return tiles;
}

/* The mean of each two by two pixels; the last column and row stand for those that are missing. The caller
 * frees the pixels. */
static unsigned char *halve(const struct iiif_rows *rows, struct iiif_size size)
{
    unsigned char *half = bi_xcalloc((size_t)size.width, (size_t)size.height);
    for (int y = 0; y < size.height; y++) {
        const unsigned char *upper = rows->pixels + (size_t)(2 * y) * rows->stride,
                            *lower = 2 * y + 1 < rows->height ? upper + rows->stride : upper;
        unsigned char *to = half + (size_t)y * (size_t)size.width;
        int pairs = rows->width / 2;
        for (int x = 0; x < pairs; x++)
            to[x] =
                (unsigned char)((upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) / 4);
        if (pairs < size.width)
            to[pairs] = (unsigned char)((upper[2 * pairs] + lower[2 * pairs] + 1) / 2);
    }
    return half;
}

static int write_picture(const struct writer *writer, const char *request, const struct iiif_rows *rows,
                         struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    const char *folder = bi_arena_printf(&arena, "%s/%s/0", writer->service->folder, request);
    if (bi_path_make(folder, err) < 0)
        return -1;
    return iiif_jpeg_write(bi_path_join(&arena, folder, "default.jpg"), rows,
                           writer->service->quality ? writer->service->quality : IIIF_QUALITY, err);
}

static int write_tiles(const struct writer *writer, int level, const struct iiif_rows *rows,
                       struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    size_t count;
    const struct iiif_tile *tiles = iiif_level_tiles(&arena, &writer->levels, level, &count);
    for (size_t i = 0; i < count; i++) {
        const struct iiif_tile *tile = &tiles[i];
        const struct iiif_rows part = {rows->pixels + (size_t)(tile->y >> level) * rows->stride +
                                           (tile->x >> level),
                                       tile->size.width, tile->size.height, rows->stride};
        if (write_picture(writer,
                          bi_arena_printf(&arena, "%d,%d,%d,%d/%d,%d", tile->x, tile->y, tile->w, tile->h,
                                          tile->size.width, tile->size.height),
                          &part, err) < 0)
            return -1;
    }
    return 0;
}

static int write_level(const struct writer *writer, int level, const struct iiif_rows *rows,
                       struct bi_error *err)
{
    const struct iiif_levels *levels = &writer->levels;
    if (level == levels->most && write_picture(writer, "full/max", rows, err) < 0)
        return -1;
    if (level < levels->whole)
        return write_tiles(writer, level, rows, err);
    if (level == 0) /* "max" is its name */
        return 0;
    char request[48];
    (void)snprintf(request, sizeof request, "full/%d,%d", rows->width, rows->height);
    return write_picture(writer, request, rows, err);
}

static int write_levels(const struct writer *writer, const struct iiif_rows *full, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) unsigned char *held = NULL;
    struct iiif_rows rows = *full;
    for (int level = 0; level < writer->levels.count; level++) {
        if (level > 0) {
            struct iiif_size size = writer->levels.sizes[level];
            unsigned char *half = halve(&rows, size);
            free(held);
            held = half;
            rows = (struct iiif_rows){half, size.width, size.height, (size_t)size.width};
        }
        if (write_level(writer, level, &rows, err) < 0)
            return -1;
    }
    return 0;
}

static int write_info(const struct writer *writer, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    const struct iiif_levels *levels = &writer->levels;
    json_t *factors = json_array(), *sizes = json_array();
    /* All levels: OpenSeadragon 5 takes `sizes` for the levels where there are as many of them. */
    for (int level = 0; level < levels->count; level++)
        json_array_append_new(factors, json_integer(1 << level));
    for (int level = levels->count - 1; level >= levels->whole && level > 0; level--)
        json_array_append_new(sizes, json_pack("{s:i,s:i}", "width", levels->sizes[level].width, "height",
                                               levels->sizes[level].height));
    BI_CLEANUP(bi_json_decrefp)
    json_t *info =
        json_pack("{s:s,s:o,s:s,s:s,s:s,s:i,s:i,s:i,s:i,s:o,s:[{s:i,s:o}]}", "@context",
                  "http://iiif.io/api/image/3/context.json", "id", bi_json_text(writer->service->url), "type",
                  "ImageService3", "protocol", "http://iiif.io/api/image", "profile", "level0", "width",
                  levels->sizes[0].width, "height", levels->sizes[0].height, "maxWidth",
                  levels->sizes[levels->most].width, "maxHeight", levels->sizes[levels->most].height, "sizes",
                  sizes, "tiles", "width", IIIF_TILE_PIXELS, "scaleFactors", factors);
    BI_CLEANUP(bi_freep) char *text = json_dumps(info, JSON_INDENT(1));
    return export_write(bi_path_join(&arena, writer->service->folder, "info.json"), text, strlen(text), err);
}

static PIX *reduce(PIX *pix, double scale)
{
    int width = (int)lround(pixGetWidth(pix) * scale), height = (int)lround(pixGetHeight(pix) * scale);
    return pixScaleAreaMapToSize(pix, width > 0 ? width : 1, height > 0 ? height : 1);
}

/* Grey, a byte a pixel in the order of memory. */
static int read_grey(const char *image, double scale, PIX **pix, struct bi_error *err)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *tones = NULL;
    if (bi_image_read_tones(image, 0, &tones, err) < 0)
        return -1;
    BI_CLEANUP(bi_pix_destroyp)
    PIX *grey = pixGetDepth(tones) == 8 ? pixClone(tones) : pixConvert1To8(NULL, tones, UINT8_MAX, 0);
    PIX *made = grey && scale < 1 ? reduce(grey, scale) : pixClone(grey);
    if (!made)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: cannot be made grey", image);
    pixEndianByteSwap(made);
    *pix = made;
    return 0;
}

int iiif_tiles_write(const char *image, const struct iiif_service *service, struct iiif_levels *levels,
                     struct bi_error *err)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *pix = NULL;
    if (read_grey(image, service->scale, &pix, err) < 0)
        return -1;
    struct writer writer = {service, iiif_levels_of(pixGetWidth(pix), pixGetHeight(pix))};
    struct iiif_rows rows = {(const unsigned char *)pixGetData(pix), pixGetWidth(pix), pixGetHeight(pix),
                             (size_t)pixGetWpl(pix) * 4};
    if (bi_path_make(service->folder, err) < 0 || write_levels(&writer, &rows, err) < 0 ||
        write_info(&writer, err) < 0)
        return -1;
    *levels = writer.levels;
    return 0;
}
