/* What stands on a page beside its articles: masthead, running head and foot. */
#ifndef SEGMENT_FURNITURE_H
#define SEGMENT_FURNITURE_H

#include "layout.h"

/* Gives the lines above the rule that ends the page's head their roles, masthead where type of a paper's name
 * is among them and running head otherwise; without such a rule those of a first row of short lines that has
 * white below it. Folio and what else stands in a row of its own below all columns is a running head too.
 * Called before anything else has a role. */
void seg_furniture_find(struct seg_layout *layout);

#endif
