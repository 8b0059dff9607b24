/* Dates as ISO 8601 writes them, and as days that can be counted. */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>

#define BI_DATE_CHARS 16

/* Reads "2025-07-04" as days since 1970-01-01, negative before. False, with *day as it was, for anything
 * else, also for a day that there is not; `day` may be NULL. */
bool bi_date_parse(const char *date, int *day);
/* The date of a day of the years 0 to 9999. */
void bi_date_format(int day, char date[BI_DATE_CHARS]);

#endif
