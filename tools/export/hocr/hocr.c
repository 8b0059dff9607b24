/* hOCR 1.2 (https://kba.github.io/hocr-spec/1.2/), a file of XHTML a page.
 *
 * ocr_page → ocr_carea (a block: lines of one region, role and article, which cflow names) → ocr_par →
 * ocr_line → ocrx_word (a run without white space, in Chinese often a whole line) → ocrx_cinfo (a character).
 * What hOCR has a class for beyond that stands around the block: ocr_header, ocr_caption, ocr_title,
 * ocr_author. No white space stands between the elements of a block, so that what a browser or a
 * tool takes as the text of a line is that of the archive. */
#include <math.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "export/format.h"
#include "export/layout.h"
#include "export/reference.h"
#include "export/source.h"
#include "export/xml.h"

struct hocr_writer {
    struct bi_xml xml;
    struct bi_arena arena;
    const struct export_options *options;
    const struct export_issue *issue;
    const struct export_page *page;
    struct export_source source;
    struct export_block *blocks;
    size_t block_count;
    struct bi_text title; /* the properties of the element that is being written */
};

/* ---- elements */

static void start(struct hocr_writer *hocr, const char *element, const char *class, const char *id)
{
    bi_xml_start(&hocr->xml, element);
    bi_xml_attribute_text(&hocr->xml, "class", class);
    bi_xml_attribute_text(&hocr->xml, "id", id);
    bi_text_clear(&hocr->title);
}

/* With an end tag of its own, as a browser wants it even of what is empty. */
static void end(struct hocr_writer *hocr)
{
    bi_xml_end_full(&hocr->xml);
}

static void property(struct hocr_writer *hocr)
{
    if (hocr->title.length)
        bi_text_add(&hocr->title, "; ");
}

static void add_box(struct hocr_writer *hocr, const char *name, struct bi_box box)
{
    property(hocr);
    bi_text_printf(&hocr->title, "%s %d %d %d %d", name, box.x, box.y, box.x + box.w, box.y + box.h);
}

/* In percent, as hOCR has it. */
static void add_confidence(struct hocr_writer *hocr, const char *name, double share)
{
    if (share < 0)
        return;
    property(hocr);
    bi_text_printf(&hocr->title, "%s %ld", name, lround(100 * export_share(share)));
}

static void write_title(struct hocr_writer *hocr)
{
    bi_xml_attribute_text(&hocr->xml, "title", bi_text_get(&hocr->title));
}

/* ---- lines */

static void write_characters(struct hocr_writer *hocr, const struct export_line *line,
                             const struct export_word *word)
{
    if (!line->glyph_count) {
        bi_xml_text(&hocr->xml, word->text);
        return;
    }
    for (size_t i = word->first; i < word->first + word->count; i++) {
        const struct export_glyph *glyph = &line->glyphs[i];
        start(hocr, "span", "ocrx_cinfo", NULL);
        add_box(hocr, "x_bboxes", glyph->box);
        add_confidence(hocr, "x_conf", glyph->confidence);
        write_title(hocr);
        bi_xml_text(&hocr->xml, glyph->text);
        end(hocr);
    }
}

/* Slope and height over the lower left corner of the line's box. */
static void add_baseline(struct hocr_writer *hocr, const struct export_line *line)
{
    const struct bi_line *source = export_source_line(&hocr->source, line);
    if (!source || source->baseline.count < 2 || line->vertical)
        return;
    const struct bi_point *first = &source->baseline.points[0],
                          *last = &source->baseline.points[source->baseline.count - 1];
    if (last->x <= first->x)
        return;
    const double slope = (double)(last->y - first->y) / (double)(last->x - first->x);
    const double offset = first->y + slope * (line->box.x - first->x) - (line->box.y + line->box.h);
    property(hocr);
    bi_text_printf(&hocr->title, "baseline %.3f %ld", slope, lround(offset));
}

static void write_line(struct hocr_writer *hocr, const struct export_line *line)
{
    struct export_word *words;
    size_t count = export_words_split(&hocr->arena, line, &words);
    start(hocr, "span", "ocr_line",
          bi_arena_printf(&hocr->arena, "line_%d_%d", hocr->page->frame, line->order));
    add_box(hocr, "bbox", line->box);
    add_baseline(hocr, line);
    property(hocr);
    bi_text_printf(&hocr->title, "x_size %.1f", export_source_em(&hocr->source, line));
    if (line->vertical)
        bi_text_add(&hocr->title, "; textangle 270");
    add_confidence(hocr, "x_wconf", line->confidence);
    write_title(hocr);
    if (line->vertical)
        bi_xml_attribute_text(&hocr->xml, "style", "writing-mode: vertical-rl");
    for (size_t i = 0; i < count; i++) {
        bi_xml_text(&hocr->xml, words[i].space);
        start(hocr, "span", "ocrx_word",
              bi_arena_printf(&hocr->arena, "word_%d_%d_%zu", hocr->page->frame, line->order, i + 1));
        add_box(hocr, "bbox", words[i].box);
        add_confidence(hocr, "x_wconf", words[i].confidence);
        write_title(hocr);
        write_characters(hocr, line, &words[i]);
        end(hocr);
    }
    end(hocr);
}

