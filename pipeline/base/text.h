/* Growing byte strings, UTF-8, and the folding under which text is compared and matched. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A growing string; always NUL-terminated once something was added. {0} is an empty one. */
struct bi_text {
    char *data; /* NULL while nothing was added: use bi_text_get for a string that is never NULL */
    size_t length;
    size_t capacity;
};

void bi_text_release(struct bi_text *text);
void bi_text_clear(struct bi_text *text); /* length 0, memory kept */
const char *bi_text_get(const struct bi_text *text) __attribute__((returns_nonnull));
void bi_text_add(struct bi_text *text, const char *s); /* NULL adds nothing */
void bi_text_add_bytes(struct bi_text *text, const char *s, size_t n);
void bi_text_add_rune(struct bi_text *text, uint32_t rune);
void bi_text_printf(struct bi_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The code point at *s, and *s moved past it. A byte that is no UTF-8 gives U+FFFD and moves by one.
 * At the end of the string gives 0 and does not move. */
uint32_t bi_rune_next(const char **s);
/* Code points in a string. */
size_t bi_rune_count(const char *s);
/* True if s is well-formed UTF-8 without NUL up to n bytes. */
bool bi_utf8_valid(const char *s, size_t n);

/* Han: unified ideographs, extensions, compatibility ideographs, 〇 and 々. */
bool bi_rune_is_han(uint32_t rune);
/* Characters that Chinese is set with and that take no space beside them: Han, kana, CJK and full-width
 * punctuation, and the quotation marks and dashes “”‘’—… */
bool bi_rune_is_cjk(uint32_t rune);
bool bi_rune_is_space(uint32_t rune); /* Unicode white space, incl. U+3000 */

/* For matching, never for storing: NFKC (so full width becomes half width), case folded, all white space and
 * control characters dropped. "（下转第３版 ）" gives "(下转第3版)". Broken UTF-8 is skipped. Appends to out.
 */
void bi_text_fold(struct bi_text *out, const char *s);

/* Levenshtein distance between two UTF-8 strings, in code points. */
size_t bi_text_distance(const char *a, const char *b);

#endif
