/* A page as the stages hand it on: regions in reading order, each with its lines, each with its glyphs.
 * Everything points into one arena, which the page owns. */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "page/geometry.h"
#include "page/transform.h"

/* What a region or a line is. The names (bi_role_name) are those of the archive's view archive_line. */
enum bi_role {
    BI_ROLE_OTHER,
    BI_ROLE_HEADLINE,
    BI_ROLE_KICKER,    /* 引题, above the headline */
    BI_ROLE_SUBHEAD,   /* 副题, below it */
    BI_ROLE_CROSSHEAD, /* 小标题, inside the body: "body" in the archive */
    BI_ROLE_BYLINE,
    BI_ROLE_BODY,
    BI_ROLE_CAPTION,
    BI_ROLE_JUMP,     /* 下转第3版, 上接第1版 */
    BI_ROLE_TEASER,   /* a front-page announcement and its >>>刊3版 */
    BI_ROLE_MASTHEAD, /* the paper's name, and the lines with date and number beside it */
    BI_ROLE_HEADER,   /* running head: folio, section, date, editors */
    BI_ROLE_AD,
};

enum bi_region_kind {
    BI_REGION_TEXT,
    BI_REGION_IMAGE,     /* photograph or drawing */
    BI_REGION_SEPARATOR, /* a rule */
    BI_REGION_FRAME,     /* a box drawn round other regions */
    BI_REGION_TABLE,
};

/* One of several readings of a glyph or line; the first is the chosen one. */
struct bi_reading {
    char *text;
    double confidence; /* 0 … 1 */
};

struct bi_glyph {
    struct bi_box box;
    struct bi_reading *readings; /* best first; at least one */
    size_t reading_count;
};

struct bi_line {
    char *id; /* unique in the page, an XML NCName */
    struct bi_polygon outline;
    struct bi_polygon baseline; /* in writing direction; empty where unknown */
    enum bi_role role;
    bool vertical;     /* characters run from top to bottom */
    bool reversed;     /* light characters on a dark ground */
    double em;         /* size of a full character in pixels; 0 if unknown */
    char *text;        /* NULL before recognition, "" if there is none */
    double confidence; /* 0 … 1: expected share of right characters; meaningful where text is not NULL */
    struct bi_glyph *glyphs; /* in order; empty where only the text is known */
    size_t glyph_count;
};

struct bi_region {
    char *id;
    enum bi_region_kind kind;
    enum bi_role role; /* of a text region */
    struct bi_polygon outline;
    bool vertical;
    struct bi_line *lines; /* in reading order; only text and table regions have them */
    size_t line_count;
};

/* Which program made which step of a page, with what: PAGE MetadataItem type="processingStep". */
struct bi_step {
    char *stage;      /* "3-segment" */
    char *version;    /* program version */
    char *parameters; /* as one line, "" if none */
    char *models;     /* "chi_sim:<sha256> …", "" if none */
};

struct bi_page {
    struct bi_arena arena;
    char *image; /* file name of the upright image, relative to the PAGE-XML */
    int width, height;
    struct bi_transform transform; /* .scan is NULL if the page came from another program */
    struct bi_region *regions;     /* in reading order; images, frames and rules stand last */
    size_t region_count, region_capacity;
    struct bi_step *steps;
    size_t step_count, step_capacity;
};

void bi_page_init(struct bi_page *page);
void bi_page_release(struct bi_page *page);

/* Adds an empty region with the id "r<N>" and returns it; the pointer holds until the next addition. */
struct bi_region *bi_page_add_region(struct bi_page *page, enum bi_region_kind kind);
/* Adds a step; the strings are copied, NULL gives "". */
void bi_page_add_step(struct bi_page *page, const char *stage, const char *parameters, const char *models);

/* Sets the four corners of a box as an outline, clockwise from the top left (x+w-1, y+h-1 inclusive). */
void bi_polygon_from_box(struct bi_arena *arena, struct bi_polygon *polygon, struct bi_box box);

const char *bi_role_name(enum bi_role role); /* "headline" … */
/* The role of that name; BI_ROLE_OTHER if there is none. */
enum bi_role bi_role_from_name(const char *name);
const char *bi_region_kind_name(enum bi_region_kind kind);

#endif
