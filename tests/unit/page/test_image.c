#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "page/image.h"
#include "unit.h"

static char folder[] = "/tmp/backissue-image-XXXXXX";

static const char *file(const char *name)
{
    static char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* A grey page with a slope and some detail, so that no coder makes it trivially small. */
static PIX *picture(int depth)
{
    PIX *pix = pixCreate(400, 300, 8);
    for (int y = 0; y < 300; y++)
        for (int x = 0; x < 400; x++)
            pixSetPixel(pix, x, y, (l_uint32)((x * 7 + y * 13 + (x * y) % 31) & 255));
    if (depth == 8)
        return pix;
    PIX *other = depth == 1 ? pixConvertTo1(pix, 128) : pixConvertTo32(pix);
    pixDestroy(&pix);
    return other;
}

static void write_as(const char *name, PIX *pix, int format)
{
    assert_int_equal(pixWrite(file(name), pix, format), 0);
    pixDestroy(&pix);
}

static void truncate_to_half(const char *name)
{
    char *data;
    size_t size;
    assert_int_equal(bi_file_read(file(name), 1 << 24, false, &data, &size, NULL), 0);
    assert_int_equal(truncate(file(name), (off_t)(size / 2)), 0);
    free(data);
}

static int read_status(const char *name, struct bi_error *err)
{
    PIX *pix = NULL;
    int status = bi_image_read(file(name), 0, &pix, err);
    pixDestroy(&pix);
    return status;
}

static void test_formats_and_depths_are_read(void **state)
{
    (void)state;
    static const struct {
        int depth, format;
        const char *name;
        int got_depth;
    } cases[] = {
        {1, IFF_TIFF_G4, "tiff", 1},     {1, IFF_TIFF_LZW, "tiff", 1},
        {8, IFF_TIFF_LZW, "tiff", 8},    {8, IFF_TIFF_ZIP, "tiff", 8},
        {8, IFF_TIFF_JPEG, "tiff", 8},   {32, IFF_TIFF_ZIP, "tiff", 32},
        {32, IFF_TIFF_LZW, "tiff", 32},  {8, IFF_TIFF_PACKBITS, "tiff", 8},
        {1, IFF_PNG, "png", 1},          {8, IFF_PNG, "png", 8},
        {32, IFF_PNG, "png", 32},        {8, IFF_JFIF_JPEG, "jpeg", 8},
        {32, IFF_JFIF_JPEG, "jpeg", 32}, {8, IFF_JP2, "jp2", 8},
        {32, IFF_JP2, "jp2", 32},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        /* The name's ending lies on purpose. */
        write_as("scan.xyz", picture(cases[i].depth), cases[i].format);
        struct bi_arena arena = {0};
        struct bi_image_info *info;
        size_t count;
        struct bi_error err = {0};
        assert_int_equal(bi_image_probe(&arena, file("scan.xyz"), &info, &count, &err), 0);
        assert_int_equal(count, 1);
        assert_string_equal(info->format, cases[i].name);
        assert_int_equal(info->width, 400);
        assert_int_equal(info->height, 300);
        PIX *pix;
        assert_int_equal(bi_image_read(file("scan.xyz"), 0, &pix, &err), 0);
        assert_int_equal(pixGetDepth(pix), cases[i].got_depth);
        pixDestroy(&pix);
        assert_int_equal(bi_image_read_grey(file("scan.xyz"), &pix, &err), 0);
        assert_int_equal(pixGetDepth(pix), 8);
        pixDestroy(&pix);
        bi_arena_release(&arena);
    }
}

static void test_sixteen_bits_are_reduced(void **state)
{
    (void)state;
    PIX *deep = pixCreate(50, 40, 16);
    pixSetPixel(deep, 3, 4, 0xABCD);
    write_as("deep.tif", deep, IFF_TIFF_LZW);
    PIX *pix;
    struct bi_error err = {0};
    assert_int_equal(bi_image_read(file("deep.tif"), 0, &pix, &err), 0);
    l_uint32 value;
    pixGetPixel(pix, 3, 4, &value);
    assert_int_equal(value, 0xAB);
    pixDestroy(&pix);
}

/* One row of two pixels: paper, and ink, as the file's samples hold them. */
static void write_samples(const char *name, int photometric, int count, int bits, int alpha, const void *row)
{
    TIFF *tiff = TIFFOpen(file(name), "w");
    assert_non_null(tiff);
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, 2);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, 1);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bits);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, count);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, photometric);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_XRESOLUTION, 300.0);
    uint16_t kind = EXTRASAMPLE_UNASSALPHA;
    if (alpha)
        TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &kind);
    assert_int_equal(TIFFWriteScanline(tiff, (void *)row, 0, 0), 1);
    TIFFClose(tiff);
}

