/* Fingerprints, and the records they are kept in. */
#include "run/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

static char path[] = "/tmp/test_record.XXXXXX";

struct pair {
    const char *name, *value;
};

static struct run_parts parts_of(struct bi_arena *arena, const struct pair *pairs, size_t count)
{
    struct run_parts parts = {0};
    for (size_t i = 0; i < count; i++)
        run_parts_add(&parts, arena, pairs[i].name, pairs[i].value);
    return parts;
}

#define PARTS(arena, ...)                                                                                    \
    parts_of(arena, (const struct pair[]){__VA_ARGS__},                                                      \
             sizeof((const struct pair[]){__VA_ARGS__}) / sizeof(struct pair))

static void assert_differ(const struct run_parts *a, const struct run_parts *b)
{
    char x[BI_SHA256_HEX], y[BI_SHA256_HEX];
    run_parts_fingerprint(a, x);
    run_parts_fingerprint(b, y);
    assert_string_not_equal(x, y);
}

static void fingerprints_tell_lists_apart(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct run_parts ab = PARTS(&arena, {"a", "b"}), a_b = PARTS(&arena, {"a1", ""}, {"b", ""}),
                     ba = PARTS(&arena, {"b", "a"}), joined = PARTS(&arena, {"a", "1:b"}),
                     split = PARTS(&arena, {"a", ""}, {"1", "b"}),
                     turned = PARTS(&arena, {"b", ""}, {"a1", ""});
    assert_differ(&ab, &ba);
    assert_differ(&ab, &a_b);
    assert_differ(&joined, &split);
    assert_differ(&a_b, &turned);
    char x[BI_SHA256_HEX], y[BI_SHA256_HEX];
    struct run_parts again = PARTS(&arena, {"a", "b"});
    run_parts_fingerprint(&ab, x);
    run_parts_fingerprint(&again, y);
    assert_string_equal(x, y);
    bi_arena_release(&arena);
}

static void assert_difference(const struct run_parts *before, const struct run_parts *now,
                              const char *expected)
{
    struct bi_text text = {0};
    run_parts_difference(before, now, &text);
    assert_string_equal(bi_text_get(&text), expected);
    bi_text_release(&text);
}

static void differences_are_told_in_words(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    char a[BI_SHA256_HEX], b[BI_SHA256_HEX];
    bi_sha256_bytes("a", 1, a);
    bi_sha256_bytes("b", 1, b);
    struct run_parts before = PARTS(&arena, {"program", a}, {"input x", a}, {"parameters", "--model old"});
    struct run_parts now =
        PARTS(&arena, {"program", a}, {"input x", b}, {"input y", b}, {"parameters", "--model new"});
    struct run_parts turned = PARTS(&arena, {"input x", a}, {"program", a}, {"parameters", "--model old"});
    assert_difference(&before, &before, "");
    assert_difference(
        &before, &now,
        "input x changed, input y is new, parameters changed from '--model old' to '--model new'");
    assert_difference(
        &now, &before,
        "input x changed, parameters changed from '--model new' to '--model old', input y is gone");
    assert_difference(&before, &turned, "the order of its inputs changed");
    bi_arena_release(&arena);
}

static struct run_record sample(struct bi_arena *arena)
{
    return (struct run_record){
        .stage = bi_arena_strdup(arena, "4-ocr"),
        .fingerprint = bi_arena_strdup(arena, "f00"),
        .parts = PARTS(arena, {"input \"p\n1\".tif", "1"}, {"parameters", ""}),
        .output_sha256 = bi_arena_strdup(arena, "0ff"),
        .program_version = bi_arena_strdup(arena, "backissue-ocr 1"),
        .parameters = bi_arena_strdup(arena, "--model chi_sim"),
        .model_sha256 = bi_arena_strdup(arena, "chi_sim:abc"),
        .started = bi_arena_strdup(arena, "2026-11-23T14:57:44.123456Z"),
        .seconds = 12.5,
        .cpu_seconds = 12.25,
        .peak_memory_bytes = 123456789012,
        .exit_code = 3,
        .message = bi_arena_strdup(arena, "第一版.tif: is \"bad\""),
    };
}

