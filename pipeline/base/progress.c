#include "base/progress.h"

#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

#include "base/error.h"
#include "base/process.h"
#include "base/text.h"

#define REDRAW_SECONDS 0.1
#define DEFAULT_COLUMNS 80
#define ERASE_LINE "\r\033[K"

void bi_progress_init(struct bi_progress *progress, FILE *stream, bool status)
{
    *progress = (struct bi_progress){.stream = stream, .terminal = status && isatty(fileno(stream)) == 1};
}

size_t bi_progress_fit(const char *text, int columns)
{
    const char *s = text;
    while (*s) {
        const char *before = s;
        columns -= utf8proc_charwidth((utf8proc_int32_t)bi_rune_next(&s));
        if (columns < 0)
            return (size_t)(before - text);
    }
    return (size_t)(s - text);
}

int bi_progress_width(const char *text)
{
    int columns = 0;
    while (*text)
        columns += utf8proc_charwidth((utf8proc_int32_t)bi_rune_next(&text));
    return columns;
}

void bi_progress_line(struct bi_progress *progress, const char *format, ...)
{
    struct bi_error line; /* for its way of making one line of anything */
    char text[sizeof line.text];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    bi_error_set(&line, BI_EXIT_DONE, "%s", text);
    bi_progress_clear(progress);
    fprintf(progress->stream, "%s\n", line.text);
    fflush(progress->stream);
}

static int columns_of(const struct bi_progress *progress)
{
    struct winsize size = {0};
    if (ioctl(fileno(progress->stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return DEFAULT_COLUMNS;
}

static bool is_due(const struct bi_progress *progress)
{
    return progress->terminal &&
           (!progress->drawn || bi_process_clock() - progress->drawn_at >= REDRAW_SECONDS);
}

static void draw(struct bi_progress *progress, const char *text)
{
    /* The last column stays free: writing there wraps on some terminals. */
    int columns = columns_of(progress) - 1;
    fprintf(progress->stream, ERASE_LINE "%.*s", (int)bi_progress_fit(text, columns), text);
    fflush(progress->stream);
    int width = bi_progress_width(text);
    progress->columns = width < columns ? width : columns;
    progress->drawn = true;
    progress->drawn_at = bi_process_clock();
}

void bi_progress_status(struct bi_progress *progress, const char *format, ...)
{
    if (!is_due(progress))
        return;
    struct bi_error line;
    char text[sizeof line.text];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    bi_error_set(&line, BI_EXIT_DONE, "%s", text);
    draw(progress, line.text);
}

void bi_progress_parts(struct bi_progress *progress, const char *const *parts, size_t count)
{
    if (!is_due(progress))
        return;
    struct bi_text line = {0};
    int room = columns_of(progress) - 1;
    for (size_t i = 0; i < count; i++) {
        int width = bi_progress_width(parts[i]) + (i > 0 ? 2 : 0);
        if (i > 0 && width > room)
            break;
        bi_text_printf(&line, "%s%s", i > 0 ? ", " : "", parts[i]);
        room -= width;
    }
    draw(progress, bi_text_get(&line));
    bi_text_release(&line);
}

void bi_progress_resized(struct bi_progress *progress)
{
    if (!progress->drawn)
        return;
    /* A narrower terminal has wrapped the line: up to its first row, and away with all that follows. */
    int above = progress->columns > 0 ? (progress->columns - 1) / columns_of(progress) : 0;
    if (above > 0)
        fprintf(progress->stream, "\033[%dA", above);
    fputs("\r\033[J", progress->stream);
    fflush(progress->stream);
    progress->drawn = false;
}

void bi_progress_clear(struct bi_progress *progress)
{
    if (!progress->drawn)
        return;
    fputs(ERASE_LINE, progress->stream);
    fflush(progress->stream);
    progress->drawn = false;
}
