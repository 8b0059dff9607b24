/* What the pages of an issue say against each other: two issues in one folder, a page scanned twice, pages
 * without a folio. Each becomes a problem with its evidence. */
#include <string.h>

#include "base/text.h"
#include "facts.h"
#include "similarity.h"

/* Two readings of one page share more of their pairs of characters than any two pages do. */
#define SAME_PAGE_SHARE 0.6
#define LEAST_PAGE_PAIRS 100
/* A date misread on one page is no second issue. */
#define LEAST_PAGES_OF_ISSUE 2

/* ---- two issues in one folder */

struct printed_issue {
    long day; /* YYYYMMDD */
    int total;
    size_t pages;
    struct bi_text numbers; /* of the pages */
};

/* The date and total number that most of a page's heads print; 0 where there is none. */
static void issue_of_page(struct bi_arena *arena, const struct st_page *page, long *day, int *total)
{
    *day = 0;
    *total = 0;
    for (size_t i = 0; i < page->line_count; i++) {
        const struct st_line *line = &page->lines[i];
        struct st_head_facts facts;
        if (line->role != BI_ROLE_HEADER && line->role != BI_ROLE_MASTHEAD)
            continue;
        st_facts_parse(arena, line->text, &facts);
        if (facts.year && !*day)
            *day = facts.year * 10000L + facts.month * 100 + facts.day;
        if (facts.total && !*total)
            *total = facts.total;
    }
}

void st_check_one_issue(struct st_issue *issue, struct bi_articles *articles)
{
    struct printed_issue *found = bi_arena_array(issue->arena, issue->page_count + 1, sizeof *found);
    size_t count = 0;
    for (size_t i = 0; i < issue->page_count; i++) {
        long day;
        int total;
        issue_of_page(issue->arena, &issue->pages[i], &day, &total);
        size_t at = 0;
        while (at < count && found[at].day != day)
            at++;
        if (!day)
            continue;
        if (at == count)
            found[count++] = (struct printed_issue){.day = day};
        found[at].total = found[at].total ? found[at].total : total;
        found[at].pages++;
        bi_text_printf(&found[at].numbers, "%s%d", found[at].pages > 1 ? ", " : "",
                       issue->pages[i].page_number);
    }
    size_t most = 0;
    for (size_t i = 1; i < count; i++)
        if (found[i].pages > found[most].pages)
            most = i;
    for (size_t i = 0; i < count; i++) {
        const struct printed_issue *main_issue = &found[most], *other = &found[i];
        bool own_number = other->total && main_issue->total && other->total != main_issue->total;
        if (i == most || (other->pages < LEAST_PAGES_OF_ISSUE && !own_number))
            continue;
        bi_articles_add_problem(
            articles, 0, -1, "two-issues", "error",
            "pages %s print %04ld-%02ld-%02ld%s, pages %s print %04ld-%02ld-%02ld%s: two issues in one "
            "folder",
            bi_text_get(&main_issue->numbers), main_issue->day / 10000, main_issue->day / 100 % 100,
            main_issue->day % 100,
            main_issue->total ? bi_arena_printf(issue->arena, " (总第%d期)", main_issue->total) : "",
            bi_text_get(&other->numbers), other->day / 10000, other->day / 100 % 100, other->day % 100,
            other->total ? bi_arena_printf(issue->arena, " (总第%d期)", other->total) : "");
    }
    for (size_t i = 0; i < count; i++)
        bi_text_release(&found[i].numbers);
}

/* ---- a page scanned twice */

static struct st_profile profile_of(struct bi_arena *arena, const struct st_page *page)
{
    struct bi_text text = {0};
    for (size_t i = 0; i < page->line_count; i++)
        if (page->lines[i].role != BI_ROLE_HEADER && page->lines[i].role != BI_ROLE_MASTHEAD)
            bi_text_add(&text, page->lines[i].text);
    struct st_profile profile = st_profile_of(arena, bi_text_get(&text));
    bi_text_release(&text);
    return profile;
}

static const struct bi_frame *frame_of(const struct st_issue *issue, const struct st_page *page)
{
    for (size_t i = 0; i < issue->source->frame_count; i++)
        if (issue->source->frames[i].number == page->frame)
            return &issue->source->frames[i];
    return NULL;
}

/* The same image of the same file, or of a copy. */
static bool same_scan(const struct bi_frame *a, const struct bi_frame *b)
{
    return a && b && a->sha256 && b->sha256 && *a->sha256 && strcmp(a->sha256, b->sha256) == 0 &&
           a->index == b->index && strcmp(a->crop ? a->crop : "", b->crop ? b->crop : "") == 0;
}

/* Two folios that differ are two pages. */
static bool may_be_one_page(const struct st_page *a, const struct st_page *b)
{
    return !a->folio.number || !b->folio.number ||
           (a->folio.number == b->folio.number && a->folio.letter == b->folio.letter);
}

