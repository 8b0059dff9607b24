/* The lists of the phrase's characters are gone through together, the shortest ahead: only where all of them
 * have an article are its places looked at. */
#include "archive/parts.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/places.h"
#include "base/arena.h"

/* ---- one character */

/* Numbers that end in the bytes p … end: each ends with its only byte below 0x80. */
static size_t count_numbers(const uint8_t *p, const uint8_t *end)
{
    const uint64_t ONES = 0x0101010101010101u;
    size_t count = 0;
    for (; end - p >= 8; p += 8) {
        uint64_t eight;
        memcpy(&eight, p, sizeof eight);
        count += (size_t)((~eight >> 7 & ONES) * ONES >> 56);
    }
    for (; p < end; p++)
        count += *p < 0x80;
    return count;
}

static float weigh_places(const uint8_t *p, const uint8_t *end)
{
    float weight = 0;
    uint64_t place = 0;
    for (;;) {
        /* The body is the last column: once it begins, counting is enough. */
        if (end - p >= 2 && p[0] == 1 && p[1] == ARCHIVE_COLUMN_BODY)
            return weight + ARCHIVE_COLUMN_WEIGHTS[ARCHIVE_COLUMN_BODY] * (float)count_numbers(p + 2, end);
        p = places_next(p, end, &place);
        if (!p)
            return weight;
        uint64_t column = place >> PLACES_COLUMN_SHIFT;
        weight += column < ARCHIVE_COLUMNS ? ARCHIVE_COLUMN_WEIGHTS[column] : 0;
    }
}

static void match_character(struct archive_list *list, uint32_t end, struct archive_matches *matches)
{
    for (; list->article < end; archive_list_next(list))
        archive_matches_add(matches, list->article,
                            weigh_places(list->places, list->places + list->place_bytes),
                            list->places[0] != 1); /* column 0 needs no mark, the others do */
}

/* ---- several */

/* Where the phrase may begin in the article at hand. */
struct begins {
    uint64_t *places;
    size_t count, capacity;
};

static void first_begins(struct begins *begins, const struct archive_part *part)
{
    const uint8_t *p = part->list.places, *end = p + part->list.place_bytes;
    uint64_t place = 0;
    uint32_t offset = part->offsets[0];
    begins->count = 0;
    while ((p = places_next(p, end, &place))) {
        if ((uint32_t)place < offset)
            continue;
        if (begins->count == begins->capacity) {
            begins->capacity = begins->capacity ? begins->capacity * 2 : 64;
            begins->places = bi_xrealloc(begins->places, begins->capacity * sizeof *begins->places);
        }
        begins->places[begins->count++] = place - offset;
    }
}

/* Keeps the beginnings from which the part stands at this distance. */
static void keep_begins(struct begins *begins, const struct archive_part *part, uint32_t offset)
{
    const uint8_t *p = part->list.places, *end = p + part->list.place_bytes;
    uint64_t place = 0;
    size_t kept = 0;
    p = places_next(p, end, &place);
    for (size_t i = 0; p && i < begins->count; i++) {
        uint64_t wanted = begins->places[i] + offset;
        while (p && place < wanted)
            p = places_next(p, end, &place);
        if (p && place == wanted)
            begins->places[kept++] = begins->places[i];
    }
    begins->count = kept;
}

static void match_places(struct archive_part *parts, const size_t *order, size_t count, struct begins *begins,
                         struct archive_matches *matches)
{
    first_begins(begins, &parts[order[0]]);
    for (size_t i = 0; i < count && begins->count; i++) {
        const struct archive_part *part = &parts[order[i]];
        for (size_t k = i == 0; k < part->offset_count && begins->count; k++)
            keep_begins(begins, part, part->offsets[k]);
    }
    if (!begins->count)
        return;
    float weight = 0;
    for (size_t i = 0; i < begins->count; i++) {
        uint64_t column = begins->places[i] >> PLACES_COLUMN_SHIFT;
        weight += column < ARCHIVE_COLUMNS ? ARCHIVE_COLUMN_WEIGHTS[column] : 0;
    }
    archive_matches_add(matches, parts[order[0]].list.article, weight,
                        begins->places[0] >> PLACES_COLUMN_SHIFT == ARCHIVE_COLUMN_HEADLINE);
}

/* ---- the usual case: all places in the body
 *
 * Most articles have all characters of a common phrase and yet not the phrase, so this is where the time of a
 * search goes. It is without branches that depend on the places: each beginning that the rarest character
 * allows is marked, and of the next character's those are kept that are marked. */

#define PLAIN_BYTES 512
/* Beginnings are marked by their number modulo this, so that few are kept that are not wanted. */
#define MARKS 4096

struct marks {
    uint8_t of[MARKS];
    uint8_t now; /* an article's; what has another number is from an article before */
};

struct plain {
    uint32_t starts[PLAIN_BYTES];
    size_t count;
    uint32_t last; /* place */
};

