/* What the project's JSON files share: parsing within limits, typed access with messages, writing whole or
 * not at all with the same bytes for the same content. Internal to page/. */
#ifndef PAGE_JSON_H
#define PAGE_JSON_H

#include <jansson.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/error.h"

static inline void bi_json_decrefp(json_t **json)
{
    json_decref(*json);
}

/* Parses an object whose "format" is the given string. The caller decrefs *root. */
int bi_json_parse(const char *name, const char *data, size_t size, const char *format, json_t **root,
                  struct bi_error *err);
/* Reads a file of at most 64 MB and parses it. */
int bi_json_read(const char *path, const char *format, json_t **root, struct bi_error *err);
/* Writes with an indent of one space, keys in the order in which they were set. Takes no reference. */
int bi_json_write(const char *path, const json_t *root, struct bi_error *err);

/* A member's value, or the fallback where it is missing, null or of another type. */
char *bi_json_string(struct bi_arena *arena, const json_t *object, const char *key, const char *fallback);
int bi_json_int(const json_t *object, const char *key, int fallback);
double bi_json_double(const json_t *object, const char *key, double fallback);

/* A string, or JSON null for NULL. Bytes that are no UTF-8 become U+FFFD. */
json_t *bi_json_text(const char *s);

#endif
