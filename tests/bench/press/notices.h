/* Small print: a block of short notices in tiny type, and tables. */
#ifndef PRESS_NOTICES_H
#define PRESS_NOTICES_H

#include "slot.h"

void notices_print(struct sheet *sheet, const struct paper *paper, const struct slot *slot);
/* A table with a title; ruled all round, ruled between rows, or not ruled. Each cell is a line of role
 * "table". */
void table_print(struct sheet *sheet, const struct paper *paper, const struct slot *slot);

#endif
