/* Made-up issues: pages of articles with headlines, columns, frames and pictures, jumps between the pages,
 * and the faults that scans and recognition add. Boxes are what is printed, text is what was read of it. */
#ifndef BENCH_FICTION_H
#define BENCH_FICTION_H

#include "base/chance.h"
#include "page/issue.h"
#include "page/page.h"

struct fiction_faults {
    double noise;   /* share of characters misread */
    double lost;    /* share of pointers that were not recognised as anything */
    double misread; /* share of pointers read with another page's number */
    double failed;  /* share of pages without text, though scanned */
    double absent;  /* share of pages that were not scanned */
};

struct fiction_shape {
    int least_pages, most_pages, least_jumps, most_jumps;
    double chains; /* share of jumping articles with three to five parts */
    double twins;  /* share of jumping articles whose two pages have a second article that does the same */
};

/* What an article has on a page. */
struct fiction_part {
    int page;          /* index among the pages printed */
    int next;          /* part that it continues in, -1 if none */
    const char *words; /* its last line */
    bool broken;       /* breaks off within a paragraph */
};

/* The part that each region of a page belongs to, -1 if none. */
struct fiction_owners {
    int *list;
    size_t capacity;
};

struct fiction {
    struct chance chance;  /* of what is printed */
    struct chance reading; /* of what is read: the same issue whatever the faults */
    struct fiction_faults faults;
    struct fiction_shape shape;
    struct bi_arena arena;
    int page_count; /* printed */
    struct bi_page *pages;
    bool *failed, *absent;         /* of each page */
    struct fiction_owners *owners; /* of each page */
    struct fiction_part *parts;
    size_t part_count, part_capacity;
    struct bi_issue issue; /* its frames are the pages that were scanned, in order */
};

/* Makes the issue of that seed; its chances depend on nothing else. */
void fiction_make(struct fiction *fiction, uint64_t seed, struct fiction_shape shape,
                  struct fiction_faults faults);
void fiction_release(struct fiction *fiction);
/* A join that can be found: both of its pages have text. */
bool fiction_visible(const struct fiction *fiction, const struct fiction_part *part);

#endif
