/* Measures one recognised page against what really stands on it.
 *
 *     issue-text 4-ocr.page.xml TRUTH.json PAGE [--turned DEGREES] [--skewed DEGREES]
 *
 * Prints, as one line of numbers: line CER in per cent, skew found less true in degrees, orientation found
 * less true in degrees, resolution taken for the page in dpi. --turned and --skewed say what was done to the
 * scan that the truth describes: turned clockwise by so much, and skewed counter-clockwise.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "distance.h"
#include "page/pagexml.h"

static struct runes page_text(const struct bi_page *page)
{
    struct bi_text text = {0};
    for (size_t i = 0; i < page->region_count; i++)
        for (size_t j = 0; j < page->regions[i].line_count; j++)
            bi_text_add(&text, page->regions[i].lines[j].text);
    struct runes runes = runes_fold(bi_text_get(&text));
    bi_text_release(&text);
    return runes;
}

int main(int argc, char **argv)
{
    if (argc < 4 || argc % 2) {
        fprintf(stderr,
                "usage: issue-text 4-ocr.page.xml TRUTH.json PAGE [--turned DEGREES] [--skewed DEGREES]\n");
        return 2;
    }
    int turned = 0, number = atoi(argv[3]);
    double skew = 0;
    struct truth truth;
    truth_read(argv[2], &truth);
    for (size_t i = 0; i < truth.page_count; i++)
        if (truth.page[i].number == number)
            skew = truth.page[i].skew_degrees;
    for (int i = 4; i < argc; i += 2) {
        if (strcmp(argv[i], "--turned") == 0)
            turned = atoi(argv[i + 1]);
        else if (strcmp(argv[i], "--skewed") == 0)
            skew += strtod(argv[i + 1], NULL);
    }

    struct bi_page page;
    struct bi_error err;
    if (bi_pagexml_read(argv[1], &page, &err)) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    struct runes text = page_text(&page);
    struct line_errors sum = {0};
    truth_line_errors(&truth, number, text, &sum);
    if (sum.characters == 0) {
        fprintf(stderr, "%s: nothing is printed on page %d\n", argv[2], number);
        return 1;
    }
    /* Turned clockwise by a quarter, the page needs three more. */
    printf("%.2f %.3f %d %d\n", 100.0 * (double)sum.errors / (double)sum.characters,
           page.transform.skew_degrees - skew, (page.transform.orientation_degrees + turned) % 360,
           page.transform.dpi);
    runes_release(&text);
    bi_page_release(&page);
    truth_release(&truth);
    return 0;
}
