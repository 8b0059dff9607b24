#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void make_one_line(char *text)
{
    for (char *c = text; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            *c = '?';
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
    make_one_line(text);
    memcpy(err->text, text, sizeof text);
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
