/* How exported files name others. */
#include "export/reference.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "unit.h"

static char top[] = "/tmp/test_reference.XXXXXX";

static void the_way_to_an_image_is_relative(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct bi_error err;
    const struct export_issue issue = {.title = "linjiang", .name = "2025-07-04"};
    const char *image = bi_path_join(&arena, top, "work/a b.tif"), *out = bi_path_join(&arena, top, "out");
    assert_int_equal(bi_path_make(out, &err), 0);
    assert_int_equal(bi_path_make(bi_path_join(&arena, top, "work"), &err), 0);
    assert_int_equal(bi_file_write(image, "x", 1, &err), 0);
    struct export_options options = {.folder = out};
    assert_string_equal(export_reference(&arena, &options, &issue, "mets", image, "work/a b.tif"),
                        "../../../../work/a b.tif");
    assert_string_equal(export_reference(&arena, &options, &issue, "mets/alto", image, "work/a b.tif"),
                        "../../../../../work/a b.tif");
    /* An image within the export, and none. */
    options.folder = top;
    assert_string_equal(export_reference(&arena, &options, &issue, "page", image, ""),
                        "../../../work/a b.tif");
    assert_string_equal(export_reference(&arena, &options, &issue, "page", NULL, "stored"), "stored");
    assert_string_equal(export_reference(&arena, &options, &issue, "page", "/nowhere/x", "stored"), "stored");
    bi_arena_release(&arena);
}

static void uris_hold_no_more_than_they_may(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    assert_string_equal(export_uri(&arena, "../a b/第1版?#%.tif"),
                        "../a%20b/%E7%AC%AC1%E7%89%88%3F%23%25.tif");
    const struct export_issue issue = {.title = "临江", .name = "2025"};
    struct export_options options = {.folder = "out"};
    assert_string_equal(export_reference_exported(&arena, &options, &issue, "mets/mets.xml"),
                        "../mets/mets.xml");
    options.base_url = "https://example.org/x";
    assert_string_equal(export_reference_exported(&arena, &options, &issue, "mets/mets.xml"),
                        "https://example.org/x/%E4%B8%B4%E6%B1%9F/2025/mets/mets.xml");
    bi_arena_release(&arena);
}

static void media_types_go_by_the_ending(void **state)
{
    (void)state;
    assert_string_equal(export_media_type("a/p01.TIF"), "image/tiff");
    assert_string_equal(export_media_type("p01.jpeg"), "image/jpeg");
    assert_string_equal(export_media_type("p01.pdf"), "application/pdf");
    assert_string_equal(export_media_type("p01"), "application/octet-stream");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_way_to_an_image_is_relative),
        cmocka_unit_test(uris_hold_no_more_than_they_may),
        cmocka_unit_test(media_types_go_by_the_ending),
    };
    if (!mkdtemp(top))
        return 1;
    int status = cmocka_run_group_tests(tests, NULL, NULL);
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", top);
    return system(command) != 0 ? 1 : status;
}
