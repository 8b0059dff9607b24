/* Writing corrections: what others wrote stays, what is taken away is what was added, nothing wrong is
 * written. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "page/corrections_write.h"
#include "unit.h"

static char folder[] = "corrections_write.XXXXXX", *path;
static struct bi_arena arena;
static struct bi_error err;

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    path = bi_arena_printf(&arena, "%s/paper/2025-07-04/articles.json", folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    rmdir(bi_path_dir(&arena, path));
    rmdir(bi_path_dir(&arena, bi_path_dir(&arena, path)));
    int status = rmdir(folder);
    bi_arena_release(&arena);
    return status;
}

static char *content(void)
{
    char *data;
    size_t size;
    assert_int_equal(bi_file_read(path, 1 << 20, false, &data, &size, &err), 0);
    char *copy = bi_arena_strdup(&arena, data);
    free(data);
    return copy;
}

static void every_kind_is_read_as_it_was_written(void **state)
{
    (void)state;
    static const struct bi_correction WRITTEN[] = {
        {.kind = BI_CORRECT_JOIN,
         .place = {.page_number = 1, .text = "高大的\"龙\\"},
         .other = {.page_number = 3, .box = {1, 2, 30, 40}},
         .note = "seen"},
        {.kind = BI_CORRECT_SPLIT,
         .place = {.page_number = 2, .pointed = true, .point = {7, 8}, .text = "甲"}},
        {.kind = BI_CORRECT_TITLE,
         .place = {.page_number = 2, .text = "乙"},
         .headline = "<b>",
         .kicker = ""},
        {.kind = BI_CORRECT_KIND, .place = {.page_number = 2, .text = "丙"}, .article_kind = "notice"},
        {.kind = BI_CORRECT_ORDER,
         .place = {.page_number = 2, .text = "丁"},
         .other = {.page_number = 1, .text = "戊"}},
    };
    enum { COUNT = sizeof WRITTEN / sizeof *WRITTEN };
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(bi_corrections_change(path, NULL, bi_correction_text(&arena, &WRITTEN[i]), &err), 0);
    struct bi_corrections read;
    assert_int_equal(bi_corrections_read(path, &read, &err), 0);
    assert_int_equal(read.count, COUNT);
    for (int i = 0; i < COUNT; i++)
        assert_string_equal(bi_correction_text(&arena, &read.list[i]),
                            bi_correction_text(&arena, &WRITTEN[i]));
    bi_corrections_release(&read);
}

static void what_others_wrote_stays(void **state)
{
    (void)state;
    static const char THEIRS[] =
        "{\"format\": \"backissue-corrections/1\", \"by\": \"王\", \"corrections\": [\n"
        "{\"do\": \"kind\", \"article\": {\"page\": 1, \"text\": \"甲\", \"why\": [1]}, \"kind\": \"ad\"},\n"
        "{\"do\": \"kind\", \"article\": {\"page\": 1, \"text\": \"乙\"}, \"kind\": \"ad\"}]}";
    assert_int_equal(bi_file_write(path, THEIRS, strlen(THEIRS), &err), 0);
    struct bi_correction kind = {
        .kind = BI_CORRECT_KIND, .place = {.page_number = 9, .text = "丙"}, .article_kind = "notice"};
    char *ours = bi_correction_text(&arena, &kind);
    assert_int_equal(bi_corrections_change(path, NULL, ours, &err), 0);
    char *with = content();
    assert_non_null(strstr(with, "王"));
    assert_non_null(strstr(with, "why"));
    assert_true(strstr(with, "丙") > strstr(with, "乙"));
    /* Exchanged in its place, then taken away: as if it had never been. */
    kind.article_kind = "photo";
    char *other = bi_correction_text(&arena, &kind);
    assert_int_equal(bi_corrections_change(path, ours, other, &err), 0);
    assert_null(strstr(content(), "notice"));
    assert_int_equal(bi_corrections_change(path, other, NULL, &err), 0);
    assert_null(strstr(content(), "丙"));
    assert_non_null(strstr(content(), "why"));
    /* What is not there any more cannot be taken away. */
    char *left = content();
    assert_int_equal(bi_corrections_change(path, other, NULL, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_INPUT);
    assert_string_equal(content(), left);
}

static void nothing_wrong_is_written(void **state)
{
    (void)state;
    char *good = content();
    assert_int_equal(
        bi_corrections_change(path, NULL, "{\"do\":\"kind\",\"article\":{\"page\":0},\"kind\":\"x\"}", &err),
        -1);
    assert_int_equal(err.kind, BI_EXIT_INPUT);
    assert_string_equal(content(), good);
    static const char BROKEN[] = "{\"format\": \"backissue-corrections/1\", ";
    assert_int_equal(bi_file_write(path, BROKEN, strlen(BROKEN), &err), 0);
    assert_int_equal(
        bi_corrections_change(path, NULL, "{\"do\":\"split\",\"at\":{\"page\":1,\"text\":\"x\"}}", &err), -1);
    assert_string_equal(content(), BROKEN);
}

static void a_file_is_known_by_its_bytes(void **state)
{
    (void)state;
    char none[BI_SHA256_HEX], first[BI_SHA256_HEX], second[BI_SHA256_HEX];
    assert_int_equal(bi_corrections_sha256("not/there", none, &err), 0);
    assert_int_equal(bi_corrections_sha256(path, first, &err), 0);
    assert_string_not_equal(none, first);
    assert_int_equal(bi_file_write(path, "{}", 2, &err), 0);
    assert_int_equal(bi_corrections_sha256(path, second, &err), 0);
    assert_string_not_equal(second, first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_is_read_as_it_was_written),
        cmocka_unit_test(what_others_wrote_stays),
        cmocka_unit_test(nothing_wrong_is_written),
        cmocka_unit_test(a_file_is_known_by_its_bytes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
