/* Images as a static service: what a viewer asks for is there, and gives the page back. */
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/tree.h"
#include "export/iiif/document.h"
#include "export/iiif/tiles.h"
#include "page/image.h"
#include "page/json.h"
#include "unit.h"

static const struct iiif_size SIZES[] = {{1, 1},        {1, 5000},    {512, 512},   {1024, 1024},
                                         {1025, 1024},  {2048, 2047}, {4611, 6441}, {1000, 8000},
                                         {60000, 3333}, {2049, 1}};

/* Tiles of every level cover the image once, and have the sizes that a viewer works out. */
static void tiles_cover_the_image(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        struct iiif_size full = SIZES[i];
        struct iiif_levels levels = iiif_levels_of(full.width, full.height);
        for (int level = 0; level < levels.count; level++) {
            BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
            struct iiif_size size = levels.sizes[level];
            int factor = 1 << level;
            assert_int_equal(size.width, (full.width + factor - 1) / factor);
            assert_int_equal(size.height, (full.height + factor - 1) / factor);
            size_t count;
            const struct iiif_tile *tiles = iiif_level_tiles(&arena, &levels, level, &count);
            assert_int_equal(count == 1, level >= levels.whole);
            long area = 0;
            for (size_t k = 0; k < count; k++) {
                area += (long)tiles[k].w * tiles[k].h;
                assert_int_equal(tiles[k].x % (IIIF_TILE_PIXELS * factor), 0);
                assert_int_equal(tiles[k].size.width, (tiles[k].w + factor - 1) / factor);
                assert_int_equal(tiles[k].size.height, (tiles[k].h + factor - 1) / factor);
                assert_true(tiles[k].size.width <= IIIF_TILE_PIXELS && tiles[k].w > 0 && tiles[k].h > 0);
            }
            assert_int_equal(area, (long)full.width * full.height);
        }
    }
}

/* What "max" gives may not be smaller than a tile: info.json calls it the most that can be asked for. */
static void no_tile_is_larger_than_the_most(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        struct iiif_levels levels = iiif_levels_of(SIZES[i].width, SIZES[i].height);
        struct iiif_size most = levels.sizes[levels.most], smallest = levels.sizes[levels.count - 1];
        assert_true(most.width >= IIIF_TILE_PIXELS || most.width == SIZES[i].width);
        assert_true(most.height >= IIIF_TILE_PIXELS || most.height == SIZES[i].height);
        assert_true(smallest.width <= IIIF_SMALLEST_PIXELS && smallest.height <= IIIF_SMALLEST_PIXELS);
    }
}

#define WIDTH 2500
#define HEIGHT 1301

/* Strokes of all directions over a shade. */
static PIX *drawing(void)
{
    PIX *pix = pixCreate(WIDTH, HEIGHT, 8);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            pixSetPixel(
                pix, x, y,
                (uint32_t)((x + 2 * y) % 97 < 12 || (x - y + HEIGHT) % 211 < 9 ? 20 : 180 + x * 70 / WIDTH));
    return pix;
}

/* Each pixel the mean of a square of pixels. */
static PIX *reduce(PIX *page, int factor)
{
    int width = (WIDTH + factor - 1) / factor, height = (HEIGHT + factor - 1) / factor;
    PIX *pix = pixCreate(width, height, 8);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            BOX *square = boxCreate(x * factor, y * factor, factor, factor);
            float mean;
            pixAverageInRect(page, NULL, square, 0, 255, 1, &mean);
            pixSetPixel(pix, x, y, (uint32_t)(mean + 0.5F));
            boxDestroy(&square);
        }
    return pix;
}

/* Mean difference of two grey images of the same size. */
static double difference(PIX *a, PIX *b)
{
    assert_int_equal(pixGetWidth(a), pixGetWidth(b));
    assert_int_equal(pixGetHeight(a), pixGetHeight(b));
    BI_CLEANUP(bi_pix_destroyp) PIX *apart = pixAbsDifference(a, b);
    float mean;
    assert_int_equal(pixAverageInRect(apart, NULL, NULL, 0, 255, 1, &mean), 0);
    return (double)mean;
}

/* The picture at an address, read as a file. */
static PIX *fetch(const char *folder, const char *region, int width, int height)
{
    char path[256];
    if (width)
        (void)snprintf(path, sizeof path, "%s/%s/%d,%d/0/default.jpg", folder, region, width, height);
    else
        (void)snprintf(path, sizeof path, "%s/%s/max/0/default.jpg", folder, region);
    PIX *pix = NULL;
    struct bi_error err;
    if (bi_image_read_grey(path, &pix, &err) < 0)
        fail_msg("%s", err.text);
    return pix;
}

