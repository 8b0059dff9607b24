#include "markers.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* Longest pointer, in folded characters without the marks at its ends; longer lines are text. */
#define MAX_MARKER_RUNES 24
#define MAX_LINE_RUNES 160

/* Costs of the edit distance. */
#define CONFUSED_COST 0.3
#define OTHER_COST 1.0
#define MISSING_COST 1.2
#define EXTRA_HAN_COST 0.9
#define EXTRA_MARK_COST 0.15
#define UNREADABLE_NUMBER_COST 0.9

/* What is allowed a fixed character of the wording. */
#define MAX_DOUBT_BEFORE 0.6
#define WHOLE_LINE_TOLERANCE 0.3
#define WHOLE_LINE_GRACE 0.15
#define WITHIN_LINE_TOLERANCE 0.2
#define MISREAD_FIGURE 0.45
/* Before a pointer; read as characters, there may be one fewer or more. */
#define MAX_ARROWS 4
/* Words that repeat the headline. */
#define MIN_SLUG_RUNES 3

/* A line folded character by character, so that a place in it is known in the printed text too. */
struct folded {
    uint32_t runes[MAX_LINE_RUNES];
    size_t place[MAX_LINE_RUNES];                             /* index of the printed rune */
    uint64_t exact[MAX_LINE_RUNES], confused[MAX_LINE_RUNES]; /* of each: its key (wordings.h) */
    size_t count;
};

static bool is_arrow(uint32_t rune)
{
    return rune == '>' || rune == 0xBB || rune == 0x300B || (rune >= 0x2190 && rune <= 0x21FF) ||
           (rune >= 0x25B6 && rune <= 0x25BB) || (rune >= 0x27A1 && rune <= 0x27BF) || rune == 0x261E ||
           rune == 0x261B || rune == 0x25C0 || rune == 0x25C4;
}

static bool is_opening(uint32_t rune)
{
    return rune == '(' || rune == '[' || rune == 0x3010 || rune == 0x3014 || rune == '{' || rune == 0x3008;
}

static bool is_decoration(uint32_t rune)
{
    return st_rune_is_mark(rune) && rune != 0x2014 && rune != 0x4E28;
}

static bool belongs_before(uint32_t rune)
{
    return st_rune_ends_sentence(rune) || st_rune_cannot_start(rune);
}

static bool fold_line(const struct st_wordings *wordings, const char *line, struct folded *out)
{
    out->count = 0;
    size_t place = 0;
    struct bi_text one = {0}, folded = {0};
    bool fits = true;
    for (uint32_t rune; fits && (rune = bi_rune_next(&line)); place++) {
        bi_text_clear(&one);
        bi_text_clear(&folded);
        bi_text_add_rune(&one, rune);
        bi_text_fold(&folded, bi_text_get(&one));
        const char *s = bi_text_get(&folded);
        for (uint32_t f; fits && (f = bi_rune_next(&s));) {
            fits = out->count < MAX_LINE_RUNES;
            if (fits) {
                const struct st_key *key = st_wordings_key(wordings, f);
                out->runes[out->count] = f;
                out->exact[out->count] = key ? key->exact : 0;
                out->confused[out->count] = key ? key->confused : 0;
                out->place[out->count++] = place;
            }
        }
    }
    bi_text_release(&one);
    bi_text_release(&folded);
    return fits;
}

static double substitution(const struct st_wordings *wordings, uint32_t meant, uint32_t read)
{
    if (meant == read)
        return 0;
    for (size_t i = 0; i < wordings->confusion_count; i++) {
        if (wordings->confusions[i].meant != meant)
            continue;
        const struct st_runes *set = &wordings->confusions[i].read;
        for (size_t j = 0; j < set->count; j++)
            if (set->data[j] == read)
                return CONFUSED_COST;
    }
    return OTHER_COST;
}

static double extra_cost(uint32_t rune, bool latin)
{
    return bi_rune_is_han(rune) || st_rune_is_digit(rune) || (latin && rune >= 'a' && rune <= 'z')
               ? EXTRA_HAN_COST
               : EXTRA_MARK_COST;
}

