#include "folios.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "facts.h"

/* All weights are log odds. */

/* A line of the running head that is outvoted by another one. */
#define OUTVOTED 1.5
/* A number of the same shape that recognition did not think of: how seldom it is sure and wrong. */
#define UNTHOUGHT 5.0
/* From one page to the next: pages between them were not scanned; a page comes too late or twice. */
#define NOT_SCANNED 3.0
#define NOT_SCANNED_EACH 0.1
#define MANY_NOT_SCANNED 10
#define OUT_OF_ORDER 4.0
/* A section counted apart begins elsewhere than on its first page. */
#define OTHER_SECTION 3.0
/* The first page that has a folio: the pages before it were not scanned, though no front page was. */
#define LATE_BEGINNING 1.0
#define EARLY_FOLIO 4.0
/* More pages than the issue says it has. */
#define PAST_THE_END 2.5
/* The scan's name says otherwise, as a mere count and as a number given by a person. */
#define OTHER_COUNT 0.7
#define OTHER_NAME 2.0
/* Each pointer of another page that names it, two at most. */
#define POINTED_AT 0.7
enum { MOST_POINTERS = 2 };

enum { MAX_READINGS = 12 };

struct reading {
    struct st_folio folio;
    double doubt; /* log odds against it; 0 for what the page reads */
};

/* The readings of one page, and the likeliest way to each of them. */
struct choice {
    struct reading list[MAX_READINGS];
    double cost[MAX_READINGS];
    int way[MAX_READINGS]; /* reading of the page before */
    size_t count;
};

struct weighing {
    const struct st_issue *issue;
    int printed_pages;
    bool sheets; /* unfolded sheets come in no order of pages */
    enum st_names names;
    int *name_numbers;
    struct choice *choices; /* of each page */
};

/* ---- what a page may print */

static bool same(struct st_folio a, struct st_folio b)
{
    return a.letter == b.letter && a.number == b.number;
}

static void add_reading(struct choice *choice, struct st_folio folio, double doubt)
{
    if (!folio.number)
        return;
    for (size_t i = 0; i < choice->count; i++)
        if (same(choice->list[i].folio, folio)) {
            choice->list[i].doubt = fmin(choice->list[i].doubt, doubt);
            return;
        }
    if (choice->count < MAX_READINGS)
        choice->list[choice->count++] = (struct reading){folio, doubt};
}

/* A folio is mostly the largest type of the running head: what is larger tells more, the area of its
 * characters being the measure, so that two scraps of a section's name do not outvote the numeral beside it.
 */
static double line_votes(const struct st_page *page, const struct st_line *line)
{
    double ratio = page->em > 0 && line->em > page->em ? line->em / page->em : 1;
    return st_head_weight(line) * ratio * ratio;
}

static struct st_folio folio_of(struct bi_arena *arena, const char *text)
{
    struct st_head_facts facts;
    st_facts_parse(arena, text, &facts);
    return facts.folio;
}

/* The line with one of its characters exchanged for another of its readings. */
static char *with_reading(struct bi_arena *arena, const struct bi_line *line, size_t glyph, size_t reading)
{
    struct bi_text text = {0};
    for (size_t i = 0; i < line->glyph_count; i++)
        bi_text_add(&text, line->glyphs[i].readings[i == glyph ? reading : 0].text);
    char *copy = bi_arena_strdup(arena, bi_text_get(&text));
    bi_text_release(&text);
    return copy;
}

static void add_alternatives(struct bi_arena *arena, struct choice *choice, const struct st_line *line,
                             struct st_folio folio, double doubt)
{
    const struct bi_line *source = line->source;
    if (!source->glyph_count || !same(folio_of(arena, with_reading(arena, source, 0, 0)), folio))
        return;
    for (size_t i = 0; i < source->glyph_count; i++) {
        const struct bi_glyph *glyph = &source->glyphs[i];
        for (size_t k = 1; k < glyph->reading_count; k++) {
            double odds =
                fmax(glyph->readings[0].confidence, 1e-3) / fmax(glyph->readings[k].confidence, 1e-3);
            add_reading(choice, folio_of(arena, with_reading(arena, source, i, k)),
                        doubt + fmax(0, log(odds)));
        }
    }
}

