#include "page/json.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"

#define MAX_JSON_BYTES ((size_t)64 << 20)

int bi_json_parse(const char *name, const char *data, size_t size, const char *format, json_t **root,
                  struct bi_error *err)
{
    json_error_t fault;
    BI_CLEANUP(bi_json_decrefp) json_t *parsed = json_loadb(data, size, JSON_REJECT_DUPLICATES, &fault);
    if (!parsed)
        return bi_error_set(err, BI_EXIT_INPUT, "%s:%d: is not JSON: %s", name, fault.line, fault.text);
    const char *found = json_string_value(json_object_get(parsed, "format"));
    if (!found || strcmp(found, format) != 0)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: has the format %s, not %s", name,
                            found ? found : "(none)", format);
    *root = parsed;
    parsed = NULL;
    return 0;
}

int bi_json_read(const char *path, const char *format, json_t **root, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size;
    if (bi_file_read(path, MAX_JSON_BYTES, false, &data, &size, err) < 0)
        return -1;
    return bi_json_parse(path, data, size, format, root, err);
}

int bi_json_write(const char *path, const json_t *root, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *text = json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(15));
    if (!text)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: cannot be written as JSON", path);
    struct bi_text whole = {0};
    bi_text_add(&whole, text);
    bi_text_add(&whole, "\n");
    int status = bi_file_write(path, whole.data, whole.length, err);
    bi_text_release(&whole);
    return status;
}

char *bi_json_string(struct bi_arena *arena, const json_t *object, const char *key, const char *fallback)
{
    const char *value = json_string_value(json_object_get(object, key));
    return bi_arena_strdup(arena, value ? value : fallback);
}

int bi_json_int(const json_t *object, const char *key, int fallback)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_integer(value))
        return fallback;
    json_int_t number = json_integer_value(value);
    return number < INT_MIN || number > INT_MAX ? fallback : (int)number;
}

double bi_json_double(const json_t *object, const char *key, double fallback)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : fallback;
}

json_t *bi_json_text(const char *s)
{
    if (!s)
        return json_null();
    json_t *value = json_string(s);
    if (value)
        return value;
    struct bi_text clean = {0};
    for (uint32_t r; (r = bi_rune_next(&s)) != 0;)
        bi_text_add_rune(&clean, r);
    value = json_string(bi_text_get(&clean));
    bi_text_release(&clean);
    return value;
}