/* One bit for each of eight bytes: its highest. */
static uint64_t high_bits(const uint8_t *p)
{
    uint64_t eight;
    memcpy(&eight, p, sizeof eight);
    return (eight & 0x8080808080808080u) * 0x0002040810204081u >> 56;
}

/* The beginnings that a part allows: its places less an offset. All, which are put into `mark`, or only those
 * that are in `wanted`; either may be NULL. False if its list is not of that kind: only the body, not too
 * long, no number of more than two bytes. */
static inline __attribute__((always_inline)) bool read_plain(const struct archive_list *list, uint32_t offset,
                                                             struct marks *mark, const struct marks *wanted,
                                                             struct plain *plain)
{
    const uint8_t *p = list->places + 2;
    size_t bytes = list->place_bytes - 2; /* huge if there are fewer */
    if (bytes - 1 >= PLAIN_BYTES || p[-2] != 1 || p[-1] != ARCHIVE_COLUMN_BODY)
        return false;
    uint32_t place = 0;
    uint64_t before = 0; /* whether a number goes on from the 64 bytes before */
    size_t count = 0;
    for (size_t at = 0; at < bytes; at += 64) {
        size_t n = bytes - at < 64 ? bytes - at : 64;
        uint64_t all = ~UINT64_C(0) >> (64 - n), more = 0;
        for (size_t i = 0; i < n; i += 8)
            more |= high_bits(p + at + i) << i;
        more &= all;
        if (more & (more << 1 | before))
            return false;
        before = more >> 63;
        for (uint64_t ends = ~more & all; ends; ends &= ends - 1) {
            const uint8_t *end = p + at + __builtin_ctzll(ends);
            /* The mark before the first number has no high bit. */
            uint32_t high = end[-1] & 0x7Fu & -(uint32_t)(end[-1] >> 7);
            place += (high << 7 | *end) - 2;
            uint32_t start = place - offset; /* before the body: a number that no place has */
            plain->starts[count] = start;
            if (mark)
                mark->of[start % MARKS] = mark->now;
            count += wanted ? wanted->of[start % MARKS] == wanted->now : 1;
        }
    }
    plain->count = count;
    plain->last = place;
    return true;
}

/* Keeps the beginnings that another part, or the same at another offset, allows too. */
static void keep_starts(struct plain *plain, const struct plain *part, uint32_t offset)
{
    size_t kept = 0;
    for (size_t i = 0; i < plain->count; i++) {
        uint32_t wanted = plain->starts[i] + offset;
        bool here = false;
        for (size_t k = 0; k < part->count; k++)
            here |= part->starts[k] == wanted;
        plain->starts[kept] = plain->starts[i];
        kept += here;
    }
    plain->count = kept;
}

static void next_marks(struct marks *marks)
{
    if (++marks->now == 0) {
        memset(marks->of, 0, sizeof marks->of);
        marks->now = 1;
    }
}

/* Whether no two different beginnings that two lists allow have the same mark. */
static bool tell_all(const struct plain *a, uint32_t a_offset, const struct plain *b, uint32_t b_offset)
{
    uint32_t offset = a_offset > b_offset ? a_offset : b_offset, last = a->last > b->last ? a->last : b->last;
    return offset < MARKS && last < MARKS - offset;
}

/* What is left of the beginnings after the first `done` offsets of a part. False as read_plain. */
static bool keep_allowed(struct plain *found, const struct archive_part *part, size_t done)
{
    if (done >= part->offset_count || !found->count)
        return true;
    struct plain places;
    if (!read_plain(&part->list, 0, NULL, NULL, &places))
        return false;
    for (size_t k = done; k < part->offset_count; k++)
        keep_starts(found, &places, part->offsets[k]);
    return true;
}

static bool match_plain(struct archive_part *parts, const size_t *order, size_t count, struct marks *marks,
                        struct plain *found)
{
    const struct archive_part *first = &parts[order[0]], *second = &parts[order[count > 1]];
    size_t first_done = 1, at = 1;
    next_marks(marks);
    if (count == 1) {
        if (!read_plain(&first->list, first->offsets[0], NULL, NULL, found))
            return false;
    } else {
        struct plain all;
        if (!read_plain(&first->list, first->offsets[0], marks, NULL, &all) ||
            !read_plain(&second->list, second->offsets[0], NULL, marks, found))
            return false;
        first_done = tell_all(&all, first->offsets[0], found, second->offsets[0]);
        if (!keep_allowed(found, second, 1))
            return false;
        at = 2;
    }
    if (!keep_allowed(found, first, first_done))
        return false;
    for (; at < count; at++)
        if (!keep_allowed(found, &parts[order[at]], 0))
            return false;
    return true;
}

