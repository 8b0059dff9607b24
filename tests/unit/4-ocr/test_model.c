/* What the program is told from files: models, settings, folds. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "folds.h"
#include "model.h"
#include "reader.h"
#include "settings.h"
#include "unit.h"

static char folder[] = "/tmp/backissue-ocr-XXXXXX";

static char *put(struct bi_arena *arena, const char *name, const char *content)
{
    char *path = bi_path_join(arena, folder, name);
    assert_int_equal(bi_file_write(path, content, strlen(content), NULL), 0);
    return path;
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    struct bi_arena arena = {0};
    static const char *const NAMES[] = {"chi_sim.traineddata", "own.traineddata", "models.ini", "settings",
                                        "folds.ini"};
    (void)state;
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        unlink(bi_path_join(&arena, folder, NAMES[i]));
    bi_arena_release(&arena);
    return rmdir(folder);
}

static void the_manifest_says_which_hash(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    char *path = put(&arena, "models.ini", "[a]\nsha256 = 11\n[b]\nfile = b.traineddata\nsha256 = 22\n"),
         *hash;
    assert_int_equal(model_expected(&arena, path, "b", &hash, NULL), 0);
    assert_string_equal(hash, "22");
    assert_int_equal(model_expected(&arena, path, "c", &hash, NULL), 0);
    assert_null(hash);
    bi_arena_release(&arena);
}

static void a_wrong_model_is_refused_by_name_and_hash(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct bi_error err;
    struct model model;
    put(&arena, "chi_sim.traineddata", "not the model");
    assert_int_equal(model_load(&arena, folder, "chi_sim", &model, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_MACHINE);
    assert_non_null(strstr(err.text, "chi_sim.traineddata"));
    assert_non_null(strstr(err.text, "a5fcb6f0db1e1d6d8522f39db4e848f05984669172e584e8d76b6b3141e1f730"));
    assert_int_equal(model_load(&arena, folder, "chi_sim_vert", &model, &err), -1); /* not there */
    assert_int_equal(err.kind, BI_EXIT_MACHINE);
    assert_non_null(strstr(err.text, "20590de84725bab69cde93bd6e8ed360a13cc5421a7e7364ddeb93e9af53d6da"));
    assert_int_equal(model_load(&arena, folder, "../chi_sim", &model, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_USAGE);
    bi_arena_release(&arena);
}

static void a_model_that_tesseract_does_not_take_is_refused(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct bi_error err;
    struct model model;
    struct settings settings = {0};
    struct reader *reader;
    put(&arena, "own.traineddata", "neither a model nor in the manifest");
    assert_int_equal(model_load(&arena, folder, "own", &model, &err), 0);
    assert_int_equal(reader_open(&model, &settings, &reader, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_MACHINE);
    assert_non_null(strstr(err.text, "own.traineddata"));
    model_release(&model);
    bi_arena_release(&arena);
}

static void settings_are_names_and_values(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct bi_error err;
    struct settings settings;
    char *path = put(&arena, "settings", "# comment\n\none 1\n  two\t2  \nthree 3");
    assert_int_equal(settings_read(&arena, path, &settings, &err), 0);
    assert_int_equal(settings.count, 3);
    assert_string_equal(settings.names[1], "two");
    assert_string_equal(settings.values[2], "3");
    path = put(&arena, "settings", "one 1\nlonely\n");
    assert_int_equal(settings_read(&arena, path, &settings, &err), -1);
    assert_non_null(strstr(err.text, "line 2"));
    bi_arena_release(&arena);
}

static void folds_are_code_points(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct bi_error err;
    struct folds folds;
    char *path = put(&arena, "folds.ini", "; comment\n[beside-han]\nU+002C = ，\n[always]\nU+2500 = —\n");
    assert_int_equal(folds_read(&arena, path, &folds, &err), 0);
    assert_int_equal(folds.count, 2);
    assert_string_equal(folds_apply(&folds, ",", "年", NULL), "，");
    path = put(&arena, "folds.ini", "[always]\ncomma = ，\n");
    assert_int_equal(folds_read(&arena, path, &folds, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_MACHINE);
    bi_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_manifest_says_which_hash),
        cmocka_unit_test(a_wrong_model_is_refused_by_name_and_hash),
        cmocka_unit_test(a_model_that_tesseract_does_not_take_is_refused),
        cmocka_unit_test(settings_are_names_and_values),
        cmocka_unit_test(folds_are_code_points),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
