#include "vote.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"

/* Characters that all readings agree on, with less doubt than this on the average, are not weighed again. */
#define SURE 0.9
/* How many texts of a stretch are asked for, and how many beginnings are kept in looking for them. Twice as
 * many, and less likely ones, are no gain: where all networks take a rare character for a usual one, the
 * right one is too unlikely for words to bring it back. */
#define MOST_TEXTS 6
#define BEAM 12
#define MAX_CANDIDATES 24
/* Texts less likely than the best by this factor (natural logarithm) are not weighed. */
#define WORSE 9.0
/* A reading cannot rule out a text by more than this: it may have lost its place. */
#define FLOOR (-12.0)
/* Networks are surer than they should be: what the logarithms of their probabilities count, and what those of
 * the words. Without words a badly damaged page has 5.36 % errors, a bitonal one 0.70 and a light one 0.41;
 * with 0.45 of them it is 4.26, 0.62 and 0.41, with 0.6 4.05, 0.50 and 0.52. Less for each where there are
 * more readings (by the root of their number) is no gain: best has 1.07 % instead of 1.12 on made pages, 2.69
 * instead of 2.86 on a heavily damaged issue and 0.47 instead of 0.48 on a bitonal one, but 0.70 instead of
 * 0.53 on a light one. */
#define TRUST 0.4
#define WORDS_WEIGHT 0.5
/* On lines of text the networks alone give what is chosen more than this on the average, if not much is
 * damaged. */
#define AT_HOME 0.4
#define MAX_RUNES 24

/* A text that a stretch may hold. */
struct candidate {
    uint32_t runes[MAX_RUNES]; /* as the view has them that proposed it */
    size_t count;
    double score;
    double seen; /* its probability among the candidates without words */
};

/* Slots first … last-1, to be decided together. */
struct stretch {
    size_t first, last;
};

struct line {
    struct bi_arena *arena;
    const struct view *views;
    size_t view_count;
    const struct slot *slots;
    size_t slot_count;
    const struct words *words; /* NULL: none */
    const struct vote_context *context;
    uint32_t *decided; /* the characters so far */
    size_t decided_count;
};

static bool is_sure(const struct line *line, const struct slot *slot)
{
    double sum = 0;
    for (size_t v = 0; v < line->view_count && slot->agreed; v++)
        sum += line->views[v].spans[slot->at[v]].confidence;
    return slot->agreed && sum >= SURE * (double)line->view_count;
}

/* Whether some view saw nothing there. */
static bool is_gap(const struct line *line, const struct slot *slot)
{
    for (size_t v = 0; v < line->view_count; v++)
        if (slot->at[v] == SLOT_NONE)
            return true;
    return false;
}

/* The steps of a view between its characters before and after a stretch. */
static struct ctc_window window_of(const struct line *line, size_t v, struct stretch stretch)
{
    const struct view *view = &line->views[v];
    struct ctc_window window = {view->charset, &view->outputs, 0, view->outputs.steps};
    for (size_t i = stretch.first; i-- > 0;)
        if (line->slots[i].at[v] != SLOT_NONE) {
            window.from = view->spans[line->slots[i].at[v]].last + 1;
            break;
        }
    for (size_t i = stretch.last; i < line->slot_count; i++)
        if (line->slots[i].at[v] != SLOT_NONE) {
            window.to = view->spans[line->slots[i].at[v]].first;
            break;
        }
    window.to = window.to < window.from ? window.from : window.to;
    return window;
}

static bool same_text(const struct candidate *a, const struct candidate *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (slot_rune(a->runes[i]) != slot_rune(b->runes[i]))
            return false;
    return true;
}

static void propose(struct candidate *candidates, size_t *count, const struct charset *charset,
                    const struct ctc_text *text)
{
    struct candidate made = {.count = text->count};
    if (text->count > MAX_RUNES || *count == MAX_CANDIDATES)
        return;
    for (size_t i = 0; i < text->count; i++)
        made.runes[i] = charset->characters[text->characters[i]].rune;
    for (size_t i = 0; i < *count; i++)
        if (same_text(&candidates[i], &made))
            return;
    candidates[(*count)++] = made;
}

