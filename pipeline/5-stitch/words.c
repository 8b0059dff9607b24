#include "words.h"

#include <string.h>

#include "base/text.h"

bool st_has_word(const char *text, const char *const *words, size_t n)
{
    return st_count_words(text, words, n) > 0;
}

int st_count_words(const char *text, const char *const *words, size_t n)
{
    int found = 0;
    for (size_t i = 0; i < n; i++)
        found += strstr(text, words[i]) != NULL;
    return found;
}

bool st_starts_with(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

bool st_ends_with(const char *text, const char *word)
{
    size_t n = strlen(text), m = strlen(word);
    return n >= m && strcmp(text + n - m, word) == 0;
}

const char *st_folded(struct bi_arena *arena, const char *text)
{
    struct bi_text out = {0};
    bi_text_fold(&out, text);
    char *copy = bi_arena_strdup(arena, bi_text_get(&out));
    bi_text_release(&out);
    return copy;
}
