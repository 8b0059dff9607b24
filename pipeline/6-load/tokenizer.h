/* The FTS5 tokenizer "backissue": one token a character, folded (fold.h). A phrase query then finds every
 * substring of one, two and more characters, which neither `trigram` (nothing under three) nor `unicode61` (a
 * run of Chinese is one word) does. Latin letters, digits and punctuation are tokens of one character too, so
 * that search finds exactly what a substring search of the folded text finds.
 *
 * Its one argument is the version of the folding, `tokenize = 'backissue 1'`, so that an index says by which
 * rules it was made, and a program that does not know them refuses instead of finding too little. */
#ifndef LOAD_TOKENIZER_H
#define LOAD_TOKENIZER_H

#include <sqlite3.h>

/* Makes the tokenizer known to a connection through its FTS5 interface. Calls nothing of SQLite but what
 * `api` holds, so that it serves linked programs and loadable extensions alike. Returns a SQLite result code.
 */
int bi_tokenizer_create(fts5_api *api);

/* The same for a connection of a linked program. */
int bi_tokenizer_register(sqlite3 *db);

#endif
