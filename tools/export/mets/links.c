/* structLink: what stands on which page, and where printed pointers lead. */
#include <string.h>

#include "export/mets/mets.h"

#define CONTINUATION "urn:backissue:continuation"
#define TEASER "urn:backissue:teaser"

static void write_link(struct mets_writer *mets, const char *from, const char *to, const char *role,
                       const char *title)
{
    struct bi_xml *xml = &mets->xml;
    bi_xml_start(xml, "mets:smLink");
    bi_xml_attribute_text(xml, "xlink:from", from);
    bi_xml_attribute_text(xml, "xlink:to", to);
    bi_xml_attribute_text(xml, "xlink:arcrole", role);
    if (title && *title)
        bi_xml_attribute_text(xml, "xlink:title", title);
    bi_xml_end(xml);
}

static void write_places(struct mets_writer *mets, const struct export_article *article)
{
    struct bi_arena *arena = &mets->arena;
    const char *id = bi_arena_printf(arena, "LOG_A%lld", article->article_id);
    for (size_t i = 0; i < article->part_count; i++) {
        const struct export_page *page = article->parts[i].page;
        bool again = false;
        for (size_t k = 0; k < i && !again; k++)
            again = article->parts[k].page == page;
        if (!page)
            continue;
        const char *to = bi_arena_printf(arena, "PHYS_%04d", page->frame);
        if (!again)
            write_link(mets, id, to, NULL, NULL);
        write_link(mets, bi_arena_printf(arena, "%s_%zu", id, i + 1), to, NULL, NULL);
    }
}

/* The id of an article's last part on a page (where a pointer onward stands), or of its first (where it leads
 * to); NULL if it has none there. */
static const char *part_on(struct mets_writer *mets, const struct export_article *article, int page,
                           bool last)
{
    const char *id = NULL;
    for (size_t i = 0; i < article->part_count && (last || !id); i++)
        if (article->parts[i].page && article->parts[i].page->number == page)
            id = bi_arena_printf(&mets->arena, "LOG_A%lld_%zu", article->article_id, i + 1);
    return id;
}

/* The announcement that has the pointer's wording, else the page. Where several have it, links come in their
 * order. */
static const char *teaser_of(struct mets_writer *mets, const struct export_link *link)
{
    const struct export_page *page = export_issue_page(mets->issue, link->source_page);
    const char *id = NULL;
    size_t end, before = 0;
    if (!page)
        return NULL;
    for (const struct export_link *other = mets->issue->links; other < link; other++)
        before += other->source_page == link->source_page && strcmp(other->marker, link->marker) == 0;
    for (size_t i = 0; *link->marker && !mets->issue->partial && mets_next_loose(page, &i, &end); i = end)
        for (size_t k = i; k < end; k++)
            if (strstr(page->lines[k].text, link->marker) && (!id || before-- > 0))
                id = bi_arena_printf(&mets->arena, "LOG_P%04d_%d", page->frame, page->lines[i].order);
    return id ? id : bi_arena_printf(&mets->arena, "PHYS_%04d", page->frame);
}

/* A pointer that leads nowhere has no other end to link to. */
static void write_pointer(struct mets_writer *mets, const struct export_link *link)
{
    if (!link->target)
        return;
    const bool teaser = strcmp(link->kind, "teaser") == 0;
    const char *to = teaser ? bi_arena_printf(&mets->arena, "LOG_A%lld", link->target->article_id)
                            : part_on(mets, link->target, link->target_page, false);
    const char *from =
        link->source ? part_on(mets, link->source, link->source_page, true) : teaser_of(mets, link);
    if (from && to)
        write_link(mets, from, to, teaser ? TEASER : CONTINUATION, link->marker);
}

void mets_write_links(struct mets_writer *mets)
{
    const struct export_issue *issue = mets->issue;
    bi_xml_start(&mets->xml, "mets:structLink");
    write_link(mets, "LOG_ISSUE", "PHYS_ISSUE", NULL, NULL);
    for (size_t i = 0; i < issue->article_count; i++)
        write_places(mets, &issue->articles[i]);
    for (size_t i = 0; i < issue->link_count; i++)
        write_pointer(mets, &issue->links[i]);
    bi_xml_end(&mets->xml);
}
