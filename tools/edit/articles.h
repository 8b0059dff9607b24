/* Correcting an issue's articles: corrections/<title>/<date>/articles.json, as a person would write it. */
#ifndef EDIT_ARTICLES_H
#define EDIT_ARTICLES_H

#include "edit/lines.h"
#include "page/corrections.h"

/* Adds a correction, with who and when before its note. `based_on` is the SHA-256 (bi_corrections_sha256) of
 * the file as the person saw it: EDIT_CONFLICT, and nothing is changed, if it is another by now; NULL: it
 * does not matter. Else EDIT_SAVED, or -1. */
int edit_articles_add(const struct edit_place *place, const char *who, const char *based_on,
                      const struct bi_correction *correction, struct bi_error *err);

#endif