/* The characters of another width or set that stand for the same. */
static const uint32_t LIKE[][2] = {{0x2014, 0x2500}, {0x2014, 0x2501}, {0x2500, 0x2014}};

/* The index of a character, or of what stands for it, in a charset. */
static int find_like(const struct charset *charset, uint32_t rune)
{
    int found = charset_find(charset, rune);
    if (found < 0 && rune > 0x20 && rune < 0x7F)
        found = charset_find(charset, rune + 0xFEE0);
    if (found < 0 && rune > 0xFF00 && rune < 0xFF5F)
        found = charset_find(charset, rune - 0xFEE0);
    for (size_t i = 0; found < 0 && i < sizeof LIKE / sizeof *LIKE; i++)
        if (LIKE[i][0] == rune)
            found = charset_find(charset, LIKE[i][1]);
    return found;
}

/* The other width of a character; -1 if there is none in the charset. */
static int other_width(const struct charset *charset, uint32_t rune)
{
    if (rune > 0x20 && rune < 0x7F)
        return charset_find(charset, rune + 0xFEE0);
    if (rune > 0xFF00 && rune < 0xFF5F)
        return charset_find(charset, rune - 0xFEE0);
    return -1;
}

/* How likely a view finds a candidate; of characters that it has in two widths, the likelier. */
static double score_of(struct ctc_window window, const struct candidate *candidate)
{
    int characters[MAX_RUNES];
    for (size_t i = 0; i < candidate->count; i++)
        if ((characters[i] = find_like(window.charset, candidate->runes[i])) < 0)
            return FLOOR;
    double best = ctc_score(window, characters, candidate->count);
    for (size_t i = 0; i < candidate->count; i++) {
        int other = other_width(window.charset, candidate->runes[i]), mine = characters[i];
        if (other < 0 || other == mine)
            continue;
        characters[i] = other;
        double score = ctc_score(window, characters, candidate->count);
        if (score > best)
            best = score;
        else
            characters[i] = mine;
    }
    return best < FLOOR ? FLOOR : best;
}

/* As they are written beside Chinese. */
static uint32_t widen(uint32_t rune)
{
    return rune < 0x80 && rune > 0x20 && strchr(",;:?!()", (int)rune) ? rune + 0xFEE0 : rune;
}

/* How much more a candidate looks like words than its neighbours alone do. */
static double words_of(const struct line *line, struct stretch stretch, const struct candidate *candidate)
{
    uint32_t text[2 * VOTE_CONTEXT + MAX_RUNES];
    const struct vote_context *context = line->context;
    size_t count = 0, n = line->decided_count < VOTE_CONTEXT ? line->decided_count : VOTE_CONTEXT;
    size_t more = context->before_count < VOTE_CONTEXT - n ? context->before_count : VOTE_CONTEXT - n;
    for (size_t i = context->before_count - more; i < context->before_count; i++)
        text[count++] = widen(context->before[i]);
    for (size_t i = line->decided_count - n; i < line->decided_count; i++)
        text[count++] = widen(line->decided[i]);
    for (size_t i = 0; i < candidate->count; i++)
        text[count++] = widen(candidate->runes[i]);
    size_t after = 0;
    for (size_t i = stretch.last; i < line->slot_count && after < VOTE_CONTEXT; i++) {
        const struct slot *slot = &line->slots[i];
        if (slot->at[0] == SLOT_NONE)
            continue;
        const struct view *view = &line->views[0];
        text[count++] = widen(view->charset->characters[view->text.characters[slot->at[0]]].rune);
        after++;
    }
    for (size_t i = 0; i < context->after_count && after < VOTE_CONTEXT; i++, after++)
        text[count++] = widen(context->after[i]);
    return words_score(line->words, text, count);
}

static int compare_candidates(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    return (y->score > x->score) - (y->score < x->score);
}

