/* Identity over reruns: which page and which article of an issue that is loaded again is which of those in
 * the archive, so that ids, and with them links and people's notes, keep their meaning. Pure: no database. */
#ifndef LOAD_IDENTITY_H
#define LOAD_IDENTITY_H

#include <stddef.h>

#include "base/arena.h"
#include "page/geometry.h"

/* What a page is recognised by. */
struct load_page_face {
    int frame;
    const char *scan_sha256; /* "" if unknown */
    int scan_index;
};

/* For each of the new pages the index of the old page that it is, or -1, in match[]. The same scan is the
 * same page even where the frames have moved; what is left over is matched by frame number. No old page is
 * used twice. */
void load_match_pages(const struct load_page_face *old, size_t old_count, const struct load_page_face *new,
                      size_t new_count, long *match);

/* What an article is recognised by: what it says, and where its headline stands. */
struct load_article_face {
    const char *headline, *body;
    long long page; /* of part 0: whatever tells pages apart; 0 if it has no part */
    struct bi_box box;
};

/* Two articles less alike than this (0 … 1, half text, a third place, the rest headline) are two. Recognised
 * anew with half of its characters different, an article in the same place is still above. */
#define LOAD_MIN_LIKENESS 0.35

/* For each of the new articles the index of the old article that it is, or -1, in match[]. Best pairs first,
 * no old article is used twice; articles that did not change are matched before all others. */
void load_match_articles(const struct load_article_face *old, size_t old_count,
                         const struct load_article_face *new, size_t new_count, long *match);

#endif
