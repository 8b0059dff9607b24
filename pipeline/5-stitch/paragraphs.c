/* Lines to paragraphs: over lines, columns and pages. */
#include <string.h>

#include "stitch.h"

/* A new paragraph is indented by about two characters. */
#define INDENT_MIN_EM 1.2
/* With no indentation in the whole text, a line this much short ends a paragraph. */
#define SHORT_MIN_EM 2.0

static bool is_latin(uint32_t rune)
{
    uint32_t lower = rune | 0x20;
    return (lower >= 'a' && lower <= 'z') || (rune >= 0xC0 && rune <= 0x24F);
}

static bool is_word(uint32_t rune)
{
    return is_latin(rune) || (rune >= '0' && rune <= '9');
}

void st_join(struct bi_text *out, const char *more)
{
    if (!*more)
        return;
    if (!out->length) {
        bi_text_add(out, more);
        return;
    }
    uint32_t before = 0, last = 0, next = st_first_rune(more);
    for (const char *s = out->data; *s;) {
        before = last;
        last = bi_rune_next(&s);
    }
    if (last == '-' && next >= 'a' && next <= 'z' && before >= 'a' && before <= 'z') {
        out->length--; /* hyphenation */
        out->data[out->length] = '\0';
    } else if (is_word(last) && is_word(next) && (is_latin(last) || is_latin(next))) {
        bi_text_add(out, " ");
    } else if ((last == ',' || last == ';' || last == ':' || last == '.') && is_latin(next) &&
               is_latin(before)) {
        bi_text_add(out, " ");
    }
    bi_text_add(out, more);
}

struct paragraphs {
    struct bi_text body, current;
};

static void flush(struct paragraphs *p)
{
    if (!p->current.length)
        return;
    if (p->body.length)
        bi_text_add(&p->body, "\n");
    bi_text_add(&p->body, p->current.data);
    bi_text_clear(&p->current);
}

/* Set off from both edges of the column: a crosshead. */
static bool is_centred(const struct st_block *block, const struct st_line *line)
{
    double left = (line->flow.x - block->left) / block->em;
    double right = (block->right - line->flow.x - line->flow.w) / block->em;
    return left >= INDENT_MIN_EM && right >= INDENT_MIN_EM && left - right < 1.0 && right - left < 1.0;
}

static bool is_crosshead(const struct st_block *block, const struct st_line *line)
{
    return line->role == BI_ROLE_CROSSHEAD ||
           (is_centred(block, line) && !st_rune_ends_sentence(st_last_rune(line->text)) &&
            line->length <= 20);
}

static void add_block(const struct st_page *page, const struct st_block *block, bool indented,
                      struct paragraphs *p)
{
    const struct st_line *before = NULL;
    bool after_crosshead = false;
    for (size_t i = 0; i < block->count; i++) {
        const struct st_line *line = &page->lines[block->lines[i]];
        if (line->role == BI_ROLE_BYLINE || line->role == BI_ROLE_JUMP || line->cap_of >= 0 || !*line->text)
            continue;
        double indent = (line->flow.x - block->left) / block->em;
        bool crosshead = is_crosshead(block, line);
        bool starts = indent >= INDENT_MIN_EM && !st_rune_cannot_start(st_first_rune(line->text));
        if (crosshead)
            starts = !after_crosshead || !before;
        else if (after_crosshead)
            starts = true;
        else if (!indented && before) {
            double missing = (block->right - before->flow.x - before->flow.w) / block->em;
            starts = missing >= SHORT_MIN_EM && st_ends_sentence(before->text);
        }
        if (starts)
            flush(p);
        st_join(&p->current, line->text);
        after_crosshead = crosshead;
        before = line;
    }
    if (after_crosshead && block->start != ST_START_UNKNOWN && block->end == ST_END_SHORT)
        flush(p);
}

/* Does this text indent its paragraphs? */
static bool uses_indents(const struct st_issue *issue, int part)
{
    size_t indented = 0, lines = 0;
    for (int at = part; at >= 0; at = issue->parts[at].next) {
        const struct st_page *page = &issue->pages[issue->parts[at].page];
        for (size_t i = 0; i < issue->parts[at].block_count; i++) {
            const struct st_block *block = &page->blocks[issue->parts[at].blocks[i]];
            for (size_t j = 0; j < block->count; j++) {
                lines++;
                indented += page->lines[block->lines[j]].flow.x - block->left >= INDENT_MIN_EM * block->em;
            }
        }
    }
    return indented > 0 || lines < 6;
}

char *st_paragraphs(struct st_issue *issue, int part)
{
    struct paragraphs p = {0};
    bool indented = uses_indents(issue, part);
    for (int at = part; at >= 0; at = issue->parts[at].next) {
        const struct st_page *page = &issue->pages[issue->parts[at].page];
        for (size_t i = 0; i < issue->parts[at].block_count; i++)
            add_block(page, &page->blocks[issue->parts[at].blocks[i]], indented, &p);
    }
    flush(&p);
    char *body = bi_arena_strdup(issue->arena, bi_text_get(&p.body));
    bi_text_release(&p.body);
    bi_text_release(&p.current);
    return body;
}