/* cost[a]: the fixed characters against the first a of the n runes (from the end, if backwards). */
static void edit_costs(const struct st_wordings *wordings, const struct st_runes *fixed,
                       const uint32_t *runes, size_t n, bool latin, bool backwards, double *cost)
{
    cost[0] = 0;
    for (size_t a = 1; a <= n; a++)
        cost[a] = cost[a - 1] + extra_cost(runes[backwards ? n - a : a - 1], latin);
    for (size_t i = 0; i < fixed->count; i++) {
        uint32_t meant = fixed->data[backwards ? fixed->count - 1 - i : i];
        double diagonal = cost[0];
        cost[0] += MISSING_COST;
        for (size_t a = 1; a <= n; a++) {
            uint32_t read = runes[backwards ? n - a : a - 1];
            double best = diagonal + substitution(wordings, meant, read);
            double missing = cost[a] + MISSING_COST, extra = cost[a - 1] + extra_cost(read, latin);
            diagonal = cost[a];
            if (missing < best)
                best = missing;
            cost[a] = extra < best ? extra : best;
        }
    }
}

/* The wording against all of the runes: its cost, and the page number read. */
static double wording_cost(const struct st_wordings *wordings, const struct st_wording *wording,
                           const uint32_t *runes, size_t n, struct st_folio *folio)
{
    double head[MAX_MARKER_RUNES + 1], tail[MAX_MARKER_RUNES + 1], best = 1e9;
    edit_costs(wordings, &wording->before, runes, n, wording->latin, false, head);
    edit_costs(wordings, &wording->after, runes, n, wording->latin, true, tail);
    for (size_t a = 0; a < n; a++) {
        /* What says where to (下转, 上接, an arrow) must be there for the greater part: 第3版 alone is a
         * folio. */
        if (head[a] > MAX_DOUBT_BEFORE * (double)(wording->verbs + wording->arrow))
            continue;
        for (size_t length = 0; length <= 4 && a + length <= n; length++) {
            struct st_folio read = {0, 0};
            double doubt = st_folio_parse(runes + a, length, &read);
            /* Lost altogether, or with another character among its figures: then no figure of it is believed.
             */
            if (doubt < 0 && (length || wording->before.count > 1) && length <= 3)
                doubt = UNREADABLE_NUMBER_COST;
            double cost = head[a] + doubt + tail[n - a - length];
            /* Of equal costs the longer number: 12 rather than 2 after a stray 1. */
            if (doubt >= 0 && (cost < best || (cost <= best && length > 1))) {
                best = cost;
                *folio = read;
            }
        }
    }
    return best;
}

/* Whether the wording can cost no more than the limit, by its characters that are nowhere among the runes.
 * Spares nearly all lines the distance. */
static bool may_match(const struct st_wording *wording, uint64_t exact, uint64_t confused, double limit)
{
    uint64_t other = wording->fixed_bits & ~exact & ~confused,
             misread = wording->fixed_bits & ~exact & confused;
    if (wording->verbs && !(wording->verb_bits & (exact | confused)))
        return false;
    return OTHER_COST * __builtin_popcountll(other) + CONFUSED_COST * __builtin_popcountll(misread) <= limit;
}

/* Whether a wording can hold here: `whole` where nothing else stands in the line. Of words there are more
 * ways to be misread than of characters, and more words like them. */
static double tolerance_of(const struct st_wording *wording, bool arrow, bool whole, double tolerance)
{
    if ((wording->arrow && !arrow) || (wording->whole && !whole) || wording->lead.count)
        return -1;
    return wording->latin ? fmin(tolerance, WITHIN_LINE_TOLERANCE) : tolerance;
}

/* The cheapest wording for the runes first … last-1 of a line, if cheap enough. */
static bool parse(const struct st_wordings *wordings, const struct folded *line, size_t first, size_t last,
                  double tolerance, double grace, struct st_marker *marker)
{
    bool arrow = false, whole = first == 0 && last == line->count;
    while (first < last && is_decoration(line->runes[first]))
        arrow = is_arrow(line->runes[first++]) || arrow;
    while (last > first && is_decoration(line->runes[last - 1]))
        last--;
    if (last - first < 2 || last - first > MAX_MARKER_RUNES)
        return false;
    uint64_t exact = 0, confused = 0;
    for (size_t i = first; i < last; i++) {
        exact |= line->exact[i];
        confused |= line->confused[i];
    }
    double best = 1e9;
    size_t best_fixed = 0;
    for (size_t i = 0; i < wordings->count; i++) {
        const struct st_wording *wording = &wordings->list[i];
        size_t fixed = wording->before.count + wording->after.count;
        double each = tolerance_of(wording, arrow, whole, tolerance), limit = each * (double)fixed + grace;
        if (each < 0 || !may_match(wording, exact, confused, limit))
            continue;
        struct st_folio folio = {0, 0};
        double cost = wording_cost(wordings, wording, line->runes + first, last - first, &folio);
        if (cost > limit || cost > best || (cost >= best && fixed <= best_fixed))
            continue;
        best = cost;
        best_fixed = fixed;
        marker->kind = wording->kind;
        marker->page = folio;
        marker->doubt = cost;
    }
    return best < 1e9;
}

