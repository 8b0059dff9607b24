/* The jumps of an issue as one assignment problem.
 *
 * On one side stand the parts that end open (they say 下转, or break off in the middle of a sentence), on the
 * other those that begin open (they say 上接, or have no headline and begin in the middle of a sentence).
 * Every pair gets the sum of its evidence (evidence.c): what the pointers say in both directions, whether the
 * sentence goes on, whether a headline is repeated, how alike the words are, the size of type. The best
 * one-to-one matching is found for all pairs together (assign.h), so that two jumps between the same two
 * pages, or one misread number, do not take each other's part.
 *
 * How sure a pair of that matching is depends on its rivals: its probability is taken over all matchings, in
 * which each end goes to one start or to none. A pair that is not probable enough is left open: a wrong join
 * is worse than a missed one. */
#include "jumps.h"

#include <math.h>

#include "assign.h"
#include "evidence.h"

/* Pairs less probable are not joined; more is asked where a pointer names another page. */
#define MIN_PROBABILITY 0.5
#define MIN_PROBABILITY_WRONG_PAGE 0.7
/* Rounds of balancing; each halves what is left of the error, more or less. */
#define ROUNDS 40
/* Log odds past this are certainty. */
#define MAX_LOG_ODDS 30.0

int st_page_of_folio(const struct st_issue *issue, struct st_folio folio)
{
    for (size_t i = 0; i < issue->page_count; i++) {
        const struct st_page *page = &issue->pages[i];
        if (folio.letter ? page->folio.letter == folio.letter && page->folio.number == folio.number
                         : page->page_number == folio.number)
            return (int)i;
    }
    return -1;
}

char *st_marker_words(struct bi_arena *arena, const struct st_marker *marker)
{
    struct st_runes runes = st_runes_of(arena, marker->text);
    size_t first = 0, last = runes.count;
    /* Arrows may have been read as letters. */
    while (first < last && !bi_rune_is_han(runes.data[first]) && !st_rune_is_digit(runes.data[first]))
        first++;
    while (last > first && st_rune_is_mark(runes.data[last - 1]))
        last--;
    return st_runes_text(arena, runes.data + first, last - first);
}

static char *explain(const struct st_issue *issue, int source, int target, const struct st_evidence *e)
{
    const struct st_part *s = &issue->parts[source], *t = &issue->parts[target];
    int here = issue->pages[s->page].page_number, there = issue->pages[t->page].page_number;
    struct bi_text text = {0};
    if (s->to)
        bi_text_printf(&text, "p%d says %s%s", here, st_marker_words(issue->arena, s->to),
                       e->to_wrong           ? " (another page: taken as misread)"
                       : !s->to->page.number ? " (number unreadable)"
                                             : "");
    else
        bi_text_printf(&text, "p%d has no readable pointer", here);
    if (t->from)
        bi_text_printf(&text, ", p%d says %s%s", there, st_marker_words(issue->arena, t->from),
                       e->from_wrong           ? " (another page: taken as misread)"
                       : !t->from->page.number ? " (number unreadable)"
                                               : "");
    else
        bi_text_printf(&text, ", p%d has no readable pointer", there);
    if (e->headline)
        bi_text_add(&text, ", headline repeated");
    if (e->sentence)
        bi_text_add(&text, ", sentence continues");
    if (e->alike)
        bi_text_add(&text, ", wording alike");
    char *reason = bi_arena_strdup(issue->arena, bi_text_get(&text));
    bi_text_release(&text);
    return reason;
}

/* Would joining them close a circle? */
static bool circular(const struct st_issue *issue, int source, int target)
{
    for (int at = target; at >= 0; at = issue->parts[at].next)
        if (at == source)
            return true;
    return false;
}

/* The probability of every pair over all matchings, each weighted by the odds of its pairs. Method: the ends'
 * and starts are balanced in turn so that the probabilities of each, with that of staying alone, sum to one
 * (Sinkhorn 1967); exact where rivals do not form circles, near it elsewhere. */
static double *probabilities(struct bi_arena *arena, const struct st_evidence *evidence, size_t n, size_t m)
{
    double *odds = bi_arena_array(arena, n * m + 1, sizeof *odds);
    double *alone_end = bi_arena_array(arena, n + 1, sizeof *alone_end);
    double *alone_start = bi_arena_array(arena, m + 1, sizeof *alone_start);
    for (size_t k = 0; k < n * m; k++)
        odds[k] = evidence[k].score > ST_FORBIDDEN ? exp(fmin(evidence[k].score, MAX_LOG_ODDS)) : 0;
    for (size_t j = 0; j < m; j++)
        alone_start[j] = 1;
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < n; i++) {
            double sum = 1;
            for (size_t j = 0; j < m; j++)
                sum += odds[i * m + j] * alone_start[j];
            alone_end[i] = 1 / sum;
        }
        for (size_t j = 0; j < m; j++)
            alone_start[j] = 1;
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < m; j++)
                alone_start[j] += odds[i * m + j] * alone_end[i];
        for (size_t j = 0; j < m; j++)
            alone_start[j] = 1 / alone_start[j];
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++)
            odds[i * m + j] *= alone_end[i] * alone_start[j];
    return odds;
}

void st_jumps_match(struct st_issue *issue, struct st_jumps *jumps)
{
    struct st_ends ends;
    st_ends_gather(issue, &ends);
    size_t n = ends.ends, m = ends.starts;
    struct st_evidence *evidence = bi_arena_array(issue->arena, n * m + 1, sizeof *evidence);
    double *gain = bi_arena_array(issue->arena, n * m + 1, sizeof *gain);
    int *chosen = bi_arena_array(issue->arena, n + 1, sizeof *chosen);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++) {
            evidence[i * m + j] = st_ends_weigh(&ends, i, j);
            gain[i * m + j] = evidence[i * m + j].score;
        }
    const double *probable = probabilities(issue->arena, evidence, n, m);
    st_assign(gain, n, m, chosen);
    *jumps = (struct st_jumps){bi_arena_array(issue->arena, n + 1, sizeof(struct st_jump)), 0};
    for (size_t i = 0; i < n; i++) {
        if (chosen[i] < 0)
            continue;
        size_t pair = i * m + (size_t)chosen[i];
        int source = ends.open_end[i], target = ends.open_start[chosen[i]];
        bool wrong_page = evidence[pair].to_wrong || evidence[pair].from_wrong;
        if (probable[pair] < (wrong_page ? MIN_PROBABILITY_WRONG_PAGE : MIN_PROBABILITY) ||
            circular(issue, source, target))
            continue;
        issue->parts[source].next = target;
        issue->parts[target].previous = source;
        jumps->list[jumps->count++] = (struct st_jump){
            .source = source,
            .target = target,
            .score = probable[pair],
            .reason = explain(issue, source, target, &evidence[pair]),
        };
    }
}
