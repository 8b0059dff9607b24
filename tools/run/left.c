#include "run/left.h"

#include <stdlib.h>

void run_left_add(struct run_left *left, const struct run_place *place, int page, enum run_stage stage)
{
    left->steps = bi_arena_grow(&left->arena, left->steps, left->count, &left->capacity, sizeof *left->steps);
    left->steps[left->count++] = (struct run_left_step){.place = place, .page = page, .stage = stage};
}

static int compare(const void *a, const void *b)
{
    const struct run_left_step *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return x->page - y->page;
}

void run_left_sort(struct run_left *left)
{
    if (left->count > 0)
        qsort(left->steps, left->count, sizeof *left->steps, compare);
}

void run_left_release(struct run_left *left)
{
    bi_arena_release(&left->arena);
    *left = (struct run_left){0};
}
