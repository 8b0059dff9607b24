/* The result: articles, links and problems from the matched parts. */
#ifndef STITCH_COMPOSE_H
#define STITCH_COMPOSE_H

#include "jumps.h"
#include "page/articles.h"
#include "stitch.h"

/* Fills articles (whose facts are voted already) with pages, articles, continuation links and their problems.
 */
void st_compose(struct st_issue *issue, const struct st_jumps *jumps, struct bi_articles *articles);

/* Adds the front page's announcements as links (teasers.c). Articles must be there. */
void st_teasers_link(struct st_issue *issue, struct bi_articles *articles);

#endif