static void test_every_kind_of_colour_becomes_grey(void **state)
{
    (void)state;
    static const unsigned char rgb[] = {255, 255, 255, 30, 20, 10}, cmyk[] = {0, 0, 0, 0, 90, 80, 70, 240},
                               rgba[] = {0, 0, 0, 0, 30, 20, 10, 255}, light_bit[] = {0x80},
                               dark_bit[] = {0x40};
    static const uint16_t deep[] = {65535, 65535, 65535, 30 << 8, 20 << 8, 10 << 8};
    static const struct {
        int photometric, count, bits, alpha;
        const void *row;
    } cases[] = {
        {PHOTOMETRIC_RGB, 3, 8, 0, rgb},
        {PHOTOMETRIC_RGB, 3, 16, 0, deep},
        {PHOTOMETRIC_SEPARATED, 4, 8, 0, cmyk},
        {PHOTOMETRIC_RGB, 4, 8, 1, rgba},
        {PHOTOMETRIC_MINISBLACK, 1, 1, 0, light_bit},
        {PHOTOMETRIC_MINISWHITE, 1, 1, 0, dark_bit},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        write_samples("samples.tif", cases[i].photometric, cases[i].count, cases[i].bits, cases[i].alpha,
                      cases[i].row);
        PIX *pix;
        struct bi_error err = {0};
        if (bi_image_read_tones(file("samples.tif"), 0, &pix, &err))
            fail_msg("case %zu: %s", i, err.text);
        assert_int_equal(pixGetDepth(pix), cases[i].bits == 1 ? 1 : 8);
        assert_int_equal(pixGetXRes(pix), 300);
        PIX *grey = pixConvertTo8(pix, FALSE);
        l_uint32 paper, ink;
        pixGetPixel(grey, 0, 0, &paper);
        pixGetPixel(grey, 1, 0, &ink);
        if (paper != 255 || ink > 22)
            fail_msg("case %zu: paper %u, ink %u", i, paper, ink);
        pixDestroy(&grey);
        pixDestroy(&pix);
    }
}

