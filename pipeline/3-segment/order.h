/* Reading order. */
#ifndef SEGMENT_ORDER_H
#define SEGMENT_ORDER_H

#include "layout.h"

/* Fills layout->order. */
void seg_order_find(struct seg_layout *layout);

#endif
