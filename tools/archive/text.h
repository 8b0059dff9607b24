/* The texts of articles, folded as the index has them, each character with where it came from: to look for
 * what no index tells, and to show what was found. */
#ifndef ARCHIVE_TEXT_H
#define ARCHIVE_TEXT_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

#include "archive/segments.h"

struct archive_folded {
    uint32_t *characters;
    uint32_t *starts, *ends; /* bytes of the text that each came from */
    size_t count, capacity;
};

void archive_fold(struct archive_folded *folded, const char *text, size_t n);
void archive_folded_release(struct archive_folded *folded);

/* Where the phrase stands first from a character on; SIZE_MAX if nowhere. */
size_t archive_folded_find(const struct archive_folded *folded, size_t from, const uint32_t *characters,
                           size_t count);
/* How often it stands there, overlapping ones counted each. */
size_t archive_folded_count(const struct archive_folded *folded, const uint32_t *characters, size_t count);

/* Whether a word of letters and digits begins here, or something else stands. */
bool archive_begins_word(const struct archive_folded *folded, size_t at);

struct archive_texts {
    sqlite3_stmt *read;
    const char *text[ARCHIVE_COLUMNS]; /* valid until the next read */
    struct archive_folded folded[ARCHIVE_COLUMNS];
};

int archive_texts_open(struct archive_texts *texts, sqlite3 *db, struct bi_error *err);
/* Reads and folds the columns of an article. */
int archive_texts_read(struct archive_texts *texts, uint32_t article, struct bi_error *err);
void archive_texts_close(struct archive_texts *texts);

#endif
