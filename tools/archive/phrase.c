/* The lists of the phrase's characters are gone through together, the shortest ahead: only where all of them
 * have an article are its places looked at. */
#include "archive/phrase.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "archive/places.h"
#include "archive/text.h"
#include "base/arena.h"
#include "base/cleanup.h"
#include "store.h"

const float ARCHIVE_COLUMN_WEIGHTS[ARCHIVE_COLUMNS] = {10, 5, 5, 3, 1};

/* So many different characters are looked up; what a longer phrase has after them is looked for in the text
 * of the articles that are left. */
#define MOST_LISTS 8

/* A character of the phrase with the distances from the phrase's start at which it stands. */
struct word_part {
    uint32_t character;
    struct archive_list list;
    uint32_t *offsets;
    size_t offset_count;
};

/* Where the phrase may begin in the article at hand. */
struct begins {
    uint64_t *places;
    size_t count, capacity;
};

static void add_match(struct archive_matches *matches, uint32_t article, float weight, bool in_headline)
{
    if (matches->count == matches->capacity) {
        matches->capacity = matches->capacity ? matches->capacity * 2 : 1024;
        matches->articles = bi_xrealloc(matches->articles, matches->capacity * sizeof *matches->articles);
        matches->weights = bi_xrealloc(matches->weights, matches->capacity * sizeof *matches->weights);
    }
    matches->articles[matches->count] = article;
    matches->weights[matches->count++] = weight;
    if (!in_headline)
        return;
    if (matches->headline_count == matches->headline_capacity) {
        matches->headline_capacity = matches->headline_capacity ? matches->headline_capacity * 2 : 256;
        matches->headlines =
            bi_xrealloc(matches->headlines, matches->headline_capacity * sizeof *matches->headlines);
    }
    matches->headlines[matches->headline_count++] = article;
}

void archive_matches_release(struct archive_matches *matches)
{
    free(matches->articles);
    free(matches->weights);
    free(matches->headlines);
    *matches = (struct archive_matches){0};
}

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

static int match_character(struct archive_list *list, struct archive_matches *matches, struct bi_error *err)
{
    for (; list->article != ARCHIVE_LIST_END; archive_list_next(list))
        add_match(matches, list->article, weigh_places(list->places, list->places + list->place_bytes),
                  list->places[0] != 1); /* column 0 needs no mark, the others do */
    return archive_list_check(list, err);
}

/* ---- several */

static void first_begins(struct begins *begins, const struct word_part *part)
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
static void keep_begins(struct begins *begins, const struct word_part *part, uint32_t offset)
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

