/* Child processes: started from an argument array (never through a shell), with limits, a log file, and a
 * descriptor that poll() reports as readable when the process has ended. A child dies with its parent,
 * however that one dies. */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

struct bi_process_options {
    const char *program;            /* path of the executable */
    char *const *arguments;         /* argv, ended with NULL */
    const char *const *environment; /* "NAME=value" additions, ended with NULL; NULL for none */
    const char *log;                /* stdout and stderr go here, from its beginning; NULL for /dev/null */
    uint64_t memory_bytes;          /* limit on private memory (RLIMIT_DATA); 0 for none */
    uint64_t file_bytes;            /* limit on the size of each file it writes; 0 for none */
    const int *output, *errors;     /* open files for stdout and for stderr; NULL: where the log goes */
};

/* A running child. It leads a process group of its own, so that a key pressed on the terminal reaches only
 * the parent and a signal sent with bi_process_signal reaches the child's own children too. */
struct bi_process {
    pid_t pid;
    int descriptor; /* for poll(): POLLIN once it has ended */
    double started; /* seconds on bi_process_clock */
};

/* How a child ended. */
struct bi_process_end {
    int exit_code; /* as a shell counts: 128 + signal for one killed by a signal */
    int signal;    /* 0 if it ended by itself */
    double seconds;
    double cpu_seconds;
    uint64_t peak_memory_bytes;
};

/* stdin is /dev/null. BI_EXIT_MACHINE if the program cannot be executed, BI_EXIT_INTERNAL if the log cannot
 * be written or there can be no more processes; nothing runs then. */
int bi_process_start(struct bi_process *process, const struct bi_process_options *options,
                     struct bi_error *err);
/* Waits for the end, which is at once where the descriptor was readable, and closes the descriptor. */
int bi_process_wait(struct bi_process *process, struct bi_process_end *end, struct bi_error *err);
/* The same, but a child that is not done after timeout_seconds is killed first; *late says whether. */
int bi_process_finish(struct bi_process *process, double timeout_seconds, bool *late,
                      struct bi_process_end *end, struct bi_error *err);
/* Sends a signal to the child and its children; it must not have been waited for. */
void bi_process_signal(const struct bi_process *process, int signal);

/* Runs a program to its end and appends what it prints on stdout, at most max_bytes, to out. BI_EXIT_MACHINE
 * if it cannot be executed, fails or has not closed its output within timeout_seconds. */
int bi_process_capture(char *const *arguments, size_t max_bytes, double timeout_seconds, struct bi_text *out,
                       struct bi_error *err);

/* The path of a program that the PATH of the environment has. BI_EXIT_MACHINE, with the name of the package
 * that brings it, if it has none. */
int bi_process_find(struct bi_arena *arena, const char *name, const char *package, char **path,
                    struct bi_error *err);

/* Seconds on a clock that only goes forward. */
double bi_process_clock(void);
/* Processors this process may run on, at least 1. */
int bi_process_cores(void);

#endif
