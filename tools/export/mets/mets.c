#include "export/mets/mets.h"

#include <string.h>

#include "base/cleanup.h"
#include "export/xml.h"

const char *mets_issue_label(struct mets_writer *mets)
{
    const struct export_issue *issue = mets->issue;
    return bi_arena_printf(&mets->arena, "%s %s", issue->paper, *issue->date ? issue->date : issue->name);
}

/* When the last of what it tells was made: the time of writing is none of the issue's. */
static const char *made(const struct export_issue *issue)
{
    const char *last = NULL;
    for (size_t i = 0; i < issue->run_count; i++)
        if (export_is_time(issue->runs[i].started) && (!last || strcmp(issue->runs[i].started, last) > 0))
            last = issue->runs[i].started;
    return last;
}

static void write_header(struct mets_writer *mets)
{
    struct bi_xml *xml = &mets->xml;
    bi_xml_start(xml, "mets:metsHdr");
    bi_xml_attribute_text(xml, "CREATEDATE", made(mets->issue));
    bi_xml_start(xml, "mets:agent");
    bi_xml_attribute_text(xml, "ROLE", "CREATOR");
    bi_xml_attribute_text(xml, "TYPE", "OTHER");
    bi_xml_attribute_text(xml, "OTHERTYPE", "SOFTWARE");
    bi_xml_element(xml, "mets:name", "backissue " BI_VERSION);
    bi_xml_end(xml);
    bi_xml_end(xml);
}

static void write_document(struct mets_writer *mets)
{
    static const char *const attributes[][2] = {
        {"xmlns:mets", "http://www.loc.gov/METS/"},
        {"xmlns:mods", "http://www.loc.gov/mods/v3"},
        {"xmlns:premis", METS_PREMIS},
        {"xmlns:xlink", "http://www.w3.org/1999/xlink"},
        {"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"},
        {"xsi:schemaLocation",
         "http://www.loc.gov/METS/ http://www.loc.gov/standards/mets/mets.xsd "
         "http://www.loc.gov/mods/v3 http://www.loc.gov/standards/mods/v3/mods-3-7.xsd " METS_PREMIS
         " " METS_PREMIS_SCHEMA},
    };
    struct bi_xml *xml = &mets->xml;
    const struct export_issue *issue = mets->issue;
    bi_xml_start(xml, "mets:mets");
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        bi_xml_attribute_text(xml, attributes[i][0], attributes[i][1]);
    bi_xml_attribute_text(xml, "OBJID", bi_arena_printf(&mets->arena, "%s/%s", issue->title, issue->name));
    bi_xml_attribute_text(xml, "LABEL", mets_issue_label(mets));
    bi_xml_attribute_text(xml, "TYPE", "newspaper issue");
    write_header(mets);
    mets_write_descriptions(mets);
    mets_write_administration(mets);
    mets_write_files(mets);
    mets_write_physical(mets);
    mets_write_logical(mets);
    mets_write_links(mets);
    bi_xml_end(xml);
}

static int write_issue(const struct export_options *options, const struct export_issue *issue,
                       const char *folder, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct alto_texts texts;
    struct mets_writer mets = {.options = options, .issue = issue, .texts = &texts};
    alto_texts_align(&arena, issue, &texts);
    int status = alto_write_pages(bi_path_join(&arena, folder, "alto"), issue, &texts, err);
    if (status == 0)
        status = mets_find_files(&mets, folder, err);
    if (status == 0)
        status = mets_write_objects(&mets, folder, err);
    struct export_xml_file file;
    if (status == 0)
        status = export_xml_open(&file, &mets.xml, bi_path_join(&arena, folder, "mets.xml"), true, err);
    if (status == 0) {
        write_document(&mets);
        status = export_xml_close(&file, &mets.xml, err);
    }
    bi_arena_release(&mets.arena);
    return status;
}

const struct export_format EXPORT_METS = {
    .name = "mets",
    .help = "METS 1.12 with ALTO 4.4, MODS and PREMIS",
    .options = "u",
    .links = true,
    .version = 3,
    .write_issue = write_issue,
};
