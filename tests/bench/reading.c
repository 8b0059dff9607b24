/* How well pages are read, and how far their confidences can be believed.
 *
 *     reading TRUTH.json PAGE FILE [PAGE FILE]...
 *
 * FILE is a 4-ocr.page.xml, or a .txt as `tesseract` writes it. Prints the line CER over all pages: each
 * printed line against the best-matching stretch of its page's text. For PAGE-XML also the reliability table:
 * of the characters that were given a confidence between so much and so much, how many are right; and the
 * expected calibration error, the mean difference of the two weighted by characters. A stretch that is more
 * than half wrong is another text, and its characters are not counted there. Figures to look at, not a test.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "distance.h"
#include "page/pagexml.h"

#define BINS 10
#define MAX_TEXT_BYTES (16u << 20)

enum mark { UNSEEN, WRONG, RIGHT };

/* A page's text, and of each character what was believed and what is true. */
struct page_text {
    struct runes runes;
    double *confidences; /* NULL for plain text */
    enum mark *marks;
};

struct bin {
    size_t count, right;
    double believed;
};

static void add_glyph(struct bi_text *text, double **confidences, size_t *count, const char *s,
                      double confidence)
{
    size_t before = text->length;
    bi_text_fold(text, s);
    size_t n = bi_rune_count(bi_text_get(text) + before);
    *confidences = bi_xrealloc(*confidences, (*count + n + 1) * sizeof **confidences);
    for (size_t i = 0; i < n; i++)
        (*confidences)[(*count)++] = confidence;
}

static struct page_text read_page(const char *path)
{
    struct page_text made = {0};
    struct bi_text text = {0};
    struct bi_error err;
    const char *end = strrchr(path, '.');
    if (end && strcmp(end, ".txt") == 0) {
        char *data;
        size_t size;
        if (bi_file_read(path, MAX_TEXT_BYTES, true, &data, &size, &err)) {
            fprintf(stderr, "reading: %s\n", err.text);
            exit((int)err.kind);
        }
        bi_text_add(&text, data);
        free(data);
    } else {
        struct bi_page page;
        size_t count = 0;
        if (bi_pagexml_read(path, &page, &err)) {
            fprintf(stderr, "reading: %s\n", err.text);
            exit((int)err.kind);
        }
        for (size_t i = 0; i < page.region_count; i++)
            for (size_t j = 0; j < page.regions[i].line_count; j++) {
                const struct bi_line *line = &page.regions[i].lines[j];
                for (size_t k = 0; k < line->glyph_count; k++)
                    add_glyph(&text, &made.confidences, &count, line->glyphs[k].readings[0].text,
                              line->glyphs[k].readings[0].confidence);
            }
        bi_page_release(&page);
    }
    made.runes = runes_fold(bi_text_get(&text));
    made.marks = bi_xcalloc(made.runes.count + 1, sizeof *made.marks);
    bi_text_release(&text);
    return made;
}

static void page_text_release(struct page_text *text)
{
    runes_release(&text->runes);
    free(text->confidences);
    free(text->marks);
}

/* Marks the characters of the stretch of `text` that matches a line best. */
static void mark_line(struct page_text *text, struct runes line)
{
    size_t n = text->runes.count, width = n + 1;
    uint16_t *cost = bi_xcalloc((line.count + 1) * width, sizeof *cost);
    for (size_t i = 1; i <= line.count; i++) {
        cost[i * width] = (uint16_t)i;
        for (size_t j = 1; j <= n; j++) {
            unsigned other =
                cost[(i - 1) * width + j - 1] + (line.data[i - 1] != text->runes.data[j - 1] ? 1u : 0u);
            unsigned less = cost[(i - 1) * width + j] + 1u, more = cost[i * width + j - 1] + 1u;
            other = less < other ? less : other;
            cost[i * width + j] = (uint16_t)(more < other ? more : other);
        }
    }
    size_t i = line.count, j = 0;
    for (size_t k = 1; k <= n; k++)
        j = cost[i * width + k] < cost[i * width + j] ? k : j;
    if (2u * cost[i * width + j] <= line.count)
        while (i > 0) {
            bool same = j > 0 && line.data[i - 1] == text->runes.data[j - 1];
            if (j > 0 && cost[i * width + j] == cost[(i - 1) * width + j - 1] + (same ? 0u : 1u)) {
                if (text->marks[j - 1] != RIGHT)
                    text->marks[j - 1] = same ? RIGHT : WRONG;
                i--;
                j--;
            } else if (cost[i * width + j] == cost[(i - 1) * width + j] + 1u) {
                i--;
            } else {
                if (text->marks[j - 1] == UNSEEN)
                    text->marks[j - 1] = WRONG;
                j--;
            }
        }
    free(cost);
}

static void count_marks(const struct page_text *text, struct bin bins[BINS])
{
    for (size_t i = 0; i < text->runes.count; i++) {
        if (text->marks[i] == UNSEEN)
            continue;
        int at = (int)(text->confidences[i] * BINS);
        struct bin *bin = &bins[at < 0 ? 0 : at >= BINS ? BINS - 1 : at];
        bin->count++;
        bin->right += text->marks[i] == RIGHT;
        bin->believed += text->confidences[i];
    }
}

static void print_bins(const struct bin bins[BINS])
{
    size_t total = 0;
    double off = 0;
    printf("%-12s %10s %10s %10s\n", "confidence", "characters", "believed", "right");
    for (int i = 0; i < BINS; i++) {
        const struct bin *bin = &bins[i];
        total += bin->count;
        if (!bin->count)
            continue;
        double n = (double)bin->count;
        off += fabs(bin->believed - (double)bin->right);
        printf("%.1f to %.1f   %10zu %10.3f %10.3f\n", i / (double)BINS, (i + 1) / (double)BINS, bin->count,
               bin->believed / n, (double)bin->right / n);
    }
    printf("expected calibration error %.4f\n", total ? off / (double)total : 0);
}

int main(int argc, char **argv)
{
    if (argc < 4 || argc % 2) {
        fprintf(stderr, "usage: reading TRUTH.json PAGE FILE [PAGE FILE]...\n");
        return 2;
    }
    struct truth truth;
    struct line_errors sum = {0};
    struct bin bins[BINS] = {0};
    bool believed = true;
    truth_read(argv[1], &truth);
    for (int i = 2; i < argc; i += 2) {
        int number = atoi(argv[i]);
        struct page_text text = read_page(argv[i + 1]);
        truth_line_errors(&truth, number, text.runes, &sum);
        believed = believed && text.confidences;
        for (size_t k = 0; believed && k < truth.line_count; k++) {
            if (truth.lines[k].page != number || !truth_line_counts(&truth.lines[k]))
                continue;
            struct runes line = runes_fold(truth.lines[k].text);
            mark_line(&text, line);
            runes_release(&line);
        }
        if (believed)
            count_marks(&text, bins);
        page_text_release(&text);
    }
    printf("line CER %.2f %% of %zu characters\n",
           sum.characters ? 100.0 * (double)sum.errors / (double)sum.characters : 0, sum.characters);
    if (believed)
        print_bins(bins);
    truth_release(&truth);
    return 0;
}