/* ---- blocks */

/* The element of hOCR for a role, NULL if there is none. */
static const char *class_of(const char *role)
{
    static const char *const classes[][2] = {{"header", "ocr_header"},
                                             {"caption", "ocr_caption"},
                                             {"headline", "ocr_title"},
                                             {"byline", "ocr_author"}};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (strcmp(classes[i][0], role) == 0)
            return classes[i][1];
    return NULL;
}

static bool is_chinese(const struct export_block *block)
{
    for (size_t i = 0; i < block->count; i++)
        if (export_text_is_chinese(block->lines[i].text))
            return true;
    return false;
}

static void write_block(struct hocr_writer *hocr, size_t index)
{
    const struct export_block *block = &hocr->blocks[index];
    const char *class = class_of(block->lines->role);
    const int frame = hocr->page->frame;
    if (class) {
        start(hocr, "div", class, NULL);
        add_box(hocr, "bbox", block->box);
        write_title(hocr);
    }
    start(hocr, "div", "ocr_carea", bi_arena_printf(&hocr->arena, "block_%d_%zu", frame, index + 1));
    add_box(hocr, "bbox", block->box);
    if (block->lines->article)
        bi_text_printf(&hocr->title, "; cflow \"article%lld\"", block->lines->article->article_id);
    write_title(hocr);
    start(hocr, "p", "ocr_par", bi_arena_printf(&hocr->arena, "par_%d_%zu", frame, index + 1));
    add_box(hocr, "bbox", block->box);
    write_title(hocr);
    if (is_chinese(block)) {
        bi_xml_attribute_text(&hocr->xml, "lang", "zh");
        bi_xml_attribute_text(&hocr->xml, "xml:lang", "zh");
    }
    for (size_t i = 0; i < block->count; i++)
        write_line(hocr, &block->lines[i]);
    for (int i = class ? 0 : 1; i < 3; i++)
        end(hocr);
    bi_xml_text(&hocr->xml, "\n");
}

/* Pictures, tables and rules, where the page's PAGE-XML knows them. */
static void write_drawn(struct hocr_writer *hocr)
{
    static const char *const classes[] = {[BI_REGION_IMAGE] = "ocr_photo",
                                          [BI_REGION_TABLE] = "ocr_table",
                                          [BI_REGION_SEPARATOR] = "ocr_separator",
                                          [BI_REGION_FRAME] = "ocr_separator"};
    for (size_t i = 0; i < hocr->source.page.region_count; i++) {
        const struct bi_region *region = &hocr->source.page.regions[i];
        if (region->kind == BI_REGION_TEXT)
            continue;
        start(hocr, "div", classes[region->kind],
              bi_arena_printf(&hocr->arena, "drawn_%d_%zu", hocr->page->frame, i + 1));
        add_box(hocr, "bbox", bi_polygon_box(&region->outline));
        write_title(hocr);
        end(hocr);
    }
}

/* ---- the page */

static void write_meta(struct hocr_writer *hocr, const char *name, const char *content)
{
    bi_xml_start(&hocr->xml, "meta");
    bi_xml_attribute_text(&hocr->xml, "name", name);
    bi_xml_attribute_text(&hocr->xml, "content", content);
    bi_xml_end(&hocr->xml);
}

