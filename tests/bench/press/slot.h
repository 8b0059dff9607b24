/* A place on a page and what is to stand in it. */
#ifndef PRESS_SLOT_H
#define PRESS_SLOT_H

#include "sheet.h"
#include "story.h"

enum slot_content {
    SLOT_STORY,
    SLOT_ADVERT,
    SLOT_NOTICES,
    SLOT_TABLE,
    SLOT_PICTURE,  /* with a caption, of no story */
    SLOT_UPRIGHT,  /* a story in vertical lines */
    SLOT_CONTENTS, /* what the front page announces */
};

enum slot_head {
    HEAD_NONE,      /* a continuation may go without */
    HEAD_TOP,       /* over all columns */
    HEAD_PART,      /* over the first columns: the text of the others begins beside it */
    HEAD_DARK,      /* white on black */
    HEAD_TINT,      /* on a grey ground */
    HEAD_LEFT,      /* vertical, at the left edge */
    HEAD_RIGHT,     /* vertical, at the right edge */
    HEAD_OVER_LAST, /* vertical, in the last column, with text beneath */
    HEAD_BETWEEN,   /* vertical, between two columns */
    HEAD_COUNT,
};

enum slot_frame {
    FRAME_NONE,
    FRAME_THIN,
    FRAME_THICK,
    FRAME_DOUBLE,
    FRAME_DOTTED,
    FRAME_WAVY,
    FRAME_DECORATED,
    FRAME_TINTED,
    FRAME_NESTED, /* one frame in another */
    FRAME_COUNT,
};

struct slot {
    struct box box;
    int columns; /* of the grid that it spans */
    enum slot_content content;
    enum slot_head head;
    enum slot_frame frame;
    int pictures;
    struct story *story;
    int from_page, to_page; /* pages it is continued from and on; 0 for none */
};

#endif
