/* The pieces of the PAGE-XML reader, for pagexml_read.c alone. All memory comes from the arena or the page's
 * own. */
#ifndef PAGE_PAGEXML_PARTS_H
#define PAGE_PAGEXML_PARTS_H

#include <libxml/tree.h>

#include "page/page.h"

/* Elements nested deeper than this are not looked into. */
enum { BI_PAGEXML_MAX_NESTING = 32 };

/* ---- pagexml_values.c */

/* The points of a Coords or Baseline: "x,y x,y …"; older PAGE versions have <Point x="" y=""/> elements
 * instead. None for NULL. */
struct bi_polygon bi_pagexml_points(struct bi_arena *arena, const xmlNode *coords);
/* The value of `key` in a Transkribus custom string such as "structure {type:kicker;} backissue {em:38.5;}";
 * NULL if it is not there. */
char *bi_pagexml_custom(struct bi_arena *arena, const char *custom, const char *group, const char *key);
/* The role in a custom string, else the one nearest to a standard @type; either may be NULL. */
enum bi_role bi_pagexml_role(struct bi_arena *arena, const char *custom, const char *type);

/* ---- pagexml_lines.c */

/* Takes the place of libxml2's handler for the end of an element; the parser's _private is the arena. A
 * TextLine is read as soon as it ends, into a struct bi_line that its node's _private then points to, and its
 * words and glyphs are freed: they are nine tenths of a page, and would be built up as one tree otherwise,
 * only to be taken down again. */
void bi_pagexml_line_ended(void *parser, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri);

/* ---- pagexml_order.c */

/* Sorts the page's regions: text and tables first, in reading order (what it leaves out follows in document
 * order), then the rest. reading_order may be NULL. */
void bi_pagexml_order(struct bi_page *page, const xmlNode *reading_order);

#endif
