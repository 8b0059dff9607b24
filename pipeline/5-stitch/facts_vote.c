/* The issue's own facts: votes over the pages, and what contradicts what. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "facts.h"
#include "folios.h"
#include "runes.h"

#define MAX_CANDIDATES 64
/* A paper's name is seldom longer. */
#define MAX_NAME_RUNES 12
/* A running head repeats the masthead if at most this share of its characters differs. */
#define NAME_TOLERANCE 0.5

struct candidate {
    long value;
    double votes;
};

struct ballot {
    struct candidate list[MAX_CANDIDATES];
    size_t count;
};

static void vote(struct ballot *ballot, long value, double weight)
{
    if (!value)
        return;
    for (size_t i = 0; i < ballot->count; i++)
        if (ballot->list[i].value == value) {
            ballot->list[i].votes += weight;
            return;
        }
    if (ballot->count < MAX_CANDIDATES)
        ballot->list[ballot->count++] = (struct candidate){value, weight};
}

static long winner(const struct ballot *ballot)
{
    long best = 0;
    double most = 0;
    for (size_t i = 0; i < ballot->count; i++)
        if (ballot->list[i].votes > most) {
            most = ballot->list[i].votes;
            best = ballot->list[i].value;
        }
    return best;
}

double st_head_weight(const struct st_line *line)
{
    return 0.2 + (line->source->confidence > 0 ? line->source->confidence : 0.5);
}

static bool in_head(const struct st_line *line)
{
    return line->role == BI_ROLE_HEADER || line->role == BI_ROLE_MASTHEAD;
}

static const char *const weekday_names[] = {"",       "星期一", "星期二", "星期三",
                                            "星期四", "星期五", "星期六", "星期日"};

/* ---- the paper's name */

/* The first page's largest masthead line that is no line of figures; pieces of one row are joined. */
static char *masthead_name(struct st_issue *issue)
{
    if (!issue->page_count || !issue->pages[0].line_count)
        return NULL;
    const struct st_page *page = &issue->pages[0];
    const struct st_line *largest = NULL;
    for (size_t i = 0; i < page->line_count; i++) {
        const struct st_line *line = &page->lines[i];
        struct st_head_facts facts;
        st_facts_parse(issue->arena, line->text, &facts);
        if (line->role != BI_ROLE_MASTHEAD || facts.year || facts.total || facts.number ||
            line->length > MAX_NAME_RUNES)
            continue;
        if (!largest || line->em > largest->em)
            largest = line;
    }
    if (!largest || largest->em < 1.5 * page->em)
        return NULL;
    struct bi_text name = {0};
    int at = -1;
    for (;;) {
        const struct st_line *next = NULL;
        for (size_t i = 0; i < page->line_count; i++) {
            const struct st_line *line = &page->lines[i];
            int place = line->vertical ? line->box.y : line->box.x;
            bool row = largest->vertical ? 2 * bi_box_overlap_x(line->box, largest->box) > largest->box.w
                                         : 2 * bi_box_overlap_y(line->box, largest->box) > largest->box.h;
            if (line->role == BI_ROLE_MASTHEAD && line->em > 0.7 * largest->em && row && place > at &&
                (!next || place < (line->vertical ? next->box.y : next->box.x)))
                next = line;
        }
        if (!next)
            break;
        at = next->vertical ? next->box.y : next->box.x;
        for (const char *s = next->text; *s;) {
            uint32_t rune = bi_rune_next(&s);
            if (!bi_rune_is_space(rune))
                bi_text_add_rune(&name, rune);
        }
    }
    char *copy = bi_arena_strdup(issue->arena, bi_text_get(&name));
    bi_text_release(&name);
    return *copy ? copy : NULL;
}

struct names {
    char *list[MAX_CANDIDATES];
    double votes[MAX_CANDIDATES];
    size_t count;
};

static void vote_name(struct names *names, char *name, double weight)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->list[i], name) == 0) {
            names->votes[i] += weight;
            return;
        }
    if (names->count < MAX_CANDIDATES) {
        names->list[names->count] = name;
        names->votes[names->count++] = weight;
    }
}