static void read_page(struct st_issue *issue, struct st_page *page, struct choice *choice)
{
    struct choice votes = {0};
    double most = 0;
    for (size_t i = 0; i < page->line_count; i++) {
        const struct st_line *line = &page->lines[i];
        struct st_folio folio =
            line->role == BI_ROLE_HEADER ? folio_of(issue->arena, line->text) : (struct st_folio){0, 0};
        if (!folio.number)
            continue;
        size_t at = 0;
        while (at < votes.count && !same(votes.list[at].folio, folio))
            at++;
        if (at == MAX_READINGS)
            continue;
        if (at == votes.count)
            votes.list[votes.count++] = (struct reading){folio, 0};
        votes.list[at].doubt += line_votes(page, line);
    }
    for (size_t i = 0; i < votes.count; i++)
        if (votes.list[i].doubt > most) {
            most = votes.list[i].doubt;
            page->folio = votes.list[i].folio;
        }
    for (size_t i = 0; i < votes.count; i++) {
        struct reading *reading = &votes.list[i];
        reading->doubt = same(reading->folio, page->folio) ? 0 : OUTVOTED + log(most / reading->doubt);
        add_reading(choice, reading->folio, reading->doubt);
    }
    for (size_t i = 0; i < page->line_count; i++) {
        const struct st_line *line = &page->lines[i];
        struct st_folio folio =
            line->role == BI_ROLE_HEADER ? folio_of(issue->arena, line->text) : (struct st_folio){0, 0};
        for (size_t k = 0; k < votes.count && folio.number; k++)
            if (same(votes.list[k].folio, folio))
                add_alternatives(issue->arena, choice, line, folio, votes.list[k].doubt);
    }
}

/* The number that a page would have by its place, if what it reads has the shape of that one. */
static void add_expected(struct choice *choice, char letter, const struct st_page *page, int expected)
{
    if (expected > 0 && page->folio.letter == letter && st_number_confusable(page->folio.number, expected))
        add_reading(choice, (struct st_folio){letter, expected}, UNTHOUGHT);
}

/* ---- the scans' names */

/* The number in which a name ends before its extension (p03.jpg, 2025-07-04_03.tif); 0 if it ends in none
 * that can be a page's. */
static int name_number(const char *scan)
{
    const char *dot = strrchr(scan, '.'), *end = dot ? dot : scan + strlen(scan), *first = end;
    while (first > scan && first[-1] >= '0' && first[-1] <= '9')
        first--;
    long number = end - first <= 4 ? strtol(first, NULL, 10) : 0;
    return number <= ST_MAX_FOLIO ? (int)number : 0;
}

enum st_names st_names_read(const struct st_issue *issue, int *numbers)
{
    bool rise = issue->source->frame_count == issue->page_count, count = true;
    for (size_t i = 0; rise && i < issue->page_count; i++) {
        const struct bi_frame *frame = &issue->source->frames[i];
        numbers[i] = frame->scan && !frame->crop && frame->index == 0 ? name_number(frame->scan) : 0;
        rise = numbers[i] > (i ? numbers[i - 1] : 0);
        count = count && numbers[i] == issue->pages[i].frame;
    }
    for (size_t i = 0; !rise && i < issue->page_count; i++)
        numbers[i] = 0;
    return !rise ? ST_NAMES_SILENT : count ? ST_NAMES_COUNT : ST_NAMES_NUMBER;
}

/* ---- what speaks for and against a reading */

static int pointers_to(const struct st_issue *issue, size_t page, struct st_folio folio)
{
    int count = 0;
    for (size_t i = 0; i < issue->page_count; i++)
        for (size_t j = 0; j < issue->pages[i].line_count; j++) {
            const struct st_marker *marker = &issue->pages[i].lines[j].marker;
            count += i != page && marker->kind != ST_MARKER_NONE && same(marker->page, folio);
        }
    return count < MOST_POINTERS ? count : MOST_POINTERS;
}

static double own_cost(const struct weighing *w, size_t page, const struct reading *reading)
{
    double cost = reading->doubt - POINTED_AT * pointers_to(w->issue, page, reading->folio);
    if (!reading->folio.letter && w->printed_pages >= (int)w->issue->page_count &&
        reading->folio.number > w->printed_pages)
        cost += PAST_THE_END;
    if (w->names != ST_NAMES_SILENT && reading->folio.number != w->name_numbers[page])
        cost += w->names == ST_NAMES_NUMBER ? OTHER_NAME : OTHER_COUNT;
    return cost;
}

