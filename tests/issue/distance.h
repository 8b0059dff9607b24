/* How far a reading is from what is printed: folded text (widths and letter case alike, no white space). */
#ifndef TESTS_ISSUE_DISTANCE_H
#define TESTS_ISSUE_DISTANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "truth.h"

/* Folded text as code points. */
struct runes {
    uint32_t *data;
    size_t count;
};

/* NULL is the empty text. */
struct runes runes_fold(const char *s);
void runes_release(struct runes *runes);

/* Edit distance of a to b, or, with anywhere, to the closest stretch of b; at most a's length. */
size_t runes_errors(struct runes a, struct runes b, bool anywhere);

struct line_errors {
    size_t errors, characters;
};

/* Whether a line is one to be read: not the masthead's name, nor in an advertisement or a photograph. */
bool truth_line_counts(const struct truth_line *line);

/* Adds each printed line of a page (not the masthead's name, nor advertisements) against the best-matching
 * stretch of that page's text: recognition alone. */
void truth_line_errors(const struct truth *truth, int page, struct runes text, struct line_errors *sum);

/* Adds what is printed of each paragraph in one column, or with parts of each article on the page, as one
 * stretch, against the best-matching stretch of the text of the page's body lines in their reading order:
 * recognition, columns and the order of lines; with parts the order of columns too. */
void truth_body_errors(const struct truth *truth, int page, struct runes body, bool parts,
                       struct line_errors *sum);

#endif
