/* Correcting the text of a page's lines: corrections/<title>/<date>/NNNN.page.xml, as a person would write it
 * in an editor, made from what recognition has read where it is not there yet. */
#ifndef EDIT_LINES_H
#define EDIT_LINES_H

#include "base/file.h"
#include "edit/log.h"
#include "edit/place.h"
#include "page/page.h"

/* What became of a line. */
enum edit_result {
    EDIT_SAVED,
    EDIT_SAME,     /* it says so already */
    EDIT_CONFLICT, /* it says something else than what the person saw */
    EDIT_GONE,     /* there is no such line any more */
};

struct edit_line {
    const char *id;
    const char *was; /* SHA-256 of the text that the person saw */
    const char *text;
    long undoes; /* number of the record that this takes back; 0: none */
    enum edit_result result;
    char *now; /* what it says, if EDIT_CONFLICT */
};

/* Changes those lines of a page that can be, together, whole or not at all; `result` and `now` (from the
 * arena) say what became of each. `lines` of one id count once, the first. BI_EXIT_INPUT if the page has no
 * text or its correction is not PAGE-XML; nothing is changed on failure. */
int edit_lines_save(const struct edit_place *place, const char *who, int frame, struct edit_line *lines,
                    size_t count, struct bi_arena *arena, struct bi_error *err);

/* The page's lines as they are now, in its reading order; from the page, which the caller releases. 0 lines
 * if it has no text. */
int edit_lines_read(const struct edit_place *place, int frame, struct bi_page *page,
                    const struct bi_line ***lines, size_t *count, struct bi_error *err);

/* What is printed, of what a person typed: without control characters and marks of direction, which no press
 * sets, with spaces for tabs and line breaks, and none at the ends. From the arena. */
char *edit_clean(struct bi_arena *arena, const char *text);

#endif