static void write_head(struct hocr_writer *hocr)
{
    struct bi_xml *xml = &hocr->xml;
    const struct export_issue *issue = hocr->issue;
    bi_xml_start(xml, "head");
    bi_xml_element(xml, "title",
                   bi_arena_printf(&hocr->arena, "%s %s, page %d", issue->paper,
                                   *issue->date ? issue->date : issue->name, hocr->page->number));
    bi_xml_start(xml, "meta");
    bi_xml_attribute_text(xml, "http-equiv", "Content-Type");
    bi_xml_attribute_text(xml, "content", "text/html;charset=utf-8");
    bi_xml_end(xml);
    write_meta(hocr, "ocr-system", "backissue " BI_VERSION);
    write_meta(hocr, "ocr-capabilities",
               "ocr_page ocr_carea ocr_par ocr_line ocr_header ocr_caption ocr_title ocr_author ocr_photo "
               "ocr_table ocr_separator ocrp_lang ocrx_word ocrx_cinfo ocrp_wconf");
    write_meta(hocr, "ocr-number-of-pages", "1");
    for (size_t i = 0; i < hocr->block_count; i++)
        if (is_chinese(&hocr->blocks[i])) {
            write_meta(hocr, "ocr-langs", "zh");
            break;
        }
    bi_xml_start(xml, "style");
    bi_xml_attribute_text(xml, "type", "text/css");
    bi_xml_text(xml, ".ocr_line { display: block }");
    bi_xml_end(xml);
    bi_xml_end(xml);
}

/* A quoted string cannot hold a quote, nor what a path has no use for. */
static void add_image(struct hocr_writer *hocr)
{
    const struct export_page *page = hocr->page;
    const char *image = export_reference(&hocr->arena, hocr->options, hocr->issue, "hocr", page->image_path,
                                         page->image_stored);
    if (!*image)
        return;
    property(hocr);
    bi_text_add(&hocr->title, "image \"");
    for (; *image; image++)
        bi_text_add_bytes(&hocr->title, *image == '"' ? "%22" : image, *image == '"' ? 3 : 1);
    bi_text_add(&hocr->title, "\"");
}

/* The image, or where its size is unknown as much of it as is printed on. */
static struct bi_box page_box(const struct hocr_writer *hocr)
{
    struct bi_box page = {0, 0, hocr->page->width, hocr->page->height}, printed = {0};
    if (!bi_box_empty(page))
        return page;
    for (size_t i = 0; i < hocr->block_count; i++)
        printed = bi_box_union(printed, hocr->blocks[i].box);
    return (struct bi_box){0, 0, printed.x + printed.w, printed.y + printed.h};
}

static void write_body(struct hocr_writer *hocr)
{
    const struct export_page *page = hocr->page;
    bi_xml_start(&hocr->xml, "body");
    start(hocr, "div", "ocr_page", bi_arena_printf(&hocr->arena, "page_%d", page->frame));
    add_image(hocr);
    add_box(hocr, "bbox", page_box(hocr));
    bi_text_printf(&hocr->title, "; ppageno %d; lpageno %d", page->frame - 1, page->number);
    if (page->dpi > 0)
        bi_text_printf(&hocr->title, "; scan_res %d %d", page->dpi, page->dpi);
    write_title(hocr);
    for (size_t i = 0; i < hocr->block_count; i++)
        write_block(hocr, i);
    write_drawn(hocr);
    end(hocr);
    bi_xml_end(&hocr->xml);
}

static void write_document(struct hocr_writer *hocr)
{
    struct bi_xml *xml = &hocr->xml;
    bi_xml_doctype(xml, "html", "-//W3C//DTD XHTML 1.0 Transitional//EN",
                   "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd");
    bi_xml_start(xml, "html");
    bi_xml_attribute_text(xml, "xmlns", "http://www.w3.org/1999/xhtml");
    write_head(hocr);
    write_body(hocr);
    bi_xml_end(xml);
}

static int write_page(const struct export_options *options, const struct export_issue *issue,
                      const struct export_page *page, const char *path, struct bi_error *err)
{
    struct hocr_writer hocr = {.options = options, .issue = issue, .page = page};
    export_source_read(&hocr.arena, page, &hocr.source);
    hocr.block_count = export_blocks_split(&hocr.arena, page, &hocr.blocks);
    struct export_xml_file file;
    int status = export_xml_open(&file, &hocr.xml, path, false, err);
    if (status == 0) {
        write_document(&hocr);
        status = export_xml_close(&file, &hocr.xml, err);
    }
    bi_text_release(&hocr.title);
    export_source_release(&hocr.source);
    bi_arena_release(&hocr.arena);
    return status;
}

static int write_issue(const struct export_options *options, const struct export_issue *issue,
                       const char *folder, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    for (size_t i = 0; i < issue->page_total; i++)
        if (write_page(options, issue, &issue->pages[i],
                       export_name_page(&arena, &issue->pages[i], folder, ".html"), err) < 0)
            return -1;
    return 0;
}

const struct export_format EXPORT_HOCR = {
    .name = "hocr",
    .help = "hOCR 1.2, a file a page",
    .options = "",
    .version = 3,
    .write_issue = write_issue,
};
