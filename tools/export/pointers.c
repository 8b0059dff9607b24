#include "export/pointers.h"

#include <string.h>

#include "base/text.h"

static bool holds(const char *text, const char *marker)
{
    struct bi_text line = {0}, folded = {0};
    bi_text_fold(&line, text);
    bi_text_fold(&folded, marker);
    bool held = folded.length > 0 && line.length > 0 && strstr(line.data, folded.data);
    bi_text_release(&line);
    bi_text_release(&folded);
    return held;
}

/* How many of the page's lines before this one hold a marker. */
static size_t lines_before(const struct export_line *line, const char *marker)
{
    size_t count = 0;
    for (const struct export_line *other = line->page->lines; other != line; other++)
        count += strcmp(other->role, line->role) == 0 && holds(other->text, marker);
    return count;
}

/* Where several teasers have the same wording (>>>刊4版), the first line is that of the first link. */
static struct export_target teased(const struct export_issue *issue, const struct export_line *line)
{
    const struct export_link *found = NULL;
    for (size_t i = 0; i < issue->link_count && !found; i++) {
        const struct export_link *link = &issue->links[i];
        if (strcmp(link->kind, "teaser") != 0 || link->source_page != line->page->number ||
            !holds(line->text, link->marker))
            continue;
        size_t before = lines_before(line, link->marker), alike = 0;
        for (size_t k = 0; k < i; k++)
            alike += strcmp(issue->links[k].kind, "teaser") == 0 &&
                     issue->links[k].source_page == link->source_page &&
                     strcmp(issue->links[k].marker, link->marker) == 0;
        if (alike == before)
            found = link;
    }
    if (!found)
        return (struct export_target){0};
    return (struct export_target){found->target, export_issue_page(issue, found->target_page)};
}

/* A link tells one end's wording. The line with it leads to the other end; of an article's other jump lines,
 * those at an end of the link lead to the other. */
static struct export_target jumped(const struct export_issue *issue, const struct export_line *line)
{
    const struct export_link *found = NULL;
    bool worded = false, forward = true;
    for (size_t i = 0; i < issue->link_count; i++) {
        const struct export_link *link = &issue->links[i];
        bool at_source = link->source_page == line->page->number;
        bool own = line->article && (link->source == line->article || link->target == line->article);
        bool wording = holds(line->text, link->marker) && (own || !line->article);
        if (strcmp(link->kind, "continuation") != 0 ||
            !(at_source || link->target_page == line->page->number) || !(own || wording) ||
            (found && (worded || !wording)))
            continue;
        found = link;
        worded = wording;
        forward = at_source;
    }
    if (!found)
        return (struct export_target){0};
    return (struct export_target){
        forward ? found->target : found->source,
        export_issue_page(issue, forward ? found->target_page : found->source_page)};
}

struct export_target export_target_of(const struct export_issue *issue, const struct export_line *line)
{
    if (strcmp(line->role, "teaser") == 0)
        return teased(issue, line);
    if (strcmp(line->role, "jump") == 0)
        return jumped(issue, line);
    return (struct export_target){0};
}