static void a_record_comes_back_as_it_was(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct run_record record = sample(&arena), back;
    assert_int_equal(run_record_write(path, &record, NULL), 0);
    assert_int_equal(run_record_read(&arena, path, &back, NULL), 0);
    assert_string_equal(back.stage, record.stage);
    assert_string_equal(back.fingerprint, record.fingerprint);
    assert_string_equal(back.output_sha256, record.output_sha256);
    assert_string_equal(back.program_version, record.program_version);
    assert_string_equal(back.parameters, record.parameters);
    assert_string_equal(back.model_sha256, record.model_sha256);
    assert_string_equal(back.started, record.started);
    assert_string_equal(back.message, record.message);
    assert_true(back.seconds == record.seconds && back.cpu_seconds == record.cpu_seconds);
    assert_true(back.peak_memory_bytes == record.peak_memory_bytes);
    assert_int_equal(back.exit_code, 3);
    assert_difference(&record.parts, &back.parts, "");
    assert_int_equal(back.parts.count, 2);
    bi_arena_release(&arena);
}

static void a_name_that_is_no_utf8_is_kept_as_far_as_it_goes(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct run_record record = sample(&arena), back;
    record.message = bi_arena_strdup(&arena, "p\xff.tif: is bad");
    assert_int_equal(run_record_write(path, &record, NULL), 0);
    assert_int_equal(run_record_read(&arena, path, &back, NULL), 0);
    assert_string_equal(back.message, "p?.tif: is bad");
    bi_arena_release(&arena);
}

static void what_is_no_record_is_as_good_as_none(void **state)
{
    (void)state;
    static const char *const broken[] = {"{", "[]", "{\"format\":\"other/1\",\"exit_code\":0}",
                                         "{\"format\":\"backissue-run/1\"}",
                                         "{\"format\":\"backissue-run/1\",\"exit_code\":\"0\"}"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct bi_arena arena = {0};
        struct run_record record;
        FILE *f = fopen(path, "w");
        fputs(broken[i], f);
        fclose(f);
        assert_int_equal(run_record_read(&arena, path, &record, NULL), -1);
        bi_arena_release(&arena);
    }
}

static void a_line_for_the_archive(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct run_record record = sample(&arena);
    struct bi_text text = {0};
    run_record_line(&record, 2, &text);
    record.exit_code = 0;
    record.message = bi_arena_strdup(&arena, "");
    run_record_line(&record, 0, &text);
    assert_string_equal(
        text.data,
        "{\"frame\":2,\"stage\":\"4-ocr\",\"program_version\":\"backissue-ocr 1\",\"parameters\":\"--model "
        "chi_sim\","
        "\"model_sha256\":\"chi_sim:abc\",\"started\":\"2026-11-23T14:57:44.123456Z\",\"seconds\":12.5,"
        "\"exit_code\":3,\"message\":\"第一版.tif: is \\\"bad\\\"\"}\n"
        "{\"frame\":null,\"stage\":\"4-ocr\",\"program_version\":\"backissue-ocr 1\","
        "\"parameters\":\"--model chi_sim\",\"model_sha256\":\"chi_sim:abc\","
        "\"started\":\"2026-11-23T14:57:44.123456Z\",\"seconds\":12.5,\"exit_code\":0}\n");
    bi_text_release(&text);
    bi_arena_release(&arena);
}

int main(void)
{
    close(mkstemp(path));
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fingerprints_tell_lists_apart),
        cmocka_unit_test(differences_are_told_in_words),
        cmocka_unit_test(a_record_comes_back_as_it_was),
        cmocka_unit_test(a_name_that_is_no_utf8_is_kept_as_far_as_it_goes),
        cmocka_unit_test(what_is_no_record_is_as_good_as_none),
        cmocka_unit_test(a_line_for_the_archive),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
