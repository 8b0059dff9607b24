/* From files to page frames. */
#include <leptonica/allheaders.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "2-deskew/synthetic.h"
#include "base/cleanup.h"
#include "frames.h"
#include "unit.h"

static char root[] = "/tmp/backissue-frames-XXXXXX";

static const char *file(const char *name)
{
    static char path[300];
    snprintf(path, sizeof path, "%s/%s", root, name);
    return path;
}

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(root))
        return -1;
    PIX *small = pixCreate(30, 40, 1), *large = pixCreate(50, 60, 8);
    pixSetResolution(small, 300, 300);
    if (pixWriteTiff(file("two.tif"), small, IFF_TIFF_G4, "w") ||
        pixWriteTiff(file("two.tif"), large, IFF_TIFF_ZIP, "a") ||
        pixWrite(file("one.png"), large, IFF_PNG) || pixWrite(file("same.png"), large, IFF_PNG))
        return -1;
    pixDestroy(&small);
    pixDestroy(&large);
    FILE *empty = fopen(file("empty.tif"), "wb");
    return empty ? fclose(empty) : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[400];
    snprintf(command, sizeof command, "rm -rf '%s'", root);
    return system(command);
}

static void test_every_image_is_a_frame_and_a_fault_keeps_its_place(void **state)
{
    (void)state;
    BI_CLEANUP(bi_issue_release) struct bi_issue issue = {0};
    BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
    char *names[] = {"empty.tif", "two.tif", "one.png", "same.png"};
    assert_int_equal(frames_collect(&issue, root, names, 4, &remarks, NULL), 0);
    assert_int_equal(issue.frame_count, 5);
    const struct bi_frame *f = issue.frames;
    assert_string_equal(f[0].problem, "is empty");
    assert_int_equal(f[0].width, 0);
    assert_string_equal(f[1].scan, "two.tif");
    assert_int_equal(f[1].index, 0);
    assert_int_equal(f[1].width, 30);
    assert_int_equal(f[1].height, 40);
    assert_int_equal(f[1].bits, 1);
    assert_int_equal(f[1].dpi, 300);
    assert_string_equal(f[1].format, "tiff");
    assert_null(f[1].problem);
    assert_string_equal(f[2].scan, "two.tif");
    assert_int_equal(f[2].index, 1);
    assert_int_equal(f[2].width, 50);
    assert_string_equal(f[2].sha256, f[1].sha256);
    assert_int_equal(strlen(f[2].sha256), 64);
    assert_string_equal(f[3].format, "png");
    assert_true(f[3].size > 0);
    for (int i = 0; i < 5; i++)
        assert_int_equal(f[i].number, i + 1);

    const char *text = bi_text_get(&remarks);
    assert_non_null(strstr(text, "empty.tif: is empty\n"));
    assert_non_null(strstr(text, "same.png: is the same file as one.png\n"));
    /* The two images of one file are not called the same file. */
    assert_null(strstr(text, "two.tif"));
}

static void test_two_facing_pages_are_two_frames_of_one_scan(void **state)
{
    (void)state;
    PIX *page = synthetic_page(), *sheet = pixCreate(2800, 1900, 8);
    pixRasterop(sheet, 0, 0, 1400, 1900, PIX_SRC, page, 0, 0);
    pixRasterop(sheet, 1400, 0, 1400, 1900, PIX_SRC, page, 0, 0);
    assert_int_equal(pixWrite(file("sheet.png"), sheet, IFF_PNG), 0);
    pixDestroy(&page);
    pixDestroy(&sheet);
    BI_CLEANUP(bi_issue_release) struct bi_issue issue = {0};
    BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
    char *names[] = {"one.png", "sheet.png", "two.tif"};
    assert_int_equal(frames_collect(&issue, root, names, 3, &remarks, NULL), 0);
    assert_int_equal(issue.frame_count, 5);
    const struct bi_frame *f = issue.frames;
    for (int i = 0; i < 5; i++)
        assert_int_equal(f[i].number, i + 1);
    assert_null(f[0].crop);
    assert_null(f[3].crop);
    int top, bottom, right_top, right_bottom, end = 0;
    assert_int_equal(sscanf(f[1].crop, "0,0 %d,0 %d,1899 0,1899%n", &top, &bottom, &end), 2);
    assert_int_equal(f[1].crop[end], 0);
    assert_int_equal(sscanf(f[2].crop, "%d,0 2799,0 2799,1899 %d,1899%n", &right_top, &right_bottom, &end),
                     2);
    /* Nothing is in both and nothing in neither. */
    assert_int_equal(right_top, top + 1);
    assert_int_equal(right_bottom, bottom + 1);
    for (int i = 1; i <= 2; i++) {
        assert_string_equal(f[i].scan, "sheet.png");
        assert_string_equal(f[i].sha256, f[1].sha256);
        assert_int_equal(f[i].index, 0);
        assert_int_equal(f[i].width, 2800);
    }
    assert_string_equal(bi_text_get(&remarks), "");
}

static void test_nothing_readable_is_an_error(void **state)
{
    (void)state;
    BI_CLEANUP(bi_issue_release) struct bi_issue issue = {0};
    BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
    struct bi_error err = {0};
    char *names[] = {"empty.tif"};
    assert_int_equal(frames_collect(&issue, root, names, 1, &remarks, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_INPUT);
    assert_int_equal(frames_collect(&issue, root, names, 0, &remarks, &err), -1);
    assert_non_null(strstr(err.text, "no images or PDF in this folder"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_image_is_a_frame_and_a_fault_keeps_its_place),
        cmocka_unit_test(test_two_facing_pages_are_two_frames_of_one_scan),
        cmocka_unit_test(test_nothing_readable_is_an_error),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
