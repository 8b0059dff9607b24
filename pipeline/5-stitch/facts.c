#include "facts.h"

#include <string.h>

#include "base/text.h"

/* Digits as recognition may return them within a number. */
static int digit_of(uint32_t rune)
{
    static const char look_alikes[] = "oilzsbgq|";
    static const int values[] = {0, 1, 1, 2, 5, 6, 9, 9, 1};
    if (rune >= '0' && rune <= '9')
        return (int)(rune - '0');
    const char *found = rune < 128 && rune ? strchr(look_alikes, (int)rune) : NULL;
    return found ? values[found - look_alikes] : -1;
}

/* The number that ends before position `end`, and where it begins. Look-alikes count only beside true digits.
 */
static long number_before(const struct st_runes *runes, size_t end, size_t *begin)
{
    size_t first = end;
    bool real = false;
    while (first > 0 && digit_of(runes->data[first - 1]) >= 0) {
        first--;
        real = real || st_rune_is_digit(runes->data[first]);
    }
    *begin = first;
    if (real && end - first <= 7) {
        long value = 0;
        for (size_t i = first; i < end; i++)
            value = value * 10 + digit_of(runes->data[i]);
        return value;
    }
    for (size_t length = end < 8 ? end : 8; length > 0; length--) {
        long value = st_number_parse(runes->data + end - length, length);
        if (value > 0) {
            *begin = end - length;
            return value;
        }
    }
    return 0;
}

static bool rune_is(const struct st_runes *runes, size_t at, const char *set)
{
    if (at >= runes->count)
        return false;
    for (uint32_t one; (one = bi_rune_next(&set));)
        if (runes->data[at] == one)
            return true;
    return false;
}

static void parse_date(const struct st_runes *r, struct st_head_facts *facts)
{
    for (size_t i = 0; i < r->count; i++) {
        size_t begin, skip;
        if (!rune_is(r, i, "年"))
            continue;
        long year = number_before(r, i, &begin);
        for (size_t j = i + 2; j < r->count && j <= i + 4; j++) {
            long month = rune_is(r, j, "月") ? number_before(r, j, &begin) : 0;
            if (month < 1 || month > 12 || begin <= i)
                continue;
            for (size_t k = j + 2; k < r->count && k <= j + 5; k++) {
                long day = rune_is(r, k, "日曰号") ? number_before(r, k, &skip) : 0;
                if (year >= 1800 && year < 2200 && day >= 1 && day <= 31 && skip > j) {
                    facts->year = (int)year;
                    facts->month = (int)month;
                    facts->day = (int)day;
                    return;
                }
            }
        }
    }
    /* 2025.7.4, 2025-07-04, 2025/7/4 */
    for (size_t i = 0; i + 7 < r->count; i++) {
        long part[3] = {0};
        size_t at = i, n = 0;
        if (i > 0 && st_rune_is_digit(r->data[i - 1]))
            continue;
        for (; n < 3; n++) {
            size_t digits = 0;
            for (; at < r->count && st_rune_is_digit(r->data[at]) && digits < 4; at++, digits++)
                part[n] = part[n] * 10 + (long)(r->data[at] - '0');
            if (digits == 0 || (n == 0 && digits != 4) || (n > 0 && digits > 2))
                break;
            if (n < 2 && !rune_is(r, at++, ".-/·"))
                break;
        }
        if (n == 3 && part[0] >= 1800 && part[0] < 2200 && part[1] >= 1 && part[1] <= 12 && part[2] >= 1 &&
            part[2] <= 31) {
            facts->year = (int)part[0];
            facts->month = (int)part[1];
            facts->day = (int)part[2];
            return;
        }
    }
}

static void parse_weekday(const struct st_runes *r, struct st_head_facts *facts)
{
    static const char *const days[] = {"一", "二", "三", "四", "五", "六", "日天"};
    for (size_t i = 0; i + 1 < r->count; i++) {
        bool week = rune_is(r, i, "期") && i > 0 && rune_is(r, i - 1, "星");
        week = week || (rune_is(r, i, "周") && (i == 0 || !bi_rune_is_han(r->data[i - 1])));
        for (int d = 0; week && d < 7; d++)
            if (rune_is(r, i + 1, days[d]) && !(d == 6 && rune_is(r, i + 2, "报")))
                facts->weekday = d + 1;
    }
}

static void parse_numbers(const struct st_runes *r, struct st_head_facts *facts)
{
    for (size_t i = 1; i < r->count; i++) {
        size_t begin;
        if (rune_is(r, i, "期号") && !rune_is(r, i - 1, "星本")) {
            long value = number_before(r, i, &begin);
            bool ordinal = begin > 0 && rune_is(r, begin - 1, "第弟笫");
            size_t before = begin - (ordinal ? 1 : 0);
            bool total = before > 0 && rune_is(r, before - 1, "总息怠");
            if (value > 0 && total && !facts->total)
                facts->total = (int)value;
            else if (value > 0 && ordinal && !total && !facts->number)
                facts->number = (int)value;
        }
        if (rune_is(r, i, "版板扳")) {
            long value = number_before(r, i, &begin);
            if (value < 1 || value > ST_MAX_FOLIO)
                continue;
            if (begin > 0 && rune_is(r, begin - 1, "期日共今出张") && !facts->pages)
                facts->pages = (int)value;
            else if (begin > 0 && rune_is(r, begin - 1, "第弟笫") && !facts->folio.number)
                facts->folio = (struct st_folio){0, (int)value};
        }
    }
}

static void parse_folio(const struct st_runes *r, struct st_head_facts *facts)
{
    size_t first = 0, last = r->count;
    while (first < last && st_rune_is_mark(r->data[first]))
        first++;
    while (last > first && (st_rune_is_mark(r->data[last - 1]) || rune_is(r, last - 1, "版")))
        last--;
    struct st_folio folio;
    /* The whole line, or the figures at one of its ends: 4民生, A3 要闻, 民生04. */
    if (last > first && st_folio_parse(r->data + first, last - first, &folio) >= 0) {
        facts->folio = folio;
        return;
    }
    if (r->count > 12 || facts->year || facts->number || facts->pages)
        return;
    size_t n = 0;
    while (first + n < last && n < 4 &&
           (st_rune_is_digit(r->data[first + n]) || (n == 0 && r->data[first] < 128)))
        n++;
    if (n > 0 && first + n < last && bi_rune_is_han(r->data[first + n]) &&
        !rune_is(r, first + n, "年月日版期") && st_folio_parse(r->data + first, n, &folio) >= 0 &&
        folio.number) {
        facts->folio = folio;
        return;
    }
    n = 0;
    while (last - n > first && n < 3 && st_rune_is_digit(r->data[last - n - 1]))
        n++;
    if (n > 0 && last - n > first && bi_rune_is_han(r->data[last - n - 1]) &&
        st_folio_parse(r->data + last - n, n, &folio) >= 0)
        facts->folio = folio;
}

void st_facts_parse(struct bi_arena *arena, const char *text, struct st_head_facts *facts)
{
    *facts = (struct st_head_facts){0};
    struct st_runes runes = st_runes_folded(arena, text);
    parse_date(&runes, facts);
    parse_weekday(&runes, facts);
    parse_numbers(&runes, facts);
    if (!facts->folio.number)
        parse_folio(&runes, facts);
}

int st_weekday(int year, int month, int day)
{
    static const int shift[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4}; /* Sakamoto */
    if (month < 3)
        year--;
    int sunday_zero = (year + year / 4 - year / 100 + year / 400 + shift[month - 1] + day) % 7;
    return sunday_zero ? sunday_zero : 7;
}
