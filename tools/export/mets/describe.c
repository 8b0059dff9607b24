/* MODS 3.7 (https://www.loc.gov/standards/mods/) of the issue and its articles. */
#include <string.h>

#include "export/layout.h"
#include "export/mets/mets.h"

static void element(struct bi_xml *xml, const char *name, const char *text)
{
    if (*text)
        bi_xml_element(xml, name, text);
}

static void start_section(struct mets_writer *mets, const char *id)
{
    struct bi_xml *xml = &mets->xml;
    bi_xml_start(xml, "mets:dmdSec");
    bi_xml_attribute_text(xml, "ID", id);
    bi_xml_start(xml, "mets:mdWrap");
    bi_xml_attribute_text(xml, "MDTYPE", "MODS");
    bi_xml_attribute_text(xml, "MIMETYPE", "text/xml");
    bi_xml_start(xml, "mets:xmlData");
    bi_xml_start(xml, "mods:mods");
    bi_xml_attribute_text(xml, "version", "3.7");
}

static void end_section(struct mets_writer *mets)
{
    for (int i = 0; i < 4; i++)
        bi_xml_end(&mets->xml);
}

static void write_date(struct mets_writer *mets, const char *name, bool key)
{
    struct bi_xml *xml = &mets->xml;
    if (!*mets->issue->date)
        return;
    bi_xml_start(xml, name);
    bi_xml_attribute_text(xml, "encoding", "w3cdtf");
    if (key)
        bi_xml_attribute_text(xml, "keyDate", "yes");
    bi_xml_text(xml, mets->issue->date);
    bi_xml_end(xml);
}

static void write_origin(struct mets_writer *mets)
{
    if (!*mets->issue->date)
        return;
    bi_xml_start(&mets->xml, "mods:originInfo");
    write_date(mets, "mods:dateIssued", true);
    bi_xml_end(&mets->xml);
}

static void write_language(struct bi_xml *xml, bool chinese)
{
    if (!chinese)
        return;
    bi_xml_start(xml, "mods:language");
    bi_xml_start(xml, "mods:languageTerm");
    bi_xml_attribute_text(xml, "type", "code");
    bi_xml_attribute_text(xml, "authority", "iso639-2b");
    bi_xml_text(xml, "chi");
    bi_xml_end(xml);
    bi_xml_end(xml);
}

static void write_number(struct mets_writer *mets, const char *type, int number)
{
    if (number <= 0)
        return;
    bi_xml_start(&mets->xml, "mods:detail");
    bi_xml_attribute_text(&mets->xml, "type", type);
    bi_xml_element(&mets->xml, "mods:number", bi_arena_printf(&mets->arena, "%d", number));
    bi_xml_end(&mets->xml);
}

static void write_identifier(struct bi_xml *xml, const char *value)
{
    bi_xml_start(xml, "mods:identifier");
    bi_xml_attribute_text(xml, "type", "local");
    bi_xml_text(xml, value);
    bi_xml_end(xml);
}

static void write_genre(struct bi_xml *xml, const char *authority, const char *genre)
{
    bi_xml_start(xml, "mods:genre");
    bi_xml_attribute_text(xml, "authority", authority);
    bi_xml_text(xml, genre);
    bi_xml_end(xml);
}

static void write_note(struct bi_xml *xml, const char *type, const char *note)
{
    if (!*note)
        return;
    bi_xml_start(xml, "mods:note");
    bi_xml_attribute_text(xml, "type", type);
    bi_xml_text(xml, note);
    bi_xml_end(xml);
}

/* Number and total number are those printed: 第26期, 总第1495期. */
static void write_issue_part(struct mets_writer *mets)
{
    const struct export_issue *issue = mets->issue;
    if (issue->issue_number <= 0 && issue->total_number <= 0 && !*issue->date)
        return;
    bi_xml_start(&mets->xml, "mods:part");
    write_number(mets, "issue", issue->issue_number);
    write_number(mets, "total", issue->total_number);
    write_date(mets, "mods:date", false);
    bi_xml_end(&mets->xml);
}

static bool is_chinese(const struct export_article *article)
{
    return export_text_is_chinese(article->headline) || export_text_is_chinese(article->body);
}

