#include "base/ini.h"

#include <ini.h>
#include <stdbool.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"

/* Debian's inih cuts longer lines in two without a word. */
#define MAX_LINE_BYTES 190

struct reader {
    int (*take)(void *user, const char *section, const char *key, const char *value, struct bi_error *err);
    void *user;
    int values, fault_at;  /* how many there were, and with the which of them the first fault came; 0: none */
    struct bi_error fault; /* inih goes on after a fault, and tells the line of the first */
};

/* inih's handler: 0 makes the line an error. */
static int take_value(void *user, const char *section, const char *name, const char *value)
{
    struct reader *reader = user;
    struct bi_error fault = {0};
    reader->values++;
    if (*section && *name && value && reader->take(reader->user, section, name, value, &fault) == 0)
        return 1;
    if (!reader->fault_at) {
        reader->fault_at = reader->values;
        reader->fault = fault;
    }
    return 0;
}

static int count_value(void *user, const char *section, const char *name, const char *value)
{
    (void)section, (void)name, (void)value;
    ++*(int *)user;
    return 1;
}

/* Whether the first fault is of a value in this line, and not of the line, which no handler saw. */
static bool is_of_value(const struct reader *reader, struct bi_text *lines, int line)
{
    char *end = lines->data;
    for (int i = 0; i < line && end; i++)
        end = strchr(end + (i > 0), '\n');
    if (end)
        *end = '\0';
    int values = 0;
    ini_parse_string(lines->data, count_value, &values);
    return reader->fault_at && values == reader->fault_at;
}

/* What inih would let pass; and lines without the white space before them, which would make a line the
 * continuation of the one above. */
static int check_lines(const char *file, const char *data, size_t size, struct bi_text *lines,
                       struct bi_error *err)
{
    int number = 1;
    for (size_t at = 0; at < size; number++) {
        const char *line = data + at, *end = memchr(line, '\n', size - at);
        size_t length = end ? (size_t)(end - line) : size - at;
        at += length + 1;
        if (!bi_utf8_valid(line, length))
            return bi_error_set(err, BI_EXIT_INPUT, "%s: line %d is not UTF-8 text", file, number);
        for (; length && (*line == ' ' || *line == '\t'); length--)
            line++;
        if (length > MAX_LINE_BYTES)
            return bi_error_set(err, BI_EXIT_INPUT, "%s: line %d is longer than %d bytes", file, number,
                                MAX_LINE_BYTES);
        bi_text_add_bytes(lines, line, length);
        bi_text_add(lines, "\n");
    }
    return 0;
}

int bi_ini_parse(const char *name, const char *data, size_t size,
                 int (*take)(void *user, const char *section, const char *key, const char *value,
                             struct bi_error *err),
                 void *user, struct bi_error *err)
{
    BI_CLEANUP(bi_text_release) struct bi_text lines = {0};
    if (check_lines(name, data, size, &lines, err) < 0)
        return -1;
    struct reader reader = {.take = take, .user = user};
    int line = ini_parse_string(bi_text_get(&lines), take_value, &reader);
    if (line < 0)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: out of memory", name);
    if (line > 0 && *reader.fault.text && is_of_value(&reader, &lines, line))
        return bi_error_set(err, BI_EXIT_INPUT, "%s: line %d: %s", name, line, reader.fault.text);
    if (line > 0)
        return bi_error_set(err, BI_EXIT_INPUT,
                            "%s: line %d is neither a [section] nor a name = value in one", name, line);
    return 0;
}
