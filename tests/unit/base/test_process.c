/* Child processes: limits, logs, signals, and that nothing of them is left. */
#include "base/process.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "unit.h"

static char log_path[] = "/tmp/test_process.XXXXXX";

/* Waits until a process has ended: gone, or a zombie where nobody collects orphans. */
static void assert_ends(pid_t pid)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/cmdline", (int)pid);
    size_t got = 1;
    for (int i = 0; i < 500 && got > 0; i++) {
        char first;
        FILE *f = fopen(path, "r");
        got = f ? fread(&first, 1, 1, f) : 0;
        if (f)
            fclose(f);
        if (got > 0)
            usleep(10000);
    }
    assert_int_equal(got, 0);
}

/* Runs a shell command and says how it ended; what it printed is in the log. */
static struct bi_process_end run_shell(const char *command, struct bi_process_options options)
{
    char *arguments[] = {(char *)"sh", (char *)"-c", (char *)(uintptr_t)command, NULL};
    options.program = "/bin/sh";
    options.arguments = arguments;
    options.log = log_path;
    struct bi_process process;
    struct bi_process_end end;
    assert_int_equal(bi_process_start(&process, &options, NULL), 0);
    struct pollfd wait = {.fd = process.descriptor, .events = POLLIN};
    assert_int_equal(poll(&wait, 1, 20000), 1);
    assert_int_equal(bi_process_wait(&process, &end, NULL), 0);
    return end;
}

static void assert_log(const char *expected)
{
    char *data;
    size_t size;
    assert_int_equal(bi_file_read(log_path, 1 << 20, true, &data, &size, NULL), 0);
    assert_string_equal(data, expected);
    free(data);
}

static void exit_code_and_both_streams_are_kept(void **state)
{
    (void)state;
    struct bi_process_end end = run_shell("echo out; echo err >&2; exit 3", (struct bi_process_options){0});
    assert_int_equal(end.exit_code, 3);
    assert_int_equal(end.signal, 0);
    assert_log("out\nerr\n");
}

static void a_new_run_begins_a_new_log(void **state)
{
    (void)state;
    run_shell("echo a long line of the first run", (struct bi_process_options){0});
    run_shell("echo short", (struct bi_process_options){0});
    assert_log("short\n");
}

static void arguments_are_not_read_by_a_shell(void **state)
{
    (void)state;
    char *arguments[] = {(char *)"echo", (char *)"a b", (char *)"$HOME", (char *)"'\"\n*", NULL};
    struct bi_process_options options = {.program = "/bin/echo", .arguments = arguments, .log = log_path};
    struct bi_process process;
    struct bi_process_end end;
    assert_int_equal(bi_process_start(&process, &options, NULL), 0);
    assert_int_equal(bi_process_wait(&process, &end, NULL), 0);
    assert_log("a b $HOME '\"\n*\n");
}

static void death_by_a_signal_is_told(void **state)
{
    (void)state;
    struct bi_process_end end = run_shell("kill -SEGV $$", (struct bi_process_options){0});
    assert_int_equal(end.signal, SIGSEGV);
    assert_int_equal(end.exit_code, 128 + SIGSEGV);
}

static void additions_replace_entries_of_the_environment(void **state)
{
    (void)state;
    setenv("TEST_PROCESS_A", "old", 1);
    setenv("TEST_PROCESS_AB", "kept", 1);
    static const char *const environment[] = {"TEST_PROCESS_A=new", NULL};
    run_shell("echo $TEST_PROCESS_A $TEST_PROCESS_AB; env | grep -c ^TEST_PROCESS_A=",
              (struct bi_process_options){.environment = environment});
    assert_log("new kept\n1\n");
}

static void memory_is_limited(void **state)
{
    (void)state;
    const char *command = "x=0123456789abcdef; while :; do x=$x$x; [ ${#x} -gt 100000000 ] && exit 0; done";
    struct bi_process_end free_end = run_shell(command, (struct bi_process_options){0});
    assert_int_equal(free_end.exit_code, 0);
    struct bi_process_end end = run_shell(command, (struct bi_process_options){.memory_bytes = 20 << 20});
    assert_int_not_equal(end.exit_code, 0);
}

