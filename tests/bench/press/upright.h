/* A story set from top to bottom: vertical lines from right to left, in one tier or more, its headline at the
 * right. */
#ifndef PRESS_UPRIGHT_H
#define PRESS_UPRIGHT_H

#include "slot.h"

void upright_print(struct sheet *sheet, const struct paper *paper, const struct slot *slot);

#endif
