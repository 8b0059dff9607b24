/* A line as backissue-ocr hands it to the network. */
#ifndef TRAIN_PREPARE_H
#define TRAIN_PREPARE_H

#include "base/chance.h"
#include "cut.h"

/* In one of the sizes of type that the profiles use, by chance. False where there is nothing to see or where
 * the line comes in several strips. */
bool prepare_strip(const struct plane *page, const struct bi_line *line,
                   const struct cut_neighbours *neighbours, double noise, struct chance *chance,
                   struct plane *strip);

#endif
