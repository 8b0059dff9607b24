/* mutate FILE SEED: writes the file with one thing in it changed into nonsense to stdout, the same for the
 * same seed: as a slip in an editor does it, or a person who tries what a number does. Knows no format but
 * that values stand between quotes, or are numbers. */
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/program.h"

#define MAX_FILE_BYTES (16u << 20)

static uint64_t state;

/* splitmix64 */
static size_t chance(size_t below)
{
    uint64_t x = state += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return below ? (size_t)((x ^ (x >> 31)) % below) : 0;
}

struct span {
    size_t start, length;
};

/* A value: what stands between two quotes, or a number; chosen at random. Of a file without any: a random
 * byte. */
static struct span choose_value(const char *data, size_t size)
{
    struct span chosen = {chance(size), 1};
    size_t seen = 0;
    for (size_t i = 0; i < size; i++) {
        struct span value = {i, 0};
        if (data[i] == '"') {
            value.start = ++i;
            while (i < size && data[i] != '"')
                i++;
        } else if (isdigit((unsigned char)data[i]) || data[i] == '-') {
            while (i < size && (isdigit((unsigned char)data[i]) || strchr("-.", data[i])))
                i++;
        } else {
            continue;
        }
        value.length = i - value.start;
        if (chance(++seen) == 0)
            chosen = value;
    }
    return chosen;
}

static const char *const NONSENSE[] = {"",
                                       "-1",
                                       "0",
                                       "7",
                                       "2147483648",
                                       "99999999999999999999999",
                                       "-9223372036854775808",
                                       "1e308",
                                       "NaN",
                                       "null",
                                       "true",
                                       "[]",
                                       "{}",
                                       "\"",
                                       "\\",
                                       "\\u0000",
                                       "\xff\xfe",
                                       "&#0;",
                                       "&lt;",
                                       "<x>",
                                       "]]>",
                                       "../../../../etc/passwd",
                                       "'); DROP TABLE article; --",
                                       "%n%s",
                                       "字",
                                       "0,0 0,0 0,0",
                                       "1,1 -5,-5 99999999,3"};

static void put(const char *data, size_t size)
{
    fwrite(data, 1, size, stdout);
}

/* The file with a span of it replaced. */
static void put_replaced(const char *data, size_t size, struct span span, const char *text, size_t length)
{
    put(data, span.start);
    put(text, length);
    put(data + span.start + span.length, size - span.start - span.length);
}

int main(int argc, char **argv)
{
    bi_program_init("mutate");
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size;
    struct bi_error err;
    if (argc != 3 || bi_file_read(argv[1], MAX_FILE_BYTES, false, &data, &size, &err) < 0)
        return BI_EXIT_USAGE;
    state = strtoull(argv[2], NULL, 10);
    struct span value = choose_value(data, size), other = choose_value(data, size);
    struct span some = {chance(size), 0};
    some.length = 1 + chance(size - some.start < 200 ? size - some.start : 200);
    const char *text = NONSENSE[chance(sizeof NONSENSE / sizeof *NONSENSE)];
    switch (chance(8)) {
    case 0: /* a byte is another */
        data[some.start] = (char)chance(256);
        put(data, size);
        break;
    case 1: /* something is missing */
        put_replaced(data, size, some, "", 0);
        break;
    case 2: /* something is there twice */
        put_replaced(data, size, (struct span){some.start, 0}, data + some.start, some.length);
        break;
    case 3: /* cut off */
        put(data, some.start);
        break;
    case 4: /* a value is another's */
        put_replaced(data, size, value, data + other.start, other.length);
        break;
    default:
        put_replaced(data, size, value, text, strlen(text));
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