static char *printed(struct bi_arena *arena, const char *line, size_t first, size_t last)
{
    struct st_runes runes = st_runes_of(arena, line);
    if (last > runes.count)
        last = runes.count;
    return st_trim(arena, first < last ? st_runes_text(arena, runes.data + first, last - first) : "");
}

/* See SCHOOLS, Page 4: a wording with words of the headline in its middle. */
static bool parse_titled(struct bi_arena *arena, const struct st_wordings *wordings, const char *line,
                         const struct folded *folded, struct st_marker *marker)
{
    size_t first = 0, last = folded->count;
    while (first < last && is_decoration(folded->runes[first]))
        first++;
    while (last > first && is_decoration(folded->runes[last - 1]))
        last--;
    for (size_t i = 0; i < wordings->count; i++) {
        const struct st_wording *wording = &wordings->list[i];
        size_t lead = wording->lead.count;
        if (!lead || last < first + lead ||
            memcmp(folded->runes + first, wording->lead.data, lead * sizeof(uint32_t)) != 0)
            continue;
        for (size_t at = first + lead + MIN_SLUG_RUNES; at + 1 < last; at++) {
            struct st_folio folio = {0, 0};
            if (last - at > MAX_MARKER_RUNES || folded->place[at] == folded->place[at - 1] + 1)
                continue;
            double cost = wording_cost(wordings, wording, folded->runes + at, last - at, &folio);
            if (cost > CONFUSED_COST || !folio.number)
                continue;
            char *slug = printed(arena, line, folded->place[first + lead], folded->place[at - 1] + 1);
            size_t length = strlen(slug);
            while (length && (slug[length - 1] == ',' || slug[length - 1] == ' '))
                length--;
            *marker = (struct st_marker){
                wording->kind, folio, cost, st_trim(arena, line), bi_arena_strndup(arena, slug, length),
                NULL};
            return true;
        }
    }
    return false;
}

bool st_marker_whole(struct bi_arena *arena, const struct st_wordings *wordings, const char *line,
                     struct st_marker *marker)
{
    struct folded folded;
    struct st_marker found = {0};
    if (!line || !fold_line(wordings, line, &folded))
        return false;
    if (parse(wordings, &folded, 0, folded.count, WHOLE_LINE_TOLERANCE, WHOLE_LINE_GRACE, &found)) {
        found.text = st_trim(arena, line);
        *marker = found;
        return true;
    }
    if (parse_titled(arena, wordings, line, &folded, marker))
        return true;
    /* 上接第一版 标题：…: the pointer, then the headline again. */
    struct st_runes raw = st_runes_of(arena, line);
    for (size_t cut = 3; cut + 1 < folded.count && cut <= MAX_MARKER_RUNES; cut++) {
        size_t place = folded.place[cut];
        bool separated = folded.place[cut] > folded.place[cut - 1] + 1 || folded.runes[cut] == ':' ||
                         folded.runes[cut] == 0x300A || folded.runes[cut] == 0x201C ||
                         folded.runes[cut] == '-';
        if (!separated ||
            !parse(wordings, &folded, 0, cut, WITHIN_LINE_TOLERANCE, WHOLE_LINE_GRACE, &found) ||
            found.kind == ST_MARKER_TEASER)
            continue;
        while (place < raw.count && (bi_rune_is_space(raw.data[place]) || st_rune_is_mark(raw.data[place])))
            place++;
        char *slug = printed(arena, line, place, raw.count);
        static const char *const labels[] = {"标题：", "标题:", "题："};
        for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
            if (strncmp(slug, labels[i], strlen(labels[i])) == 0)
                slug += strlen(labels[i]);
        if (bi_rune_count(slug) < MIN_SLUG_RUNES)
            continue;
        size_t length = strlen(slug);
        for (; length > 0 && (slug[length - 1] == ')' || slug[length - 1] == ' '); length--)
            ;
        found.slug = bi_arena_strndup(arena, slug, length);
        found.text = st_trim(arena, line);
        *marker = found;
        return true;
    }
    return false;
}