/* The stretch of a running head that is most like the masthead. */
static char *like_masthead(struct bi_arena *arena, const struct st_runes *head, const struct st_runes *name)
{
    char *meant = st_runes_text(arena, name->data, name->count), *best = NULL;
    double least = NAME_TOLERANCE * (double)name->count + 0.01;
    for (size_t i = 0; i + name->count <= head->count; i++) {
        char *stretch = st_runes_text(arena, head->data + i, name->count);
        double differ = (double)bi_text_distance(meant, stretch);
        /* Of equally unlike stretches the last: the paper's name ends most running heads. */
        if (differ <= least) {
            least = differ;
            best = stretch;
        }
    }
    return best;
}

/* Without a readable masthead: the last word of a running head, if it is a paper's name by its last
 * character. */
static char *last_word(struct bi_arena *arena, const char *text)
{
    static const char *const endings[] = {"报", "刊", "时报", "周刊"};
    const char *word = text;
    for (const char *s = text; *s;)
        if (bi_rune_is_space(bi_rune_next(&s)))
            word = s;
    size_t length = bi_rune_count(word);
    if (length < 3 || length > MAX_NAME_RUNES)
        return NULL;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(word), m = strlen(endings[i]);
        if (n > m && strcmp(word + n - m, endings[i]) == 0)
            return bi_arena_strdup(arena, word);
    }
    return NULL;
}

static char *vote_paper(struct st_issue *issue)
{
    const char *set = bi_issue_setting(issue->source, "title", "paper");
    if (set)
        return bi_arena_strdup(issue->arena, set);
    struct names names = {0};
    char *masthead = masthead_name(issue);
    struct st_runes name = st_runes_of(issue->arena, masthead);
    /* Large type is read worse than small: the masthead counts no more than one running head. */
    if (masthead)
        vote_name(&names, masthead, 1.0);
    for (size_t i = 0; i < issue->page_count; i++) {
        for (size_t j = 0; j < issue->pages[i].line_count; j++) {
            const struct st_line *line = &issue->pages[i].lines[j];
            if (!in_head(line) || line->length < 3 ||
                (masthead && strcmp(line->text, masthead) == 0 && i == 0))
                continue;
            struct st_runes head = st_runes_of(issue->arena, line->text);
            char *found = name.count >= 2 ? like_masthead(issue->arena, &head, &name) : NULL;
            if (found)
                vote_name(&names, st_trim(issue->arena, found), st_head_weight(line));
            char *word = found ? NULL : last_word(issue->arena, line->text);
            if (word)
                vote_name(&names, word, 0.8 * st_head_weight(line));
        }
    }
    size_t best = 0;
    for (size_t i = 1; i < names.count; i++)
        if (names.votes[i] > names.votes[best])
            best = i;
    return names.count ? names.list[best] : NULL;
}

/* ---- sections and folios */

static char *section_of(struct st_issue *issue, const struct st_page *page, const char *paper)
{
    for (size_t i = 0; i < page->line_count; i++) {
        const struct st_line *line = &page->lines[i];
        if (line->role != BI_ROLE_HEADER || line->em < 0.9 * page->em)
            continue;
        struct st_runes runes = st_runes_of(issue->arena, line->text);
        size_t first = 0, last = runes.count, han = 0;
        while (first < last && !bi_rune_is_han(runes.data[first]))
            first++;
        while (last > first && !bi_rune_is_han(runes.data[last - 1]))
            last--;
        for (size_t j = first; j < last; j++)
            han += bi_rune_is_han(runes.data[j]);
        char *name = st_runes_text(issue->arena, runes.data + first, last - first);
        struct st_head_facts facts;
        st_facts_parse(issue->arena, line->text, &facts);
        if (han < 2 || han > 6 || han != last - first || facts.weekday || facts.year ||
            strcmp(name, "版") == 0 || (paper && strcmp(name, paper) == 0) || strstr(name, "编辑"))
            continue;
        return name;
    }
    return NULL;
}

