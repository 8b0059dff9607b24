#include "ctc.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

/* Codes less likely than this at a step are not tried there. */
#define LEAST_PROBABILITY 0.0005f
/* More codes are never tried at one step. */
#define MAX_TRIED 24
#define LEAST_LOG 1e-30

/* A beginning of a text: a tree grown from its first code. */
struct beginning {
    struct beginning *before;
    struct beginning *after, *beside; /* what was made of it; the next made of the same */
    int code;
    int node;           /* in the tree of spellings; 0 where a character has ended */
    int character;      /* that ended with this code; -1 if none did */
    double blank, full; /* probabilities that it ends in a blank, or in its code, at the last step */
    double next_blank, next_full;
    bool listed; /* among the beginnings of the next step */
};

struct list {
    struct beginning **items;
    size_t count, capacity;
};

static const float *step_of(struct ctc_window window, int step)
{
    return window.outputs->probabilities + (size_t)step * (size_t)window.outputs->codes;
}

static double blank_at(struct ctc_window window, int step)
{
    const float *p = step_of(window, step);
    return (double)p[window.charset->blank] +
           (window.charset->space >= 0 ? (double)p[window.charset->space] : 0);
}

static double code_at(struct ctc_window window, int step, int code)
{
    return (double)step_of(window, step)[code];
}

static void list_add(struct bi_arena *arena, struct list *list, struct beginning *beginning)
{
    if (beginning->listed)
        return;
    beginning->listed = true;
    list->items = bi_arena_grow(arena, list->items, list->count, &list->capacity, sizeof(struct beginning *));
    list->items[list->count++] = beginning;
}

static struct beginning *grow(struct bi_arena *arena, struct beginning *before, int code, int node,
                              int character)
{
    for (struct beginning *b = before->after; b; b = b->beside)
        if (b->code == code && b->node == node)
            return b;
    struct beginning *made = bi_arena_alloc(arena, sizeof *made);
    *made = (struct beginning){
        .before = before, .beside = before->after, .code = code, .node = node, .character = character};
    before->after = made;
    return made;
}

/* Adds what becomes of a beginning if `code` follows with probability p. */
static void extend(struct bi_arena *arena, const struct charset *charset, struct list *list,
                   struct beginning *beginning, int code, double p)
{
    int next = charset_next(charset, beginning->node, code);
    if (!next)
        return;
    double so_far = code == beginning->code ? beginning->blank : beginning->blank + beginning->full;
    if (so_far <= 0)
        return;
    const struct charset_node *node = &charset->nodes[next];
    if (node->character >= 0) {
        struct beginning *made = grow(arena, beginning, code, 0, node->character);
        made->next_full += so_far * p;
        list_add(arena, list, made);
    }
    if (node->inner) {
        struct beginning *made = grow(arena, beginning, code, next, -1);
        made->next_full += so_far * p;
        list_add(arena, list, made);
    }
}

static double total_of(const struct beginning *b)
{
    return b->blank + b->full;
}

static int compare_beginnings(const void *a, const void *b)
{
    double x = total_of(*(struct beginning *const *)a), y = total_of(*(struct beginning *const *)b);
    return (y > x) - (y < x);
}

/* The codes worth trying at a step. */
static int codes_at(struct ctc_window window, int step, int *codes)
{
    const float *p = step_of(window, step);
    int count = 0;
    for (int code = 0; code < window.outputs->codes; code++)
        if (p[code] > LEAST_PROBABILITY && code != window.charset->blank && code != window.charset->space &&
            count < MAX_TRIED)
            codes[count++] = code;
    return count;
}

static void one_step(struct bi_arena *arena, struct ctc_window window, int step, const struct list *now,
                     struct list *then)
{
    int codes[MAX_TRIED], tried = codes_at(window, step, codes);
    double blank = blank_at(window, step);
    then->count = 0;
    for (size_t i = 0; i < now->count; i++) {
        struct beginning *b = now->items[i];
        b->next_blank += total_of(b) * blank;
        if (b->code >= 0)
            b->next_full += b->full * code_at(window, step, b->code);
        list_add(arena, then, b);
        for (int k = 0; k < tried; k++)
            extend(arena, window.charset, then, b, codes[k], code_at(window, step, codes[k]));
    }
}

