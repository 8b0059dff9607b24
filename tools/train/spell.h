/* More characters for a model: Tesseract's Chinese models spell a character in the keys of the Wubi input
 * method, one output of the network a key and place, so a character that the model lacks can be given its own
 * spelling, and the network reads many of them before it is trained on any. */
#ifndef TRAIN_SPELL_H
#define TRAIN_SPELL_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "bytes.h"

/* unicharset: text; recoder: bytes, as in a chi_sim model. wubi: lines "character TAB keys …". Adds to both,
 * into more_unicharset and more_recoder, the Chinese characters of GB 2312 that are missing, under the
 * shortest of their spellings that is free, and the marks that newspapers print (SPELL_MARKS), each with an
 * output of its own: *outputs is how many the network needs then, *added the number of characters. What is
 * there keeps its place and spelling. BI_EXIT_INPUT, without file names, for what is not understood. */
int spell_add(const char *unicharset, struct bytes *recoder, const char *wubi,
              struct bi_text *more_unicharset, struct bi_text *more_recoder, int *outputs, int *added,
              struct bi_error *err);

#define SPELL_MARKS "—·‘’×℃～°①②③④⑤⑥⑦⑧⑨⑩●■▲★◆→▶○□△☆◇▼÷±㎡¥"

#endif
