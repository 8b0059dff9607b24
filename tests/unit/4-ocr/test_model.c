/* What the program is told from files: models, profiles, folds. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "folds.h"
#include "model.h"
#include "profiles.h"
#include "reader.h"
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
    static const char *const NAMES[] = {"chi_sim.traineddata", "own.traineddata", "models.ini",
                                        "profiles.ini", "folds.ini"};
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
    assert_int_equal(model_load(&arena, folder, "chi_sim", MODEL_SUFFIX, &model, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_MACHINE);
    assert_non_null(strstr(err.text, "chi_sim.traineddata"));
    assert_non_null(strstr(err.text, "a5fcb6f0db1e1d6d8522f39db4e848f05984669172e584e8d76b6b3141e1f730"));
    assert_int_equal(model_load(&arena, folder, "chi_sim_vert", MODEL_SUFFIX, &model, &err),
                     -1); /* not there */
    assert_int_equal(err.kind, BI_EXIT_MACHINE);
    assert_non_null(strstr(err.text, "20590de84725bab69cde93bd6e8ed360a13cc5421a7e7364ddeb93e9af53d6da"));
    assert_int_equal(model_load(&arena, folder, "../chi_sim", MODEL_SUFFIX, &model, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_USAGE);
    bi_arena_release(&arena);
}

static void what_is_no_model_is_refused(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct bi_error err;
    struct model model;
    struct reader *reader;
    put(&arena, "own.traineddata", "neither a model nor in the manifest");
    assert_int_equal(model_load(&arena, folder, "own", MODEL_SUFFIX, &model, &err), 0);
    assert_int_equal(reader_open(&model, &reader, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_MACHINE);
    assert_non_null(strstr(err.text, "own.traineddata"));
    model_release(&model);
    bi_arena_release(&arena);
}

static void a_profile_is_a_list_of_readings(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct bi_error err;
    struct profile profile;
    char *path = put(&arena, "profiles.ini",
                     "[fast]\nfirst = a@31\n[best]\nfirst = a@31 b@30.5\nagain = a@36\ndoubt = 0.25\n");
    assert_int_equal(profile_read(&arena, path, "best", &profile, &err), 0);
    assert_int_equal(profile.count, 3);
    assert_int_equal(profile.first_count, 2);
    assert_string_equal(profile.readings[1].model, "b");
    assert_true(profile.readings[1].style.em == 30.5 && profile.readings[2].style.em == 36);
    assert_string_equal(profile.readings[2].model, "a");
    assert_true(profile.doubt == 0.25);
    assert_int_equal(profile_read(&arena, path, "fast", &profile, &err), 0);
    assert_int_equal(profile.count, 1);
    assert_int_equal(profile_read(&arena, path, "slow", &profile, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_USAGE);
    bi_arena_release(&arena);
}

static void a_profile_that_makes_no_sense_is_refused(void **state)
{
    (void)state;
    static const char *const BAD[] = {"[x]\nfirst = a\n",
                                      "[x]\nfirst = a@0\n",
                                      "[x]\nfirst = a@49\n",
                                      "[x]\nfirst = @31\n",
                                      "[x]\nfirst = a@31x\n",
                                      "[x]\nagain = a@31\n",
                                      "[x]\nfirst = a@31\nhow = well\n",
                                      "[x]\nfirst =\n",
                                      "[x]\nfirst = a@31 a@32 a@33 a@34 a@35\nagain = a@26 a@27 a@28 a@29\n"};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        struct bi_arena arena = {0};
        struct bi_error err;
        struct profile profile;
        char *path = put(&arena, "profiles.ini", BAD[i]);
        assert_int_equal(profile_read(&arena, path, "x", &profile, &err), -1);
        assert_int_equal(err.kind, BI_EXIT_MACHINE);
        assert_non_null(strstr(err.text, "profiles.ini"));
        bi_arena_release(&arena);
    }
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
        cmocka_unit_test(what_is_no_model_is_refused),
        cmocka_unit_test(a_profile_is_a_list_of_readings),
        cmocka_unit_test(a_profile_that_makes_no_sense_is_refused),
        cmocka_unit_test(folds_are_code_points),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