static double missing_cost(int pages)
{
    return NOT_SCANNED + NOT_SCANNED_EACH * fmin(pages, MANY_NOT_SCANNED);
}

static double first_cost(const struct weighing *w, size_t page, struct st_folio folio)
{
    int missing = folio.number - w->issue->pages[page].frame;
    if (w->sheets || missing == 0 || folio.letter)
        return 0;
    if (missing > 0)
        return st_is_front(&w->issue->pages[0]) ? missing_cost(missing) : LATE_BEGINNING;
    return EARLY_FOLIO;
}

static double step_cost(const struct weighing *w, size_t before, struct st_folio a, size_t page,
                        struct st_folio b)
{
    int rise = b.number - a.number, frames = w->issue->pages[page].frame - w->issue->pages[before].frame;
    if (w->sheets)
        return rise ? 0 : OUT_OF_ORDER;
    if (a.letter != b.letter)
        return b.letter > a.letter && (b.number <= frames || rise == frames) ? 0 : OTHER_SECTION;
    if (rise == frames)
        return 0;
    return rise > frames ? missing_cost(rise - frames) : OUT_OF_ORDER;
}

/* ---- the likeliest readings of all */

static void find_ways(struct weighing *w)
{
    long before = -1;
    for (size_t i = 0; i < w->issue->page_count; i++) {
        struct choice *choice = &w->choices[i];
        for (size_t k = 0; k < choice->count; k++) {
            struct st_folio folio = choice->list[k].folio;
            double least = before < 0 ? first_cost(w, i, folio) : INFINITY;
            choice->way[k] = -1;
            for (size_t j = 0; before >= 0 && j < w->choices[before].count; j++) {
                const struct choice *from = &w->choices[before];
                double cost = from->cost[j] + step_cost(w, (size_t)before, from->list[j].folio, i, folio);
                if (cost < least) {
                    least = cost;
                    choice->way[k] = (int)j;
                }
            }
            choice->cost[k] = least + own_cost(w, i, &choice->list[k]);
        }
        before = choice->count ? (long)i : before;
    }
}

static int cheapest(const struct choice *choice)
{
    int best = 0;
    for (size_t k = 1; k < choice->count; k++)
        best = choice->cost[k] < choice->cost[best] ? (int)k : best;
    return best;
}

static void take(struct st_page *page, struct st_folio folio, struct bi_articles *articles)
{
    char letters[2][2] = {{page->folio.letter}, {folio.letter}};
    if (same(page->folio, folio))
        return;
    bi_articles_add_problem(
        articles, 0, -1, "folio-misread", "note",
        "frame %d: its folio reads %s%d and is taken for %s%d, as the other pages have it", page->frame,
        letters[0], page->folio.number, letters[1], folio.number);
    page->folio = folio;
}

void st_folios_read(struct st_issue *issue, int printed_pages, struct bi_articles *articles)
{
    struct weighing w = {
        .issue = issue,
        .printed_pages = printed_pages,
        .name_numbers = bi_arena_array(issue->arena, issue->page_count + 1, sizeof(int)),
        .choices = bi_arena_array(issue->arena, issue->page_count + 1, sizeof(struct choice)),
    };
    w.names = st_names_read(issue, w.name_numbers);
    for (size_t i = 0; i < issue->page_count; i++) {
        w.sheets = w.sheets || issue->source->frames[i].crop;
        read_page(issue, &issue->pages[i], &w.choices[i]);
    }
    for (size_t i = 0, before = SIZE_MAX; i < issue->page_count; i++) {
        const struct st_page *page = &issue->pages[i], *last = before < i ? &issue->pages[before] : NULL;
        if (!page->folio.number)
            continue;
        if (w.names != ST_NAMES_SILENT)
            add_expected(&w.choices[i], 0, page, w.name_numbers[i]);
        int expected = last                            ? last->folio.number + page->frame - last->frame
                       : st_is_front(&issue->pages[0]) ? page->frame
                                                       : 0;
        add_expected(&w.choices[i], last ? last->folio.letter : 0, page, expected);
        before = i;
    }
    find_ways(&w);
    int taken = -1;
    for (size_t i = issue->page_count; i-- > 0;) {
        const struct choice *choice = &w.choices[i];
        if (!choice->count)
            continue;
        taken = taken < 0 ? cheapest(choice) : taken;
        take(&issue->pages[i], choice->list[taken].folio, articles);
        taken = choice->way[taken];
    }
}
