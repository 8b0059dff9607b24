#include "archive/segments.h"

#include <stdlib.h>
#include <string.h>

#include "archive/places.h"
#include "base/arena.h"
#include "base/cleanup.h"
#include "store.h"

/* Of article_fts_config. Version 5 is written by an SQLite that deletes for good ('secure-delete'). */
#define KNOWN_FORMAT 4
/* Rows of article_fts_data with other uses than pages. */
enum { ROW_AVERAGES = 1, ROW_STRUCTURE = 10 };
/* A page's row id is its segment above these bits and its number in the segment below. */
#define SEGMENT_SHIFT 37
/* Readers of numbers look ahead so far. */
#define PADDING_BYTES 16
/* Of lists, takes about a millisecond to go through. */
#define SHARE_BYTES (1 << 20)
/* Tokens of the index of whole terms begin with this byte, since there may be prefix indexes too. */
#define MAIN_INDEX '0'

static int damaged(struct bi_error *err)
{
    return bi_error_set(err, BI_EXIT_MACHINE,
                        "the full-text index is damaged; backissue verify says more, and "
                        "INSERT INTO article_fts (article_fts) VALUES ('rebuild') makes it anew");
}

/* A blob with padding after it, in the arena; NULL data if there is no such row. */
static int read_row(sqlite3 *db, int row_id, struct bi_arena *arena, const uint8_t **data, size_t *size,
                    struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(db, "SELECT block FROM article_fts_data WHERE id = ?", &read, err) < 0 ||
        bi_store_bind(read, err, "i", row_id) < 0)
        return -1;
    int row = bi_store_step(read, err);
    if (row < 0)
        return -1;
    *data = NULL;
    *size = 0;
    if (row == 0)
        return 0;
    const void *blob = sqlite3_column_blob(read, 0);
    *size = (size_t)sqlite3_column_bytes(read, 0);
    uint8_t *copy = bi_arena_alloc(arena, *size + PADDING_BYTES);
    if (*size)
        memcpy(copy, blob, *size);
    *data = copy;
    return 0;
}

/* The structure: a cookie of four bytes, the numbers of levels and segments, a counter of writes; for each
 * level how many of its segments are being merged, how many there are, and of each its number and its first
 * and last page. Within a level the newest is last; lower levels are newer. */
static int read_structure(struct archive_index *index, struct bi_error *err)
{
    enum { COOKIE_BYTES = 4, MOST_SEGMENTS = 2000, MOST_LEVELS = 64 };
    static const uint8_t LATER_FORMAT[] = {0xFF, 0x00, 0x00, 0x01};
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    const uint8_t *data;
    size_t size;
    if (read_row(index->db, ROW_STRUCTURE, &arena, &data, &size, err) < 0)
        return -1;
    if (!data || size < COOKIE_BYTES + 3)
        return damaged(err);
    if (memcmp(data + COOKIE_BYTES, LATER_FORMAT, sizeof LATER_FORMAT) == 0) {
        index->known = false;
        return 0;
    }
    const uint8_t *p = data + COOKIE_BYTES, *end = data + size;
    uint64_t levels, total, writes;
    p = places_number(places_number(places_number(p, &levels), &total), &writes);
    if (levels > MOST_LEVELS || total > MOST_SEGMENTS)
        return damaged(err);
    index->segments = bi_xcalloc((size_t)total + 1, sizeof *index->segments);
    for (uint64_t level = 0; level < levels; level++) {
        uint64_t merging, count;
        if (p >= end)
            return damaged(err);
        p = places_number(places_number(p, &merging), &count);
        if (count > total - index->segment_count)
            return damaged(err);
        for (uint64_t i = 0; i < count; i++) {
            uint64_t id, first, last;
            if (p >= end)
                return damaged(err);
            p = places_number(places_number(places_number(p, &id), &first), &last);
            index->segments[index->segment_count + (size_t)(count - 1 - i)] =
                (struct archive_segment){(int)id, (int)first, (int)last};
        }
        index->segment_count += (size_t)count;
    }
    return p <= end ? 0 : damaged(err);
}

