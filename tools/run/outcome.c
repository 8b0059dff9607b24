#include "run/outcome.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

/* A last line longer than this is cut at its beginning. */
#define TAIL_BYTES 4096

void run_outcome_last_line(const char *log, const char *program, struct bi_text *out)
{
    char tail[TAIL_BYTES + 1];
    int file = open(log, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return;
    off_t size = lseek(file, 0, SEEK_END);
    ssize_t got = pread(file, tail, TAIL_BYTES, size > TAIL_BYTES ? size - TAIL_BYTES : 0);
    close(file);
    while (got > 0 && (tail[got - 1] == '\n' || tail[got - 1] == ' ' || tail[got - 1] == '\r'))
        got--;
    if (got <= 0)
        return;
    tail[got] = '\0';
    const char *line = tail + got;
    while (line > tail && line[-1] != '\n')
        line--;
    size_t name = strlen(program);
    if (strncmp(line, program, name) == 0 && strncmp(line + name, ": ", 2) == 0)
        line += name + 2;
    for (uint32_t rune; (rune = bi_rune_next(&line));)
        bi_text_add_rune(out, rune < 0x20 || rune == 0x7f ? '?' : rune);
}

/* As the C library, and bi_store_fail, put it. */
static bool is_full_disk(const char *message)
{
    const char *const texts[] = {strerror(ENOSPC), strerror(EDQUOT), "the disk is full"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strstr(message, texts[i]))
            return true;
    return false;
}

int run_outcome(const struct run_job *job, const struct bi_pool_event *event, double timeout_seconds,
                struct bi_text *message, struct bi_error *err)
{
    const struct bi_process_end *end = &event->end;
    if (event->timed_out) {
        bi_text_printf(message, "timed out after %.0f s", timeout_seconds);
        return 0;
    }
    if (end->exit_code == BI_EXIT_DONE)
        return 0;
    const char *program = run_stage_names(job->stage)->program;
    struct bi_text line = {0};
    run_outcome_last_line(job->log, program, &line);
    const char *said = bi_text_get(&line);
    int result = 0;
    if (end->signal)
        bi_text_printf(message, "killed by signal %d (%s)%s%s", end->signal, strsignal(end->signal),
                       *said ? "; it last said: " : "", said);
    else if (end->exit_code == BI_EXIT_MACHINE || end->exit_code == BI_EXIT_USAGE)
        result = bi_error_set(err, (enum bi_exit)end->exit_code, "%s: %s", program,
                              *said ? said : "failed without a word");
    else if (is_full_disk(said))
        result = bi_error_set(err, BI_EXIT_INTERNAL,
                              "%s: %s; what was finished is kept, and the next run goes on from there",
                              program, said);
    else
        bi_text_printf(message, "%s", *said ? said : "failed without a word");
    if (message->length && !end->signal && end->exit_code != BI_EXIT_INPUT)
        bi_text_printf(message, " (exit code %d)", end->exit_code);
    bi_text_release(&line);
    return result;
}
