/* Printed pointers: jump lines (下转第7版, 上接第2版) and teasers (>>>刊2版). */
#ifndef EXPORT_POINTERS_H
#define EXPORT_POINTERS_H

#include "export/issue.h"

/* Where a printed line points to. */
struct export_target {
    const struct export_article *article; /* NULL: none, only a page */
    const struct export_page *page;       /* NULL: nowhere */
};

/* Where the line of a pointer leads: a jump line to the other end of its jump, a teaser to what it is about.
 * Nowhere for any other line. */
struct export_target export_target_of(const struct export_issue *issue, const struct export_line *line);

#endif
