#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* One line of UTF-8, whatever the names in it hold. */
static void make_one_line(char *line, size_t size, const char *text)
{
    size_t length = 0;
    while (*text) {
        const char *next = text;
        bi_rune_next(&next);
        size_t bytes = (size_t)(next - text);
        bool valid = bi_utf8_valid(text, bytes);
        if (length + (valid ? bytes : 3) >= size)
            break;
        if (!valid)
            snprintf(line + length, 4, "%%%02X", (unsigned)(unsigned char)*text);
        else if (bytes == 1 && ((unsigned char)*text < 0x20 || *text == 0x7f))
            line[length] = '?';
        else
            memcpy(line + length, text, bytes);
        length += valid ? bytes : 3;
        text = next;
    }
    line[length] = 0;
}

int bi_error_set(struct bi_error *err, enum bi_exit kind, const char *format, ...)
{
    if (!err)
        return -1;
    /* Formatted aside first: an argument may point into err->text itself. */
    char text[sizeof err->text];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    make_one_line(err->text, sizeof err->text, text);
    err->kind = kind;
    return -1;
}

int bi_error_errno(struct bi_error *err, enum bi_exit kind, const char *format, ...)
{
    int cause = errno;
    if (!err)
        return -1;
    char text[sizeof err->text];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (cause == ENOSPC || cause == EDQUOT || cause == EFBIG || cause == ENOMEM)
        kind = BI_EXIT_INTERNAL;
    return bi_error_set(err, kind, "%s: %s", text, strerror(cause));
}
