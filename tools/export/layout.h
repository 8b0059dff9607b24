/* Words of a line and blocks of a page, for the formats that describe pages. */
#ifndef EXPORT_LAYOUT_H
#define EXPORT_LAYOUT_H

#include "export/issue.h"

/* A run of characters without white space: in Chinese often a whole line. */
struct export_word {
    const char *text;
    const char *space; /* the white space before it, as the line has it; of the first word "" */
    size_t first,
        count;         /* characters of the line, white space not counted; where the line has glyphs, those */
    struct bi_box box; /* of its glyphs; without them its share of the line's box, by width of characters */
    double confidence; /* mean of its glyphs', else the line's; negative if unknown */
};

/* The words of a line, from the arena; none of a line without text. */
size_t export_words_split(struct bi_arena *arena, const struct export_line *line, struct export_word **words);

/* Lines that follow each other in reading order and share region, article and role. */
struct export_block {
    struct export_line *lines;
    size_t count;
    struct bi_box box;
    bool vertical; /* all lines are */
};

/* The blocks of a page, from the arena: every line is in one. */
size_t export_blocks_split(struct bi_arena *arena, const struct export_page *page,
                           struct export_block **blocks);

/* About the size of a full character, in pixels: a line's height, or its width where it is vertical. */
int export_line_em(const struct export_line *line);
/* Whether all letters of a text are Latin, and there are any; then it is of no language that the archive
 * knows. */
bool export_text_is_latin(const char *text);
/* Whether there is any character that Chinese is written with. */
bool export_text_is_chinese(const char *text);
/* Bounded to 0 … 1. */
double export_share(double share);

#endif
