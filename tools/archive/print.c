#include "archive/print.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/find.h"
#include "base/cleanup.h"
#include "base/text.h"

enum archive_marking archive_marking_for(FILE *stream)
{
    return isatty(fileno(stream)) ? ARCHIVE_MARKING_BOLD : ARCHIVE_MARKING_BRACKETS;
}

/* C0, DEL and C1, which terminals obey, and the marks that turn the direction of writing. */
static bool is_control(uint32_t rune)
{
    return rune < 0x20 || (rune >= 0x7F && rune < 0xA0) || (rune >= 0x202A && rune <= 0x202E) ||
           (rune >= 0x2066 && rune <= 0x2069);
}

static void print_rune(FILE *stream, uint32_t rune)
{
    struct bi_text text = {0};
    bi_text_add_rune(&text, rune);
    fputs(bi_text_get(&text), stream);
    bi_text_release(&text);
}

void archive_print(FILE *stream, const char *text, enum archive_marking marking)
{
    static const char *const START[] = {"", "\033[1m", "【"}, *const END[] = {"", "\033[0m", "】"};
    bool marked = false;
    for (uint32_t rune; (rune = bi_rune_next(&text));) {
        if (rune == ARCHIVE_MARK_START || rune == ARCHIVE_MARK_END) {
            if (marked != (rune == ARCHIVE_MARK_START)) {
                marked = rune == ARCHIVE_MARK_START;
                fputs(marked ? START[marking] : END[marking], stream);
            }
        } else if (rune == '\n' || rune == '\t') {
            fputc(' ', stream);
        } else if (is_control(rune)) {
            fputc('?', stream);
        } else {
            print_rune(stream, rune);
        }
    }
    if (marked)
        fputs(END[marking], stream);
}

void archive_print_paragraphs(FILE *stream, const char *text)
{
    for (uint32_t rune; (rune = bi_rune_next(&text));)
        if (rune == '\n')
            fputc('\n', stream);
        else if (is_control(rune))
            fputc(rune == '\t' ? ' ' : '?', stream);
        else
            print_rune(stream, rune);
    fputc('\n', stream);
}

json_t *archive_json_text(const char *text)
{
    return text && *text ? json_string(text) : json_null();
}

json_t *archive_json_numbers(const char *list)
{
    json_t *numbers = json_array();
    while (*list) {
        char *end;
        long number = strtol(list, &end, 10);
        if (end == list)
            break;
        json_array_append_new(numbers, json_integer(number));
        list = end + strspn(end, ", ");
    }
    return numbers;
}

void archive_json_marked(json_t *object, const char *key, const char *key_matches, const char *text)
{
    BI_CLEANUP(bi_text_release) struct bi_text plain = {0};
    json_t *matches = json_array();
    json_int_t at = 0, start = -1;
    for (uint32_t rune; (rune = bi_rune_next(&text));) {
        if (rune == ARCHIVE_MARK_START) {
            start = at;
        } else if (rune == ARCHIVE_MARK_END) {
            if (start >= 0)
                json_array_append_new(matches, json_pack("[I,I]", start, at - start));
            start = -1;
        } else {
            bi_text_add_rune(&plain, rune);
            at++;
        }
    }
    json_object_set_new(object, key, json_string(bi_text_get(&plain)));
    if (key_matches)
        json_object_set(object, key_matches, matches);
    json_decref(matches);
}

void archive_json_print(FILE *stream, json_t *value)
{
    BI_CLEANUP(bi_freep) char *line = json_dumps(value, JSON_COMPACT | JSON_REAL_PRECISION(6));
    if (line)
        fprintf(stream, "%s\n", line);
    json_decref(value);
}