static void check_folios(const struct st_issue *issue, struct bi_articles *articles)
{
    int lowest = 0, highest = 0;
    for (size_t i = 0; i < issue->page_count; i++) {
        int number = issue->pages[i].page_number;
        lowest = !lowest || number < lowest ? number : lowest;
        highest = number > highest ? number : highest;
    }
    for (int number = 1; number <= highest; number++) {
        bool there = false;
        for (size_t i = 0; i < issue->page_count && !there; i++)
            there = issue->pages[i].page_number == number;
        if (!there)
            bi_articles_add_problem(articles, 0, -1, "number-gap", "warning", "page %d is missing", number);
    }
}

/* ---- all of it */

static void check_facts(struct st_issue *issue, struct bi_articles *articles, const char *printed_date,
                        int weekday)
{
    struct bi_issue_facts *facts = &articles->facts;
    if (issue->source->date && printed_date && strcmp(issue->source->date, printed_date) != 0)
        bi_articles_add_problem(articles, 0, -1, "date-contradiction", "warning",
                                "the folder says %s, the pages print %s; the folder's date is kept",
                                issue->source->date, printed_date);
    int year, month, day;
    if (facts->date && weekday && sscanf(facts->date, "%d-%d-%d", &year, &month, &day) == 3 && month >= 1 &&
        month <= 12 && st_weekday(year, month, day) != weekday)
        bi_articles_add_problem(articles, 0, -1, "date-contradiction", "warning",
                                "%s is a %s, the pages print %s", facts->date,
                                weekday_names[st_weekday(year, month, day)], weekday_names[weekday]);
    if (facts->pages && (size_t)facts->pages != issue->source->frame_count)
        bi_articles_add_problem(articles, 0, -1, "page-count", "warning",
                                "the masthead says %d pages, %zu were scanned", facts->pages,
                                issue->source->frame_count);
}

void st_facts_vote(struct st_issue *issue, struct bi_articles *articles)
{
    struct ballot date = {0}, weekday = {0}, number = {0}, total = {0}, pages = {0};
    struct bi_arena *arena = issue->arena;
    for (size_t i = 0; i < issue->page_count; i++) {
        struct st_page *page = &issue->pages[i];
        for (size_t j = 0; j < page->line_count; j++) {
            const struct st_line *line = &page->lines[j];
            if (!in_head(line))
                continue;
            struct st_head_facts facts;
            st_facts_parse(arena, line->text, &facts);
            double weight = st_head_weight(line);
            if (facts.year)
                vote(&date, facts.year * 10000L + facts.month * 100 + facts.day, weight);
            vote(&weekday, facts.weekday, weight);
            vote(&number, facts.number, weight);
            vote(&total, facts.total, weight);
            vote(&pages, facts.pages, weight);
        }
    }
    long day = winner(&date);
    char *printed =
        day ? bi_arena_printf(&articles->arena, "%04ld-%02ld-%02ld", day / 10000, day / 100 % 100, day % 100)
            : NULL;
    int printed_weekday = (int)winner(&weekday);
    articles->facts = (struct bi_issue_facts){
        .paper = bi_arena_strdup(&articles->arena, vote_paper(issue)),
        .date = issue->source->date ? bi_arena_strdup(&articles->arena, issue->source->date) : printed,
        .weekday = printed_weekday ? bi_arena_strdup(&articles->arena, weekday_names[printed_weekday]) : NULL,
        .number = (int)winner(&number),
        .total = (int)winner(&total),
        .pages = (int)winner(&pages),
    };
    st_folios_read(issue, articles->facts.pages, articles);
    st_number_pages(issue, articles);
    for (size_t i = 0; i < issue->page_count; i++) {
        struct st_page *page = &issue->pages[i];
        char key[16];
        snprintf(key, sizeof key, "%d", page->page_number);
        const char *set = bi_issue_setting(issue->source, "sections", key);
        page->section = set ? bi_arena_strdup(arena, set) : section_of(issue, page, articles->facts.paper);
    }
    check_folios(issue, articles);
    check_facts(issue, articles, printed, printed_weekday);
    st_check_one_issue(issue, articles);
    st_check_scanned_twice(issue, articles);
    st_check_missing_folios(issue, articles);
    st_check_orientations(issue, articles);
}
