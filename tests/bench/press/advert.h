/* Advertisements: a name, a line or two, sometimes a picture. */
#ifndef PRESS_ADVERT_H
#define PRESS_ADVERT_H

#include "slot.h"

void advert_print(struct sheet *sheet, const struct paper *paper, const struct slot *slot);

#endif
