#include <string.h>

#include "export/mets/mets.h"

/* ---- PHYSICAL */

static void write_pointer(struct bi_xml *xml, const struct mets_file *file)
{
    if (!file->id)
        return;
    bi_xml_start(xml, "mets:fptr");
    bi_xml_attribute_text(xml, "FILEID", file->id);
    bi_xml_end(xml);
}

void mets_write_physical(struct mets_writer *mets)
{
    struct bi_xml *xml = &mets->xml;
    const struct export_issue *issue = mets->issue;
    bi_xml_start(xml, "mets:structMap");
    bi_xml_attribute_text(xml, "TYPE", "PHYSICAL");
    bi_xml_start(xml, "mets:div");
    bi_xml_attribute_text(xml, "ID", "PHYS_ISSUE");
    bi_xml_attribute_text(xml, "TYPE", "physSequence");
    if (mets_has_pdf(mets))
        write_pointer(xml, &(struct mets_file){.id = METS_PDF});
    for (size_t i = 0; i < issue->page_total; i++) {
        const struct export_page *page = &issue->pages[i];
        bi_xml_start(xml, "mets:div");
        bi_xml_attribute_format(xml, "ID", "PHYS_%04d", page->frame);
        bi_xml_attribute_text(xml, "TYPE", "page");
        bi_xml_attribute_number(xml, "ORDER", page->frame);
        bi_xml_attribute_number(xml, "ORDERLABEL", page->number);
        if (*page->section)
            bi_xml_attribute_text(xml, "LABEL", page->section);
        bi_xml_attribute_format(xml, "ADMID", "AMD_%04d", page->frame);
        write_pointer(xml, &mets->pages[i].scan);
        write_pointer(xml, &mets->pages[i].image);
        write_pointer(xml, &mets->pages[i].alto);
        write_pointer(xml, &mets->pages[i].service);
        bi_xml_end(xml);
    }
    bi_xml_end(xml);
    bi_xml_end(xml);
}

/* ---- LOGICAL */

bool mets_next_loose(const struct export_page *page, size_t *index, size_t *end)
{
    while (*index < page->line_count && page->lines[*index].article)
        ++*index;
    if (*index == page->line_count)
        return false;
    const struct export_line *first = &page->lines[*index];
    for (*end = *index; *end < page->line_count && !page->lines[*end].article &&
                        strcmp(page->lines[*end].role, first->role) == 0 &&
                        strcmp(page->lines[*end].region_id, first->region_id) == 0;)
        ++*end;
    return true;
}

/* Masthead, running heads, announcements. Of an issue of which only some articles were wanted, nobody knows
 * what the others' lines are. */
static void write_loose(struct mets_writer *mets, const struct export_page *page)
{
    struct bi_xml *xml = &mets->xml;
    size_t end;
    for (size_t i = 0; mets_next_loose(page, &i, &end); i = end) {
        struct export_piece *pieces = bi_arena_array(&mets->arena, end - i, sizeof *pieces);
        for (size_t k = i; k < end; k++)
            pieces[k - i] =
                (struct export_piece){.line = &page->lines[k], .count = export_line_length(&page->lines[k])};
        bi_xml_start(xml, "mets:div");
        bi_xml_attribute_format(xml, "ID", "LOG_P%04d_%d", page->frame, page->lines[i].order);
        bi_xml_attribute_text(xml, "TYPE", page->lines[i].role);
        mets_write_areas(mets, pieces, end - i);
        bi_xml_end(xml);
    }
}

static void write_articles(struct mets_writer *mets)
{
    const struct export_issue *issue = mets->issue;
    for (size_t i = 0; i < issue->article_count;) {
        const char *section = issue->articles[i].section;
        if (*section) {
            bi_xml_start(&mets->xml, "mets:div");
            bi_xml_attribute_format(&mets->xml, "ID", "LOG_S%zu", i + 1);
            bi_xml_attribute_text(&mets->xml, "TYPE", "section");
            bi_xml_attribute_text(&mets->xml, "LABEL", section);
        }
        for (; i < issue->article_count && strcmp(issue->articles[i].section, section) == 0; i++)
            mets_write_article(mets, i);
        if (*section)
            bi_xml_end(&mets->xml);
    }
}

void mets_write_logical(struct mets_writer *mets)
{
    struct bi_xml *xml = &mets->xml;
    const struct export_issue *issue = mets->issue;
    bi_xml_start(xml, "mets:structMap");
    bi_xml_attribute_text(xml, "TYPE", "LOGICAL");
    bi_xml_start(xml, "mets:div");
    bi_xml_attribute_text(xml, "ID", "LOG_ISSUE");
    bi_xml_attribute_text(xml, "TYPE", "issue");
    bi_xml_attribute_text(xml, "LABEL", mets_issue_label(mets));
    bi_xml_attribute_text(xml, "DMDID", "DMD_ISSUE");
    if (issue->run_count)
        bi_xml_attribute_text(xml, "ADMID", "AMD_ISSUE");
    write_articles(mets);
    for (size_t i = 0; i < issue->page_total && !issue->partial; i++)
        write_loose(mets, &issue->pages[i]);
    bi_xml_end(xml);
    bi_xml_end(xml);
}
