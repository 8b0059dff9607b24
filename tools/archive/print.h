/* Archived text on a terminal and as JSON. Text comes from scans and files of strangers: control characters
 * in it must not reach a terminal. */
#ifndef ARCHIVE_PRINT_H
#define ARCHIVE_PRINT_H

#include <jansson.h>
#include <stdio.h>

enum archive_marking {
    ARCHIVE_MARKING_NONE,
    ARCHIVE_MARKING_BOLD,     /* ANSI */
    ARCHIVE_MARKING_BRACKETS, /* 【】 */
};

/* Bold on a terminal, brackets otherwise. */
enum archive_marking archive_marking_for(FILE *stream);

/* Prints text in which what matched is marked (find.h) on one line: line breaks become spaces, other control
 * characters '?'. */
void archive_print(FILE *stream, const char *text, enum archive_marking marking);
/* Prints text paragraph by paragraph, each on a line of its own. */
void archive_print_paragraphs(FILE *stream, const char *text);

/* Sets members of an object: the text without its marks under `key`, and where `key_matches` is given, what
 * was marked as [[start, length], …] in characters (code points). */
void archive_json_marked(json_t *object, const char *key, const char *key_matches, const char *text);
/* A string, null for "" or NULL. */
json_t *archive_json_text(const char *text);
/* "1, 4" as [1, 4]. */
json_t *archive_json_numbers(const char *list);
/* Prints one value on a line and releases it. */
void archive_json_print(FILE *stream, json_t *value);

#endif
