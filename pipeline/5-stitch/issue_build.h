/* The whole of stitch, without files: pages in, articles out. */
#ifndef STITCH_ISSUE_BUILD_H
#define STITCH_ISSUE_BUILD_H

#include "page/articles.h"
#include "page/corrections.h"
#include "page/issue.h"
#include "stitch.h"

/* pages holds count pages as read (NULL for none) in any order; each is put to the frame its transform names,
 * or, where it names none, to the frames that are left, in order. corrections may be NULL; those that do not
 * apply become problems. articles must be initialised; nothing in it points into the pages afterwards.
 * BI_EXIT_INPUT if two pages name one frame, or one names a frame the issue does not have. */
int st_issue_build(const struct bi_issue *issue, const struct st_wordings *wordings,
                   const struct bi_corrections *corrections, const struct bi_page *pages,
                   const char *const *names, size_t count, struct bi_articles *articles,
                   struct bi_error *err);

#endif
