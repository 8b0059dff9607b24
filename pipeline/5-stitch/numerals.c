#include "numerals.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* What one misread digit costs; a reading of doubt 1 is worth little. */
#define CONFUSED_DIGIT_DOUBT 0.4

static int chinese_digit(uint32_t rune)
{
    static const char *const digits[] = {"〇零", "一壹", "二贰两", "三叁", "四肆",
                                         "五伍", "六陆", "七柒",   "八捌", "九玖"};
    for (int i = 0; i < 10; i++) {
        const char *s = digits[i];
        for (uint32_t one; (one = bi_rune_next(&s));)
            if (one == rune)
                return i;
    }
    return -1;
}

/* Digits by confusion. Folding has made everything lower case. */
static int confused_digit(uint32_t rune)
{
    static const char *const digits[] = {"oOQ", "lIi|丨!ⅰ]", "zZ乙?", "", "", "sS", "bG", "", "B", "gq"};
    for (int i = 0; i < 10; i++) {
        const char *s = digits[i];
        for (uint32_t one; (one = bi_rune_next(&s));)
            if (one == rune)
                return i;
    }
    return rune == 0x2014 || rune == 0x2013 || rune == '-' || rune == 0x30FC ? 1 : -1;
}

long st_number_parse(const uint32_t *runes, size_t n)
{
    long value = 0, section = 0;
    bool units = false, chinese = false, arabic = false;
    if (n == 0 || n > 12)
        return 0;
    for (size_t i = 0; i < n; i++) {
        int digit = chinese_digit(runes[i]);
        if (runes[i] >= '0' && runes[i] <= '9') {
            arabic = true;
            section = section * 10 + (long)(runes[i] - '0');
        } else if (digit >= 0) {
            chinese = true;
            section = section * 10 + digit;
        } else if (runes[i] == 0x5341 || runes[i] == 0x62FE || runes[i] == 0x5EFF ||
                   runes[i] == 0x5345) { /* 十拾廿卅 */
            long tens = runes[i] == 0x5EFF ? 2 : runes[i] == 0x5345 ? 3 : section ? section : 1;
            value += tens * 10;
            section = 0;
            units = chinese = true;
        } else if (runes[i] == 0x767E || runes[i] == 0x5343) { /* 百千 */
            if (!section)
                return 0;
            value += section * (runes[i] == 0x767E ? 100 : 1000);
            section = 0;
            units = chinese = true;
        } else {
            return 0;
        }
        if (section > 10000000)
            return 0;
    }
    if ((arabic && chinese) || (units && section > 99))
        return 0;
    return value + section;
}

double st_folio_parse(const uint32_t *runes, size_t n, struct st_folio *folio)
{
    char letter = 0;
    double doubt = 0;
    if (n == 0 || n > 5)
        return -1;
    if (n > 1 && ((runes[0] >= 'a' && runes[0] <= 'h') || runes[0] == 'p')) {
        bool digits = true;
        for (size_t i = 1; i < n; i++)
            digits = digits && runes[i] >= '0' && runes[i] <= '9';
        if (digits) {
            letter = runes[0] == 'p' ? 0 : (char)(runes[0] - 'a' + 'A');
            runes++;
            n--;
        }
    }
    uint32_t clean[5];
    for (size_t i = 0; i < n; i++) {
        clean[i] = runes[i];
        bool known = (runes[i] >= '0' && runes[i] <= '9') || chinese_digit(runes[i]) >= 0 ||
                     runes[i] == 0x5341 || runes[i] == 0x5EFF;
        if (!known) {
            int digit = confused_digit(runes[i]);
            if (digit < 0)
                return -1;
            clean[i] = (uint32_t)('0' + digit);
            doubt += CONFUSED_DIGIT_DOUBT;
        }
    }
    long value = st_number_parse(clean, n);
    if (value < 1 || value > ST_MAX_FOLIO)
        return -1;
    *folio = (struct st_folio){letter, (int)value};
    return doubt;
}

static bool digits_alike(char a, char b)
{
    static const char *const groups[] = {"17", "14", "38", "56", "068", "09", "27", "35", "49", "89"};
    if (a == b)
        return true;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (strchr(groups[i], a) && strchr(groups[i], b))
            return true;
    return false;
}

int st_number_confusable(int a, int b)
{
    char left[16], right[16];
    snprintf(left, sizeof left, "%d", a);
    snprintf(right, sizeof right, "%d", b);
    size_t n = strlen(left), m = strlen(right);
    if (n + 1 == m || m + 1 == n) {
        /* One of the digits lost: 1 for 14. */
        const char *longer = n > m ? left : right, *shorter = n > m ? right : left;
        for (; *longer; longer++)
            shorter += *shorter == *longer;
        return *shorter == '\0';
    }
    if (n != m)
        return 0;
    for (size_t i = 0; left[i]; i++)
        if (!digits_alike(left[i], right[i]))
            return 0;
    return 1;
}
