/* Captions: lines that belong to a picture. */
#ifndef SEGMENT_CAPTIONS_H
#define SEGMENT_CAPTIONS_H

#include "layout.h"

/* Gives blocks under, over and beside pictures their role, and first cuts off the lines under a picture that
 * were taken for the beginning of the column below. Called when headlines and decks are known. */
void seg_captions_find(struct seg_layout *layout);

#endif
