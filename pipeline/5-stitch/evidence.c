/* Evidence for a join, summed as log odds. The weights of words in common and of how the text goes on were
 * measured on articles of newspaper prose cut in two, where the logarithm of how much oftener a value occurs
 * in true pairs than in others is a straight line between the bounds below. */
#include "evidence.h"

#include <math.h>
#include <string.h>

#include "assign.h"
#include "flow.h"
#include "jumps.h"

#define BOTH_MARKERS 2.5
#define ONE_MARKER 0.5
#define UNMARKED 0.5
#define PAGE_AGREES 3.0
#define PAGE_CONFUSABLE (-1.0)
#define PAGE_DISAGREES (-3.5)
/* The page it names is not there to be joined with: then the number would have to be misread. */
#define PAGE_MISSING (-7.0)
#define LEAST_HEADLINE_SHARE 0.45
/* Where a pointer names the page: much of a headline is lost if both are read badly. */
#define LEAST_POINTED_SHARE 0.25
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
#define LIKENESS_WEIGHT 1.1
#define USUAL_DEVIATIONS 0.6
#define LEAST_USUAL 0.004
#define LEAST_SPREAD 0.25 /* of the mean */
#define SPREAD_GRANTED 0.5
#define PAIRS_GRANTED 4
#define MIN_LIKENESS (-2.0)
#define MAX_LIKENESS 5.5
#define ALIKE 1.5
#define CONTINUITY_WEIGHT 0.9
#define MIN_CONTINUITY (-2.0)
#define MAX_CONTINUITY 5.0
#define GOES_ON 1.5
#define OTHER_TYPE_SIZE (-1.0)
#define OTHER_SECTION (-0.2)
#define BACKWARDS (-1.0)

/* ---- how a part ends and begins */

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

/* A headline that another page has too, long enough to be no mere 简讯. */
static bool repeats_headline(const struct st_ends *ends, size_t part)
{
    const struct st_profile *mine = &ends->heads[part];
    for (size_t i = 0; mine->count >= LEAST_REPEATED_PAIRS && i < ends->issue->part_count; i++)
        if (ends->issue->parts[i].page != ends->issue->parts[part].page &&
            ends->heads[i].count >= LEAST_REPEATED_PAIRS &&
            st_profile_share(mine, &ends->heads[i]) >= LEAST_POINTED_SHARE)
            return true;
    return false;
}

static bool may_continue(const struct st_ends *ends, size_t part)
{
    return ends->issue->parts[part].from || ends->issue->parts[part].head < 0 || repeats_headline(ends, part);
}

/* ---- gathering */

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

static void add_usual(struct st_usual *usual, double likeness)
{
    usual->sum += likeness;
    usual->squares += likeness * likeness;
    usual->count += likeness > 0;
}

static void compare(struct st_issue *issue, struct st_ends *ends)
{
    size_t n = ends->ends, m = ends->starts;
    size_t kinds = st_profiles_weigh(issue->arena, ends->profiles, issue->part_count);
    float *room = bi_arena_array(issue->arena, kinds + 1, sizeof *room);
    const struct st_profile **starts = bi_arena_array(issue->arena, m + 1, sizeof(struct st_profile *));
    ends->likeness = bi_arena_array(issue->arena, n * m + 1, sizeof *ends->likeness);
    ends->of_end = bi_arena_array(issue->arena, n + 1, sizeof *ends->of_end);
    ends->of_start = bi_arena_array(issue->arena, m + 1, sizeof *ends->of_start);
    for (size_t j = 0; j < m; j++)
        starts[j] = &ends->profiles[ends->open_start[j]];
    for (size_t i = 0; i < n; i++) {
        double *row = ends->likeness + i * m;
        st_profile_likeness(&ends->profiles[ends->open_end[i]], starts, m, room, row);
        for (size_t j = 0; j < m; j++) {
            if (ends->open_end[i] == ends->open_start[j])
                row[j] = 0;
            add_usual(&ends->of_end[i], row[j]);
            add_usual(&ends->of_start[j], row[j]);
        }
    }
}

void st_ends_gather(struct st_issue *issue, struct st_ends *ends)
{
    size_t n = issue->part_count;
    *ends = (struct st_ends){.issue = issue};
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
        if (may_continue(ends, i)) {
            ends->open_start[ends->starts++] = (int)i;
            ends->unmarked_starts += !part->from && begins_open(issue, part);
        }
    }
    compare(issue, ends);
}

/* ---- weighing */

static double bounded(double value, double least, double most)
{
    return value < least ? least : value > most ? most : value;
}

static double page_evidence(const struct st_issue *issue, const struct st_marker *marker,
                            const struct st_part *there, bool *wrong)
{
    if (!marker || !marker->page.number)
        return 0;
    int page = st_page_of_folio(issue, marker->page);
    if (page == there->page)
        return PAGE_AGREES - marker->doubt;
    *wrong = true;
    if (!marker->page.letter &&
        st_number_confusable(marker->page.number, issue->pages[there->page].page_number))
        return PAGE_CONFUSABLE;
    return page < 0 || !issue->pages[page].source ? PAGE_MISSING : PAGE_DISAGREES;
}

