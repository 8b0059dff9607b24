/* Stretches of type: glyphs side by side without a gap wide enough to be a gutter. Lines are made of them. */
#ifndef SEGMENT_FRAGMENTS_H
#define SEGMENT_FRAGMENTS_H

#include "layout.h"

struct seg_fragment {
    struct bi_box box;
    double em;     /* size of a full character, from the glyphs' heights and the box */
    int glyphs;    /* larger than a mark */
    int line;      /* index of its line, -1 while free */
    int table;     /* number of the table it is in, 0 if none */
    bool reversed; /* on a dark band */
    bool big;      /* clearly larger than body type */
    bool gone;     /* joined to another */
};

struct seg_fragments {
    struct seg_fragment *items; /* from the layout's arena */
    size_t count, capacity;
};

/* Joins glyphs larger than a mark to fragments. glyph.line is the index of the glyph's fragment afterwards,
 * -1 for marks. Large type is joined first, by its own size, and takes in what small pieces lie among it. */
void seg_fragments_find(struct seg_layout *layout, struct seg_fragments *fragments);

/* Puts fragment b into a: box, glyphs, em. The glyphs' indexes are not touched; see seg_fragments_follow. */
void seg_fragments_join(struct seg_fragments *fragments, int a, int b);

#endif