/* How much of one page's text the other has too; profiles are made when they are first asked for. */
static double text_in_common(const struct st_issue *issue, struct st_profile *profiles, size_t i, size_t j)
{
    if (!profiles[i].pairs)
        profiles[i] = profile_of(issue->arena, &issue->pages[i]);
    if (!profiles[j].pairs)
        profiles[j] = profile_of(issue->arena, &issue->pages[j]);
    size_t a = profiles[i].count, b = profiles[j].count, few = a < b ? a : b, many = a < b ? b : a;
    return few >= LEAST_PAGE_PAIRS && 2 * few > many ? st_profile_share(&profiles[i], &profiles[j]) : 0;
}

void st_check_scanned_twice(struct st_issue *issue, struct bi_articles *articles)
{
    struct st_profile *profiles = bi_arena_array(issue->arena, issue->page_count + 1, sizeof *profiles);
    for (size_t i = 0; i < issue->page_count; i++)
        for (size_t j = 0; j < i; j++) {
            const struct st_page *a = &issue->pages[j], *b = &issue->pages[i];
            bool scan = same_scan(frame_of(issue, a), frame_of(issue, b));
            double share = !scan && may_be_one_page(a, b) ? text_in_common(issue, profiles, i, j) : 0;
            if (scan || share >= SAME_PAGE_SHARE)
                bi_articles_add_problem(
                    articles, b->page_number, -1, "page-duplicate", "warning",
                    "frame %d is the page that frame %d is too (page %d): %s", b->frame, a->frame,
                    a->page_number,
                    scan ? "the same scan"
                         : bi_arena_printf(issue->arena, "%.0f%% of its text is there", 100 * share));
        }
}

/* ---- pages without a folio */

void st_check_missing_folios(const struct st_issue *issue, struct bi_articles *articles)
{
    size_t with = 0, read = 0;
    for (size_t i = 0; i < issue->page_count; i++) {
        with += issue->pages[i].folio.number != 0;
        read += issue->pages[i].line_count > 0;
    }
    /* Where most pages print none, the paper has none. The front page has its masthead. */
    for (size_t i = 0; i < issue->page_count && 2 * with >= read; i++) {
        const struct st_page *page = &issue->pages[i];
        if (page->line_count && !page->folio.number && page->page_number != 1)
            bi_articles_add_problem(articles, page->page_number, -1, "folio-missing", "note",
                                    "no page number was found on frame %d; by its place it is page %d",
                                    page->frame, page->page_number);
    }
}

/* How the other pages that tell their orientation were turned, in degrees, if all alike; -1 if not, or if
 * there are none. */
static int others_turned(const struct st_issue *issue, size_t own)
{
    int turned = -1;
    for (size_t i = 0; i < issue->page_count; i++) {
        const struct bi_page *source = issue->pages[i].source;
        if (i == own || !source || !source->transform.scan || source->transform.orientation_unsure)
            continue;
        if (turned >= 0 && turned != source->transform.orientation_degrees)
            return -1;
        turned = source->transform.orientation_degrees;
    }
    return turned;
}

/* A page of pictures tells not which way up it is; one turned as no other is may have been misread. */
void st_check_orientations(const struct st_issue *issue, struct bi_articles *articles)
{
    size_t scans = 0, inverted = 0, unsure = 0;
    for (size_t i = 0; i < issue->page_count; i++) {
        const struct bi_page *source = issue->pages[i].source;
        scans += source && source->transform.scan;
        inverted += source && source->transform.scan && source->transform.inverted;
        unsure += source && source->transform.scan && source->transform.orientation_unsure;
    }
    /* Where no page tells, it is the paper's type that does not: nothing is wrong with any of them. */
    const bool none_tells = unsure > 0 && unsure == scans;
    if (none_tells)
        bi_articles_add_problem(articles, 0, -1, "orientation", "note",
                                "which way up the scans are cannot be told from any page");
    for (size_t i = 0; i < issue->page_count; i++) {
        const struct st_page *page = &issue->pages[i];
        if (!page->source || !page->source->transform.scan)
            continue;
        const struct bi_transform *transform = &page->source->transform;
        int others = others_turned(issue, i);
        if (transform->orientation_unsure && others < 0 && !none_tells)
            bi_articles_add_problem(
                articles, page->page_number, -1, "orientation", "warning",
                "which way up the scan is cannot be told, from it or from the other pages;"
                " it was turned by %d degrees",
                transform->orientation_degrees);
        else if (others >= 0 && others != transform->orientation_degrees)
            bi_articles_add_problem(articles, page->page_number, -1, "orientation", "warning",
                                    "the scan was turned by %d degrees%s, all other pages of the issue by %d",
                                    transform->orientation_degrees,
                                    transform->orientation_unsure ? " without being sure" : "", others);
        if (transform->inverted && 2 * inverted <= scans)
            bi_articles_add_problem(articles, page->page_number, -1, "inverted", "note",
                                    "the scan was taken for a negative and inverted, most others were not");
    }
}