static double headline_evidence(const struct st_ends *ends, int source_part, int target_part, bool *repeated)
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
    const char *named = source->to ? source->to->slug : NULL;
    if (theirs && named)
        slug_likeness = fmax(slug_likeness, st_text_likeness(issue->arena, named, theirs));
    double best = likeness > slug_likeness ? likeness : slug_likeness;
    bool pointed =
        source->to && source->to->page.number && st_page_of_folio(issue, source->to->page) == target->page;
    if (best >= (pointed ? LEAST_POINTED_SHARE : LEAST_HEADLINE_SHARE)) {
        *repeated = true;
        return HEADLINE_REPEATED * (0.5 + 0.5 * best);
    }
    return theirs ? HEADLINE_OTHER : SLUG_OTHER;
}

/* Words and names in common, against what these two have in common with others. */
static double likeness_evidence(const struct st_ends *ends, size_t i, size_t j)
{
    double mine = ends->likeness[i * ends->starts + j];
    double sum = ends->of_end[i].sum + ends->of_start[j].sum - 2 * mine;
    double squares = ends->of_end[i].squares + ends->of_start[j].squares - 2 * mine * mine;
    size_t count = ends->of_end[i].count + ends->of_start[j].count - (mine > 0 ? 2 : 0);
    double mean = (count ? sum / (double)count : 0) + LEAST_USUAL;
    double variance = count ? squares / (double)count - sum * sum / (double)(count * count) : 0;
    double granted = SPREAD_GRANTED * mean;
    variance = ((double)count * (variance > 0 ? variance : 0) + PAIRS_GRANTED * granted * granted) /
               (double)(count + PAIRS_GRANTED);
    double spread = sqrt(variance) > LEAST_SPREAD * mean ? sqrt(variance) : LEAST_SPREAD * mean;
    return bounded(LIKENESS_WEIGHT * ((mine - mean) / spread - USUAL_DEVIATIONS), MIN_LIKENESS, MAX_LIKENESS);
}

/* How the text goes on, by the column's last and first line and by the characters at the break. */
static double text_evidence(const struct st_issue *issue, const struct st_block *last,
                            const struct st_block *first, struct st_evidence *e)
{
    double score = TEXT_WEIGHT * st_flow_text_score(last->end, first->start);
    double ratio = last->em > first->em ? last->em / first->em : first->em / last->em;
    if (ratio > 1.2)
        score += OTHER_TYPE_SIZE;
    if (last->end == ST_END_OPEN && first->start != ST_START_INDENT) {
        double goes_on = bounded(CONTINUITY_WEIGHT *
                                     st_continuity_score(&issue->continuity, last->closing, first->opening),
                                 MIN_CONTINUITY, MAX_CONTINUITY);
        e->sentence = first->start == ST_START_FLUSH || goes_on > GOES_ON;
        score += goes_on;
    }
    return score;
}

struct st_evidence st_ends_weigh(const struct st_ends *ends, size_t i, size_t j)
{
    const struct st_issue *issue = ends->issue;
    int source = ends->open_end[i], target = ends->open_start[j];
    const struct st_part *s = &issue->parts[source], *t = &issue->parts[target];
    struct st_evidence e = {.score = ST_FORBIDDEN};
    bool open_end = ends_open(issue, s), open_start = begins_open(issue, t);
    const struct st_block *last = last_block(issue, s), *first = first_block(issue, t);
    /* Nearly all parts that end with a paragraph, no pointer in sight, are over. */
    bool may_join =
        s->to || t->from || (open_start && (open_end || (t->head >= 0 && last && last->end == ST_END_FULL)));
    double headline = headline_evidence(ends, source, target, &e.headline);
    if (s->page == t->page || !may_join || (t->head >= 0 && !t->from && !e.headline))
        return e;
    e.score = headline;
    /* Without pointers, an end goes on at one of the open beginnings, if anywhere. */
    e.score += s->to && t->from ? BOTH_MARKERS : s->to || t->from ? ONE_MARKER : UNMARKED;
    if (!s->to && !t->from)
        e.score -= log((double)ends->unmarked_starts + 1);
    e.score += page_evidence(issue, s->to, t, &e.to_wrong);
    e.score += page_evidence(issue, t->from, s, &e.from_wrong);
    e.score += (open_end ? 0 : CLOSED_END) + (open_start ? 0 : CLOSED_START);
    if (last && first)
        e.score += text_evidence(issue, last, first, &e);
    double alike = likeness_evidence(ends, i, j);
    e.score += alike;
    e.alike = alike > ALIKE;
    const char *here = issue->pages[s->page].section, *there = issue->pages[t->page].section;
    if (here && there && strcmp(here, there) != 0)
        e.score += OTHER_SECTION;
    if (issue->pages[t->page].page_number < issue->pages[s->page].page_number)
        e.score += BACKWARDS;
    return e;
}
