/* ALTO 4.4 (https://www.loc.gov/standards/alto/), one file a page.
 *
 * A String is a run of characters without white space, in Chinese often a whole line; SP stands where the
 * archive's text has white space, and nowhere else. Each character is a Glyph, with the other readings as its
 * Variants. Ids: page P<frame>, blocks B<n>, lines L<order>, their strings L<order>S<n> and glyphs
 * L<order>G<n>, numbered from 1. Whether a line's text goes on in the next with a space says a tag
 * (ALTO_JOIN_TAG); a hyphen that the article's text leaves out is a HYP. */
#ifndef EXPORT_ALTO_H
#define EXPORT_ALTO_H

#include "export/alto/joints.h"
#include "export/format.h"
#include "export/source.h"
#include "page/xml_write.h"

#define ALTO_JOIN_TAG "JOIN_SPACE"
#define ALTO_STYLE "TXT_%d.%d"

/* What the parts of ALTO work with. */
struct alto_writer {
    struct bi_xml xml;
    struct bi_arena arena;
    const struct export_issue *issue;
    const struct export_page *page;
    const struct alto_joint *joints; /* of the page's lines */
    struct export_source source;     /* the page's PAGE-XML */
    struct export_block *blocks;
    size_t block_count;
    int *block_sizes; /* of type, in half points; 0: unknown */
    int *line_sizes;  /* of the page's lines; 0: as the block's */
};

/* Writes one page into a file. */
int alto_write_page(const char *path, const struct export_issue *issue, const struct export_page *page,
                    const struct alto_texts *texts, struct bi_error *err);

/* The pages of an issue as `<folder>/0003.xml`; makes the folder if it is not there. */
int alto_write_pages(const char *folder, const struct export_issue *issue, const struct alto_texts *texts,
                     struct bi_error *err);

/* ---- describe.c: before the layout */

void alto_write_description(struct alto_writer *alto);
/* PROCESSINGREFS to the steps told there. */
void alto_refer_steps(struct alto_writer *alto);
void alto_write_styles(struct alto_writer *alto);
void alto_write_tags(struct alto_writer *alto);
void alto_write_reading_order(struct alto_writer *alto);
/* Finds the sizes of blocks and lines, which the two others need. */
void alto_measure_styles(struct alto_writer *alto);
/* STYLEREFS for one of those sizes. */
void alto_refer_style(struct alto_writer *alto, int size);

/* ---- page.c: the page */

void alto_write_layout(struct alto_writer *alto);
/* HPOS, VPOS, WIDTH and HEIGHT; nothing for an empty box. */
void alto_write_box(struct bi_xml *xml, struct bi_box box);

#endif
