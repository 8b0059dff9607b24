/* The PAGE-XML that a page's lines were read from, beside its upright image: it knows pictures, rules,
 * outlines and baselines, which the archive does not keep. */
#ifndef EXPORT_SOURCE_H
#define EXPORT_SOURCE_H

#include "export/issue.h"
#include "page/page.h"

struct export_source {
    struct bi_page page;
    const struct bi_line **lines; /* of all regions, by id; from the page's arena */
    size_t line_count;
    const char *path; /* NULL: there is none, and all else is empty */
};

/* Reads the page as it was corrected by hand, else as it was recognised: the file whose lines are those that
 * the archive has, so that it can stand for the page. The caller releases it, found or not. `path` comes from
 * the arena. */
void export_source_read(struct bi_arena *arena, const struct export_page *page, struct export_source *source);
void export_source_release(struct export_source *source);

/* The region of that id, and what the source has of a line of the archive; NULL if there is none. */
const struct bi_region *export_source_region(const struct export_source *source, const char *id);
const struct bi_line *export_source_line(const struct export_source *source, const struct export_line *line);

/* The size of a full character in pixels: as the source has it, else as of export_line_em. */
double export_source_em(const struct export_source *source, const struct export_line *line);

#endif
