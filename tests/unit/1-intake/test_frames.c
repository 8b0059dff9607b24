/* From files to page frames. */
#include <leptonica/allheaders.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    assert_non_null(strstr(err.text, "no TIFF, PNG or JPEG images"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_image_is_a_frame_and_a_fault_keeps_its_place),
        cmocka_unit_test(test_nothing_readable_is_an_error),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