/* The candidates of a stretch, best first, their scores turned into probabilities; there may be none. */
static size_t weigh(const struct line *line, struct stretch stretch, struct candidate *candidates)
{
    size_t count = 0;
    for (size_t v = 0; v < line->view_count; v++) {
        struct ctc_text *texts;
        struct ctc_window window = window_of(line, v, stretch);
        size_t n = ctc_read(line->arena, window, BEAM, MOST_TEXTS, &texts);
        for (size_t i = 0; i < n && texts[i].score > texts[0].score - WORSE; i++)
            propose(candidates, &count, window.charset, &texts[i]);
    }
    for (size_t i = 0; i < count; i++) {
        candidates[i].score = 0;
        for (size_t v = 0; v < line->view_count; v++)
            candidates[i].score += TRUST * score_of(window_of(line, v, stretch), &candidates[i]);
        candidates[i].seen = candidates[i].score;
        if (line->words)
            candidates[i].score += WORDS_WEIGHT * words_of(line, stretch, &candidates[i]);
    }
    if (count == 0)
        return 0;
    qsort(candidates, count, sizeof *candidates, compare_candidates);
    double total = 0, most = candidates[0].score, seen = 0, most_seen = candidates[0].seen;
    for (size_t i = 0; i < count; i++)
        most_seen = fmax(most_seen, candidates[i].seen);
    for (size_t i = 0; i < count; i++) {
        total += candidates[i].score = exp(candidates[i].score - most);
        seen += candidates[i].seen = exp(candidates[i].seen - most_seen);
    }
    for (size_t i = 0; i < count; i++) {
        candidates[i].score /= total;
        candidates[i].seen /= seen;
    }
    return count;
}

/* Where the characters of the chosen text stand in the first view. */
static void place(const struct line *line, struct stretch stretch, struct symbol *symbols,
                  const uint32_t *runes, size_t count)
{
    struct ctc_window window = window_of(line, 0, stretch);
    int characters[MAX_RUNES], reduction = window.outputs->reduction;
    struct ctc_span spans[MAX_RUNES];
    bool known = true;
    for (size_t i = 0; i < count && known; i++)
        known = (characters[i] = find_like(window.charset, runes[i])) >= 0;
    known = known && ctc_align(line->arena, window, characters, count, spans);
    for (size_t i = 0; i < count; i++) {
        int length = window.to - window.from;
        int first = known ? spans[i].first : window.from + (int)(i * (size_t)length / count);
        int last = known ? spans[i].last : first + length / (int)(2 * count);
        symbols[i].x = first * reduction;
        symbols[i].w = (last + 1 - first) * reduction;
        struct ctc_window before = window;
        before.from = i ? symbols[i - 1].x / reduction : window.from;
        before.to = first;
        symbols[i].begins_word = before.to > before.from && ctc_space(before) > 0.5;
    }
}

static char *text_of(struct bi_arena *arena, uint32_t rune)
{
    BI_CLEANUP(bi_text_release) struct bi_text text = {0};
    bi_text_add_rune(&text, rune);
    return bi_arena_strdup(arena, bi_text_get(&text));
}

/* Adds what a candidate says of a symbol; those come best first. */
static void add_choice(struct bi_arena *arena, struct symbol *symbol, uint32_t rune, double confidence)
{
    const char *text = symbol->text;
    if (text && slot_rune(bi_rune_next(&text)) == slot_rune(rune)) {
        symbol->confidence += confidence;
        return;
    }
    for (size_t i = 0; i < symbol->other_count; i++) {
        text = symbol->others[i].text;
        if (slot_rune(bi_rune_next(&text)) == slot_rune(rune)) {
            symbol->others[i].confidence += confidence;
            return;
        }
    }
    if (!symbol->text) {
        symbol->text = text_of(arena, rune);
        symbol->confidence = confidence;
    } else if (symbol->other_count < SYMBOL_MAX_OTHERS) {
        symbol->others[symbol->other_count++] = (struct bi_reading){text_of(arena, rune), confidence};
    }
}

/* The best candidate's characters, and those that others of the same length have in their places. A stretch
 * that all networks read as more characters than a candidate holds is decided by halves; one slot of that
 * kind is no text. */
