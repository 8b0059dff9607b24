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

void bi_progress_status(struct bi_progress *progress, const char *format, ...)
{
    double now = bi_process_clock();
    if (!progress->terminal || (progress->drawn && now - progress->drawn_at < REDRAW_SECONDS))
        return;
    struct bi_error line;
    char text[sizeof line.text];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    bi_error_set(&line, BI_EXIT_DONE, "%s", text);
    struct winsize size = {0};
    int columns = DEFAULT_COLUMNS;
    if (ioctl(fileno(progress->stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        columns = size.ws_col;
    /* The last column stays free: writing there wraps on some terminals. */
    fprintf(progress->stream, ERASE_LINE "%.*s", (int)bi_progress_fit(line.text, columns - 1), line.text);
    fflush(progress->stream);
    progress->drawn = true;
    progress->drawn_at = now;
}

void bi_progress_clear(struct bi_progress *progress)
{
    if (!progress->drawn)
        return;
    fputs(ERASE_LINE, progress->stream);
    fflush(progress->stream);
    progress->drawn = false;
}
