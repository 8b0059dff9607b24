/* The PAGE-XML that a page's lines were read from, beside its upright image: it knows pictures, rules and
 * outlines, which the archive does not keep. */
#ifndef EXPORT_SOURCE_H
#define EXPORT_SOURCE_H

#include "export/issue.h"
#include "page/page.h"

/* Reads the page as it was corrected by hand, else as it was recognised; true if there is one whose lines are
 * those that the archive has, so that it can stand for the page. `source` is overwritten and the caller
 * releases it, whatever comes back. *path comes from the arena. */
bool export_source_read(struct bi_arena *arena, const struct export_page *page, struct bi_page *source,
                        const char **path);

/* The region of that id, NULL if there is none. */
const struct bi_region *export_source_region(const struct bi_page *source, const char *id);

#endif
