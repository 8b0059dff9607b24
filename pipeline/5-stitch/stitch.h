/* The issue as stitch sees it: lines with refined roles, columns of text, headlines, and the parts of
 * articles that they form on each page. Everything lives in one arena. */
#ifndef STITCH_STITCH_H
#define STITCH_STITCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"
#include "continuity.h"
#include "markers.h"
#include "page/issue.h"
#include "page/page.h"

/* A line of a page. `flow` is its box turned so that text runs to the right and lines follow downwards: the
 * box itself for horizontal text; for vertical text (y, width - x - w, h, w). */
struct st_line {
    const struct bi_line *source;
    const struct bi_region *region;
    struct bi_box box, flow;
    double em; /* size of a character in pixels, estimated where the page does not say */
    bool vertical;
    enum bi_role role;
    char *text;              /* as printed, trimmed; without a pointer that stands within the line */
    size_t length;           /* of text, in code points */
    struct st_marker marker; /* kind NONE mostly */
    int frame;               /* index of the innermost frame around it, -1 if none */
    bool scrap;              /* dirt, a rule's end or a picture's edge read as text: part of nothing */
    bool rest;               /* the second half of a line that ran over a gutter */
    int cap_of;              /* of a drop cap: index of the line that its character begins, else -1 */
    int teaser;              /* of an announced headline: index of the line with its pointer, else -1 */
    int block, head, part;   /* what it became a piece of; -1 if nothing */
};

enum st_end {
    ST_END_UNKNOWN,
    ST_END_OPEN,  /* in the middle of a sentence, line full */
    ST_END_FULL,  /* a sentence ends with a full line: the paragraph may go on */
    ST_END_SHORT, /* the line is short: the paragraph is over */
};

enum st_start {
    ST_START_UNKNOWN,
    ST_START_INDENT, /* a paragraph begins */
    ST_START_FLUSH,  /* a paragraph goes on */
};

/* A run of lines in one column with nothing between them. */
struct st_block {
    size_t *lines; /* indexes into the page's lines, in reading order */
    size_t count;
    struct bi_box box, flow;
    int left, right; /* edges of its column, in flow coordinates */
    bool vertical;
    double em;
    int frame;
    size_t body_lines; /* lines that are neither byline nor pointer */
    enum st_start start;
    enum st_end end;
    bool from, to;   /* begins with 上接, ends with 下转 */
    bool opens;      /* begins with a signature or 本报讯(…): the first of its article */
    int first, last; /* the lines with which its running text begins and ends; -1 if it has none */
    struct st_runes opening, closing; /* the text of these, folded; set by st_blocks_learn */
    int head;                         /* the headline right above it (or beside it), -1 if none */
};

/* A headline with what belongs to it. */
struct st_head {
    size_t *lines;
    size_t count;
    struct bi_box box;
    bool vertical;
    double em; /* of its largest line */
    int frame;
    char *kicker, *headline, *subhead;
};

/* What a person has said of an article; NULL: as it was found. */
struct st_override {
    const char *kicker, *headline, *subhead, *byline, *kind;
};

/* What one article has on one page. */
struct st_part {
    int page;         /* index of the page in the issue */
    int head;         /* -1 if none */
    const char *kind; /* article, ad, notice, photo, other */
    size_t *blocks;   /* in reading order */
    size_t block_count;
    size_t *others; /* lines that belong to it beside head and blocks: captions, advertisement */
    size_t other_count;
    size_t *images;
    size_t image_count;
    struct bi_box box;
    struct st_marker *from, *to;  /* NULL if none */
    int next, previous;           /* parts on other pages; -1 */
    int article;                  /* index in the result */
    struct st_override *override; /* of an article's first part: NULL mostly */
};

/* An article that a person has put right after another; both by their first parts. */
struct st_move {
    int part, after;
    struct st_move *next;
};

