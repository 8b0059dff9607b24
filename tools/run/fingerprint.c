#include "run/fingerprint.h"

#include <string.h>

/* A longer value is a hash or a list that nobody compares by eye. */
#define SHOWN_BYTES 60

void run_parts_add(struct run_parts *parts, struct bi_arena *arena, const char *name, const char *value)
{
    parts->parts = bi_arena_grow(arena, parts->parts, parts->count, &parts->capacity, sizeof *parts->parts);
    parts->parts[parts->count++] =
        (struct run_part){.name = bi_arena_strdup(arena, name), .value = bi_arena_strdup(arena, value)};
}

void run_parts_fingerprint(const struct run_parts *parts, char sha256[BI_SHA256_HEX])
{
    struct bi_text text = {0};
    for (size_t i = 0; i < parts->count; i++) {
        const struct run_part *part = &parts->parts[i];
        bi_text_printf(&text, "%zu:%s%zu:%s", strlen(part->name), part->name, strlen(part->value),
                       part->value);
    }
    bi_sha256_bytes(bi_text_get(&text), text.length, sha256);
    bi_text_release(&text);
}

static const struct run_part *find_part(const struct run_parts *parts, const char *name)
{
    for (size_t i = 0; i < parts->count; i++)
        if (strcmp(parts->parts[i].name, name) == 0)
            return &parts->parts[i];
    return NULL;
}

void run_parts_difference(const struct run_parts *before, const struct run_parts *now, struct bi_text *out)
{
    size_t start = out->length;
    for (size_t i = 0; i < now->count; i++) {
        const struct run_part *part = &now->parts[i];
        const struct run_part *old = find_part(before, part->name);
        const char *comma = out->length > start ? ", " : "";
        if (!old)
            bi_text_printf(out, "%s%s is new", comma, part->name);
        else if (strcmp(old->value, part->value) == 0)
            continue;
        else if (strlen(old->value) < SHOWN_BYTES && strlen(part->value) < SHOWN_BYTES)
            bi_text_printf(out, "%s%s changed from '%s' to '%s'", comma, part->name, old->value, part->value);
        else
            bi_text_printf(out, "%s%s changed", comma, part->name);
    }
    for (size_t i = 0; i < before->count; i++)
        if (!find_part(now, before->parts[i].name))
            bi_text_printf(out, "%s%s is gone", out->length > start ? ", " : "", before->parts[i].name);
    bool same_parts = out->length == start && before->count == now->count;
    for (size_t i = 0; same_parts && i < now->count; i++)
        if (strcmp(before->parts[i].name, now->parts[i].name) != 0) {
            bi_text_add(out, "the order of its inputs changed");
            break;
        }
}
