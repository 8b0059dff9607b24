#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK_BYTES = 1 << 16, ALIGNMENT = _Alignof(max_align_t) };

struct bi_arena_block {
    struct bi_arena_block *next;
    size_t used, size;
    _Alignas(max_align_t) unsigned char data[];
};

static _Noreturn void out_of_memory(void)
{
    static const char message[] = "backissue: out of memory\n";
    if (write(STDERR_FILENO, message, sizeof message - 1) < 0) {
        /* Nobody is left to tell. */
    }
    exit(1);
}

void bi_arena_init(struct bi_arena *arena)
{
    arena->block = NULL;
}

void bi_arena_release(struct bi_arena *arena)
{
    while (arena->block) {
        struct bi_arena_block *next = arena->block->next;
        free(arena->block);
        arena->block = next;
    }
}

void *bi_arena_alloc(struct bi_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        out_of_memory();
    size = size ? (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : ALIGNMENT;
    struct bi_arena_block *block = arena->block;
    if (!block || block->size - block->used < size) {
        size_t room = size > BLOCK_BYTES ? size : BLOCK_BYTES;
        struct bi_arena_block *fresh = calloc(1, sizeof *fresh + room);
        if (!fresh)
            out_of_memory();
        fresh->size = room;
        if (block && size > BLOCK_BYTES) {
            /* A large piece gets a block of its own behind the current one, whose room stays in use. */
            fresh->next = block->next;
            block->next = fresh;
            fresh->used = size;
            return fresh->data;
        }
        fresh->next = block;
        arena->block = block = fresh;
    }
    void *p = block->data + block->used;
    block->used += size;
    return p;
}

void *bi_arena_array(struct bi_arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        out_of_memory();
    return bi_arena_alloc(arena, bytes);
}

char *bi_arena_strndup(struct bi_arena *arena, const char *s, size_t n)
{
    char *copy = bi_arena_alloc(arena, n + 1);
    if (n)
        memcpy(copy, s, n);
    return copy;
}

char *bi_arena_strdup(struct bi_arena *arena, const char *s)
{
    return s ? bi_arena_strndup(arena, s, strlen(s)) : NULL;
}

char *bi_arena_printf(struct bi_arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    size_t room = (length < 0 ? 0 : (size_t)length) + 1;
    char *text = bi_arena_alloc(arena, room);
    vsnprintf(text, room, format, again);
    va_end(again);
    return text;
}

void *bi_arena_grow(struct bi_arena *arena, void *array, size_t count, size_t *capacity, size_t size)
{
    if (array && count < *capacity)
        return array;
    size_t room = *capacity ? *capacity * 2 : 8;
    void *fresh = bi_arena_array(arena, room, size);
    if (count)
        memcpy(fresh, array, count * size);
    *capacity = room;
    return fresh;
}

void *bi_xcalloc(size_t count, size_t size)
{
    void *p = calloc(count ? count : 1, size ? size : 1);
    if (!p)
        out_of_memory();
    return p;
}

void *bi_xrealloc(void *p, size_t size)
{
    void *moved = realloc(p, size ? size : 1);
    if (!moved)
        out_of_memory();
    return moved;
}

char *bi_xstrdup(const char *s)
{
    char *copy = strdup(s);
    if (!copy)
        out_of_memory();
    return copy;
}
