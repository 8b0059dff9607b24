/* Names of files: escaped and turned back they are the same, messages of them are one line of UTF-8, and
 * their order is one. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/file.h"
#include "base/text.h"
#include "crop.h"
#include "page/image.h"
#include "page/issue.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void stop(const char *why)
{
    fprintf(stderr, "%s\n", why);
    abort();
}

static void check_name(struct bi_arena *arena, const char *name)
{
    char *escaped = bi_name_escape(arena, name);
    if (!bi_utf8_valid(escaped, strlen(escaped)))
        stop("an escaped name is no UTF-8");
    if (strcmp(bi_name_unescape(arena, escaped), name) != 0)
        stop("a name does not come back");
    struct bi_error err;
    bi_error_set(&err, BI_EXIT_INPUT, "%s: is empty", name);
    if (!bi_utf8_valid(err.text, strlen(err.text)) || strpbrk(err.text, "\r\n\033"))
        stop("a message is not one line of UTF-8");
    if (strlen(err.text) < sizeof err.text - 20 &&
        strcmp(bi_image_problem(arena, name, &err), "is empty") != 0)
        stop("a message's path is not found again");
    struct crop crop;
    int day;
    (void)crop_parse(name, &crop);
    (void)bi_date_parse(name, &day);
    (void)bi_image_named(name);
}

/* Three names, separated by NUL. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bi_arena arena = {0};
    char *names[3];
    for (int i = 0; i < 3; i++) {
        size_t length = strnlen((const char *)data, size);
        names[i] = bi_arena_printf(&arena, "%.*s", (int)length, (const char *)data);
        size_t taken = length < size ? length + 1 : length;
        data += taken;
        size -= taken;
        check_name(&arena, names[i]);
    }
    int ab = bi_natural_compare(names[0], names[1]), ba = bi_natural_compare(names[1], names[0]);
    int bc = bi_natural_compare(names[1], names[2]), ac = bi_natural_compare(names[0], names[2]);
    if ((ab < 0) != (ba > 0) || (ab == 0) != (strcmp(names[0], names[1]) == 0))
        stop("the order depends on which name comes first");
    if (ab < 0 && bc < 0 && ac >= 0)
        stop("the order goes round");
    bi_arena_release(&arena);
    return 0;
}
