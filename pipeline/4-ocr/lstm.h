/* A Tesseract model as we use it: its network and its characters. */
#ifndef OCR_LSTM_H
#define OCR_LSTM_H

#include "base/arena.h"
#include "charset.h"
#include "network.h"

struct lstm {
    struct network *network;
    struct charset charset;
};

/* From the bytes of a .traineddata file, which may be freed afterwards. -1, without a message, if it has no
 * LSTM model or one that is not understood (see network.h). */
int lstm_read(struct bi_arena *arena, const char *data, size_t size, struct lstm *lstm);
void lstm_release(struct lstm *lstm);

#endif
