#include "issue_build.h"

#include <string.h>

#include "compose.h"
#include "corrections.h"
#include "facts.h"
#include "jumps.h"

/* Which page belongs to which frame. */
static int place_pages(const struct bi_issue *issue, const struct bi_page *pages, const char *const *names,
                       size_t count, const struct bi_page **of_frame, struct bi_error *err)
{
    for (size_t i = 0; i < count; i++) {
        int frame = pages[i].transform.frame;
        if (frame <= 0)
            continue;
        size_t at = 0;
        while (at < issue->frame_count && issue->frames[at].number != frame)
            at++;
        if (at == issue->frame_count)
            return bi_error_set(err, BI_EXIT_INPUT, "%s: is frame %d, which the issue does not have",
                                names[i], frame);
        if (of_frame[at])
            return bi_error_set(err, BI_EXIT_INPUT, "%s: is frame %d, as another page is", names[i], frame);
        of_frame[at] = &pages[i];
    }
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (pages[i].transform.frame > 0)
            continue;
        while (at < issue->frame_count && of_frame[at])
            at++;
        if (at == issue->frame_count)
            return bi_error_set(err, BI_EXIT_INPUT, "%s: is one page more than the issue has", names[i]);
        of_frame[at] = &pages[i];
    }
    return 0;
}

int st_issue_build(const struct bi_issue *issue, const struct st_wordings *wordings,
                   const struct bi_corrections *corrections, const struct bi_page *pages,
                   const char *const *names, size_t count, struct bi_articles *articles, struct bi_error *err)
{
    struct bi_arena arena = {0};
    struct st_issue work = {.arena = &arena, .source = issue, .wordings = wordings};
    const struct bi_page **of_frame =
        bi_arena_array(&arena, issue->frame_count + 1, sizeof(struct bi_page *));
    if (place_pages(issue, pages, names, count, of_frame, err) < 0) {
        bi_arena_release(&arena);
        return -1;
    }
    work.page_count = issue->frame_count;
    work.pages = bi_arena_array(&arena, work.page_count + 1, sizeof *work.pages);
    for (size_t i = 0; i < work.page_count; i++) {
        struct st_page *page = &work.pages[i];
        page->frame = issue->frames[i].number;
        if (!of_frame[i])
            continue;
        st_page_load(&arena, of_frame[i], page->frame, page);
        st_roles_refine(&arena, wordings, page, i == 0);
    }
    st_facts_vote(&work, articles);
    for (size_t i = 0; i < work.page_count; i++)
        st_blocks_build(&arena, &work.pages[i]);
    st_blocks_learn(&work);
    for (size_t i = 0; i < work.page_count; i++) {
        st_heads_build(&arena, &work.pages[i]);
        st_flow_parts(&work, (int)i);
    }
    struct st_jumps jumps;
    st_jumps_match(&work, &jumps);
    if (corrections)
        st_corrections_apply(&work, corrections, &jumps, articles);
    st_compose(&work, &jumps, articles);
    st_teasers_link(&work, articles);
    bi_arena_release(&arena);
    return 0;
}
