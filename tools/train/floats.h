/* Floats from integers: what lstmtraining can go on from, out of a model that it refuses. */
#ifndef TRAIN_FLOATS_H
#define TRAIN_FLOATS_H

#include "base/error.h"
#include "base/text.h"
#include "bytes.h"

/* The LSTM component of an integer model, with every weight as its integer times the scale of its row; what
 * rounding lost stays lost. If `outputs` is more than the network has, its last layer gets so many; the new
 * ones begin with the mean of the weights of the others and the least of their biases, so that nothing is
 * read as one of them before they are trained. outputs 0: as many as it has. Appends to out. BI_EXIT_INPUT,
 * without the file's name, for anything that is no integer LSTM component. */
int floats_from_integers(struct bytes *in, int outputs, struct bi_text *out, struct bi_error *err);

/* A network between two of the same shape, both of floats: every weight is `share` of that of `in` and the
 * rest of that of `other` (WiSE-FT, Wortsman et al. 2022): between a network and what training made of it
 * lies one that keeps most of what was learnt and has forgotten less. All else is as in `in`. BI_EXIT_INPUT
 * if they differ in shape. */
int floats_mix(struct bytes *in, double share, const struct bytes *other, struct bi_text *out,
               struct bi_error *err);

#endif