static size_t decide(const struct line *line, struct stretch stretch, struct symbol *symbols)
{
    struct candidate candidates[MAX_CANDIDATES];
    size_t count = weigh(line, stretch, candidates);
    if (count == 0) {
        size_t middle = (stretch.first + stretch.last) / 2;
        if (middle == stretch.first)
            return 0;
        size_t before = decide(line, (struct stretch){stretch.first, middle}, symbols);
        return before + decide(line, (struct stretch){middle, stretch.last}, symbols + before);
    }
    for (size_t i = 0; i < candidates[0].count; i++) {
        symbols[i] = (struct symbol){0};
        for (size_t k = 0; k < count; k++)
            if (candidates[k].count == candidates[0].count)
                add_choice(line->arena, &symbols[i], candidates[k].runes[i], candidates[k].score);
        symbols[i].seen = candidates[0].seen;
    }
    place(line, stretch, symbols, candidates[0].runes, candidates[0].count);
    return candidates[0].count;
}

static void take(const struct line *line, size_t at, struct symbol *symbol)
{
    const struct slot *slot = &line->slots[at];
    const struct view *view = &line->views[0];
    double doubt = 1;
    for (size_t v = 0; v < line->view_count; v++)
        doubt *= 1 - line->views[v].spans[slot->at[v]].confidence;
    uint32_t rune = view->charset->characters[view->text.characters[slot->at[0]]].rune;
    *symbol = (struct symbol){.text = text_of(line->arena, rune), .confidence = 1 - doubt, .seen = 1 - doubt};
    place(line, (struct stretch){at, at + 1}, symbol, &rune, 1);
    const struct ctc_span *span = &view->spans[slot->at[0]];
    symbol->x = span->first * view->outputs.reduction;
    symbol->w = (span->last + 1 - span->first) * view->outputs.reduction;
}

/* Words make a text even of what is none: upside down, in another script, a picture. There the networks are
 * at a loss all along the line, and nothing in it is as likely as it looks. */
static void doubt_line(struct symbol *symbols, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += symbols[i].seen;
    double share = sum / (AT_HOME * (double)(count ? count : 1));
    if (share >= 1)
        return;
    for (size_t i = 0; i < count; i++) {
        symbols[i].confidence *= share;
        for (size_t k = 0; k < symbols[i].other_count; k++)
            symbols[i].others[k].confidence *= share;
    }
}

size_t vote(struct bi_arena *arena, const struct view *views, size_t view_count, double ems,
            const struct words *words, const struct vote_context *context, struct symbol **symbols)
{
    static const struct vote_context nothing = {0};
    struct slot *slots;
    struct line line = {.arena = arena,
                        .views = views,
                        .view_count = view_count,
                        .words = words,
                        .context = context ? context : &nothing};
    line.slot_count = slots_find(arena, views, view_count, ems, &slots);
    line.slots = slots;
    size_t room = 0, count = 0;
    for (size_t v = 0; v < view_count; v++)
        room += views[v].text.count + MAX_RUNES;
    *symbols = bi_arena_array(arena, room + line.slot_count * MAX_RUNES + 1, sizeof **symbols);
    line.decided = bi_arena_array(arena, room + line.slot_count * MAX_RUNES + 1, sizeof *line.decided);
    for (size_t i = 0; i < line.slot_count;) {
        for (; line.decided_count < count; line.decided_count++) {
            const char *text = (*symbols)[line.decided_count].text;
            line.decided[line.decided_count] = bi_rune_next(&text);
        }
        if (is_sure(&line, &slots[i])) {
            take(&line, i, &(*symbols)[count++]);
            i++;
            continue;
        }
        /* Together with the unsure ones beside it, if one of them is missing somewhere. */
        struct stretch stretch = {i, i + 1};
        bool gap = is_gap(&line, &slots[i]);
        for (size_t k = i + 1; k < line.slot_count && k < i + MAX_RUNES / 2 && !is_sure(&line, &slots[k]);
             k++) {
            gap |= is_gap(&line, &slots[k]);
            if (gap)
                stretch.last = k + 1;
        }
        count += decide(&line, stretch, *symbols + count);
        i = stretch.last;
    }
    doubt_line(*symbols, count);
    return count;
}
