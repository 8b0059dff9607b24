/* Page numbers as newspapers print them: 3, 03, A3, 三, 二十四, P4, and as recognition misreads them. */
#ifndef STITCH_NUMERALS_H
#define STITCH_NUMERALS_H

#include <stddef.h>
#include <stdint.h>

/* A printed page number: the letter of a section of the paper ('A' … 'H', 0 if none) and the number within
 * it. */
struct st_folio {
    char letter;
    int number; /* 0: unreadable */
};

/* No paper numbers more pages than this in one run; larger numbers are dates, prices, telephone numbers. */
#define ST_MAX_FOLIO 200

/* Reads all of n folded code points (bi_text_fold) as a page number. Returns the doubt, 0 for a clean reading
 * and more for each character that is only a digit by confusion (l for 1, O for 0, 囗 …), or a negative
 * number if this is no page number. */
double st_folio_parse(const uint32_t *runes, size_t n, struct st_folio *folio);

/* A plain Chinese or Arabic number in folded text; 0 if it is none. 二十四, 廿四, 二四, 24. */
long st_number_parse(const uint32_t *runes, size_t n);

/* True if recognition may have read one number for the other: digits alike in shape, or one of
 * them lost. */
int st_number_confusable(int a, int b);

#endif
