/* What load reads: all files of one issue, brought together and checked before the archive is touched. */
#ifndef LOAD_INPUTS_H
#define LOAD_INPUTS_H

#include "base/arena.h"
#include "page/articles.h"
#include "page/issue.h"
#include "page/page.h"

/* A PAGE-XML file and the lines in it by id. */
struct load_page {
    const char *path;
    struct bi_page page;
    int frame;                        /* that it belongs to */
    const struct bi_line **lines;     /* in the page's own reading order */
    const struct bi_region **regions; /* of each line */
    size_t line_count;
    size_t *by_id; /* indexes of lines, sorted by line id */
};

struct load_inputs {
    struct bi_arena arena;
    struct bi_issue issue;
    struct bi_articles articles;
    struct load_page *pages;
    size_t page_count;
};

/* Reads the files of an issue. PAGE-XML files go to the frame that their transform names, others to the
 * frames left over, in order. BI_EXIT_INPUT, naming the file, for what cannot be read or does not fit
 * together: two files of one frame, a frame or line that articles.json names and nobody has, an article on a
 * page that is none, a page number twice. Released on failure. */
int load_inputs_read(struct load_inputs *inputs, const char *issue, const char *articles, char *const *pages,
                     size_t page_count, struct bi_error *err);
void load_inputs_release(struct load_inputs *inputs);

/* The PAGE-XML of a frame, NULL if there is none. */
const struct load_page *load_inputs_page(const struct load_inputs *inputs, int frame);
/* What stitch says of a frame, NULL if nothing. */
const struct bi_page_verdict *load_inputs_verdict(const struct load_inputs *inputs, int frame);
/* Index of the line of that id in page->lines, -1 if there is none. */
long load_page_line(const struct load_page *page, const char *id);

#endif
