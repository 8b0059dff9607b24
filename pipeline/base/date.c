#include "base/date.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SECONDS_A_DAY 86400

bool bi_date_parse(const char *date, int *day)
{
    static const char PATTERN[] = "0000-00-00";
    if (strlen(date) != strlen(PATTERN))
        return false;
    for (size_t i = 0; PATTERN[i]; i++)
        if (PATTERN[i] == '0' ? date[i] < '0' || date[i] > '9' : date[i] != PATTERN[i])
            return false;
    struct tm given = {.tm_year = atoi(date) - 1900, .tm_mon = atoi(date + 5) - 1, .tm_mday = atoi(date + 8)};
    struct tm tm = given;
    time_t seconds = timegm(&tm);
    if (tm.tm_mon != given.tm_mon || tm.tm_mday != given.tm_mday)
        return false; /* the 31st of February */
    if (day)
        *day = (int)(seconds / SECONDS_A_DAY);
    return true;
}

void bi_date_format(int day, char date[BI_DATE_CHARS])
{
    time_t seconds = (time_t)day * SECONDS_A_DAY;
    struct tm tm;
    gmtime_r(&seconds, &tm);
    strftime(date, BI_DATE_CHARS, "%Y-%m-%d", &tm);
}