bool st_marker_at_end(struct bi_arena *arena, const struct st_wordings *wordings, const char *line,
                      struct st_marker *marker)
{
    struct folded folded;
    if (!line || !fold_line(wordings, line, &folded) || folded.count < 4)
        return false;
    size_t longest = MAX_MARKER_RUNES + 4;
    struct st_marker best = {0};
    for (size_t first = folded.count > longest ? folded.count - longest : 1; first + 3 < folded.count;
         first++) {
        /* Begin at the first of several marks, but not at the end of the sentence before. */
        if (belongs_before(folded.runes[first]) ||
            (is_decoration(folded.runes[first - 1]) && is_decoration(folded.runes[first]) &&
             !belongs_before(folded.runes[first - 1])))
            continue;
        bool marked = is_opening(folded.runes[first]) || is_arrow(folded.runes[first]);
        bool spaced = folded.place[first] > folded.place[first - 1] + 1;
        struct st_marker found = {0};
        if (!parse(wordings, &folded, first, folded.count, WITHIN_LINE_TOLERANCE,
                   marked ? WHOLE_LINE_GRACE : 0, &found))
            continue;
        /* Unmarked within running text only to the letter: 见第3版 is ordinary speech. */
        if (!marked && (found.doubt > (spaced ? CONFUSED_COST : 0) || found.kind == ST_MARKER_NONE ||
                        (!spaced && found.kind == ST_MARKER_TEASER)))
            continue;
        if (best.kind && found.doubt >= best.doubt)
            continue;
        best = found;
        best.text = printed(arena, line, folded.place[first], SIZE_MAX);
        best.rest = printed(arena, line, 0, folded.place[first]);
    }
    if (!best.kind)
        return false;
    *marker = best;
    return true;
}

/* ◀◀◀上接第1版 whose arrows were read as characters: the pointer begins a few characters in, and is there to
 * the letter but for its figure. */
static bool after_misread_arrows(struct bi_arena *arena, const struct st_wordings *wordings, const char *line,
                                 const struct folded *folded, size_t first, struct st_marker *marker)
{
    struct st_marker best = {0};
    for (size_t last = first + 4; last < folded->count && last <= first + MAX_MARKER_RUNES; last++) {
        struct st_marker found = {0};
        if (is_decoration(folded->runes[first]) || is_decoration(folded->runes[last - 1]) ||
            !parse(wordings, folded, first, last, 0, MISREAD_FIGURE, &found) ||
            found.kind != ST_MARKER_FROM || !found.page.number || (best.kind && found.doubt >= best.doubt))
            continue;
        best = found;
        best.text = printed(arena, line, folded->place[first], folded->place[last - 1] + 1);
        best.rest = printed(arena, line, folded->place[last - 1] + 1, SIZE_MAX);
    }
    if (!best.kind)
        return false;
    *marker = best;
    return true;
}

bool st_marker_at_start(struct bi_arena *arena, const struct st_wordings *wordings, const char *line,
                        struct st_marker *marker)
{
    struct folded folded;
    if (!line || !fold_line(wordings, line, &folded) || folded.count < 6)
        return false;
    bool marked = is_opening(folded.runes[0]) || is_decoration(folded.runes[0]);
    struct st_marker best = {0};
    for (size_t first = 1; first <= MAX_ARROWS && !marked; first++)
        if (after_misread_arrows(arena, wordings, line, &folded, first, &best)) {
            *marker = best;
            return true;
        }
    for (size_t last = 4; last < folded.count && last <= MAX_MARKER_RUNES; last++) {
        bool closed = st_rune_closes(folded.runes[last - 1]);
        bool spaced = folded.place[last] > folded.place[last - 1] + 1;
        if (!((marked && closed) || spaced))
            continue;
        struct st_marker found = {0};
        if (!parse(wordings, &folded, 0, last, WITHIN_LINE_TOLERANCE, marked ? WHOLE_LINE_GRACE : 0,
                   &found) ||
            found.kind == ST_MARKER_TEASER || (best.kind && found.doubt >= best.doubt))
            continue;
        best = found;
        best.text = printed(arena, line, 0, folded.place[last - 1] + 1);
        best.rest = printed(arena, line, folded.place[last - 1] + 1, SIZE_MAX);
    }
    if (!best.kind)
        return false;
    *marker = best;
    return true;
}
