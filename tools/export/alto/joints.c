#include "export/alto/joints.h"

#include <string.h>

#include "export/layout.h"

static struct alto_joint *joint_of(const struct export_issue *issue, struct alto_texts *texts,
                                   const struct export_line *line)
{
    return &texts->pages[line->page - issue->pages][line - line->page->lines];
}

/* The word that a line ends with, without its hyphen, and the one that the next begins with, in one. */
static const char *join_word(struct bi_arena *arena, const struct export_line *line,
                             const struct export_line *next)
{
    struct export_word *left, *right;
    size_t count = export_words_split(arena, line, &left);
    if (!count || !export_words_split(arena, next, &right))
        return NULL;
    const char *word = left[count - 1].text;
    if (left[count - 1].count < 2)
        return NULL;
    return bi_arena_printf(arena, "%.*s%s", (int)strlen(word) - 1, word, right[0].text);
}

static void join(struct bi_arena *arena, const struct export_issue *issue, struct alto_texts *texts,
                 const struct export_paragraph *paragraph)
{
    for (size_t i = 0; i + 1 < paragraph->piece_count; i++) {
        const struct export_piece *piece = &paragraph->pieces[i], *next = piece + 1;
        if (piece->first + piece->count + piece->hyphen != export_line_length(piece->line) ||
            next->first != 0 || piece->line == next->line)
            continue;
        joint_of(issue, texts, piece->line)->space = piece->space;
        if (!piece->hyphen)
            continue;
        const char *word = join_word(arena, piece->line, next->line);
        joint_of(issue, texts, piece->line)->word_end = word;
        joint_of(issue, texts, next->line)->word_begin = word;
    }
}

void alto_texts_align(struct bi_arena *arena, const struct export_issue *issue, struct alto_texts *texts)
{
    texts->articles = bi_arena_array(arena, issue->article_count + 1, sizeof *texts->articles);
    texts->pages = bi_arena_array(arena, issue->page_total + 1, sizeof *texts->pages);
    for (size_t i = 0; i < issue->page_total; i++)
        texts->pages[i] = bi_arena_array(arena, issue->pages[i].line_count + 1, sizeof **texts->pages);
    for (size_t i = 0; i < issue->article_count; i++) {
        export_paragraphs_align(arena, &issue->articles[i], &texts->articles[i]);
        for (size_t k = 0; k < texts->articles[i].count; k++)
            join(arena, issue, texts, &texts->articles[i].list[k]);
    }
}
