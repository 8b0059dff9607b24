/* Errors as values: every function that can fail returns 0 or -1 and says why in a struct the caller owns.
 * Libraries never print and never exit; main() prints the text once and returns the exit code. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

/* The exit codes of every program in the pipeline. */
enum bi_exit {
    BI_EXIT_DONE = 0,
    BI_EXIT_INTERNAL = 1, /* a fault of ours, or of the machine in the middle of work (disk full, killed) */
    BI_EXIT_USAGE = 2,    /* the command line is wrong */
    BI_EXIT_INPUT = 3,    /* this input is bad; others may be good */
    BI_EXIT_MACHINE = 4,  /* the machine lacks something every input needs, such as a model */
};

struct bi_error {
    enum bi_exit kind;
    char text[1024]; /* one line, lower case, the subject first and quoted by position: "p01.tif: is empty" */
};

/* Fills err (which may be NULL) and returns -1, so that a failing function can end with
 * `return bi_error_set(err, BI_EXIT_INPUT, "%s: is empty", path);`. Line breaks and other control
 * characters that come in through a file name are shown as '?', bytes that are no UTF-8 as %XX, so that the
 * text stays one line that every log and terminal can hold. */
int bi_error_set(struct bi_error *err, enum bi_exit kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Like bi_error_set, with ": " and the text of errno appended. Chooses BI_EXIT_INTERNAL for a full disk,
 * an exhausted quota or a lack of memory, whatever kind is given. */
int bi_error_errno(struct bi_error *err, enum bi_exit kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
