/* How printed lines go on in the next line of their article, which ALTO says with the line. */
#ifndef EXPORT_ALTO_JOINTS_H
#define EXPORT_ALTO_JOINTS_H

#include "export/paragraphs.h"

struct alto_joint {
    bool space;             /* in the article's text white space follows the line */
    const char *word_end;   /* a word is hyphenated at the line's end: the whole of it; else NULL */
    const char *word_begin; /* the line begins with the rest of such a word */
};

/* The texts of an issue and their lines, aligned once for all pages. */
struct alto_texts {
    struct export_paragraphs *articles; /* as in issue->articles */
    struct alto_joint **pages;          /* as in issue->pages, then as in page->lines */
};

/* Everything comes from the arena. */
void alto_texts_align(struct bi_arena *arena, const struct export_issue *issue, struct alto_texts *texts);

#endif
