/* What the end of a step means. */
#include "run/outcome.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

static char path[] = "/tmp/test_outcome.XXXXXX";

static void write_log(const char *text)
{
    FILE *f = fopen(path, "w");
    fputs(text, f);
    fclose(f);
}

static struct run_job job = {.stage = RUN_OCR, .log = path};

/* The message of a step of backissue-ocr that ended so, or "stop N: …" if the run has to. */
static void assert_outcome(const char *log, struct bi_process_end end, bool timed_out, const char *expected)
{
    struct bi_pool_event event = {.kind = BI_POOL_ENDED, .job = &job, .end = end, .timed_out = timed_out};
    struct bi_text message = {0};
    struct bi_error err;
    write_log(log);
    if (run_outcome(&job, &event, 600, &message, &err) != 0) {
        bi_text_clear(&message);
        bi_text_printf(&message, "stop %d: %s", (int)err.kind, err.text);
    }
    assert_string_equal(bi_text_get(&message), expected);
    bi_text_release(&message);
}

static void a_bad_page_fails_with_its_last_words(void **state)
{
    (void)state;
    assert_outcome("backissue-ocr: p1.tif: a warning\nbackissue-ocr: p1.tif: is bad\n",
                   (struct bi_process_end){.exit_code = 3}, false, "p1.tif: is bad");
    assert_outcome("no newline\tat the end", (struct bi_process_end){.exit_code = 3}, false,
                   "no newline?at the end");
    assert_outcome("", (struct bi_process_end){.exit_code = 3}, false, "failed without a word");
    assert_outcome("oh", (struct bi_process_end){.exit_code = 1}, false, "oh (exit code 1)");
}

static void warnings_of_a_good_page_are_no_failure(void **state)
{
    (void)state;
    assert_outcome("backissue-ocr: p1.tif: a warning\n", (struct bi_process_end){0}, false, "");
}

static void crash_and_timeout_fail_the_page(void **state)
{
    (void)state;
    assert_outcome("reading\n", (struct bi_process_end){.exit_code = 139, .signal = 11}, false,
                   "killed by signal 11 (Segmentation fault); it last said: reading");
    assert_outcome("", (struct bi_process_end){.exit_code = 137, .signal = 9}, true, "timed out after 600 s");
}

static void what_would_fail_every_page_stops_the_run(void **state)
{
    (void)state;
    assert_outcome("backissue-ocr: chi_sim: no such model\n", (struct bi_process_end){.exit_code = 4}, false,
                   "stop 4: backissue-ocr: chi_sim: no such model");
    assert_outcome("backissue-ocr: unrecognized option\n", (struct bi_process_end){.exit_code = 2}, false,
                   "stop 2: backissue-ocr: unrecognized option");
    assert_outcome(
        "backissue-ocr: work/a: No space left on device\n", (struct bi_process_end){.exit_code = 1}, false,
        "stop 1: backissue-ocr: work/a: No space left on device; what was finished is kept, and the next "
        "run goes on from there");
    /* As load says it: stage/test_trust.sh. */
    assert_outcome(
        "archive.db: the disk is full\n", (struct bi_process_end){.exit_code = 1}, false,
        "stop 1: backissue-ocr: archive.db: the disk is full; what was finished is kept, and the next "
        "run goes on from there");
}

static void only_the_end_of_a_long_log_is_read(void **state)
{
    (void)state;
    struct bi_text log = {0}, line = {0};
    for (int i = 0; i < 1000; i++)
        bi_text_add(&log, "a line of chatter that nobody reads\n");
    bi_text_add(&log, "the last\n\n  \n");
    write_log(log.data);
    run_outcome_last_line(path, "backissue-ocr", &line);
    assert_string_equal(line.data, "the last");
    bi_text_clear(&line);
    run_outcome_last_line("/nonexistent", "backissue-ocr", &line);
    assert_string_equal(line.data, "");
    bi_text_release(&log);
    bi_text_release(&line);
}

int main(void)
{
    close(mkstemp(path));
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bad_page_fails_with_its_last_words),
        cmocka_unit_test(warnings_of_a_good_page_are_no_failure),
        cmocka_unit_test(crash_and_timeout_fail_the_page),
        cmocka_unit_test(what_would_fail_every_page_stops_the_run),
        cmocka_unit_test(only_the_end_of_a_long_log_is_read),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
