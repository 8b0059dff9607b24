/* A range of pages. */
#ifndef RUN_RANGE_H
#define RUN_RANGE_H

struct run_range {
    int first, last; /* pages of a scan folder, from 1, inclusive */
};

#endif
