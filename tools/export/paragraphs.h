/* Which printed lines make which paragraph of an article. The archive keeps an article's text and its lines
 * side by side; formats that show text on the page, or point from a text to its lines, need them together. */
#ifndef EXPORT_PARAGRAPHS_H
#define EXPORT_PARAGRAPHS_H

#include "export/issue.h"

/* In the order in which they are printed. */
enum export_field {
    EXPORT_KICKER,
    EXPORT_HEADLINE,
    EXPORT_SUBHEAD,
    EXPORT_BYLINE,
    EXPORT_BODY,
};

/* A run of a line's characters, white space not counted. */
struct export_piece {
    struct export_line *line;
    size_t first, count;
    bool hyphen; /* a hyphen follows it in the line that the text leaves out: the word goes on in the next */
    bool space;  /* the text has white space between this piece and the next of its paragraph */
};

struct export_paragraph {
    enum export_field field;
    const char *text;            /* as the article has it */
    bool crosshead;              /* of the body: all its lines are cross-heads */
    bool exact;                  /* export_paragraph_spell gives the text */
    struct export_piece *pieces; /* in the order of the text; may be none */
    size_t piece_count;
};

struct export_paragraphs {
    struct export_paragraph *list; /* by field, the body's in order; none of an empty field */
    size_t count;
    struct export_line **rest; /* the article's lines that are in none: captions, pointers, … */
    size_t rest_count;
};

/* Aligns every text of an article with its lines. The lines' characters are looked for in the text as they
 * stand, white space aside; where the two differ (a line cut at a gutter, a headline put right by hand) a
 * paragraph has gaps and is not exact. A byline that is the beginning of the body has pieces of lines that
 * the body has too. Everything comes from the arena; time is bounded by the length of text and lines. */
void export_paragraphs_align(struct bi_arena *arena, const struct export_article *article,
                             struct export_paragraphs *out);

/* The text that a paragraph's pieces make: each as printed, every run of white space in it one space; nothing
 * between two but the space and the hyphen that they say. From the arena. */
char *export_paragraph_spell(struct bi_arena *arena, const struct export_paragraph *paragraph);

/* How many characters of a line are no white space. */
size_t export_line_length(const struct export_line *line);
/* Whether a piece is the whole of its line. */
bool export_piece_is_line(const struct export_piece *piece);

#endif