/* What info.json names, put together as a viewer does, is the page at each scale. */
static void the_tiles_give_the_page_back(void **state)
{
    (void)state;
    char folder[] = "/tmp/test-iiif-XXXXXX";
    assert_non_null(mkdtemp(folder));
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(bi_pix_destroyp) PIX *page = drawing();
    struct bi_error err;
    const char *image = bi_path_join(&arena, folder, "page.tif"),
               *service = bi_path_join(&arena, folder, "0001");
    assert_int_equal(bi_image_write_tiff(image, page, &err), 0);
    struct iiif_levels levels;
    assert_int_equal(
        iiif_tiles_write(image, &(struct iiif_service){service, "http://x/0001", 98, 1}, &levels, &err), 0);
    BI_CLEANUP(bi_json_decrefp)
    json_t *info = json_load_file(bi_path_join(&arena, service, "info.json"), 0, NULL);
    assert_non_null(info);
    assert_string_equal(json_string_value(json_object_get(info, "id")), "http://x/0001");
    const json_t *tiling = json_array_get(json_object_get(info, "tiles"), 0);
    int side = bi_json_int(tiling, "width", 0), width = bi_json_int(info, "width", 0),
        height = bi_json_int(info, "height", 0);
    size_t i;
    const json_t *factor_json;
    json_array_foreach(json_object_get(tiling, "scaleFactors"), i, factor_json)
    {
        int factor = (int)json_integer_value(factor_json), step = side * factor;
        int across = (width + factor - 1) / factor, down = (height + factor - 1) / factor;
        BI_CLEANUP(bi_pix_destroyp) PIX *whole = pixCreate(across, down, 8);
        for (int y = 0; y < height; y += step)
            for (int x = 0; x < width; x += step) {
                int w = x + step < width ? step : width - x, h = y + step < height ? step : height - y;
                char region[64] = "full";
                if (w < width || h < height)
                    (void)snprintf(region, sizeof region, "%d,%d,%d,%d", x, y, w, h);
                BI_CLEANUP(bi_pix_destroyp)
                PIX *tile = fetch(service, region, (w + factor - 1) / factor, (h + factor - 1) / factor);
                pixRasterop(whole, x / factor, y / factor, pixGetWidth(tile), pixGetHeight(tile), PIX_SRC,
                            tile, 0, 0);
            }
        BI_CLEANUP(bi_pix_destroyp)
        PIX *expected = reduce(page, factor);
        assert_true(difference(whole, expected) < 1);
    }
    const json_t *size;
    json_array_foreach(json_object_get(info, "sizes"), i, size)
    {
        BI_CLEANUP(bi_pix_destroyp)
        PIX *small = fetch(service, "full", bi_json_int(size, "width", 0), bi_json_int(size, "height", 0));
        assert_int_equal(pixGetHeight(small), bi_json_int(size, "height", 0));
    }
    BI_CLEANUP(bi_pix_destroyp) PIX *most = fetch(service, "full", 0, 0);
    assert_int_equal(pixGetWidth(most), bi_json_int(info, "maxWidth", 0));
    assert_int_equal(pixGetHeight(most), bi_json_int(info, "maxHeight", 0));
    bi_tree_remove(folder);
}

static void an_image_that_cannot_be_read_leaves_nothing(void **state)
{
    (void)state;
    char folder[] = "/tmp/test-iiif-XXXXXX";
    assert_non_null(mkdtemp(folder));
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    const char *service = bi_path_join(&arena, folder, "0001");
    struct bi_error err;
    struct iiif_levels levels = {0};
    assert_int_equal(iiif_tiles_write("/nowhere.tif", &(struct iiif_service){service, "http://x/0001", 0, 1},
                                      &levels, &err),
                     -1);
    assert_int_equal(err.kind, BI_EXIT_INPUT);
    assert_int_not_equal(access(service, F_OK), 0);
    assert_int_equal(levels.count, 0);
    bi_tree_remove(folder);
}

static void names_are_escaped_in_addresses(void **state)
{
    (void)state;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    assert_string_equal(iiif_url_below(&arena, "https://x.cn/a", "临江/2025-06-20"),
                        "https://x.cn/a/%E4%B8%B4%E6%B1%9F/2025-06-20");
    assert_string_equal(iiif_url_below(&arena, "http://x", "%2E. a#?/b"), "http://x/%252E.%20a%23%3F/b");
}

static void labels_are_in_their_languages(void **state)
{
    (void)state;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    assert_string_equal(iiif_language("Linux系统"), "zh");
    assert_string_equal(iiif_language("Linux 2.6"), "none");
    assert_string_equal(iiif_date_chinese(&arena, "2025-06-02"), "2025年6月2日");
    assert_string_equal(iiif_date_english(&arena, "2025-06-02"), "2 June 2025");
    assert_string_equal(iiif_date_english(&arena, "2025-06"), "2025-06");
    struct export_article article = {.kind = "ad", .headline = "", .kicker = "", .body = ""};
    BI_CLEANUP(bi_json_decrefp) json_t *kind = iiif_article_label(&arena, &article);
    assert_string_equal(json_string_value(json_array_get(json_object_get(kind, "en"), 0)), "Advertisement");
    article.body = "六月十二日在人民公园东门拾得黑色双肩包一个，内有书本\n请失主来领";
    BI_CLEANUP(bi_json_decrefp) json_t *body = iiif_article_label(&arena, &article);
    assert_string_equal(json_string_value(json_array_get(json_object_get(body, "zh"), 0)),
                        "六月十二日在人民公园东门拾得黑色双肩包一…");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiles_cover_the_image),
        cmocka_unit_test(no_tile_is_larger_than_the_most),
        cmocka_unit_test(the_tiles_give_the_page_back),
        cmocka_unit_test(an_image_that_cannot_be_read_leaves_nothing),
        cmocka_unit_test(names_are_escaped_in_addresses),
        cmocka_unit_test(labels_are_in_their_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