static void test_every_truncated_file_is_refused(void **state)
{
    (void)state;
    static const struct {
        int depth, format;
    } cases[] = {{1, IFF_TIFF_G4},    {8, IFF_TIFF_LZW}, {32, IFF_TIFF_LZW}, {32, IFF_TIFF_ZIP},
                 {8, IFF_TIFF_JPEG},  {8, IFF_PNG},      {32, IFF_PNG},      {8, IFF_JFIF_JPEG},
                 {32, IFF_JFIF_JPEG}, {8, IFF_JP2},      {32, IFF_JP2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bi_error err = {0};
        write_as("cut", picture(cases[i].depth), cases[i].format);
        truncate_to_half("cut");
        assert_int_equal(read_status("cut", &err), -1);
        assert_int_equal(err.kind, BI_EXIT_INPUT);
        assert_non_null(strstr(err.text, "/cut: "));
    }
}

static void test_what_is_no_image_is_refused(void **state)
{
    (void)state;
    struct bi_error err = {0};
    assert_int_equal(read_status("none", &err), -1);
    bi_file_write(file("empty.tif"), "", 0, &err);
    assert_int_equal(read_status("empty.tif", &err), -1);
    assert_non_null(strstr(err.text, "is empty"));
    bi_file_write(file("text.tif"), "once upon a time", 16, &err);
    assert_int_equal(read_status("text.tif", &err), -1);
    assert_non_null(strstr(err.text, "is not a TIFF, PNG, JPEG, JPEG 2000 or PDF file"));
    bi_file_write(file("head.tif"), "II*\0", 4, &err);
    assert_int_equal(read_status("head.tif", &err), -1);
    bi_file_write(file("head.png"), "\x89PNG\r\n\x1a\n", 8, &err);
    assert_int_equal(read_status("head.png", &err), -1);
    bi_file_write(file("head.jpg"), "\xff\xd8\xff\xe0", 4, &err);
    assert_int_equal(read_status("head.jpg", &err), -1);
    assert_int_equal(err.kind, BI_EXIT_INPUT);
}

static void test_a_bomb_is_refused_by_its_header(void **state)
{
    (void)state;
    TIFF *tiff = TIFFOpen(file("bomb.tif"), "w");
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, 60000);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, 60000);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 1);
    char row[60000] = {0};
    TIFFWriteScanline(tiff, row, 0, 0);
    TIFFClose(tiff);
    struct bi_error err = {0};
    assert_int_equal(read_status("bomb.tif", &err), -1);
    assert_non_null(strstr(err.text, "60000 x 60000 pixels are more than"));
}

