/* Which issues and articles an export is of. */
#ifndef EXPORT_SELECT_H
#define EXPORT_SELECT_H

#include "archive/archive.h"

/* What a person asked for; NULL or 0: everything. */
struct export_selection {
    const char *paper;     /* its name, or the name of its title's folder */
    const char *from, *to; /* ISO 8601 dates, both inclusive; a prefix such as 2025-06 is the whole of it */
    const char **issues;   /* ids, dates or names of folders */
    size_t issue_count;
    long long *articles; /* ids */
    size_t article_count;
};

/* The ids of the issues, in the order of titles, dates and names, into the arena. BI_EXIT_INPUT if an issue
 * or article that was named is not there. */
int export_select(const struct archive *archive, const struct export_selection *selection,
                  struct bi_arena *arena, long long **issues, size_t *count, struct bi_error *err);

/* Those of the articles asked for that are of an issue. */
int export_select_articles(const struct archive *archive, const struct export_selection *selection,
                           long long issue_id, struct bi_arena *arena, long long **articles, size_t *count,
                           struct bi_error *err);

#endif
