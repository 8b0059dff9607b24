/* /iiif/<page id>/…: page images by the IIIF Image API 3.0, level 1. */
#include "serve/image.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/program.h"
#include "page/image.h"
#include "page/json.h"
#include "serve/handlers.h"
#include "serve/layout.h"
#include "serve/raster.h"
#include "store.h"

enum { JPEG_QUALITY = 75, TILE = 512, MOST_SCALES = 8 };

/* "12.5" → 12.5, and *text moved past it; negative where there is no number. */
static double read_decimal(const char **text)
{
    double number = (double)serve_number(text), place = 0.1;
    if (number < 0 || **text != '.')
        return number;
    for (++*text; **text >= '0' && **text <= '9'; ++*text, place /= 10)
        number += place * (**text - '0');
    return number;
}

/* Four numbers with commas between them, up to a '/'. */
static bool read_four(const char **text, double four[4])
{
    for (int i = 0; i < 4; i++) {
        four[i] = read_decimal(text);
        if (four[i] < 0 || **text != (i < 3 ? ',' : '/'))
            return false;
        ++*text;
    }
    return true;
}

static bool skip(const char **text, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(*text, word, length) != 0)
        return false;
    *text += length;
    return true;
}

static bool parse_region(const char **text, int width, int height, struct bi_box *region)
{
    struct bi_box whole = {0, 0, width, height};
    double four[4];
    if (skip(text, "full/")) {
        *region = whole;
        return true;
    }
    if (skip(text, "square/")) {
        int side = width < height ? width : height;
        *region = (struct bi_box){(width - side) / 2, (height - side) / 2, side, side};
        return true;
    }
    bool percent = skip(text, "pct:");
    if (!read_four(text, four))
        return false;
    for (int i = 0; i < 4; i++)
        four[i] = fmin(percent ? four[i] / 100 * (i % 2 ? height : width) : four[i], 1e6);
    *region = bi_box_intersection(whole, (struct bi_box){(int)lround(four[0]), (int)lround(four[1]),
                                                         (int)lround(four[2]), (int)lround(four[3])});
    return !bi_box_empty(*region);
}

static int at_least_one(double pixels)
{
    return pixels < 1 ? 1 : (int)lround(pixels);
}

/* As large as may be sent. */
static void take_max(struct serve_image_wish *wish)
{
    double pixels = (double)wish->region.w * wish->region.h;
    double scale =
        pixels > (double)SERVE_IMAGE_MAX_PIXELS ? sqrt((double)SERVE_IMAGE_MAX_PIXELS / pixels) : 1;
    wish->width = at_least_one(floor(wish->region.w * scale));
    wish->height = at_least_one(floor(wish->region.h * scale));
}

static bool parse_size(const char **text, struct serve_image_wish *wish)
{
    const struct bi_box *region = &wish->region;
    if (skip(text, "max/")) {
        take_max(wish);
        return true;
    }
    if (skip(text, "pct:")) {
        double scale = read_decimal(text) / 100;
        wish->width = at_least_one(region->w * scale);
        wish->height = at_least_one(region->h * scale);
        return scale > 0 && scale <= 1 && skip(text, "/");
    }
    bool within = skip(text, "!");
    double w = (double)serve_number(text);
    if (!skip(text, ",") || w > 1e6)
        return false;
    double h = (double)serve_number(text);
    if (!skip(text, "/") || h > 1e6 || (w <= 0 && h <= 0) || w == 0 || h == 0 || (within && (w < 0 || h < 0)))
        return false;
    double scale = within  ? fmin(fmin(w / region->w, h / region->h), 1)
                   : w < 0 ? h / region->h
                           : w / region->w;
    wish->width = within || w < 0 ? at_least_one(region->w * scale) : (int)w;
    wish->height = within || h < 0 ? at_least_one(region->h * scale) : (int)h;
    return true;
}

int serve_image_parse(const char *text, int width, int height, struct serve_image_wish *wish)
{
    if (!parse_region(&text, width, height, &wish->region) || !parse_size(&text, wish))
        return 400;
    if (wish->width > wish->region.w || wish->height > wish->region.h ||
        (long)wish->width * wish->height > SERVE_IMAGE_MAX_PIXELS)
        return 400;
    if (!skip(&text, "0/"))
        return 501;
    if (!skip(&text, "default.") && !skip(&text, "gray."))
        return 501;
    return strcmp(text, "jpg") == 0 ? 200 : 501;
}

struct image {
    struct serve_raster raster;
};