static void test_pages_of_one_file_are_told_apart(void **state)
{
    (void)state;
    PIX *first = picture(1), *second = pixCreate(20, 10, 1);
    pixWriteTiff(file("two.tif"), first, IFF_TIFF_G4, "w");
    pixWriteTiff(file("two.tif"), second, IFF_TIFF_G4, "a");
    pixDestroy(&first);
    pixDestroy(&second);
    struct bi_arena arena = {0};
    struct bi_image_info *info;
    size_t count;
    struct bi_error err = {0};
    assert_int_equal(bi_image_probe(&arena, file("two.tif"), &info, &count, &err), 0);
    assert_int_equal(count, 2);
    assert_int_equal(info[1].index, 1);
    assert_int_equal(info[1].width, 20);
    PIX *pix = NULL;
    assert_int_equal(bi_image_read(file("two.tif"), 1, &pix, &err), 0);
    assert_int_equal(pixGetHeight(pix), 10);
    pixDestroy(&pix);
    assert_int_equal(bi_image_read(file("two.tif"), 2, &pix, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_INPUT);
    bi_arena_release(&arena);
}

static void test_one_bad_image_of_a_file_is_its_own_problem(void **state)
{
    (void)state;
    PIX *good = picture(1), *long_one = pixCreate(70000, 1, 1);
    pixWriteTiff(file("mixed.tif"), long_one, IFF_TIFF_G4, "w");
    pixWriteTiff(file("mixed.tif"), good, IFF_TIFF_G4, "a");
    pixDestroy(&good);
    pixDestroy(&long_one);
    struct bi_arena arena = {0};
    struct bi_image_info *info;
    size_t count;
    struct bi_error err = {0};
    assert_int_equal(bi_image_probe(&arena, file("mixed.tif"), &info, &count, &err), 0);
    assert_int_equal(count, 2);
    assert_string_equal(info[0].problem,
                        "image 1: 70000 x 1 pixels are more than the 200 million that are read");
    assert_null(info[1].problem);
    PIX *pix = NULL;
    assert_int_equal(bi_image_read(file("mixed.tif"), 0, &pix, &err), -1);
    assert_non_null(strstr(err.text, "mixed.tif: image 1: 70000 x 1"));
    assert_int_equal(bi_image_read(file("mixed.tif"), 1, &pix, &err), 0);
    pixDestroy(&pix);
    bi_arena_release(&arena);
}

static void test_the_resolution_of_a_png_is_read(void **state)
{
    (void)state;
    PIX *pix = picture(8);
    pixSetResolution(pix, 400, 400);
    write_as("fine.png", pix, IFF_PNG);
    struct bi_arena arena = {0};
    struct bi_image_info *info;
    size_t count;
    assert_int_equal(bi_image_probe(&arena, file("fine.png"), &info, &count, NULL), 0);
    assert_int_equal(info->dpi, 400);
    bi_arena_release(&arena);
}

static void test_jpeg_2000_colours_and_tones(void **state)
{
    (void)state;
    PIX *colours = pixCreate(64, 64, 32);
    for (int y = 0; y < 64; y++)
        for (int x = 0; x < 64; x++)
            pixSetRGBPixel(colours, x, y, x < 32 ? 200 : 20, y < 32 ? 180 : 40, 90);
    /* Without loss: quality 100, all levels. */
    assert_int_equal(pixWriteJp2k(file("colours.jp2"), colours, 100, 5, 0, 0), 0);
    PIX *pix;
    struct bi_error err = {0};
    assert_int_equal(bi_image_read(file("colours.jp2"), 0, &pix, &err), 0);
    int red, green, blue;
    pixGetRGBPixel(pix, 5, 50, &red, &green, &blue);
    assert_in_range(red, 196, 204);
    assert_in_range(green, 36, 44);
    assert_in_range(blue, 86, 94);
    pixDestroy(&pix);
    assert_int_equal(bi_image_read_tones(file("colours.jp2"), 0, &pix, &err), 0);
    l_uint32 grey;
    pixGetPixel(pix, 5, 50, &grey);
    assert_in_range(grey, 90, 97); /* .299 x 200 + .587 x 40 + .114 x 90 */
    pixDestroy(&pix);
    pixDestroy(&colours);
}

static void test_written_images_come_back_pixel_for_pixel(void **state)
{
    (void)state;
    static const int depths[] = {1, 8};
    for (int i = 0; i < 2; i++) {
        BI_CLEANUP(bi_pix_destroyp) PIX *pix = picture(depths[i]);
        pixSetText(pix, "{\"transform\":1}");
        pixSetResolution(pix, 300, 300);
        struct bi_error err = {0};
        char first[BI_SHA256_HEX], second[BI_SHA256_HEX];
        assert_int_equal(bi_image_write_tiff(file("out.tif"), pix, &err), 0);
        bi_sha256_file(file("out.tif"), first, &err);
        assert_int_equal(bi_image_write_tiff(file("out.tif"), pix, &err), 0);
        bi_sha256_file(file("out.tif"), second, &err);
        assert_string_equal(first, second);
        BI_CLEANUP(bi_pix_destroyp) PIX *back = NULL;
        assert_int_equal(bi_image_read(file("out.tif"), 0, &back, &err), 0);
        l_int32 same;
        pixEqual(pix, back, &same);
        assert_true(same);
        assert_string_equal(pixGetText(back), "{\"transform\":1}");
        assert_int_equal(pixGetXRes(back), 300);
    }
}

static int make_folder(void **state)
{
    (void)state;
    bi_image_quiet();
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return lept_rmfile(folder), lept_rmdir(folder), 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats_and_depths_are_read),
        cmocka_unit_test(test_sixteen_bits_are_reduced),
        cmocka_unit_test(test_every_kind_of_colour_becomes_grey),
        cmocka_unit_test(test_every_truncated_file_is_refused),
        cmocka_unit_test(test_what_is_no_image_is_refused),
        cmocka_unit_test(test_a_bomb_is_refused_by_its_header),
        cmocka_unit_test(test_pages_of_one_file_are_told_apart),
        cmocka_unit_test(test_one_bad_image_of_a_file_is_its_own_problem),
        cmocka_unit_test(test_the_resolution_of_a_png_is_read),
        cmocka_unit_test(test_jpeg_2000_colours_and_tones),
        cmocka_unit_test(test_written_images_come_back_pixel_for_pixel),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