static void a_signal_reaches_the_childs_children(void **state)
{
    (void)state;
    char *arguments[] = {(char *)"sh", (char *)"-c", (char *)"sleep 60 & echo $! ; wait", NULL};
    struct bi_process_options options = {.program = "/bin/sh", .arguments = arguments, .log = log_path};
    struct bi_process process;
    struct bi_process_end end;
    assert_int_equal(bi_process_start(&process, &options, NULL), 0);
    int grandchild = 0;
    for (int i = 0; i < 200 && grandchild == 0; i++) {
        char *data;
        size_t size;
        usleep(10000);
        if (bi_file_read(log_path, 100, false, &data, &size, NULL) == 0) {
            grandchild = strchr(data, '\n') ? atoi(data) : 0;
            free(data);
        }
    }
    assert_true(grandchild > 0);
    bi_process_signal(&process, SIGTERM);
    assert_int_equal(bi_process_wait(&process, &end, NULL), 0);
    assert_int_equal(end.signal, SIGTERM);
    assert_ends(grandchild);
}

static void a_child_dies_with_its_parent(void **state)
{
    (void)state;
    int report[2];
    assert_int_equal(pipe(report), 0);
    pid_t parent = fork();
    if (parent == 0) {
        char *arguments[] = {(char *)"sleep", (char *)"60", NULL};
        struct bi_process_options options = {.program = "/bin/sleep", .arguments = arguments};
        struct bi_process process;
        if (bi_process_start(&process, &options, NULL) != 0)
            _exit(1);
        if (write(report[1], &process.pid, sizeof process.pid) < 0)
            _exit(1);
        pause();
        _exit(1);
    }
    close(report[1]);
    pid_t child;
    assert_int_equal(read(report[0], &child, sizeof child), sizeof child);
    close(report[0]);
    kill(parent, SIGKILL);
    waitpid(parent, NULL, 0);
    assert_ends(child);
}

static void what_cannot_be_executed_is_a_lack_of_the_machine(void **state)
{
    (void)state;
    char *arguments[] = {(char *)"none", NULL};
    struct bi_process_options options = {
        .program = "/nonexistent/program", .arguments = arguments, .log = log_path};
    struct bi_process process;
    struct bi_error err;
    assert_int_equal(bi_process_start(&process, &options, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_MACHINE);
    assert_non_null(strstr(err.text, "/nonexistent/program"));
    options.program = "/bin/true";
    options.log = "/nonexistent/log";
    assert_int_equal(bi_process_start(&process, &options, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_INTERNAL);
    assert_non_null(strstr(err.text, "/nonexistent/log"));
}

static void capture_takes_stdout_within_its_limits(void **state)
{
    (void)state;
    struct bi_text out = {0};
    char *hello[] = {(char *)"/bin/sh", (char *)"-c", (char *)"echo hello; echo noise >&2", NULL};
    assert_int_equal(bi_process_capture(hello, 100, 20, &out, NULL), 0);
    assert_string_equal(out.data, "hello\n");
    bi_text_clear(&out);
    assert_int_equal(bi_process_capture(hello, 3, 20, &out, NULL), 0);
    assert_string_equal(out.data, "hel");
    struct bi_error err;
    char *slow[] = {(char *)"/bin/sleep", (char *)"60", NULL};
    assert_int_equal(bi_process_capture(slow, 3, 0.1, &out, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_MACHINE);
    char *fails[] = {(char *)"/bin/false", NULL};
    assert_int_equal(bi_process_capture(fails, 3, 20, &out, &err), -1);
    bi_text_release(&out);
}

int main(void)
{
    close(mkstemp(log_path));
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exit_code_and_both_streams_are_kept),
        cmocka_unit_test(a_new_run_begins_a_new_log),
        cmocka_unit_test(arguments_are_not_read_by_a_shell),
        cmocka_unit_test(death_by_a_signal_is_told),
        cmocka_unit_test(additions_replace_entries_of_the_environment),
        cmocka_unit_test(memory_is_limited),
        cmocka_unit_test(a_signal_reaches_the_childs_children),
        cmocka_unit_test(a_child_dies_with_its_parent),
        cmocka_unit_test(what_cannot_be_executed_is_a_lack_of_the_machine),
        cmocka_unit_test(capture_takes_stdout_within_its_limits),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(log_path);
    return failed;
}