static void match_places(struct word_part *parts, const size_t *order, size_t count, struct begins *begins,
                         struct archive_matches *matches)
{
    first_begins(begins, &parts[order[0]]);
    for (size_t i = 0; i < count && begins->count; i++) {
        const struct word_part *part = &parts[order[i]];
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
    add_match(matches, parts[order[0]].list.article, weight,
              begins->places[0] >> PLACES_COLUMN_SHIFT == ARCHIVE_COLUMN_HEADLINE);
}

/* ---- the usual case: a few places, all in the body
 *
 * Most articles have all characters of a common phrase and yet not the phrase, so this is where the time of a
 * search goes. Without branches that depend on the places it takes a third of it. */

#define FEW_BYTES 64

/* Places of a list, and a bit for each: its number modulo 64. */
struct few {
    uint32_t places[FEW_BYTES];
    size_t count;
    uint64_t bits;
};

/* One bit for each of eight bytes: its highest. */
static uint32_t high_bits(const uint8_t *p)
{
    uint64_t eight;
    memcpy(&eight, p, sizeof eight);
    return (uint32_t)((eight & 0x8080808080808080u) * 0x0002040810204081u >> 56);
}

/* False if the list is not of that kind: only the body, few bytes, no number of more than two. */
static bool read_few(const struct archive_list *list, struct few *few)
{
    const uint8_t *p = list->places + 2;
    size_t bytes = list->place_bytes - 2; /* huge if there are fewer */
    if (bytes - 1 >= FEW_BYTES || p[-2] != 1 || p[-1] != ARCHIVE_COLUMN_BODY)
        return false;
    uint64_t all = ~UINT64_C(0) >> (FEW_BYTES - bytes), more = 0;
    for (size_t i = 0; i < bytes; i += 8)
        more |= (uint64_t)high_bits(p + i) << i;
    uint64_t ends = ~more & all;
    if (more & more << 1 & all)
        return false;
    uint32_t place = 0;
    uint64_t bits = 0;
    size_t count = 0;
    for (; ends; ends &= ends - 1) {
        int end = __builtin_ctzll(ends);
        /* The mark before the first number has no high bit. */
        uint32_t high = p[end - 1] & 0x7Fu & -(uint32_t)(p[end - 1] >> 7);
        place += (high << 7 | p[end]) - 2;
        few->places[count++] = place;
        bits |= UINT64_C(1) << (place & 63);
    }
    few->count = count;
    few->bits = bits;
    return true;
}

static uint64_t rotate(uint64_t bits, uint32_t by)
{
    by &= 63;
    return by ? bits >> by | bits << (64 - by) : bits;
}

/* How many of the beginnings there are, by comparing each with each; the rest is dropped. */
static void keep_few(struct few *begins, const struct few *part, uint32_t offset)
{
    size_t kept = 0;
    for (size_t i = 0; i < begins->count; i++) {
        uint32_t wanted = begins->places[i] + offset, here = 0;
        for (size_t k = 0; k < part->count; k++)
            here |= part->places[k] == wanted;
        begins->places[kept] = begins->places[i];
        kept += here;
    }
    begins->count = kept;
}

static void match_article(struct word_part *parts, const size_t *order, size_t count, struct begins *begins,
                          struct archive_matches *matches)
{
    struct few few[MOST_LISTS];
    few[0].count = 0;
    uint64_t possible = ~UINT64_C(0); /* beginnings, modulo 64 */
    for (size_t i = 0; i < count; i++) {
        const struct word_part *part = &parts[order[i]];
        if (!read_few(&part->list, &few[i])) {
            match_places(parts, order, count, begins, matches);
            return;
        }
        for (size_t k = 0; k < part->offset_count; k++)
            possible &= rotate(few[i].bits, part->offsets[k]);
        if (!possible)
            return;
    }
    uint32_t offset = parts[order[0]].offsets[0];
    struct few starts;
    starts.count = 0;
    for (size_t i = 0; i < few[0].count; i++) { /* before the body: a number that no place has */
        uint32_t start = few[0].places[i] - offset;
        starts.places[starts.count] = start;
        starts.count += possible >> (start & 63) & 1;
    }
    for (size_t i = 0; i < count && starts.count; i++) {
        const struct word_part *part = &parts[order[i]];
        for (size_t k = i == 0; k < part->offset_count && starts.count; k++)
            keep_few(&starts, &few[i], part->offsets[k]);
    }
    if (starts.count)
        add_match(matches, parts[order[0]].list.article,
                  ARCHIVE_COLUMN_WEIGHTS[ARCHIVE_COLUMN_BODY] * (float)starts.count, false);
}

/* The parts in order of the length of their lists. */
static void order_parts(const struct word_part *parts, size_t count, size_t *order)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        for (; at > 0 && parts[order[at - 1]].list.bytes > parts[i].list.bytes; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}

static int match_parts(struct word_part *parts, size_t count, struct archive_matches *matches,
                       struct bi_error *err)
{
    size_t order[MOST_LISTS] = {0};
    order_parts(parts, count, order);
    struct begins begins = {0};
    struct archive_list *ahead = &parts[order[0]].list;
    while (ahead->article != ARCHIVE_LIST_END) {
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
        match_article(parts, order, count, &begins, matches);
        archive_list_next(ahead);
    }
    free(begins.places);
    for (size_t i = 0; i < count; i++)
        if (archive_list_check(&parts[i].list, err) < 0)
            return -1;
    return 0;
}

/* ---- phrases */

/* Splits a phrase into its different characters, at most MOST_LISTS; returns how many characters of the
 * phrase they cover. */
static size_t split(struct bi_arena *arena, const uint32_t *characters, size_t count, struct word_part *parts,
                    size_t *part_count)
{
    for (size_t i = 0; i < count; i++) {
        size_t part = 0;
        while (part < *part_count && parts[part].character != characters[i])
            part++;
        if (part == MOST_LISTS)
            return i;
        if (part == *part_count) {
            parts[part] = (struct word_part){
                .character = characters[i],
                .offsets = bi_arena_array(arena, count, sizeof(uint32_t)),
            };
            (*part_count)++;
        }
        parts[part].offsets[parts[part].offset_count++] = (uint32_t)i;
    }
    return count;
}

/* Of articles that have the phrase's beginning, those that have it all. */
static int match_texts(struct archive_index *index, const uint32_t *characters, size_t count,
                       const struct archive_matches *beginning, struct archive_matches *matches,
                       struct bi_error *err)
{
    BI_CLEANUP(archive_texts_close) struct archive_texts texts = {0};
    if (archive_texts_open(&texts, index->db, err) < 0)
        return -1;
    for (size_t i = 0; i < beginning->count; i++) {
        if (archive_texts_read(&texts, beginning->articles[i], err) < 0)
            return -1;
        float weight = 0;
        bool in_headline = false;
        for (int column = 0; column < ARCHIVE_COLUMNS; column++) {
            size_t times = archive_folded_count(&texts.folded[column], characters, count);
            weight += ARCHIVE_COLUMN_WEIGHTS[column] * (float)times;
            in_headline |= column == ARCHIVE_COLUMN_HEADLINE && times;
        }
        if (weight > 0)
            add_match(matches, beginning->articles[i], weight, in_headline);
    }
    return 0;
}

static int open_lists(struct archive_index *index, struct word_part *parts, size_t count,
                      struct bi_error *err)
{
    for (size_t i = 0; i < count; i++) {
        utf8proc_uint8_t token[4];
        size_t length = (size_t)utf8proc_encode_char((utf8proc_int32_t)parts[i].character, token);
        if (archive_list_open(index, (const char *)token, length, &parts[i].list, err) < 0)
            return -1;
        if (parts[i].list.article == ARCHIVE_LIST_END) /* then there is nothing to be found */
            return archive_list_check(&parts[i].list, err);
    }
    return 0;
}

int archive_phrase_match(struct archive_index *index, const uint32_t *characters, size_t count,
                         struct archive_matches *matches, struct bi_error *err)
{
    if (!index->known)
        return archive_phrase_ask(index, characters, count, matches, err);
    *matches = (struct archive_matches){0};
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(archive_matches_release) struct archive_matches found = {0};
    struct word_part parts[MOST_LISTS] = {0};
    size_t part_count = 0;
    size_t covered = split(&arena, characters, count, parts, &part_count);
    int status = open_lists(index, parts, part_count, err);
    bool some = status == 0;
    for (size_t i = 0; i < part_count; i++)
        some = some && parts[i].list.run_count && parts[i].list.article != ARCHIVE_LIST_END;
    if (some && count == 1)
        status = match_character(&parts[0].list, &found, err);
    else if (some)
        status = match_parts(parts, part_count, &found, err);
    for (size_t i = 0; i < part_count; i++)
        archive_list_close(&parts[i].list);
    if (status < 0)
        return -1;
    if (covered < count)
        return match_texts(index, characters, count, &found, matches, err);
    *matches = found;
    found = (struct archive_matches){0};
    return 0;
}

/* ---- FTS5 */

static int ask(struct archive_index *index, const char *expression, uint32_t **articles, size_t *count,
               struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *find = NULL;
    if (bi_store_prepare(index->db, "SELECT rowid FROM article_fts WHERE article_fts MATCH ? ORDER BY rowid",
                         &find, err) < 0 ||
        bi_store_bind(find, err, "t", expression) < 0)
        return -1;
    size_t capacity = 0;
    int row;
    while ((row = bi_store_step(find, err)) > 0) {
        if (*count == capacity) {
            capacity = capacity ? capacity * 2 : 1024;
            *articles = bi_xrealloc(*articles, capacity * sizeof **articles);
        }
        sqlite3_int64 id = sqlite3_column_int64(find, 0);
        if (id < 0 || id >= (sqlite3_int64)ARCHIVE_LIST_END)
            return bi_error_set(err, BI_EXIT_MACHINE, "article %lld: its number is too large to search", id);
        (*articles)[(*count)++] = (uint32_t)id;
    }
    return row;
}

void archive_phrase_write(struct bi_text *out, const uint32_t *characters, size_t count)
{
    bi_text_add(out, "\"");
    for (size_t i = 0; i < count; i++) {
        if (characters[i] == '"')
            bi_text_add(out, "\"");
        bi_text_add_rune(out, characters[i]);
    }
    bi_text_add(out, "\"");
}

int archive_phrase_ask(struct archive_index *index, const uint32_t *characters, size_t count,
                       struct archive_matches *matches, struct bi_error *err)
{
    BI_CLEANUP(bi_text_release) struct bi_text everywhere = {0}, in_headline = {0};
    archive_phrase_write(&everywhere, characters, count);
    bi_text_printf(&in_headline, "headline : %s", everywhere.data);
    *matches = (struct archive_matches){0};
    if (ask(index, everywhere.data, &matches->articles, &matches->count, err) == 0 &&
        ask(index, in_headline.data, &matches->headlines, &matches->headline_count, err) == 0)
        return 0;
    archive_matches_release(matches);
    return -1;
}
