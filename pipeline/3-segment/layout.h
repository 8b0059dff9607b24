/* What the modules of the segment stage hand to each other: the page at its working resolution and what was
 * found on it so far. All boxes are in working pixels; `reduction` image pixels make one working pixel. Every
 * size is counted in ems of the page's own body type, never in dots per inch. */
#ifndef SEGMENT_LAYOUT_H
#define SEGMENT_LAYOUT_H

#include <leptonica/allheaders.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "page/page.h"

/* A straight rule, or a dotted one taken as straight. */
struct seg_rule {
    struct bi_box box;
    bool vertical;
    bool of_frame; /* one side of a frame */
};

/* A closed rectangle of rules, outer edge. */
struct seg_frame {
    struct bi_box box;
    bool picture; /* it only borders a picture, or is of a table */
};

/* A dark ground of light type, or one line of type on such a ground. */
struct seg_band {
    struct bi_box box;
    bool line; /* it holds one line, whatever the gaps in it */
};

/* A connected piece of ink that may be text. */
struct seg_glyph {
    struct bi_box box;
    int ink;       /* black pixels */
    int line;      /* index of its line, -1 while free */
    int column;    /* index of its line of vertical text, -1 if it is in none */
    bool reversed; /* was light on dark */
};

/* One printed line. */
struct seg_line {
    struct bi_box box;
    double em;      /* size of a full character, working pixels */
    double density; /* share of ink in the box: tells bold from light type of one size */
    int glyphs;     /* pieces of ink in it */
    int block;      /* index of its block, -1 while free */
    int table;      /* number of the table it is in, 0 if none */
    int strip;      /* number of the strip of vertical text it is in, 0 if none */
    bool vertical;
    bool reversed;
    enum bi_role role;
};

/* Lines of one column under one another, of one size and role. */
struct seg_block {
    struct bi_box box;
    int *lines; /* indexes, top to bottom; right to left where vertical */
    size_t count, capacity;
    double em;
    int frame; /* index of the innermost frame it lies in, -1 if none */
    int table; /* number of the table it is, 0 if none */
    bool vertical;
    enum bi_role role;
};

/* Which way the body type of a page runs, where a person says so. */
enum seg_direction {
    SEG_DIRECTION_FOUND, /* to be found, at every place by itself */
    SEG_DIRECTION_HORIZONTAL,
    SEG_DIRECTION_VERTICAL,
};

struct seg_layout {
    struct bi_arena arena; /* everything below except the images */
    enum seg_direction direction;
    int reduction;
    int width, height; /* working pixels */
    double em;         /* size of a full character of body type */
    PIX *ink;          /* everything dark, 1 bit; owned */
    PIX *pale;         /* the ink with everything that is hardly darker than the paper, 1 bit; owned */
    PIX *text; /* the ink without rules and pictures, light type on dark grounds turned black on white; owned
                */
    struct seg_rule *rules;
    size_t rule_count, rule_capacity;
    struct seg_frame *frames;
    size_t frame_count, frame_capacity;
    struct bi_box *pictures;
    size_t picture_count, picture_capacity;
    struct seg_band *bands; /* those that hold one line before the grounds that they lie on */
    size_t band_count, band_capacity;
    struct bi_box *tints; /* grey grounds with dark type on them */
    size_t tint_count, tint_capacity;
    struct bi_box *labels; /* small boxes round a line or two */
    size_t label_count, label_capacity;
    struct seg_glyph *glyphs;
    size_t glyph_count, glyph_capacity;
    struct seg_line *lines;
    size_t line_count, line_capacity;
    struct seg_block *blocks;
    size_t block_count, block_capacity;
    int *order; /* indexes of blocks in reading order; block_count elements */
};

/* A zeroed layout with an empty arena. */
void seg_layout_init(struct seg_layout *layout);
void seg_layout_release(struct seg_layout *layout);

/* Each adds a zeroed element and returns it; the pointer holds until the next addition of its kind. */
struct seg_rule *seg_add_rule(struct seg_layout *layout);
struct seg_frame *seg_add_frame(struct seg_layout *layout);
struct bi_box *seg_add_picture(struct seg_layout *layout);
struct seg_band *seg_add_band(struct seg_layout *layout);
struct bi_box *seg_add_tint(struct seg_layout *layout);
struct bi_box *seg_add_label(struct seg_layout *layout);
struct seg_glyph *seg_add_glyph(struct seg_layout *layout);
struct seg_line *seg_add_line(struct seg_layout *layout);
struct seg_block *seg_add_block(struct seg_layout *layout);
void seg_block_add_line(struct seg_layout *layout, int block, int line);

/* The innermost frame that is no picture's and holds the box, -1 if none. */
int seg_frame_of(const struct seg_layout *layout, struct bi_box box);

/* A box grown on all sides and cut at the page's edges. */
struct bi_box seg_box_grow(const struct seg_layout *layout, struct bi_box box, int x, int y);
/* Middle of a box. */
static inline double seg_mid_x(struct bi_box box)
{
    return box.x + box.w / 2.0;
}
static inline double seg_mid_y(struct bi_box box)
{
    return box.y + box.h / 2.0;
}
/* First column right of the box, first row below it. */
static inline int seg_right(struct bi_box box)
{
    return box.x + box.w;
}
static inline int seg_bottom(struct bi_box box)
{
    return box.y + box.h;
}
/* The longer side. */
static inline int seg_longer(struct bi_box box)
{
    return box.w > box.h ? box.w : box.h;
}
/* White columns between two boxes side by side, negative where they overlap. */
static inline int seg_gap_x(struct bi_box a, struct bi_box b)
{
    return a.x < b.x ? b.x - seg_right(a) : a.x - seg_right(b);
}
static inline int seg_gap_y(struct bi_box a, struct bi_box b)
{
    return a.y < b.y ? b.y - seg_bottom(a) : a.y - seg_bottom(b);
}

/* Connected components of a 1-bit image as boxes (8-connected); the caller destroys the result. NULL for an
 * empty image. */
BOXA *seg_components(PIX *pix);
struct bi_box seg_box_at(BOXA *boxes, int index);
/* Black pixels of a 1-bit image within a box. */
int seg_ink_in(PIX *pix, struct bi_box box);

#endif