static int read_averages(struct archive_index *index, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    const uint8_t *data;
    size_t size;
    if (read_row(index->db, ROW_AVERAGES, &arena, &data, &size, err) < 0)
        return -1;
    if (!data || !size)
        return 0; /* an empty index */
    const uint8_t *p = data, *end = data + size;
    uint64_t value;
    p = places_number(p, &value);
    index->articles = (double)value;
    for (int column = 0; column < ARCHIVE_COLUMNS && p < end; column++) {
        p = places_number(p, &value);
        index->characters += (double)value;
    }
    return 0;
}

static int ask_known(struct archive_index *index, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *ask = NULL;
    if (bi_store_prepare(index->db,
                         "SELECT (SELECT v FROM article_fts_config WHERE k = 'version'),"
                         " (SELECT ifnull(max(article_id), 0) FROM article), (SELECT ifnull(min(article_id), "
                         "0) FROM article)",
                         &ask, err) < 0 ||
        bi_store_step(ask, err) < 0)
        return -1;
    index->known = sqlite3_column_int(ask, 0) == KNOWN_FORMAT && sqlite3_column_int64(ask, 2) >= 0 &&
                   sqlite3_column_int64(ask, 1) < (sqlite3_int64)ARCHIVE_LIST_END;
    return 0;
}

int archive_index_open(struct archive_index *index, sqlite3 *db, struct bi_error *err)
{
    *index = (struct archive_index){.db = db, .share_bytes = SHARE_BYTES};
    if (ask_known(index, err) < 0)
        return -1;
    if (!index->known)
        return 0;
    if (read_structure(index, err) < 0 || read_averages(index, err) < 0 ||
        bi_store_prepare(db,
                         "SELECT pgno >> 1 FROM article_fts_idx WHERE segid = ? AND term <= ? "
                         "ORDER BY term DESC LIMIT 1",
                         &index->find_page, err) < 0 ||
        bi_store_prepare(db, "SELECT block FROM article_fts_data WHERE id BETWEEN ? AND ? ORDER BY id",
                         &index->read_pages, err) < 0 ||
        bi_store_prepare(db, "SELECT sz FROM article_fts_docsize WHERE id = ?", &index->read_size, err) < 0) {
        archive_index_close(index);
        return -1;
    }
    return 0;
}

void archive_index_close(struct archive_index *index)
{
    bi_store_finalizep(&index->find_page);
    bi_store_finalizep(&index->read_pages);
    bi_store_finalizep(&index->read_size);
    free(index->segments);
    *index = (struct archive_index){0};
}

int archive_index_article_size(struct archive_index *index, uint32_t article, double *size,
                               struct bi_error *err)
{
    uint8_t bytes[ARCHIVE_COLUMNS * 9 + PADDING_BYTES] = {0};
    if (bi_store_bind(index->read_size, err, "l", (sqlite3_int64)article) < 0)
        return -1;
    int row = bi_store_step(index->read_size, err);
    if (row < 0)
        return -1;
    size_t length = row ? (size_t)sqlite3_column_bytes(index->read_size, 0) : 0;
    if (length == 0 || length > sizeof bytes - PADDING_BYTES)
        return damaged(err);
    memcpy(bytes, sqlite3_column_blob(index->read_size, 0), length);
    sqlite3_reset(index->read_size);
    *size = 0;
    for (const uint8_t *p = bytes; p < bytes + length;) {
        uint64_t value;
        p = places_number(p, &value);
        *size += (double)value;
    }
    return 0;
}

/* ---- pages */

/* A page: two bytes that say where its first whole row id is (0: nowhere), two that say where its content
 * ends; the content; then where its terms begin, each as the distance from the one before. */
struct page {
    const uint8_t *bytes;
    size_t size, content_end, first_row, first_term;
};

static bool look_at_page(const uint8_t *bytes, size_t size, struct page *page)
{
    enum { HEADER_BYTES = 4 };
    if (!bytes || size < HEADER_BYTES)
        return false;
    *page = (struct page){
        .bytes = bytes,
        .size = size,
        .first_row = (size_t)bytes[0] << 8 | bytes[1],
        .content_end = (size_t)bytes[2] << 8 | bytes[3],
    };
    if (page->content_end < HEADER_BYTES || page->content_end > size)
        return false;
    page->first_term = page->content_end;
    if (page->content_end < size) { /* at most 64 KiB, so the number has at most three bytes */
        uint8_t footer[PADDING_BYTES] = {0};
        size_t n = size - page->content_end;
        memcpy(footer, bytes + page->content_end, n < 4 ? n : 4);
        uint64_t first;
        places_number(footer, &first);
        if (first < HEADER_BYTES || first > page->content_end)
            return false;
        page->first_term = (size_t)first;
    }
    return true;
}