struct st_page {
    const struct bi_page *source; /* NULL if the page has none */
    int frame;                    /* number of the page frame */
    int page_number;              /* final */
    struct st_folio folio;        /* as printed; number 0 if not found */
    char *section;                /* NULL if not found */
    int width, height;
    double em;    /* of body text */
    double pitch; /* from line to line */
    struct st_line *lines;
    size_t line_count;
    struct bi_box *images, *frames, *rules;
    const struct bi_region **image_regions;
    size_t image_count, frame_count, rule_count;
    struct st_block *blocks;
    size_t block_count;
    struct st_head *heads;
    size_t head_count;
};

struct st_issue {
    struct bi_arena *arena;
    const struct bi_issue *source;
    const struct st_wordings *wordings;
    struct st_page *pages;
    size_t page_count;
    struct st_part *parts;
    size_t part_count, part_capacity;
    struct st_continuity continuity; /* of its running text */
    struct st_move *moves;           /* in the order in which they are made */
};

/* ---- page.c: from PAGE-XML to lines */

/* Fills a page from its PAGE-XML, which must outlive it; lines without text are dropped. */
void st_page_load(struct bi_arena *arena, const struct bi_page *source, int frame, struct st_page *page);
/* Cuts lines that run over a gutter (gutters.c); called by st_page_load. There must be room for twice the
 * lines. */
void st_gutters_cut(struct bi_arena *arena, struct st_page *page);
/* Innermost frame around a box, -1 if none. */
int st_page_frame_of(const struct st_page *page, struct bi_box box);
/* Has a masthead. */
bool st_is_front(const struct st_page *page);
/* The box turned as for a line's `flow`. */
struct bi_box st_flow_box(const struct st_page *page, struct bi_box box, bool vertical);

/* ---- dropcaps.c */

/* Puts the character of every drop cap in front of the first line beside it, and takes the lines beside it as
 * beginning at the column's edge; called by st_page_load. */
void st_dropcaps_join(struct bi_arena *arena, struct st_page *page);
/* Puts the drop caps' own lines into the blocks of the lines they begin. */
void st_dropcaps_place(struct bi_arena *arena, struct st_page *page);

/* ---- roles.c: what a line is, by its text and place */

/* Refines the roles of all lines: pointers, teasers, running heads, masthead, advertisements, captions,
 * bylines. On pages whose lines have no roles, headlines are found by size first. */
void st_roles_refine(struct bi_arena *arena, const struct st_wordings *wordings, struct st_page *page,
                     bool first_page);
/* A signature on a line of its own: □ 林间, 本报记者 苏禾, …供稿. */
bool st_is_byline(struct bi_arena *arena, const char *text);
/* The opening 本报讯(记者 沈若溪) of a paragraph, from the arena; NULL if there is none. */
char *st_dateline(struct bi_arena *arena, const char *text);

/* ---- blocks.c: columns and headlines */

void st_blocks_build(struct bi_arena *arena, struct st_page *page);
/* How the issue's running text goes on, learnt from the blocks of all pages. */
void st_blocks_learn(struct st_issue *issue);
void st_heads_build(struct bi_arena *arena, struct st_page *page);
/* Headlines printed as two halves with a character's space between them (道路建设门票　教师购买高速): one
 * that was left without text, beside another of its size whose columns run on beneath it, becomes that one's
 * second half and has no lines any more. `next` as st_flow_solve (flow.h) gives it. */
void st_heads_join_halves(struct bi_arena *arena, struct st_page *page, const int *next);

/* ---- parts.c: the pieces of one article on a page */

/* Builds the parts of a page and adds them to the issue. */
void st_flow_parts(struct st_issue *issue, int page);

/* ---- paragraphs.c */

/* The body text of a chain of parts (through part.next), paragraphs separated by '\n'; from the arena. */
char *st_paragraphs(struct st_issue *issue, int part);
/* Joins two pieces of running text: without a space between Chinese characters, with one between Latin words,
 * a hyphen at a line's end dropped where both sides are small Latin letters. */
void st_join(struct bi_text *out, const char *more);

#endif
