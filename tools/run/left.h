/* What a process of a shared run found to be needed and left to others (run/share.h). */
#ifndef RUN_LEFT_H
#define RUN_LEFT_H

#include <stddef.h>

#include "base/arena.h"
#include "run/find.h"
#include "run/stage.h"

struct run_left_step {
    const struct run_place *place;
    int page; /* frame number; 0: the whole issue */
    enum run_stage stage;
};

struct run_left {
    struct bi_arena arena;
    struct run_left_step *steps;
    size_t count, capacity;
};

void run_left_add(struct run_left *left, const struct run_place *place, int page, enum run_stage stage);
/* By place, then page: the order in which issues are found, whatever ended first. */
void run_left_sort(struct run_left *left);
void run_left_release(struct run_left *left);

#endif
