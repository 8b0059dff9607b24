/* What speaks for and against two parts being one article that goes on from page to page, as log odds. */
#ifndef STITCH_EVIDENCE_H
#define STITCH_EVIDENCE_H

#include "similarity.h"
#include "stitch.h"

struct st_evidence {
    double score; /* log odds that the two belong together; ST_FORBIDDEN (assign.h) where they cannot */
    bool to_wrong, from_wrong; /* a pointer names another page */
    bool sentence, headline, alike;
};

/* The likenesses of one end to all starts, or of one start to all ends. */
struct st_usual {
    double sum, squares;
    size_t count;
};

/* The parts that may go on elsewhere against those that may come from elsewhere. */
struct st_ends {
    const struct st_issue *issue;
    int *open_end, *open_start; /* parts */
    size_t ends, starts;
    size_t unmarked_starts;      /* of the starts, those that begin open without a pointer */
    struct st_profile *profiles; /* of all parts */
    struct st_profile *heads;    /* of their headlines */
    double *likeness;            /* of each end with each start, row by row */
    struct st_usual *of_end, *of_start;
};

/* From the issue's arena. Parts must be complete and pages numbered. */
void st_ends_gather(struct st_issue *issue, struct st_ends *ends);
/* The i-th end against the j-th start. */
struct st_evidence st_ends_weigh(const struct st_ends *ends, size_t i, size_t j);

#endif