/* Where a token's entries begin and end on a page that has terms. True if the token is there. */
static bool find_term(const struct page *page, const uint8_t *padded, const char *token, size_t length,
                      size_t *begin, size_t *end)
{
    uint8_t term[256];
    size_t term_length = 0, start = page->first_term;
    const uint8_t *footer = padded + page->content_end, *footer_end = padded + page->size;
    uint64_t value;
    footer = places_number(footer, &value);
    for (bool first = true; start < page->content_end; first = false) {
        const uint8_t *p = padded + start;
        uint64_t keep = 0, more;
        if (!first)
            p = places_number(p, &keep);
        p = places_number(p, &more);
        if (keep > term_length || more > sizeof term - keep || p + more > padded + page->content_end)
            return false;
        memcpy(term + keep, p, more);
        p += more;
        term_length = (size_t)(keep + more);
        size_t next = page->content_end;
        if (footer < footer_end) {
            footer = places_number(footer, &value);
            next = start + (size_t)value;
            if (next <= start || next > page->content_end)
                return false;
        }
        if (term_length == length + 1 && term[0] == MAIN_INDEX && memcmp(term + 1, token, length) == 0) {
            *begin = (size_t)(p - padded);
            *end = next;
            return *begin <= *end;
        }
        start = next;
    }
    return false;
}

static void add_bytes(struct archive_run *run, const uint8_t *bytes, size_t n)
{
    if (run->length + n + PADDING_BYTES > run->capacity) {
        run->capacity = (run->length + n + PADDING_BYTES) * 2;
        run->bytes = bi_xrealloc(run->bytes, run->capacity);
    }
    memcpy(run->bytes + run->length, bytes, n);
    run->length += n;
}

static void add_restart(struct archive_run *run, size_t at)
{
    if (run->restart_count == run->restart_capacity) {
        run->restart_capacity = run->restart_capacity ? run->restart_capacity * 2 : 8;
        run->restarts = bi_xrealloc(run->restarts, run->restart_capacity * sizeof *run->restarts);
    }
    run->restarts[run->restart_count++] = at;
}

static int first_page(struct archive_index *index, const struct archive_segment *segment, const char *token,
                      size_t length, int *page, struct bi_error *err)
{
    char key[64];
    key[0] = MAIN_INDEX;
    memcpy(key + 1, token, length);
    *page = segment->first_page;
    if (bi_store_bind(index->find_page, err, "i", segment->id) < 0 ||
        sqlite3_bind_blob(index->find_page, 2, key, (int)length + 1, SQLITE_TRANSIENT) != SQLITE_OK)
        return -1;
    int row = bi_store_step(index->find_page, err);
    if (row > 0 && sqlite3_column_int(index->find_page, 0) > *page)
        *page = sqlite3_column_int(index->find_page, 0);
    sqlite3_reset(index->find_page);
    return row < 0 ? -1 : 0;
}

/* Reads what a segment has about a token; nothing is no failure. */
static int read_run(struct archive_index *index, const struct archive_segment *segment, const char *token,
                    size_t length, struct archive_run *run, struct bi_error *err)
{
    int number;
    if (first_page(index, segment, token, length, &number, err) < 0)
        return -1;
    sqlite3_int64 base = (sqlite3_int64)segment->id << SEGMENT_SHIFT;
    sqlite3_stmt *read = index->read_pages;
    if (bi_store_bind(read, err, "ll", base + number, base + segment->last_page) < 0)
        return -1;
    int row;
    bool first = true, more = true;
    BI_CLEANUP(bi_freep) uint8_t *padded = NULL;
    while (more && (row = bi_store_step(read, err)) != 0) {
        struct page page;
        if (row < 0)
            return -1;
        if (!look_at_page(sqlite3_column_blob(read, 0), (size_t)sqlite3_column_bytes(read, 0), &page)) {
            sqlite3_reset(read);
            return damaged(err);
        }
        size_t begin = 4, end = page.first_term;
        if (first) {
            padded = bi_xcalloc(page.size + PADDING_BYTES, 1);
            memcpy(padded, page.bytes, page.size);
            if (!find_term(&page, padded, token, length, &begin, &end))
                break;
            add_restart(run, 0);
            more = end == page.content_end;
        } else {
            if (page.first_row >= begin && page.first_row < end && run->length + page.first_row - begin > 0)
                add_restart(run, run->length + page.first_row - begin);
            more = page.first_term == page.content_end;
        }
        add_bytes(run, page.bytes + begin, end - begin);
        first = false;
    }
    sqlite3_reset(read);
    if (run->length) {
        memset(run->bytes + run->length, 0, PADDING_BYTES);
        add_restart(run, SIZE_MAX);
    }
    return 0;
}

