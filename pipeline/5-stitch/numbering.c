/* Page numbers. A folio is printed on most pages, misread on some, and missing where a page could not be
 * read; frames come in the order of pages nearly always. So the longest run of folios that rises along the
 * frames is believed (ties go to the one that rises most nearly by one a frame), and every other page is
 * fitted in between. Folios that all differ but mostly do not rise are another matter: then the scans
 * were delivered out of order, and the folios are followed. So they are where two facing pages lie on one
 * scan: unfolded sheets come as 4 and 1, 2 and 3, which is no order of pages. */
#include <stdlib.h>

#include "base/text.h"
#include "facts.h"
#include "folios.h"
#include "stitch.h"

/* Folios past this belong to no newspaper. */
enum { MAX_FOLIO = 999 };

struct chain {
    size_t length;
    int gaps; /* by how much its folios and its frames rise differently */
    long before;
};

static bool better(const struct chain *a, const struct chain *b)
{
    return a->length > b->length || (a->length == b->length && a->gaps < b->gaps);
}

/* Marks the members of the best rising run in `member` and returns their number. */
static size_t find_chain(const struct st_issue *issue, bool *member)
{
    struct chain *chains = bi_xcalloc(issue->page_count, sizeof *chains);
    long last = -1;
    for (size_t i = 0; i < issue->page_count; i++) {
        const struct st_page *page = &issue->pages[i];
        if (!page->folio.number)
            continue;
        /* What comes before the first member counts as a gap too, if its folio leaves more room than frames.
         */
        int start = abs(page->folio.number - page->frame);
        chains[i] = (struct chain){1, start, -1};
        for (size_t j = 0; j < i; j++) {
            const struct st_page *other = &issue->pages[j];
            int rise = page->folio.number - other->folio.number, frames = page->frame - other->frame;
            if (!other->folio.number || rise < 1)
                continue;
            struct chain longer = {chains[j].length + 1, chains[j].gaps + abs(rise - frames), (long)j};
            if (better(&longer, &chains[i]))
                chains[i] = longer;
        }
        if (last < 0 || better(&chains[i], &chains[last]))
            last = (long)i;
    }
    size_t length = last < 0 ? 0 : chains[last].length;
    for (; last >= 0; last = chains[last].before)
        member[last] = true;
    free(chains);
    return length;
}

static size_t count_folio(const struct st_issue *issue, int number)
{
    size_t count = 0;
    for (size_t i = 0; i < issue->page_count; i++)
        count += issue->pages[i].folio.number == number;
    return count;
}

static bool taken(const struct st_issue *issue, int number)
{
    for (size_t i = 0; i < issue->page_count; i++)
        if (issue->pages[i].page_number == number)
            return true;
    return false;
}

static int next_free(const struct st_issue *issue, int number)
{
    while (taken(issue, number))
        number++;
    return number;
}

/* Pages before the first numbered one: the front page is 1, others count back from the numbered one. */
static void fit_leading(struct st_issue *issue, size_t first)
{
    int known = issue->pages[first].page_number;
    for (size_t i = 0; i < first; i++) {
        struct st_page *page = &issue->pages[i];
        int back = known - (issue->pages[first].frame - page->frame);
        if (page->page_number)
            continue;
        page->page_number = next_free(issue, back < 1 || st_is_front(page) ? 1 : back);
    }
}

/* Unfolded sheets among the scans, and folios on them that can all be right. */
static bool has_sheets(const struct st_issue *issue)
{
    bool sheets = false;
    for (size_t i = 0; i < issue->source->frame_count; i++)
        sheets = sheets || issue->source->frames[i].crop;
    for (size_t i = 0; i < issue->page_count; i++)
        if (issue->pages[i].folio.number > (int)issue->page_count)
            return false;
    return sheets;
}

/* Pages of sheets that print no folio get the numbers that are left, the front page the first of them. */
static void fit_left_over(struct st_issue *issue)
{
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < issue->page_count; i++)
            if (!issue->pages[i].page_number && (round || st_is_front(&issue->pages[i])))
                issue->pages[i].page_number = next_free(issue, 1);
}

