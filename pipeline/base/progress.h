/* Progress for a person: lines that stay, and on a terminal one status line below them that is redrawn. */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdbool.h>
#include <stdio.h>

struct bi_progress {
    FILE *stream;    /* borrowed */
    bool terminal;   /* stream is one, so the status line is drawn */
    bool drawn;      /* the cursor stands behind a status line */
    double drawn_at; /* bi_process_clock of the last drawing */
    int columns;     /* that the drawn line takes */
};

/* `status` false: no status line even on a terminal. */
void bi_progress_init(struct bi_progress *progress, FILE *stream, bool status);
/* A line that stays. Control characters are shown as '?'. */
void bi_progress_line(struct bi_progress *progress, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The status line, cut to the width of the terminal. Drawn at most ten times a second unless nothing is drawn
 * yet; nothing where stream is no terminal. */
void bi_progress_status(struct bi_progress *progress, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same from parts, most important first: as many as fit, with ", " between them; the first is cut if it
 * alone does not. */
void bi_progress_parts(struct bi_progress *progress, const char *const *parts, size_t count);
/* The terminal has another size: removes the status line, over all the rows that it wraps to now, so that the
 * next one is drawn at once. */
void bi_progress_resized(struct bi_progress *progress);
/* Removes the status line, for instance before somebody else writes. */
void bi_progress_clear(struct bi_progress *progress);

/* Bytes at the beginning of a UTF-8 string that fit into `columns` columns of a terminal, where Chinese
 * characters take two. */
size_t bi_progress_fit(const char *text, int columns);
/* Columns that a string takes. */
int bi_progress_width(const char *text);

#endif
