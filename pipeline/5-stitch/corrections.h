/* What a person has said of the issue's articles, applied to what was found. */
#ifndef STITCH_CORRECTIONS_H
#define STITCH_CORRECTIONS_H

#include "jumps.h"
#include "page/articles.h"
#include "page/corrections.h"
#include "stitch.h"

/* Changes parts and jumps, in the order of the corrections; those that do not apply become problems. Parts
 * must be joined (st_jumps_match). */
void st_corrections_apply(struct st_issue *issue, const struct bi_corrections *corrections,
                          struct st_jumps *jumps, struct bi_articles *articles);

#endif
