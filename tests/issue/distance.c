#include "distance.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct runes runes_fold(const char *s)
{
    struct bi_text folded = {0};
    bi_text_fold(&folded, s ? s : "");
    const char *p = bi_text_get(&folded);
    struct runes runes = {.count = bi_rune_count(p)};
    runes.data = bi_xcalloc(runes.count + 1, sizeof *runes.data);
    for (size_t i = 0; i < runes.count; i++)
        runes.data[i] = bi_rune_next(&p);
    bi_text_release(&folded);
    return runes;
}

void runes_release(struct runes *runes)
{
    free(runes->data);
    *runes = (struct runes){0};
}

static size_t min3(size_t a, size_t b, size_t c)
{
    size_t m = a < b ? a : b;
    return m < c ? m : c;
}

size_t runes_errors(struct runes a, struct runes b, bool anywhere)
{
    size_t *row = bi_xcalloc(b.count + 1, sizeof *row);
    for (size_t j = 0; j <= b.count; j++)
        row[j] = anywhere ? 0 : j;
    for (size_t i = 1; i <= a.count; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.count; j++) {
            size_t best = min3(diagonal + (a.data[i - 1] != b.data[j - 1]), row[j] + 1, row[j - 1] + 1);
            diagonal = row[j];
            row[j] = best;
        }
    }
    size_t least = row[b.count];
    for (size_t j = 0; anywhere && j <= b.count; j++)
        least = row[j] < least ? row[j] : least;
    free(row);
    return least < a.count ? least : a.count;
}

bool truth_line_counts(const struct truth_line *line)
{
    return strcmp(line->role, "photo") != 0 && strcmp(line->role, "masthead") != 0 &&
           strcmp(line->role, "ad") != 0;
}

void truth_line_errors(const struct truth *truth, int page, struct runes text, struct line_errors *sum)
{
    for (size_t i = 0; i < truth->line_count; i++) {
        const struct truth_line *line = &truth->lines[i];
        if (line->page != page || !truth_line_counts(line))
            continue;
        struct runes printed = runes_fold(line->text);
        sum->errors += runes_errors(printed, text, true);
        sum->characters += printed.count;
        runes_release(&printed);
    }
}

static bool is_body(const struct truth_line *line, int page)
{
    return line->page == page && strcmp(line->role, "body") == 0;
}

void truth_body_errors(const struct truth *truth, int page, struct runes body, bool parts,
                       struct line_errors *sum)
{
    bool *taken = bi_xcalloc(truth->line_count, sizeof *taken);
    for (size_t i = 0; i < truth->line_count; i++) {
        const struct truth_line *first = &truth->lines[i];
        if (taken[i] || !is_body(first, page))
            continue;
        struct bi_text text = {0};
        for (size_t j = i; j < truth->line_count; j++) {
            const struct truth_line *line = &truth->lines[j];
            if (!is_body(line, page) ||
                (parts ? strcmp(line->article, first->article) != 0 : line->block != first->block))
                continue;
            taken[j] = true;
            bi_text_add(&text, line->text);
        }
        struct runes printed = runes_fold(bi_text_get(&text));
        sum->errors += runes_errors(printed, body, true);
        sum->characters += printed.count;
        runes_release(&printed);
        bi_text_release(&text);
    }
    free(taken);
}
