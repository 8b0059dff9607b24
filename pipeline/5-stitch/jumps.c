/* The jumps of an issue as one assignment problem.
 *
 * On one side stand the parts that end open (they say 下转, or break off in the middle of a sentence), on the
 * other those that begin open (they say 上接, or have no headline and begin in the middle of a sentence).
 * Every pair gets the sum of its evidence: what the pointers say in both directions, whether the sentence
 * goes on, whether a headline is repeated, how alike the words are, the size of type. The best one-to-one
 * matching is found for all pairs together (assign.h), so that two jumps between the same two pages, or one
 * misread number, do not take each other's part. A pair that no evidence supports is left open: a wrong join
 * is worse than a missed one. */
#include "jumps.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assign.h"
#include "flow.h"
#include "similarity.h"

/* Evidence, in rough units of log odds. */
#define BOTH_MARKERS 2.0
#define ONE_MARKER 0.3
#define NO_MARKER (-0.8)
#define PAGE_AGREES 3.0
#define PAGE_CONFUSABLE (-1.0)
#define PAGE_DISAGREES (-3.5)
/* The page it names is not there to be joined with: then the number would have to be misread. */
#define PAGE_MISSING (-5.0)
#define LEAST_HEADLINE_SHARE 0.45
#define LEAST_REPEATED_PAIRS 4
#define HEADLINE_REPEATED 3.0
#define HEADLINE_OTHER (-1.5)
#define SLUG_OTHER (-1.0)
/* Nothing of the part itself says that it goes on, or that it is a continuation. */
#define CLOSED_END (-2.0)
#define CLOSED_START (-1.0)
#define TEXT_WEIGHT 0.8
/* Likeness counts by how far it stands out from that of the other pairs these two ends could make, in
 * standard deviations. Few pairs tell little of what is usual, so some are taken for granted. */
#define LIKENESS_WEIGHT 0.8
#define USUAL_DEVIATIONS 1.5
#define LEAST_USUAL 0.004
#define LEAST_SPREAD 0.25 /* of the mean */
#define SPREAD_GRANTED 0.5
#define PAIRS_GRANTED 4
#define MIN_LIKENESS (-1.5)
#define MAX_LIKENESS 3.5
#define OTHER_TYPE_SIZE (-1.0)
#define OTHER_SECTION (-0.2)
#define BACKWARDS (-1.0)
/* Pairs below are not joined; more is asked where a pointer names another page, or where there is none. */
#define MIN_SCORE 2.0
#define MIN_SCORE_WRONG_PAGE 3.0
#define MIN_SCORE_UNMARKED 1.8
/* And it must be better by this than any other that either of the two could make. */
#define MIN_LEAD_UNMARKED 0.5

struct evidence {
    double score;
    double raw; /* the score even where it was not enough; 0 if the pair was not weighed */
    bool to_agrees, from_agrees, to_wrong, from_wrong, sentence, headline, alike;
};

struct ends {
    const struct st_issue *issue;
    int *open_end, *open_start; /* parts */
    size_t ends, starts;
    struct st_profile *profiles; /* of all parts */
    struct st_profile *heads;    /* of their headlines */
    double *likeness;            /* of each end with each start */
};

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

static const struct st_block *last_block(const struct st_issue *issue, const struct st_part *part)
{
    const struct st_page *page = &issue->pages[part->page];
    for (size_t i = part->block_count; i-- > 0;)
        if (page->blocks[part->blocks[i]].body_lines)
            return &page->blocks[part->blocks[i]];
    return NULL;
}

static const struct st_block *first_block(const struct st_issue *issue, const struct st_part *part)
{
    const struct st_page *page = &issue->pages[part->page];
    for (size_t i = 0; i < part->block_count; i++)
        if (page->blocks[part->blocks[i]].body_lines)
            return &page->blocks[part->blocks[i]];
    return NULL;
}

static const char *headline_of(const struct st_issue *issue, const struct st_part *part)
{
    return part->head >= 0 ? issue->pages[part->page].heads[part->head].headline : NULL;
}

/* Ends with a signature: nothing follows. */
static bool is_signed_off(const struct st_issue *issue, const struct st_part *part)
{
    const struct st_page *page = &issue->pages[part->page];
    const struct st_block *block = &page->blocks[part->blocks[part->block_count - 1]];
    return part->block_count && page->lines[block->lines[block->count - 1]].role == BI_ROLE_BYLINE &&
           block->count > 1;
}

