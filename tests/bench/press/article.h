/* A story, or a part of one, in its place: head, pictures, columns. */
#ifndef PRESS_ARTICLE_H
#define PRESS_ARTICLE_H

#include "slot.h"

void article_print(struct sheet *sheet, const struct paper *paper, const struct slot *slot);
/* Columns for a width, none narrower than 8 ems and none wider than 20, as near to `wanted` as that allows.
 */
int article_columns(const struct paper *paper, double em, double width, int wanted);
/* A picture with its caption under, over or beside it, filling the box. */
void article_picture(struct sheet *sheet, const struct paper *paper, struct story *story, struct box box);

#endif