static void write_issue(struct mets_writer *mets)
{
    const struct export_issue *issue = mets->issue;
    struct bi_xml *xml = &mets->xml;
    bool chinese = export_text_is_chinese(issue->paper);
    for (size_t i = 0; i < issue->article_count && !chinese; i++)
        chinese = is_chinese(&issue->articles[i]);
    start_section(mets, "DMD_ISSUE");
    bi_xml_start(xml, "mods:titleInfo");
    bi_xml_element(xml, "mods:title", issue->paper);
    bi_xml_end(xml);
    bi_xml_element(xml, "mods:typeOfResource", "text");
    write_genre(xml, "marcgt", "newspaper");
    write_origin(mets);
    write_language(xml, chinese);
    if (issue->page_count > 0) {
        bi_xml_start(xml, "mods:physicalDescription");
        bi_xml_element(xml, "mods:extent", bi_arena_printf(&mets->arena, "%d pages", issue->page_count));
        bi_xml_end(xml);
    }
    write_note(xml, "weekday", issue->weekday);
    write_issue_part(mets);
    write_identifier(xml, bi_arena_printf(&mets->arena, "%s/%s", issue->title, issue->name));
    end_section(mets);
}

/* ---- articles */

/* By the names of LC's genre/form terms where there is one. */
static const char *genre_of(const char *kind)
{
    static const char *const genres[][2] = {{"article", "article"},
                                            {"ad", "advertisement"},
                                            {"notice", "announcement"},
                                            {"photo", "photograph"},
                                            {"masthead", "masthead"}};
    for (size_t i = 0; i < sizeof genres / sizeof *genres; i++)
        if (strcmp(genres[i][0], kind) == 0)
            return genres[i][1];
    return kind;
}

static void write_pages(struct mets_writer *mets, const struct export_article *article)
{
    struct bi_xml *xml = &mets->xml;
    for (size_t i = 0; i < article->part_count; i++) {
        const struct export_page *page = article->parts[i].page;
        if (!page)
            continue;
        bi_xml_start(xml, "mods:extent");
        bi_xml_attribute_text(xml, "unit", "page");
        bi_xml_element(xml, "mods:start", bi_arena_printf(&mets->arena, "%d", page->number));
        bi_xml_end(xml);
    }
}

static void write_host(struct mets_writer *mets, const struct export_article *article)
{
    const struct export_issue *issue = mets->issue;
    struct bi_xml *xml = &mets->xml;
    bi_xml_start(xml, "mods:relatedItem");
    bi_xml_attribute_text(xml, "type", "host");
    bi_xml_start(xml, "mods:titleInfo");
    bi_xml_element(xml, "mods:title", issue->paper);
    bi_xml_end(xml);
    bi_xml_start(xml, "mods:part");
    write_number(mets, "issue", issue->issue_number);
    write_number(mets, "total", issue->total_number);
    if (*article->section) {
        bi_xml_start(xml, "mods:detail");
        bi_xml_attribute_text(xml, "type", "section");
        bi_xml_element(xml, "mods:title", article->section);
        bi_xml_end(xml);
    }
    write_pages(mets, article);
    write_date(mets, "mods:date", false);
    bi_xml_end(xml);
    bi_xml_end(xml);
}

static void write_article(struct mets_writer *mets, const struct export_article *article)
{
    struct bi_xml *xml = &mets->xml;
    start_section(mets, bi_arena_printf(&mets->arena, "DMD_A%lld", article->article_id));
    if (*article->headline || *article->subhead) {
        bi_xml_start(xml, "mods:titleInfo");
        element(xml, "mods:title", article->headline);
        element(xml, "mods:subTitle", article->subhead);
        bi_xml_end(xml);
    }
    if (*article->kicker) {
        bi_xml_start(xml, "mods:titleInfo");
        bi_xml_attribute_text(xml, "type", "alternative");
        bi_xml_attribute_text(xml, "displayLabel", "kicker");
        bi_xml_element(xml, "mods:title", article->kicker);
        bi_xml_end(xml);
    }
    write_note(xml, "statement of responsibility", article->byline);
    bi_xml_element(xml, "mods:typeOfResource", strcmp(article->kind, "photo") == 0 ? "still image" : "text");
    write_genre(xml, "local", genre_of(article->kind));
    write_origin(mets);
    write_language(xml, is_chinese(article));
    write_host(mets, article);
    write_identifier(xml, bi_arena_printf(&mets->arena, "%lld", article->article_id));
    end_section(mets);
}

void mets_write_descriptions(struct mets_writer *mets)
{
    write_issue(mets);
    for (size_t i = 0; i < mets->issue->article_count; i++)
        write_article(mets, &mets->issue->articles[i]);
}
