#include "archive/verb.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

long archive_verb_number(const struct argp_state *state, const char *option, const char *value, long least)
{
    char *end;
    errno = 0;
    long number = strtol(value, &end, 10);
    if (errno || end == value || *end || number < least || number > INT_MAX)
        argp_error(state, "%s takes a number from %ld on, not '%s'", option, least, value);
    return number;
}

const char *archive_verb_date(const struct argp_state *state, const char *option, const char *value)
{
    static const char PATTERN[] = "0000-00-00";
    size_t n = strlen(value);
    bool good = n == 4 || n == 7 || n == 10;
    for (size_t i = 0; good && i < n; i++)
        good = PATTERN[i] == '0' ? value[i] >= '0' && value[i] <= '9' : value[i] == PATTERN[i];
    if (!good)
        argp_error(state, "%s takes a date such as 2025-07-04, 2025-07 or 2025, not '%s'", option, value);
    return value;
}

const char *archive_verb_url(const struct argp_state *state, struct bi_arena *arena, const char *option,
                             const char *value)
{
    size_t length = strlen(value);
    while (length && value[length - 1] == '/')
        length--;
    if (strncmp(value, "http://", 7) != 0 && strncmp(value, "https://", 8) != 0)
        argp_error(state, "%s takes an address that begins with http:// or https://, not '%s'", option,
                   value);
    return bi_arena_strndup(arena, value, length);
}

const char *archive_verb_kind(const struct argp_state *state, const char *value)
{
    static const char *const KINDS[] = {"article", "ad", "notice", "photo", "masthead", "other"};
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (strcmp(KINDS[i], value) == 0)
            return value;
    argp_error(state, "--kind takes article, ad, notice, photo, masthead or other, not '%s'", value);
    return NULL;
}

int archive_verb_end(int status, struct bi_error *err)
{
    if (fflush(stdout) != 0 || ferror(stdout)) {
        if (errno == EPIPE)
            return BI_EXIT_DONE; /* the reader has seen enough */
        status = bi_error_errno(err, BI_EXIT_INTERNAL, "standard output");
    }
    return status == 0 ? BI_EXIT_DONE : bi_program_fail(err);
}
