/* An arena: many small allocations that are freed together. One arena holds the document model of a page or
 * an issue. Memory is zeroed. Running out of memory ends the process with a message (the one place where a
 * library does): a model half built helps nobody, and output is only ever written whole. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct bi_arena_block;
struct bi_arena {
    struct bi_arena_block *block; /* newest first */
};

/* An arena may also be initialised with {0}. */
void bi_arena_init(struct bi_arena *arena);
/* Frees everything that was allocated from it; the arena is empty and usable afterwards. */
void bi_arena_release(struct bi_arena *arena);

/* size bytes, zeroed, aligned for any type. */
void *bi_arena_alloc(struct bi_arena *arena, size_t size) __attribute__((malloc, returns_nonnull));
/* count elements of size bytes, zeroed; checks for overflow. */
void *bi_arena_array(struct bi_arena *arena, size_t count, size_t size)
    __attribute__((malloc, returns_nonnull));
/* A copy of a string; NULL gives NULL. */
char *bi_arena_strdup(struct bi_arena *arena, const char *s);
/* A copy of the first n bytes of s, ended with NUL. */
char *bi_arena_strndup(struct bi_arena *arena, const char *s, size_t n) __attribute__((returns_nonnull));
char *bi_arena_printf(struct bi_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3), returns_nonnull));

/* Makes room for one more element in an array that grows by doubling: returns the array, moved where it had
 * to be. `count` is the number of elements in use, *capacity the number there is room for. */
void *bi_arena_grow(struct bi_arena *arena, void *array, size_t count, size_t *capacity, size_t size)
    __attribute__((returns_nonnull));

/* malloc, realloc and strdup that end the process with a message when memory runs out. */
void *bi_xcalloc(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
void *bi_xrealloc(void *p, size_t size) __attribute__((returns_nonnull));
char *bi_xstrdup(const char *s) __attribute__((malloc, returns_nonnull));

#endif
