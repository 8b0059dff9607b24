/* The lists of FTS5 read without FTS5: for a token, the articles it stands in and its places in each.
 *
 * FTS5 answers one row at a time through SQLite's virtual machine, and ranks each by looking up the article's
 * size; for a word that stands in half of a million articles that takes about a second. The lists themselves
 * are plain: fts5_index.c of SQLite describes them under "ON-DISK FORMAT", and numbers the format. Read in
 * one go, with ranking left to where it tells something (find.h), they answer some ten times as fast, which
 * is why a search of ours reads them here and needs no second index.
 *
 * Only the format that is known is read; index_open says where it is another one, and then phrases are asked
 * of FTS5 (phrase.h), with the same results. Nothing is ever written. */
#ifndef ARCHIVE_SEGMENTS_H
#define ARCHIVE_SEGMENTS_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "archive/places.h"
#include "base/error.h"

/* Columns of article_fts, in order. */
enum {
    ARCHIVE_COLUMN_HEADLINE,
    ARCHIVE_COLUMN_KICKER,
    ARCHIVE_COLUMN_SUBHEAD,
    ARCHIVE_COLUMN_BYLINE,
    ARCHIVE_COLUMN_BODY,
    ARCHIVE_COLUMNS
};

/* After the last article of a list; no article has this id. */
#define ARCHIVE_LIST_END UINT32_MAX

struct archive_segment {
    int id, first_page, last_page;
};

struct archive_index {
    sqlite3 *db;
    bool known;                       /* the format is; if not, only `db` can be used */
    struct archive_segment *segments; /* newest first */
    size_t segment_count;
    sqlite3_stmt *find_page, *read_pages, *read_size;
    double articles, characters; /* of the whole index, for bm25 */
    size_t share_bytes;          /* so many bytes of lists are worth a thread (parts.h) */
};

/* Opens the index as it is now: the caller holds a transaction for as long as it is open. */
int archive_index_open(struct archive_index *index, sqlite3 *db, struct bi_error *err);
void archive_index_close(struct archive_index *index);

/* Characters of an article in the index, all columns together. */
int archive_index_article_size(struct archive_index *index, uint32_t article, double *size,
                               struct bi_error *err);

/* What one segment has about a token, page after page in one piece. */
struct archive_run {
    uint8_t *bytes;
    size_t length, capacity;
    size_t *
        restarts; /* where a row id is written whole instead of as a difference: once a page; then SIZE_MAX */
    size_t restart_count, restart_capacity, next_restart;
    size_t at, restart; /* where the next entry is, and the next restart */
    uint32_t article;
    const uint8_t *places;
    size_t place_bytes; /* 0: this segment says that the article has gone */
    bool damaged;
};

/* The articles of a token, ascending, each with its list of places (places.h). */
struct archive_list {
    uint32_t article; /* ARCHIVE_LIST_END after the last */
    const uint8_t *places;
    size_t place_bytes;
    size_t bytes; /* of the whole list, as a measure of its length */
    struct archive_run *runs;
    size_t run_count, current;
    uint32_t bound; /* the current run is the only one before this article */
};

/* The list of a token of `length` bytes, standing at its first article. BI_EXIT_MACHINE if the index is
 * damaged. */
int archive_list_open(struct archive_index *index, const char *token, size_t length,
                      struct archive_list *list, struct bi_error *err);
/* The next entry of a run. */
static inline void archive_run_next(struct archive_run *run)
{
    if (run->at >= run->length) {
        run->article = ARCHIVE_LIST_END;
        return;
    }
    const uint8_t *p = run->bytes + run->at;
    uint64_t value, size;
    p = places_number(p, &value);
    if (run->at == run->restart) {
        run->restart = run->restarts[++run->next_restart];
        run->article = 0;
    }
    value += run->article;
    p = places_number(p, &size); /* its lowest bit: older segments' entries have gone */
    size_t at = (size_t)(p - run->bytes);
    size >>= 1;
    if (at > run->length || size > run->length - at || value >= ARCHIVE_LIST_END) {
        run->damaged = true;
        run->article = ARCHIVE_LIST_END;
        run->at = run->length;
        return;
    }
    run->article = (uint32_t)value;
    run->places = p;
    run->place_bytes = (size_t)size;
    run->at = at + (size_t)size;
}

/* What archive_list_next does where several runs have to be looked at. */
void archive_list_choose_run(struct archive_list *list);

static inline void archive_list_next(struct archive_list *list)
{
    struct archive_run *run = &list->runs[list->current];
    archive_run_next(run);
    if (run->article >= list->bound || run->place_bytes == 0) {
        archive_list_choose_run(list);
        return;
    }
    list->article = run->article;
    list->places = run->places;
    list->place_bytes = run->place_bytes;
}

/* The first article that is `least` or later. */
static inline void archive_list_reach(struct archive_list *list, uint32_t least)
{
    while (list->article < least)
        archive_list_next(list);
}
/* Where the list would be cut for part `part` of `count`, by bytes: an article. */
uint32_t archive_list_part(const struct archive_list *list, size_t part, size_t count);
/* Another cursor over the same list, which must outlive it, standing at `least` or before; its `runs` are the
 * caller's to free. */
void archive_list_from(const struct archive_list *list, uint32_t least, struct archive_list *other);
/* At the end of a list: -1 if it ended because it is damaged. */
int archive_list_check(const struct archive_list *list, struct bi_error *err);
void archive_list_close(struct archive_list *list);

#endif
