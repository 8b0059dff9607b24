/* Settings: reading, changing on the command line, and writing into a file that a person wrote. */
#include "run/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "unit.h"

static const struct run_data DATA = {0}; /* any profile, no model */
static char path[] = "/tmp/test_settings.XXXXXX";

static int set_up(void **state)
{
    (void)state;
    int file = mkstemp(path);
    return file < 0 ? -1 : close(file);
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    return 0;
}

static void write_file(const char *text)
{
    assert_int_equal(bi_file_write(path, text, strlen(text), NULL), 0);
}

static void assert_file(const char *text)
{
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size;
    assert_int_equal(bi_file_read(path, 10000, true, &data, &size, NULL), 0);
    assert_string_equal(data, text);
}

static const char *value(const struct run_settings *settings, const char *section, const char *name)
{
    const char *set = settings->values[run_settings_key(section, name)];
    return set ? set : "";
}

static struct run_change change(struct bi_arena *arena, const char *text)
{
    struct run_change change;
    assert_int_equal(run_settings_parse_change(arena, text, &DATA, &change, NULL), 0);
    return change;
}

static void the_file_read_last_wins_and_a_change_wins_over_it(void **state)
{
    (void)state;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct run_settings settings = {0};
    write_file("[deskew]\nskew = -1.3 ; by the rule below the masthead\ndpi = 300\nrotate=90\n");
    assert_int_equal(run_settings_read(&arena, path, &DATA, NULL, 0, &settings, NULL), 0);
    write_file("\xef\xbb\xbf[ocr]\n  profile = best\n[deskew]\ndpi = 400\nskew = 2\n");
    const struct run_change changes[] = {change(&arena, "deskew.dpi="), change(&arena, "deskew.skew=0.25"),
                                         change(&arena, "segment.direction=vertical")};
    assert_int_equal(run_settings_read(&arena, path, &DATA, changes, 3, &settings, NULL), 0);
    assert_string_equal(value(&settings, "deskew", "skew"), "0.25");
    assert_string_equal(value(&settings, "deskew", "dpi"), "300"); /* taken back: what is above it holds */
    assert_string_equal(value(&settings, "deskew", "rotate"), "90");
    assert_string_equal(value(&settings, "ocr", "profile"), "best");
    assert_string_equal(value(&settings, "segment", "direction"), "vertical");
    assert_string_equal(value(&settings, "segment", "em"), "");
}

static void a_file_that_is_not_there_sets_nothing(void **state)
{
    (void)state;
    struct run_settings settings = {0}, none = {0};
    assert_int_equal(run_settings_read(NULL, "/nowhere/0001.ini", &DATA, NULL, 0, &settings, NULL), 0);
    assert_memory_equal(&settings, &none, sizeof none);
}

static void changes_that_cannot_be(void **state)
{
    (void)state;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    static const char *const texts[] = {"deskew.rotate",
                                        "rotate=90",
                                        "deskew.turn=90",
                                        "deskew.turn=",
                                        "deskew.rotate=-90",
                                        "deskew.skew=1e3",
                                        "deskew.skew=nan",
                                        "deskew.dpi=3e2",
                                        "deskew.crop=1,1 2,2",
                                        "deskew.unbend=true",
                                        "segment.em=0",
                                        "ocr.model=unknown",
                                        ".=",
                                        ""};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct run_change made;
        struct bi_error err;
        assert_int_equal(run_settings_parse_change(&arena, texts[i], &DATA, &made, &err), -1);
        assert_int_equal(err.kind, BI_EXIT_USAGE);
    }
    change(&arena, "deskew.crop=10,10 90,12 91,140 9,139");
}

/* Writes one change into `before` and compares. */
static void assert_written(const char *before, const char *text, const char *after)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    const struct run_change made = change(&arena, text);
    write_file(before);
    assert_int_equal(run_settings_write(path, &made, 1, NULL), 0);
    assert_file(after);
}

static void a_change_leaves_the_rest_of_the_file(void **state)
{
    (void)state;
    assert_written("; mine\n[deskew]\n  skew=1 ; old\n[ocr]\nprofile = best", "deskew.skew=2",
                   "; mine\n[deskew]\nskew = 2\n[ocr]\nprofile = best");
    assert_written("[deskew]\nskew = 1\n[ocr]\nskew = no\n", "deskew.dpi=300",
                   "[deskew]\ndpi = 300\nskew = 1\n[ocr]\nskew = no\n");
    assert_written("[ocr]\nprofile = best", "segment.em=33.5",
                   "[ocr]\nprofile = best\n[segment]\nem = 33.5\n");
    assert_written("# a\n[deskew]\nskew = 1\n", "deskew.skew=", "# a\n[deskew]\n");
    assert_written("# a\n[deskew]\n; skew = 1\n", "deskew.skew=", "# a\n[deskew]\n; skew = 1\n");
}

static void a_file_that_says_nothing_any_more_goes(void **state)
{
    (void)state;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    const struct run_change made = change(&arena, "deskew.skew=");
    write_file("[deskew]\nskew = 1\n");
    assert_int_equal(run_settings_write(path, &made, 1, NULL), 0);
    assert_int_not_equal(access(path, F_OK), 0);
    assert_int_equal(run_settings_write(path, &made, 1, NULL), 0);
    assert_int_not_equal(access(path, F_OK), 0);
}

/* A fault is told of with the line that it is in, also where inih itself finds another. */
static void faults_name_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"[deskew]\nskew = 1\nskew = 2\n", ": line 3: deskew.skew is set twice"},
        {"[deskew]\nskew = 99\nrotate = 45\n", ": line 2: deskew.skew is '99'"},
        {"[deskew]\nskew\n\nrotate = 45\n", ": line 2 is neither"},
        {"[deskew]\nrotate = 45\nskew\n", ": line 2: deskew.rotate is '45'"},
        {"skew = 1\n", ": line 1 is neither"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
        struct run_settings settings = {0};
        struct bi_error err;
        write_file(cases[i].text);
        assert_int_equal(run_settings_read(&arena, path, &DATA, NULL, 0, &settings, &err), -1);
        assert_int_equal(err.kind, BI_EXIT_INPUT);
        if (!strstr(err.text, cases[i].message))
            fail_msg("%s", err.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_file_read_last_wins_and_a_change_wins_over_it),
        cmocka_unit_test(a_file_that_is_not_there_sets_nothing),
        cmocka_unit_test(changes_that_cannot_be),
        cmocka_unit_test(a_change_leaves_the_rest_of_the_file),
        cmocka_unit_test(a_file_that_says_nothing_any_more_goes),
        cmocka_unit_test(faults_name_their_line),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