static bool ends_open(const struct st_issue *issue, const struct st_part *part)
{
    const struct st_block *last = part->block_count ? last_block(issue, part) : NULL;
    return part->to ||
           (last && last->end == ST_END_OPEN && last->body_lines > 1 && !is_signed_off(issue, part));
}

/* A jump may stand at the end of a paragraph, and its pointer may not have been read. */
static bool may_go_on(const struct st_issue *issue, const struct st_part *part)
{
    return ends_open(issue, part) || !is_signed_off(issue, part);
}

static bool begins_open(const struct st_issue *issue, const struct st_part *part)
{
    const struct st_block *first = part->block_count ? first_block(issue, part) : NULL;
    return part->from || (first && first->start != ST_START_INDENT);
}

static double page_evidence(const struct st_issue *issue, const struct st_marker *marker,
                            const struct st_part *there, bool *agrees, bool *wrong)
{
    if (!marker || !marker->page.number)
        return 0;
    int page = st_page_of_folio(issue, marker->page);
    if (page == there->page) {
        *agrees = true;
        return PAGE_AGREES - marker->doubt;
    }
    *wrong = true;
    if (!marker->page.letter &&
        st_number_confusable(marker->page.number, issue->pages[there->page].page_number))
        return PAGE_CONFUSABLE;
    return page < 0 || !issue->pages[page].source ? PAGE_MISSING : PAGE_DISAGREES;
}

/* A headline that another page has too, long enough to be no mere 简讯. */
static bool repeats_headline(const struct ends *ends, size_t part)
{
    const struct st_profile *mine = &ends->heads[part];
    for (size_t i = 0; mine->count >= LEAST_REPEATED_PAIRS && i < ends->issue->part_count; i++)
        if (ends->issue->parts[i].page != ends->issue->parts[part].page &&
            ends->heads[i].count >= LEAST_REPEATED_PAIRS &&
            st_profile_share(mine, &ends->heads[i]) >= LEAST_HEADLINE_SHARE)
            return true;
    return false;
}

static bool may_continue(const struct ends *ends, size_t part)
{
    return ends->issue->parts[part].from || ends->issue->parts[part].head < 0 || repeats_headline(ends, part);
}

static double headline_evidence(const struct ends *ends, int source_part, int target_part, bool *repeated)
{
    const struct st_issue *issue = ends->issue;
    const struct st_part *source = &issue->parts[source_part], *target = &issue->parts[target_part];
    const char *mine = headline_of(issue, source), *theirs = headline_of(issue, target);
    const char *slug = target->from ? target->from->slug : NULL;
    if (!theirs && !slug)
        return 0;
    double likeness =
        mine && theirs ? st_profile_share(&ends->heads[source_part], &ends->heads[target_part]) : 0;
    double slug_likeness = mine && slug ? st_text_likeness(issue->arena, mine, slug) : 0;
    double best = likeness > slug_likeness ? likeness : slug_likeness;
    if (best >= LEAST_HEADLINE_SHARE) {
        *repeated = true;
        return HEADLINE_REPEATED * (0.5 + 0.5 * best);
    }
    return theirs ? HEADLINE_OTHER : SLUG_OTHER;
}

/* Words and names in common, against what these two have in common with others. */
static double likeness_evidence(const struct ends *ends, size_t i, size_t j)
{
    double mine = ends->likeness[i * ends->starts + j], sum = 0, squares = 0;
    size_t count = 0;
    for (size_t k = 0; k < ends->ends; k++)
        if (k != i && ends->likeness[k * ends->starts + j] > 0) {
            double other = ends->likeness[k * ends->starts + j];
            sum += other;
            squares += other * other;
            count++;
        }
    for (size_t k = 0; k < ends->starts; k++)
        if (k != j && ends->likeness[i * ends->starts + k] > 0) {
            double other = ends->likeness[i * ends->starts + k];
            sum += other;
            squares += other * other;
            count++;
        }
    double mean = (count ? sum / (double)count : 0) + LEAST_USUAL;
    double variance = count ? squares / (double)count - sum * sum / (double)(count * count) : 0;
    double granted = SPREAD_GRANTED * mean;
    variance = ((double)count * (variance > 0 ? variance : 0) + PAIRS_GRANTED * granted * granted) /
               (double)(count + PAIRS_GRANTED);
    double spread = sqrt(variance) > LEAST_SPREAD * mean ? sqrt(variance) : LEAST_SPREAD * mean;
    double evidence = LIKENESS_WEIGHT * ((mine - mean) / spread - USUAL_DEVIATIONS);
    return evidence < MIN_LIKENESS ? MIN_LIKENESS : evidence > MAX_LIKENESS ? MAX_LIKENESS : evidence;
}

