/* One Tesseract LSTM model that reads strips. */
#ifndef OCR_READER_H
#define OCR_READER_H

#include "base/arena.h"
#include "base/error.h"
#include "ctc.h"
#include "model.h"
#include "strip.h"

struct reader;

/* What a reader makes of a strip: all that the network says, the likeliest text, and where its characters
 * were seen. */
struct view {
    const struct charset *charset;
    struct outputs outputs;
    int begin, end; /* steps between the white at both ends */
    struct ctc_text text;
    struct ctc_span *spans; /* one for each character of the text */
};

/* The model's data may be released afterwards. BI_EXIT_MACHINE if it is not a model that we know to run. */
int reader_open(const struct model *model, struct reader **reader, struct bi_error *err);
void reader_close(struct reader *reader);
static inline void reader_closep(struct reader **reader)
{
    reader_close(*reader);
}

/* Text and spans from the arena, the rest to be released. Without text for a strip in which nothing is seen.
 */
void reader_read(const struct reader *reader, struct bi_arena *arena, const struct strip *strip,
                 struct view *view);
void view_release(struct view *view);

#endif
