/* What a rerun would change of an issue. */
#ifndef RERUN_COMPARE_H
#define RERUN_COMPARE_H

#include <stddef.h>

#include "base/error.h"
#include "base/text.h"

/* Appends in words what differs between two work folders of one issue: on every page the lines of text, by
 * the longest sequence that both have in common, with the mean confidence of the page's characters; articles
 * that changed, are new or gone; pointers that now lead to their page or no longer do. Says so if nothing
 * differs. */
int compare_issues(const char *before, const char *after, struct bi_text *out, struct bi_error *err);

/* The longest sequence that two lists of strings have in common: sets for each of `a` its partner in `b`, -1
 * for none.
 */
void compare_lists(char *const *a, size_t a_count, char *const *b, size_t b_count, long *partner);

#endif