static struct evidence weigh(const struct ends *ends, size_t i, size_t j)
{
    const struct st_issue *issue = ends->issue;
    int source = ends->open_end[i], target = ends->open_start[j];
    const struct st_part *s = &issue->parts[source], *t = &issue->parts[target];
    struct evidence e = {0};
    bool open_end = ends_open(issue, s), open_start = begins_open(issue, t);
    const struct st_block *last = last_block(issue, s), *first = first_block(issue, t);
    bool may_join = s->to || t->from || (open_start && (open_end || (last && last->end == ST_END_FULL)));
    double headline = headline_evidence(ends, source, target, &e.headline);
    if (s->page == t->page || !may_join || (t->head >= 0 && !t->from && !e.headline)) {
        e.score = ST_FORBIDDEN;
        return e;
    }
    e.score = headline;
    e.score += s->to && t->from ? BOTH_MARKERS : s->to || t->from ? ONE_MARKER : NO_MARKER;
    e.score += page_evidence(issue, s->to, t, &e.to_agrees, &e.to_wrong);
    e.score += page_evidence(issue, t->from, s, &e.from_agrees, &e.from_wrong);
    e.score += (open_end ? 0 : CLOSED_END) + (open_start ? 0 : CLOSED_START);
    if (last && first) {
        double text = st_flow_text_score(last->end, first->start);
        e.sentence = last->end == ST_END_OPEN && first->start == ST_START_FLUSH;
        e.score += TEXT_WEIGHT * text;
        double ratio = last->em > first->em ? last->em / first->em : first->em / last->em;
        if (ratio > 1.2)
            e.score += OTHER_TYPE_SIZE;
    }
    double alike = likeness_evidence(ends, i, j);
    e.score += alike;
    e.alike = alike > 1.0;
    const char *here = issue->pages[s->page].section, *there = issue->pages[t->page].section;
    if (here && there && strcmp(here, there) != 0)
        e.score += OTHER_SECTION;
    if (issue->pages[t->page].page_number < issue->pages[s->page].page_number)
        e.score += BACKWARDS;
    double least = !s->to && !t->from           ? MIN_SCORE_UNMARKED
                   : e.to_wrong || e.from_wrong ? MIN_SCORE_WRONG_PAGE
                                                : MIN_SCORE;
    e.raw = e.score;
    if (e.score < least)
        e.score = ST_FORBIDDEN;
    return e;
}

