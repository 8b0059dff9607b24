/* The issue's own facts, voted over the masthead and the running heads of all pages, and the pages' own
 * numbers. */
#ifndef STITCH_FACTS_H
#define STITCH_FACTS_H

#include "page/articles.h"
#include "stitch.h"

/* What one line of masthead or running head says; 0 or NULL where it says nothing. */
struct st_head_facts {
    int year, month, day;
    int weekday; /* 1 Monday … 7 Sunday */
    int number, total, pages;
    struct st_folio folio;
};

/* Reads a line (any writing of numbers; folded before). */
void st_facts_parse(struct bi_arena *arena, const char *text, struct st_head_facts *facts);

/* What a line of masthead or running head counts in a vote, by its confidence. */
double st_head_weight(const struct st_line *line);

/* Numbers the pages (page.folio, page.page_number, page.section), fills facts and adds problems. A printed
 * folio is taken where it is unique and agrees with the pages' order or with most of the other folios; else
 * the number of the frame stands. */
void st_facts_vote(struct st_issue *issue, struct bi_articles *articles);

/* Gives every page of the issue its page_number, unique in the issue, from the folios read and the order of
 * the frames; what contradicts becomes a problem. Called by st_facts_vote once the folios are known.
 * (numbering.c) */
void st_number_pages(struct st_issue *issue, struct bi_articles *articles);

/* contradictions.c: what the pages say against each other becomes problems. Called by st_facts_vote. */
void st_check_one_issue(struct st_issue *issue, struct bi_articles *articles);
void st_check_scanned_twice(struct st_issue *issue, struct bi_articles *articles);
void st_check_orientations(const struct st_issue *issue, struct bi_articles *articles);
void st_check_missing_folios(const struct st_issue *issue, struct bi_articles *articles);

/* Monday 1 … Sunday 7 of a date in the Gregorian calendar. */
int st_weekday(int year, int month, int day);

#endif