/* Scans named after their pages number those without a folio too, if all that have one agree. */
static void fit_named(struct st_issue *issue)
{
    int *numbers = bi_arena_array(issue->arena, issue->page_count + 1, sizeof *numbers);
    bool agree = st_names_read(issue, numbers) == ST_NAMES_NUMBER;
    for (size_t i = 0; i < issue->page_count; i++)
        agree = agree && (!issue->pages[i].page_number || issue->pages[i].page_number == numbers[i]);
    for (size_t i = 0; agree && i < issue->page_count; i++)
        issue->pages[i].page_number = numbers[i];
}

/* Every page without a number yet: its own folio where that is free and no higher than the issue is long,
 * else the number after the page before it. */
static void fit_others(struct st_issue *issue, int highest)
{
    for (size_t i = 0; i < issue->page_count; i++) {
        struct st_page *page = &issue->pages[i];
        if (page->page_number)
            continue;
        int folio = page->folio.number, next = i ? issue->pages[i - 1].page_number + 1 : 1;
        bool own = folio && folio <= highest && !taken(issue, folio) && taken(issue, next);
        page->page_number = own ? folio : next_free(issue, next);
    }
}

static void report(const struct st_issue *issue, struct bi_articles *articles)
{
    for (size_t i = 0; i < issue->page_count; i++) {
        const struct st_page *page = &issue->pages[i];
        int folio = page->folio.number;
        if (!folio || folio == page->page_number)
            continue;
        if (count_folio(issue, folio) > 1)
            bi_articles_add_problem(
                articles, page->page_number, -1, "folio-duplicate", "warning",
                "frame %d prints folio %d, which another page prints too: scanned twice or "
                "misread; it is taken as page %d",
                page->frame, folio, page->page_number);
        else
            bi_articles_add_problem(articles, page->page_number, -1, "folio-contradiction", "warning",
                                    "frame %d prints folio %d where page %d is expected", page->frame, folio,
                                    page->page_number);
    }
}

static void report_order(const struct st_issue *issue, struct bi_articles *articles)
{
    struct bi_text order = {0};
    bool rising = true;
    for (size_t i = 0; i < issue->page_count; i++) {
        bi_text_printf(&order, i ? " %d" : "%d", issue->pages[i].page_number);
        rising = rising && (!i || issue->pages[i].page_number > issue->pages[i - 1].page_number);
    }
    if (!rising)
        bi_articles_add_problem(articles, 0, -1, "page-order", "note",
                                "the scans come in the order of pages %s; their folios are followed",
                                bi_text_get(&order));
    bi_text_release(&order);
}

void st_number_pages(struct st_issue *issue, struct bi_articles *articles)
{
    bool lettered = false, distinct = true;
    size_t numbered = 0, first = issue->page_count;
    int highest = (int)issue->page_count;
    bool *member = bi_xcalloc(issue->page_count, sizeof *member);
    for (size_t i = 0; i < issue->page_count; i++) {
        struct st_page *page = &issue->pages[i];
        lettered = lettered || page->folio.letter;
        if (page->folio.number > MAX_FOLIO)
            page->folio.number = 0;
        numbered += page->folio.number != 0;
        distinct = distinct && (!page->folio.number || count_folio(issue, page->folio.number) == 1);
        page->page_number = 0;
    }
    /* Sections counted apart (A1 … B8) give no one number to a page: frames do. */
    if (lettered || !numbered) {
        for (size_t i = 0; i < issue->page_count; i++)
            issue->pages[i].page_number = issue->pages[i].frame;
        free(member);
        return;
    }
    size_t length = find_chain(issue, member);
    bool sheets = distinct && has_sheets(issue), shuffled = sheets || (distinct && 2 * length <= numbered);
    for (size_t i = 0; i < issue->page_count; i++) {
        struct st_page *page = &issue->pages[i];
        if (!page->folio.number || (!member[i] && !shuffled))
            continue;
        page->page_number = page->folio.number;
        highest = page->page_number > highest ? page->page_number : highest;
        first = i < first ? i : first;
    }
    fit_named(issue);
    if (sheets)
        fit_left_over(issue);
    else if (!shuffled)
        fit_leading(issue, first);
    fit_others(issue, highest);
    report(issue, articles);
    report_order(issue, articles);
    free(member);
}
