/* Which page number each page prints, weighed over the whole issue. */
#ifndef STITCH_FOLIOS_H
#define STITCH_FOLIOS_H

#include "page/articles.h"
#include "stitch.h"

/* Sets page.folio of every page from its running heads; number 0 where none has one. A figure is easily
 * misread, so every line of the running heads and every alternative that recognition kept for their figures
 * is a possible reading, with the odds against it; the set of readings for all pages is taken that is
 * likeliest with the order of the frames, the names of the scans, the issue's printed number of pages (0:
 * unknown), and the pages that pointers name (Viterbi 1967, over the pages that print a folio). What is taken
 * otherwise than it reads becomes a note among the problems. */
void st_folios_read(struct st_issue *issue, int printed_pages, struct bi_articles *articles);

/* What the names of the scans say of the pages' numbers. */
enum st_names {
    ST_NAMES_SILENT, /* they do not end in numbers that rise from scan to scan */
    ST_NAMES_COUNT,  /* 1, 2, 3 …: the scans, and so mostly the pages */
    ST_NAMES_NUMBER, /* some are left out, as by one who names a scan after its page */
};

/* Sets numbers (room for every page of the issue) to the numbers in which the scans' names end, 0 where they
 * are silent. */
enum st_names st_names_read(const struct st_issue *issue, int *numbers);

#endif
