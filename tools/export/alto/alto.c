#include "export/alto/alto.h"

#include "base/cleanup.h"
#include "export/layout.h"
#include "export/xml.h"

#define ALTO_NAMESPACE "http://www.loc.gov/standards/alto/ns-v4#"

static void write_document(struct alto_writer *alto)
{
    struct bi_xml *xml = &alto->xml;
    bi_xml_start(xml, "alto");
    bi_xml_attribute_text(xml, "xmlns", ALTO_NAMESPACE);
    bi_xml_attribute_text(xml, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    bi_xml_attribute_text(xml, "xsi:schemaLocation",
                          ALTO_NAMESPACE " http://www.loc.gov/standards/alto/v4/alto-4-4.xsd");
    bi_xml_attribute_text(xml, "SCHEMAVERSION", "4.4");
    alto_write_description(alto);
    alto_write_styles(alto);
    alto_write_tags(alto);
    alto_write_reading_order(alto);
    alto_write_layout(alto);
    bi_xml_end(xml);
}

int alto_write_page(const char *path, const struct export_issue *issue, const struct export_page *page,
                    const struct alto_texts *texts, struct bi_error *err)
{
    struct alto_writer alto = {.issue = issue, .page = page, .joints = texts->pages[page - issue->pages]};
    export_source_read(&alto.arena, page, &alto.source);
    alto.block_count = export_blocks_split(&alto.arena, page, &alto.blocks);
    alto_measure_styles(&alto);
    struct export_xml_file file;
    int status = export_xml_open(&file, &alto.xml, path, true, err);
    if (status == 0) {
        write_document(&alto);
        status = export_xml_close(&file, &alto.xml, err);
    }
    export_source_release(&alto.source);
    bi_arena_release(&alto.arena);
    return status;
}

int alto_write_pages(const char *folder, const struct export_issue *issue, const struct alto_texts *texts,
                     struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    if (bi_path_make(folder, err) < 0)
        return -1;
    for (size_t i = 0; i < issue->page_total; i++)
        if (alto_write_page(export_name_page(&arena, &issue->pages[i], folder, ".xml"), issue,
                            &issue->pages[i], texts, err) < 0)
            return -1;
    return 0;
}

static int write_issue(const struct export_options *options, const struct export_issue *issue,
                       const char *folder, struct bi_error *err)
{
    (void)options;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct alto_texts texts;
    alto_texts_align(&arena, issue, &texts);
    return alto_write_pages(folder, issue, &texts, err);
}

const struct export_format EXPORT_ALTO = {
    .name = "alto",
    .help = "ALTO 4.4, a file a page",
    .options = "",
    .version = 2,
    .write_issue = write_issue,
};