static int read_image(struct serve_request *request, long page, struct image *image, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    struct bi_arena *arena = &request->arena;
    if (bi_store_prepare(request->archive->db,
                         "SELECT image_path, image_sha256, width, height FROM archive_page WHERE page_id = ?"
                         " AND image_path IS NOT NULL AND width > 0 AND height > 0",
                         &read, err) < 0 ||
        bi_store_bind(read, err, "l", (sqlite3_int64)page) < 0)
        return -1;
    int row = bi_store_step(read, err);
    if (row <= 0)
        return row;
    const char *path = archive_path(arena, request->archive, bi_store_text(read, 0));
    const char *sha256 = bi_store_text(read, 1);
    *image = (struct image){
        .raster = {.path = path,
                   .sha256 = bi_arena_strdup(arena, *sha256 ? sha256 : path),
                   .width = sqlite3_column_int(read, 2),
                   .height = sqlite3_column_int(read, 3)},
    };
    return 1;
}

static json_t *sizes_of(const struct serve_raster *raster, json_t *scales)
{
    json_t *sizes = json_array();
    for (int i = 0; i < MOST_SCALES; i++) {
        int scale = 1 << i, w = (raster->width + scale - 1) / scale, h = (raster->height + scale - 1) / scale;
        json_array_append_new(scales, json_integer(scale));
        if ((long)w * h <= SERVE_IMAGE_MAX_PIXELS)
            json_array_insert_new(sizes, 0, json_pack("{s:i,s:i}", "width", w, "height", h));
        if (w <= TILE && h <= TILE)
            break;
    }
    return sizes;
}

static int write_info(struct serve_request *request, const struct image *image, const char *base)
{
    json_t *scales = json_array(), *sizes = sizes_of(&image->raster, scales);
    BI_CLEANUP(bi_json_decrefp)
    json_t *info = json_pack(
        "{s:s,s:s,s:s,s:s,s:s,s:i,s:i,s:I,s:o,s:[{s:i,s:o}],s:[s,s,s]}", "@context",
        "http://iiif.io/api/image/3/context.json", "id", base, "type", "ImageService3", "protocol",
        "http://iiif.io/api/image", "profile", "level1", "width", image->raster.width, "height",
        image->raster.height, "maxArea", (json_int_t)SERVE_IMAGE_MAX_PIXELS, "sizes", sizes, "tiles", "width",
        TILE, "scaleFactors", scales, "extraFeatures", "regionByPct", "sizeByPct", "sizeByConfinedWh");
    json_dumpf(info, request->out, JSON_COMPACT);
    request->type = "application/ld+json;profile=\"http://iiif.io/api/image/3/context.json\"";
    request->open = true;
    return 200;
}

static int write_piece(struct serve_request *request, const struct image *image,
                       const struct serve_image_wish *wish, struct bi_error *err)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *pix = NULL;
    BI_CLEANUP(bi_freep) l_uint8 *data = NULL;
    size_t size = 0;
    struct bi_error why;
    if (serve_raster_read(&image->raster, wish->region, wish->width, wish->height, &pix, &why) < 0) {
        *err = why;
        if (why.kind != BI_EXIT_INPUT)
            return -1;
        bi_program_warn("%s", why.text);
        return serve_not_found(request);
    }
    if (pixWriteMemJpeg(&data, &size, pix, JPEG_QUALITY, 0) != 0)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: no JPEG can be made", image->raster.path);
    fwrite(data, 1, size, request->out);
    request->type = "image/jpeg";
    request->open = true;
    request->max_age = 86400;
    return 200;
}

int serve_image_answer(struct serve_request *request, long page, const char *base, const char *rest,
                       struct bi_error *err)
{
    struct image image;
    struct serve_image_wish wish;
    int row = page <= 0 || (*rest && *rest != '/') ? 0 : read_image(request, page, &image, err);
    if (row <= 0)
        return row < 0 ? -1 : serve_not_found(request);
    if (!*rest || strcmp(rest, "/") == 0) {
        request->location = bi_arena_printf(&request->arena, "%s/info.json", base);
        request->open = true;
        return 303;
    }
    if (strcmp(rest, "/info.json") == 0)
        return write_info(request, &image, base);
    int status = serve_image_parse(rest + 1, image.raster.width, image.raster.height, &wish);
    return status == 200 ? write_piece(request, &image, &wish, err) : status;
}

int serve_image(struct serve_request *request, const char *rest, struct bi_error *err)
{
    long page = serve_number(&rest);
    const char *base = bi_arena_printf(&request->arena, "%s/iiif/%ld", serve_origin(request), page);
    return serve_image_answer(request, page, base, rest, err);
}
