/* Lines that run over a gutter. Where two columns stand close, or dirt joins them, one printed line of each
 * may arrive as a single line. It shows: the lines above and below end where this one has its widest space,
 * and others begin behind it. Such a line is cut there, if the glyphs' places are known. */
#include <string.h>

#include "stitch.h"

/* The space that may be a gutter. */
#define MIN_GAP_EM 0.45
/* How near to the edges of the space the other lines must end and begin. */
#define EDGE_EM 0.6
#define INDENT_EM 2.2
/* Lines within this distance are looked at, and so many of them must agree on each side. */
#define REACH_PITCHES 6.0
#define MIN_WITNESSES 2
#define SURE_WITNESSES 4
#define MIN_RULED 3
#define SURE_GAP_EM 1.0

struct gap {
    size_t before, behind; /* the last glyph before it and the first behind it */
    int left, right;
};

/* A rule between the columns, read as a character. */
static bool is_rule(const struct bi_glyph *glyph)
{
    static const char *const strokes[] = {"|", "｜", "丨", "│", "[", "]", "/", "!"};
    for (size_t i = 0; glyph->reading_count && i < sizeof strokes / sizeof *strokes; i++)
        if (strcmp(glyph->readings[0].text, strokes[i]) == 0)
            return true;
    return false;
}

static struct bi_box flow_of(const struct st_page *page, const struct st_line *line, size_t glyph)
{
    return st_flow_box(page, line->source->glyphs[glyph].box, line->vertical);
}

/* A rule was read as a character within the gap. */
static bool ruled_in(const struct st_page *page, const struct st_line *line, const struct gap *gap)
{
    for (size_t i = 1; i + 1 < line->source->glyph_count; i++) {
        struct bi_box box = flow_of(page, line, i);
        if (is_rule(&line->source->glyphs[i]) && box.x >= gap->left && box.x + box.w <= gap->right)
            return true;
    }
    return false;
}

static bool is_heading(const struct st_line *line)
{
    return line->role == BI_ROLE_HEADLINE || line->role == BI_ROLE_SUBHEAD || line->role == BI_ROLE_KICKER;
}

/* Do lines above and below end at the left of the gap, and others begin at its right, without any going over
 * it? */
static bool is_gutter(const struct st_page *page, const struct st_line *line, const struct gap *gap)
{
    int ends = 0, begins = 0, over = 0, ruled = ruled_in(page, line, gap);
    for (size_t i = 0; i < page->line_count; i++) {
        const struct st_line *other = &page->lines[i];
        int away = other->flow.y - line->flow.y, right = other->flow.x + other->flow.w;
        away = away < 0 ? -away : away;
        if (other == line || other->vertical != line->vertical || away > REACH_PITCHES * page->pitch ||
            other->em > 1.3 * line->em || line->em > 1.3 * other->em || is_heading(other))
            continue;
        double behind = other->flow.x - gap->right, before = gap->left - right;
        ends += before > -EDGE_EM * line->em && before < EDGE_EM * line->em;
        begins += behind > -EDGE_EM * line->em && behind < INDENT_EM * line->em;
        ruled += ruled && ruled_in(page, other, gap);
        over += other->flow.x < gap->left - line->em && right > gap->right + line->em;
    }
    /* Every line of two columns may run over: then the rule between them shows at one place in all. */
    if (ruled >= MIN_RULED)
        return true;
    if (ends >= MIN_WITNESSES && begins >= MIN_WITNESSES)
        return 2 * over < ends && 2 * over < begins;
    /* A caption beside a column begins nowhere in particular. */
    return ends >= SURE_WITNESSES && over == 0 && gap->right - gap->left > SURE_GAP_EM * line->em;
}

static bool find_gutter(const struct st_page *page, const struct st_line *line, struct gap *best)
{
    const struct bi_line *source = line->source;
    bool found = false;
    for (size_t i = 0; i + 1 < source->glyph_count; i++) {
        size_t next = i + 1;
        if (next + 1 < source->glyph_count && is_rule(&source->glyphs[next]))
            next++;
        struct bi_box a = flow_of(page, line, i), b = flow_of(page, line, next);
        struct gap gap = {i, next, a.x + a.w, b.x};
        if (gap.right - gap.left < MIN_GAP_EM * line->em ||
            (found && gap.right - gap.left <= best->right - best->left) || !is_gutter(page, line, &gap))
            continue;
        *best = gap;
        found = true;
    }
    return found;
}

/* Adds the characters of a text from one to another, white space not counted but kept between them; returns
 * how many there are in all. */
static size_t add_characters(struct bi_text *out, const char *text, size_t first, size_t last)
{
    size_t count = 0;
    for (const char *s = text, *next = s; *s; s = next) {
        bool space = bi_rune_is_space(bi_rune_next(&next));
        if (count >= first && count < last)
            bi_text_add_bytes(out, s, (size_t)(next - s));
        count += !space;
    }
    return count;
}

/* The text of some glyphs, with the white space that recognition measured between them. Where glyphs are no
 * characters, as another program may have it, without any. */
static char *glyph_text(struct bi_arena *arena, const struct st_line *line, size_t first, size_t last)
{
    struct bi_text text = {0};
    const struct bi_line *source = line->source;
    if (add_characters(&text, source->text, first, last) != source->glyph_count) {
        bi_text_clear(&text);
        for (size_t i = first; i < last; i++)
            bi_text_add(&text, source->glyphs[i].reading_count ? source->glyphs[i].readings[0].text : "");
    }
    char *copy = st_trim(arena, bi_text_get(&text));
    bi_text_release(&text);
    return copy;
}

static void set_extent(const struct st_page *page, struct st_line *line, int left, int right)
{
    line->flow.x = left;
    line->flow.w = right - left;
    line->box = line->vertical ? (struct bi_box){page->width - line->flow.y - line->flow.h, left,
                                                 line->flow.h, right - left}
                               : line->flow;
}

void st_gutters_cut(struct bi_arena *arena, struct st_page *page)
{
    size_t count = page->line_count;
    for (size_t i = 0; i < count; i++) {
        struct st_line *line = &page->lines[i];
        struct gap gap;
        if (line->source->glyph_count < 4 || !find_gutter(page, line, &gap))
            continue;
        struct st_line *rest = &page->lines[page->line_count];
        *rest = *line;
        rest->rest = true;
        rest->text = glyph_text(arena, line, gap.behind, line->source->glyph_count);
        line->text = glyph_text(arena, line, 0, gap.before + 1);
        set_extent(page, rest, gap.right, line->flow.x + line->flow.w);
        set_extent(page, line, line->flow.x, gap.left);
        line->length = bi_rune_count(line->text);
        rest->length = bi_rune_count(rest->text);
        page->line_count++;
    }
}