/* Keeps the best and scales them up; returns the logarithm of what they were scaled by. */
static double keep_best(struct list *list, size_t beam)
{
    for (size_t i = 0; i < list->count; i++) {
        struct beginning *b = list->items[i];
        b->blank = b->next_blank;
        b->full = b->next_full;
        b->next_blank = b->next_full = 0;
        b->listed = false;
    }
    if (list->count > 1)
        qsort(list->items, list->count, sizeof(struct beginning *), compare_beginnings);
    for (size_t i = beam; i < list->count; i++)
        list->items[i]->blank = list->items[i]->full = 0;
    list->count = list->count > beam ? beam : list->count;
    double most = total_of(list->items[0]);
    if (most <= LEAST_LOG)
        return 0;
    for (size_t i = 0; i < list->count; i++) {
        list->items[i]->blank /= most;
        list->items[i]->full /= most;
    }
    return log(most);
}

static struct ctc_text text_of(struct bi_arena *arena, const struct beginning *end, double scale)
{
    struct ctc_text text = {.score = log(fmax(total_of(end), LEAST_LOG)) + scale};
    for (const struct beginning *b = end; b; b = b->before)
        text.count += b->character >= 0;
    text.characters = bi_arena_array(arena, text.count + 1, sizeof *text.characters);
    size_t at = text.count;
    for (const struct beginning *b = end; b; b = b->before)
        if (b->character >= 0)
            text.characters[--at] = b->character;
    return text;
}

size_t ctc_read(struct bi_arena *arena, struct ctc_window window, size_t beam, size_t most,
                struct ctc_text **texts)
{
    struct beginning *root = bi_arena_alloc(arena, sizeof *root);
    *root = (struct beginning){.code = -1, .character = -1, .blank = 1};
    struct list now = {0}, then = {0};
    list_add(arena, &now, root);
    root->listed = false;
    double scale = 0;
    for (int step = window.from; step < window.to; step++) {
        one_step(arena, window, step, &now, &then);
        scale += keep_best(&then, beam);
        struct list swap = now;
        now = then;
        then = swap;
    }
    *texts = bi_arena_array(arena, most, sizeof **texts);
    size_t count = 0;
    for (size_t i = 0; i < now.count && count < most; i++)
        if (now.items[i]->node == 0 && total_of(now.items[i]) > 0)
            (*texts)[count++] = text_of(arena, now.items[i], scale);
    if (count == 0)
        (*texts)[count++] = text_of(arena, root, scale);
    return count;
}

/* The codes of a text one after another; `owner` says whose each is. */
struct spelling {
    int *codes, *owners;
    size_t count;
};

static struct spelling spell(const struct charset *charset, const int *characters, size_t count)
{
    struct spelling spelling = {bi_xcalloc(count * CHARSET_MAX_SPELLING + 1, sizeof(int)),
                                bi_xcalloc(count * CHARSET_MAX_SPELLING + 1, sizeof(int)), 0};
    for (size_t i = 0; i < count; i++) {
        const struct charset_character *character = &charset->characters[characters[i]];
        for (int k = 0; k < character->length; k++) {
            spelling.owners[spelling.count] = (int)i;
            spelling.codes[spelling.count++] = character->codes[k];
        }
    }
    return spelling;
}

static void spelling_release(struct spelling *spelling)
{
    free(spelling->codes);
    free(spelling->owners);
}

