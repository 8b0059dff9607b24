/* In which articles the characters of a phrase stand one after the other, by their lists. */
#ifndef ARCHIVE_PARTS_H
#define ARCHIVE_PARTS_H

#include "archive/phrase.h"
#include "archive/segments.h"

/* So many different characters are looked up; what a longer phrase has after them is looked for in the text
 * of the articles that are left. */
#define ARCHIVE_MOST_PARTS 8

/* A character of the phrase with the distances from the phrase's start at which it stands. */
struct archive_part {
    uint32_t character;
    struct archive_list list;
    uint32_t *offsets;
    size_t offset_count;
};

/* Appends the articles in which all parts stand at their distances. The lists stay where they are: cursors
 * of their own go over their bytes, in one more thread for each `share_bytes` of them, where there are
 * processors. */
int archive_parts_match(struct archive_part *parts, size_t count, size_t share_bytes,
                        struct archive_matches *matches, struct bi_error *err);

#endif
