/* The papers: each a house style of its own. */
#ifndef PRESS_PAPER_H
#define PRESS_PAPER_H

#include <stdbool.h>

#include "base/arena.h"
#include "type.h"

enum paper_folio { FOLIO_OUTER, FOLIO_LEFT, FOLIO_RIGHT, FOLIO_CENTRE, FOLIO_FOOT };
enum paper_teasers { TEASERS_STRIP, TEASERS_BOX };
enum paper_masthead { MASTHEAD_LEFT, MASTHEAD_CENTRE, MASTHEAD_VERTICAL };

struct paper {
    const char *name;  /* as --paper has it */
    const char *title; /* as the masthead has it */
    bool latin;
    double width, height;           /* points */
    double side, top, foot;         /* margins, points */
    double body_size;               /* points */
    double leading, gutter, indent; /* ems of the body */
    int columns;                    /* of the page's grid */
    bool column_rules;              /* hairlines in the gutters */
    struct type_face body, bold, headline, second, script, label;
    double headline_most; /* size of the largest headlines, points */
    enum paper_folio folio;
    enum paper_teasers teasers;
    bool ears; /* boxes beside the title */
    enum paper_masthead masthead;
    int dpi;                                  /* scanned with, if the call does not say */
    const char *jump_to, *jump_from, *teaser; /* {N} is the page */
    /* shares, 0 … 1 */
    double pictures, framed, dark_headlines, vertical_headlines, crossheads, drop_caps, kickers, subheads,
        bylines, adverts, notices, tables, upright_text, open_rules;
    double special; /* pages with nothing but a picture, nothing but advertisements, or next to nothing */
};

/* NULL if there is none of the name. */
const struct paper *paper_find(const char *name);
/* The i-th paper, NULL behind the last. */
const struct paper *paper_at(int i);
/* A wording with the page in the place of {N}; from the arena. */
const char *paper_pointer(struct bi_arena *arena, const char *wording, int page);

#endif
