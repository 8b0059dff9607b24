/* The network of a Tesseract LSTM model: reading it, and running it over the image of a line.
 *
 * Tesseract's own way to the same numbers spends two thirds of its time on bookkeeping, and hands out only
 * the best text. Here all that the network says is kept: with what probability each of its codes stands in
 * each column. Weights and values between the layers are integers of 8 bits, as in Tesseract; the sums of a
 * layer are the same on every processor. */
#ifndef OCR_NETWORK_H
#define OCR_NETWORK_H

#include "base/error.h"
#include "bytes.h"
#include "plane.h"

struct network;

/* What the network says of a line: probabilities[step × codes + code], every step `reduction` columns wide.
 */
struct outputs {
    int steps, codes, reduction;
    float *probabilities; /* from malloc */
};

void outputs_release(struct outputs *outputs);

/* Reads the network at the start of a model's LSTM component and leaves `bytes` behind it. Series, reversed
 * and transposed layers, convolution, maximum pooling, LSTM (one direction, also summarizing), and full
 * layers with tanh, logistic or softmax are known; integer weights only. -1 without a message for anything
 * else. */
int network_read(struct bytes *bytes, struct network **network);
void network_free(struct network *network);

/* Codes that it tells apart. */
int network_codes(const struct network *network);
/* The height that lines must have; 0 if any will do. */
int network_height(const struct network *network);

/* Runs it over a plane of that height, dark on white. Nothing comes of a plane narrower than one step. */
void network_run(const struct network *network, const struct plane *plane, struct outputs *outputs);

#endif
