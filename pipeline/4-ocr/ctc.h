/* From what a network says column by column to text (connectionist temporal classification, Graves et al.
 * 2006): a text is spelled in codes, every code may take several steps, and blanks may stand between them. */
#ifndef OCR_CTC_H
#define OCR_CTC_H

#include "base/arena.h"
#include "charset.h"
#include "network.h"

/* Steps from … to-1 of what a network said. A space counts as a blank: what Tesseract takes for words in
 * Chinese does not count, and real spaces are measured on the paper. */
struct ctc_window {
    const struct charset *charset;
    const struct outputs *outputs;
    int from, to;
};

/* A text that a window may hold: indices of characters. */
struct ctc_text {
    int *characters; /* from the arena */
    size_t count;
    double score; /* natural logarithm of its probability */
};

/* The likeliest texts of a window, best first, at most `most` of them, found by a search that keeps `beam`
 * beginnings at each step. At least one (the empty one). */
size_t ctc_read(struct bi_arena *arena, struct ctc_window window, size_t beam, size_t most,
                struct ctc_text **texts);

/* The logarithm of the probability that a window holds exactly this text; CTC_IMPOSSIBLE at the least. */
double ctc_score(struct ctc_window window, const int *characters, size_t count);
#define CTC_IMPOSSIBLE (-1000.0)

/* Where a character of the text was seen. */
struct ctc_span {
    int first, last;   /* steps of its first and last code */
    double confidence; /* the least, over its codes, of the greatest probability where the code was seen */
};

/* The likeliest places of a text's characters in a window (Viterbi). False if the window is too short for it.
 */
bool ctc_align(struct bi_arena *arena, struct ctc_window window, const int *characters, size_t count,
               struct ctc_span *spans);

/* How likely it is that there is a space between two steps: the greatest probability of one. */
double ctc_space(struct ctc_window window);

#endif