/* ---- lists */

/* Chooses the run that has the next article; of several the newest, whose word is the last one. */
void archive_list_choose_run(struct archive_list *list)
{
    for (;;) {
        size_t best = 0;
        for (size_t i = 1; i < list->run_count; i++)
            if (list->runs[i].article < list->runs[best].article)
                best = i;
        struct archive_run *run = &list->runs[best];
        list->current = best;
        list->bound = ARCHIVE_LIST_END;
        list->article = run->article;
        if (run->article == ARCHIVE_LIST_END)
            return;
        for (size_t i = 0; i < list->run_count; i++) {
            if (i == best)
                continue;
            if (list->runs[i].article == run->article)
                archive_run_next(&list->runs[i]);
            if (list->runs[i].article < list->bound)
                list->bound = list->runs[i].article;
        }
        if (run->place_bytes) {
            list->places = run->places;
            list->place_bytes = run->place_bytes;
            return;
        }
        archive_run_next(run);
    }
}

int archive_list_open(struct archive_index *index, const char *token, size_t length,
                      struct archive_list *list, struct bi_error *err)
{
    *list = (struct archive_list){
        .article = ARCHIVE_LIST_END,
        .runs = bi_xcalloc(index->segment_count + 1, sizeof *list->runs),
    };
    for (size_t i = 0; i < index->segment_count; i++) {
        struct archive_run *run = &list->runs[list->run_count];
        if (read_run(index, &index->segments[i], token, length, run, err) < 0) {
            list->run_count++;
            archive_list_close(list);
            return -1;
        }
        if (run->length == 0)
            continue;
        list->bytes += run->length;
        list->run_count++;
        archive_run_next(run);
    }
    if (list->run_count)
        archive_list_choose_run(list);
    return 0;
}

/* The article whose entry is at a restart. */
static uint32_t restart_article(const struct archive_run *run, size_t restart)
{
    uint64_t value;
    places_number(run->bytes + run->restarts[restart], &value);
    return value < ARCHIVE_LIST_END ? (uint32_t)value : ARCHIVE_LIST_END;
}

uint32_t archive_list_part(const struct archive_list *list, size_t part, size_t count)
{
    const struct archive_run *longest = &list->runs[0];
    for (size_t i = 1; i < list->run_count; i++)
        if (list->runs[i].length > longest->length)
            longest = &list->runs[i];
    return restart_article(longest, (longest->restart_count - 1) * part / count); /* the last is SIZE_MAX */
}

void archive_list_from(const struct archive_list *list, uint32_t least, struct archive_list *other)
{
    *other = *list;
    other->article = ARCHIVE_LIST_END;
    other->runs = bi_xcalloc(list->run_count + 1, sizeof *other->runs);
    for (size_t i = 0; i < list->run_count; i++) {
        struct archive_run *run = &other->runs[i];
        *run = list->runs[i];
        size_t low = 0, high = run->restart_count - 1;
        while (high - low > 1) { /* the last restart that is not after it */
            size_t middle = (low + high) / 2;
            if (restart_article(run, middle) <= least)
                low = middle;
            else
                high = middle;
        }
        run->next_restart = low;
        run->at = run->restart = run->restarts[low];
        archive_run_next(run);
    }
    if (other->run_count)
        archive_list_choose_run(other);
}

int archive_list_check(const struct archive_list *list, struct bi_error *err)
{
    for (size_t i = 0; i < list->run_count; i++)
        if (list->runs[i].damaged)
            return damaged(err);
    return 0;
}

void archive_list_close(struct archive_list *list)
{
    for (size_t i = 0; i < list->run_count; i++) {
        free(list->runs[i].bytes);
        free(list->runs[i].restarts);
    }
    free(list->runs);
    *list = (struct archive_list){0};
}