double ctc_score(struct ctc_window window, const int *characters, size_t count)
{
    BI_CLEANUP(spelling_release) struct spelling spelling = spell(window.charset, characters, count);
    /* State 2i is the blank before code i, 2i+1 the code. */
    size_t states = 2 * spelling.count + 1;
    BI_CLEANUP(bi_freep) double *now = bi_xcalloc(states, sizeof *now);
    double scale = 0;
    now[0] = 1;
    for (int step = window.from; step < window.to; step++) {
        double blank = blank_at(window, step), most = 0;
        for (size_t s = states; s-- > 0;) {
            double sum = now[s] + (s > 0 && (step > window.from || s == 1) ? now[s - 1] : 0);
            if (s % 2) {
                int code = spelling.codes[s / 2];
                if (s >= 3 && code != spelling.codes[s / 2 - 1])
                    sum += now[s - 2];
                sum *= code_at(window, step, code);
            } else {
                sum *= blank;
            }
            now[s] = sum;
            most = sum > most ? sum : most;
        }
        if (most <= 0)
            return CTC_IMPOSSIBLE;
        for (size_t s = 0; s < states; s++)
            now[s] /= most;
        scale += log(most);
    }
    double end = now[states - 1] + (states > 1 ? now[states - 2] : 0);
    return end > 0 ? fmax(log(end) + scale, CTC_IMPOSSIBLE) : CTC_IMPOSSIBLE;
}

bool ctc_align(struct bi_arena *arena, struct ctc_window window, const int *characters, size_t count,
               struct ctc_span *spans)
{
    BI_CLEANUP(spelling_release) struct spelling spelling = spell(window.charset, characters, count);
    size_t states = 2 * spelling.count + 1, steps = (size_t)(window.to - window.from);
    if (steps == 0)
        return count == 0;
    BI_CLEANUP(bi_freep) double *now = bi_xcalloc(states, sizeof *now);
    uint8_t *back = bi_arena_alloc(arena, states * steps + 1); /* how many states before */
    for (size_t s = 0; s < states; s++)
        now[s] = s == 0 ? 0 : -DBL_MAX;
    for (size_t t = 0; t < steps; t++) {
        int step = window.from + (int)t;
        double blank = log(fmax(blank_at(window, step), LEAST_LOG));
        for (size_t s = states; s-- > 0;) {
            double best = now[s];
            uint8_t from = 0;
            if (s >= 1 && (t > 0 || s == 1) && now[s - 1] > best) {
                best = now[s - 1];
                from = 1;
            }
            if (s >= 3 && s % 2 && spelling.codes[s / 2] != spelling.codes[s / 2 - 1] && now[s - 2] > best) {
                best = now[s - 2];
                from = 2;
            }
            double p = s % 2 ? log(fmax(code_at(window, step, spelling.codes[s / 2]), LEAST_LOG)) : blank;
            now[s] = best == -DBL_MAX ? best : best + p;
            back[t * states + s] = from;
        }
    }
    size_t s = states > 1 && now[states - 2] > now[states - 1] ? states - 2 : states - 1;
    if (now[s] == -DBL_MAX)
        return false;
    BI_CLEANUP(bi_freep) double *most = bi_xcalloc(spelling.count + 1, sizeof *most);
    for (size_t i = 0; i < count; i++)
        spans[i] = (struct ctc_span){-1, -1, 1};
    for (size_t t = steps; t-- > 0;) {
        if (s % 2) {
            struct ctc_span *span = &spans[spelling.owners[s / 2]];
            int step = window.from + (int)t;
            span->first = step;
            span->last = span->last < 0 ? step : span->last;
            most[s / 2] = fmax(most[s / 2], code_at(window, step, spelling.codes[s / 2]));
        }
        s -= back[t * states + s];
    }
    for (size_t i = 0; i < spelling.count; i++) {
        struct ctc_span *span = &spans[spelling.owners[i]];
        span->confidence = fmin(span->confidence, most[i]);
    }
    return true;
}

double ctc_space(struct ctc_window window)
{
    double most = 0;
    for (int step = window.from; step < window.to && window.charset->space >= 0; step++)
        most = fmax(most, code_at(window, step, window.charset->space));
    return most;
}
