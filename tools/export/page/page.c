/* PAGE-XML as the stages made it, corrections by hand included. A file whose lines are those of the archive
 * is copied element for element, whatever program wrote it; only the image that it names is another. Where
 * there is none, the page is made anew from the archive. */
#include <libxml/parser.h>
#include <string.h>

#include "base/cleanup.h"
#include "export/format.h"
#include "export/layout.h"
#include "export/reference.h"
#include "export/source.h"
#include "page/pagexml.h"
#include "page/xml.h"

static void free_document(xmlDoc **document)
{
    xmlFreeDoc(*document);
}

/* ---- a file of the stages */

static int copy(const char *from, const char *image, const char *to, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size;
    if (bi_file_read(from, BI_PAGEXML_MAX_BYTES, false, &data, &size, err) < 0)
        return -1;
    BI_CLEANUP(free_document)
    xmlDoc *document =
        xmlReadMemory(data, (int)size, NULL, NULL,
                      XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    const xmlNode *page = root ? bi_xml_child(root, "Page") : NULL;
    if (!page)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is not PAGE-XML", from);
    xmlSetProp((xmlNode *)page, BAD_CAST "imageFilename", BAD_CAST image);
    xmlChar *text = NULL;
    int length = 0;
    xmlDocDumpMemoryEnc(document, &text, &length, "UTF-8");
    int status = text ? export_write(to, text, (size_t)length, err)
                      : bi_error_set(err, BI_EXIT_INTERNAL, "%s: out of memory", to);
    xmlFree(text);
    return status;
}

/* ---- a page of the archive */

static void make_glyphs(struct bi_arena *arena, const struct export_line *from, struct bi_line *to)
{
    to->glyphs = bi_arena_array(arena, from->glyph_count, sizeof *to->glyphs);
    to->glyph_count = from->glyph_count;
    for (size_t i = 0; i < from->glyph_count; i++) {
        const struct export_glyph *glyph = &from->glyphs[i];
        struct bi_glyph *made = &to->glyphs[i];
        made->box = glyph->box;
        made->reading_count = glyph->other_count + 1;
        made->readings = bi_arena_array(arena, made->reading_count, sizeof *made->readings);
        made->readings[0] = (struct bi_reading){bi_arena_strdup(arena, glyph->text), glyph->confidence};
        for (size_t k = 0; k < glyph->other_count; k++)
            made->readings[k + 1] = (struct bi_reading){bi_arena_strdup(arena, glyph->others[k].text),
                                                        glyph->others[k].confidence};
    }
}

static void make_line(struct bi_arena *arena, const struct export_line *from, struct bi_line *to)
{
    *to = (struct bi_line){
        .id = bi_arena_printf(arena, "l%d", from->order),
        .role = from->crosshead ? BI_ROLE_CROSSHEAD : bi_role_from_name(from->role),
        .vertical = from->vertical,
        .em = export_line_em(from),
        .text = bi_arena_strdup(arena, from->text),
        .confidence = export_share(from->confidence),
    };
    bi_polygon_from_box(arena, &to->outline, from->box);
    make_glyphs(arena, from, to);
}

static void make_page(const struct export_issue *issue, const struct export_page *page, const char *image,
                      struct bi_page *made)
{
    struct bi_arena *arena = &made->arena;
    struct export_block *blocks;
    size_t count = export_blocks_split(arena, page, &blocks);
    made->image = bi_arena_strdup(arena, image);
    made->width = page->width;
    made->height = page->height;
    made->transform.dpi = page->dpi;
    for (size_t i = 0; i < count; i++) {
        struct bi_region *region = bi_page_add_region(made, BI_REGION_TEXT);
        region->role = bi_role_from_name(blocks[i].lines->role);
        region->vertical = blocks[i].vertical;
        bi_polygon_from_box(arena, &region->outline, blocks[i].box);
        region->lines = bi_arena_array(arena, blocks[i].count, sizeof *region->lines);
        region->line_count = blocks[i].count;
        for (size_t k = 0; k < blocks[i].count; k++)
            make_line(arena, &blocks[i].lines[k], &region->lines[k]);
    }
    for (size_t i = 0; i < issue->run_count; i++) {
        const struct export_run *run = &issue->runs[i];
        if (run->frame != page->frame || run->exit_code != 0)
            continue;
        bi_page_add_step(made, run->stage, run->parameters, run->models);
        made->steps[made->step_count - 1].version = bi_arena_strdup(arena, run->version);
    }
}

static int write_page(const struct export_options *options, const struct export_issue *issue,
                      const struct export_page *page, const char *to, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(export_source_release) struct export_source source;
    const char *image =
        export_reference(&arena, options, issue, "page", page->image_path, page->image_stored);
    export_source_read(&arena, page, &source);
    if (source.path)
        return copy(source.path, image, to, err);
    make_page(issue, page, image, &source.page);
    return bi_pagexml_write(to, &source.page, err);
}

static int write_issue(const struct export_options *options, const struct export_issue *issue,
                       const char *folder, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    for (size_t i = 0; i < issue->page_total; i++)
        if (write_page(options, issue, &issue->pages[i],
                       export_name_page(&arena, &issue->pages[i], folder, ".page.xml"), err) < 0)
            return -1;
    return 0;
}

const struct export_format EXPORT_PAGE = {
    .name = "page",
    .help = "PAGE-XML with corrections, a file a page",
    .options = "",
    .version = 1,
    .write_issue = write_issue,
};
