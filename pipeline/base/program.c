#include "base/program.h"

#include <locale.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/output.h"

static const char *program_name = "backissue";
static char version_line[128];

static void die_by_signal(int number)
{
    bi_output_remove_all();
    signal(number, SIG_DFL);
    raise(number);
}

void bi_program_init(const char *name)
{
    program_name = name;
    if (strcmp(name, "backissue") == 0)
        snprintf(version_line, sizeof version_line, "backissue %s", BI_VERSION);
    else
        snprintf(version_line, sizeof version_line, "%s (backissue) %s", name, BI_VERSION);
    argp_program_version = version_line;
    argp_err_exit_status = BI_EXIT_USAGE;
    setlocale(LC_CTYPE, "C.UTF-8");

    struct sigaction action = {.sa_handler = die_by_signal};
    static const int deadly[] = {SIGINT, SIGTERM, SIGHUP, SIGXCPU};
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++)
        sigaction(deadly[i], &action, NULL);
    /* A write past RLIMIT_FSIZE shall fail with EFBIG and a message, like a full disk. */
    signal(SIGXFSZ, SIG_IGN);
}

int bi_program_fail(const struct bi_error *err)
{
    fprintf(stderr, "%s: %s\n", program_name, err->text);
    return (int)err->kind;
}

void bi_program_warn(const char *format, ...)
{
    struct bi_error line;
    char text[sizeof line.text];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    bi_error_set(&line, BI_EXIT_DONE, "%s", text);
    fprintf(stderr, "%s: %s\n", program_name, line.text);
}