static void match_article(struct archive_part *parts, const size_t *order, size_t count,
                          struct begins *begins, struct marks *marks, struct archive_matches *matches)
{
    struct plain found;
    if (!match_plain(parts, order, count, marks, &found))
        match_places(parts, order, count, begins, matches);
    else if (found.count)
        archive_matches_add(matches, parts[order[0]].list.article,
                            ARCHIVE_COLUMN_WEIGHTS[ARCHIVE_COLUMN_BODY] * (float)found.count, false);
}

/* The parts in order of the length of their lists. */
static void order_parts(const struct archive_part *parts, size_t count, size_t *order)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        for (; at > 0 && parts[order[at - 1]].list.bytes > parts[i].list.bytes; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}

/* The articles before `end`. */
static void match_several(struct archive_part *parts, const size_t *order, size_t count, uint32_t end,
                          struct archive_matches *matches)
{
    struct begins begins = {0};
    struct marks marks = {0};
    struct archive_list *ahead = &parts[order[0]].list;
    while (ahead->article < end) {
        uint32_t article = ahead->article;
        size_t i = 1;
        for (; i < count; i++) {
            struct archive_list *list = &parts[order[i]].list;
            archive_list_reach(list, article);
            if (list->article != article) {
                article = list->article;
                break;
            }
        }
        if (i < count) {
            if (article == ARCHIVE_LIST_END)
                break;
            archive_list_reach(ahead, article);
            continue;
        }
        match_article(parts, order, count, &begins, &marks, matches);
        archive_list_next(ahead);
    }
    free(begins.places);
}

/* ---- shares: articles of a range, for a thread each */

#define MOST_SHARES 8

struct share {
    struct archive_part parts[ARCHIVE_MOST_PARTS]; /* their lists are cursors over the same bytes */
    const size_t *order;
    size_t count;
    uint32_t least, end;
    struct archive_matches found;
    struct bi_error error;
    int status;
};

static void *match_share(void *context)
{
    struct share *share = context;
    for (size_t i = 0; i < share->count; i++)
        archive_list_reach(&share->parts[i].list, share->least);
    if (share->count == 1 && share->parts[0].offset_count == 1)
        match_character(&share->parts[0].list, share->end, &share->found);
    else
        match_several(share->parts, share->order, share->count, share->end, &share->found);
    for (size_t i = 0; i < share->count && share->status == 0; i++)
        share->status = archive_list_check(&share->parts[i].list, &share->error);
    return NULL;
}

/* How many shares are worth their threads. */
static size_t count_shares(const struct archive_part *parts, size_t count, size_t share_bytes)
{
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++)
        bytes += parts[i].list.bytes;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t most = processors > 1 ? (size_t)processors : 1, worth = bytes / share_bytes;
    most = most < MOST_SHARES ? most : MOST_SHARES;
    return worth < 1 ? 1 : worth < most ? worth : most;
}

static void add_found(struct archive_matches *matches, struct archive_matches *more)
{
    if (!matches->count) {
        *matches = *more;
        *more = (struct archive_matches){0};
        return;
    }
    size_t headline = 0;
    for (size_t i = 0; i < more->count; i++) {
        bool in_headline = headline < more->headline_count && more->headlines[headline] == more->articles[i];
        headline += in_headline;
        archive_matches_add(matches, more->articles[i], more->weights[i], in_headline);
    }
}

int archive_parts_match(struct archive_part *parts, size_t count, size_t share_bytes,
                        struct archive_matches *matches, struct bi_error *err)
{
    size_t order[ARCHIVE_MOST_PARTS] = {0}, share_count = count_shares(parts, count, share_bytes);
    order_parts(parts, count, order);
    struct share *shares = bi_xcalloc(share_count, sizeof *shares);
    pthread_t threads[MOST_SHARES];
    bool runs[MOST_SHARES] = {false};
    for (size_t k = share_count; k-- > 0;) {
        struct share *share = &shares[k];
        share->order = order;
        share->count = count;
        share->least = k ? archive_list_part(&parts[order[0]].list, k, share_count) : 0;
        share->end = k + 1 < share_count ? shares[k + 1].least : ARCHIVE_LIST_END;
        for (size_t i = 0; i < count; i++) {
            share->parts[i] = parts[i];
            archive_list_from(&parts[i].list, share->least, &share->parts[i].list);
        }
        runs[k] = k && pthread_create(&threads[k], NULL, match_share, share) == 0;
        if (!runs[k])
            match_share(share);
    }
    int status = 0;
    for (size_t k = 0; k < share_count; k++) {
        if (runs[k])
            pthread_join(threads[k], NULL);
        if (status == 0 && shares[k].status < 0) {
            status = -1;
            *err = shares[k].error;
        }
        add_found(matches, &shares[k].found);
        archive_matches_release(&shares[k].found);
        for (size_t i = 0; i < count; i++)
            free(shares[k].parts[i].list.runs);
    }
    free(shares);
    return status;
}