static char *explain(const struct ends *ends, int source, int target, const struct evidence *e)
{
    const struct st_issue *issue = ends->issue;
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

/* What each part's text consists of, headline and all. */
static struct st_profile profile_of(struct st_issue *issue, int part)
{
    const struct st_page *page = &issue->pages[issue->parts[part].page];
    struct bi_text text = {0};
    bi_text_add(&text, headline_of(issue, &issue->parts[part]));
    bi_text_add(&text, "。");
    for (size_t i = 0; i < issue->parts[part].block_count; i++) {
        const struct st_block *block = &page->blocks[issue->parts[part].blocks[i]];
        for (size_t j = 0; j < block->count; j++)
            if (page->lines[block->lines[j]].role != BI_ROLE_JUMP)
                bi_text_add(&text, page->lines[block->lines[j]].text);
    }
    struct st_profile profile = st_profile_of(issue->arena, bi_text_get(&text));
    bi_text_release(&text);
    return profile;
}

static void gather(struct st_issue *issue, struct ends *ends)
{
    size_t n = issue->part_count;
    *ends = (struct ends){.issue = issue};
    ends->open_end = bi_arena_array(issue->arena, n + 1, sizeof *ends->open_end);
    ends->open_start = bi_arena_array(issue->arena, n + 1, sizeof *ends->open_start);
    ends->profiles = bi_arena_array(issue->arena, n + 1, sizeof *ends->profiles);
    ends->heads = bi_arena_array(issue->arena, n + 1, sizeof *ends->heads);
    for (size_t i = 0; i < n; i++) {
        const char *headline = headline_of(issue, &issue->parts[i]);
        ends->profiles[i] = profile_of(issue, (int)i);
        ends->heads[i] = st_profile_of(issue->arena, headline ? headline : "");
    }
    for (size_t i = 0; i < n; i++) {
        const struct st_part *part = &issue->parts[i];
        if (!part->block_count || (strcmp(part->kind, "article") != 0 && !part->from && !part->to))
            continue;
        if (may_go_on(issue, part))
            ends->open_end[ends->ends++] = (int)i;
        if (may_continue(ends, i))
            ends->open_start[ends->starts++] = (int)i;
    }
}

static void compare(struct st_issue *issue, struct ends *ends)
{
    ends->likeness = bi_arena_array(issue->arena, ends->ends * ends->starts + 1, sizeof *ends->likeness);
    struct st_rarity rarity = st_rarity_of(issue->arena, ends->profiles, issue->part_count);
    for (size_t i = 0; i < ends->ends; i++)
        for (size_t j = 0; j < ends->starts; j++) {
            size_t source = (size_t)ends->open_end[i], target = (size_t)ends->open_start[j];
            double likeness = source == target ? 0
                                               : st_profile_likeness(&rarity, &ends->profiles[source],
                                                                     &ends->profiles[target]);
            ends->likeness[i * ends->starts + j] = likeness;
        }
}

/* Would joining them close a circle? */
static bool circular(const struct st_issue *issue, int source, int target)
{
    for (int at = target; at >= 0; at = issue->parts[at].next)
        if (at == source)
            return true;
    return false;
}

/* Whether a pair without pointers stands out from all others of its two ends. */
static bool leads(const struct ends *ends, const struct evidence *evidence, size_t i, size_t j)
{
    const struct st_issue *issue = ends->issue;
    double mine = evidence[i * ends->starts + j].raw, best = 0;
    if (issue->parts[ends->open_end[i]].to || issue->parts[ends->open_start[j]].from)
        return true;
    for (size_t k = 0; k < ends->starts; k++)
        if (k != j && evidence[i * ends->starts + k].raw > best)
            best = evidence[i * ends->starts + k].raw;
    for (size_t k = 0; k < ends->ends; k++)
        if (k != i && evidence[k * ends->starts + j].raw > best)
            best = evidence[k * ends->starts + j].raw;
    return mine - best >= MIN_LEAD_UNMARKED;
}

void st_jumps_match(struct st_issue *issue, struct st_jumps *jumps)
{
    struct ends ends;
    gather(issue, &ends);
    compare(issue, &ends);
    size_t n = ends.ends, m = ends.starts;
    struct evidence *evidence = bi_arena_array(issue->arena, n * m + 1, sizeof *evidence);
    double *gain = bi_arena_array(issue->arena, n * m + 1, sizeof *gain);
    int *chosen = bi_arena_array(issue->arena, n + 1, sizeof *chosen);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++) {
            evidence[i * m + j] = weigh(&ends, i, j);
            gain[i * m + j] = evidence[i * m + j].score;
        }
    st_assign(gain, n, m, chosen);
    *jumps = (struct st_jumps){bi_arena_array(issue->arena, n + 1, sizeof(struct st_jump)), 0};
    for (size_t i = 0; i < n; i++) {
        if (chosen[i] < 0 || !leads(&ends, evidence, i, (size_t)chosen[i]))
            continue;
        int source = ends.open_end[i], target = ends.open_start[chosen[i]];
        if (circular(issue, source, target))
            continue;
        const struct evidence *e = &evidence[i * m + (size_t)chosen[i]];
        issue->parts[source].next = target;
        issue->parts[target].previous = source;
        jumps->list[jumps->count++] = (struct st_jump){
            .source = source,
            .target = target,
            .score = 1.0 / (1.0 + exp(-0.7 * (e->score - 1.0))),
            .reason = explain(&ends, source, target, e),
        };
    }
}
