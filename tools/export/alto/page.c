#include <string.h>

#include "base/text.h"
#include "export/alto/alto.h"
#include "export/layout.h"

/* ALTO's Variant holds no more characters. */
enum { MAX_VARIANT = 3 };

#define CHINESE "zh"
/* Latin letters, of whatever language. */
#define LATIN "und-Latn"

void alto_write_box(struct bi_xml *xml, struct bi_box box)
{
    if (bi_box_empty(box))
        return;
    bi_xml_attribute_number(xml, "HPOS", box.x);
    bi_xml_attribute_number(xml, "VPOS", box.y);
    bi_xml_attribute_number(xml, "WIDTH", box.w);
    bi_xml_attribute_number(xml, "HEIGHT", box.h);
}

static void share(struct bi_xml *xml, const char *name, double value)
{
    if (value >= 0)
        bi_xml_attribute_format(xml, name, "%.2f", export_share(value));
}

/* ---- outlines */

static bool is_box(const struct bi_polygon *outline)
{
    struct bi_box box = bi_polygon_box(outline);
    for (size_t i = 0; i < outline->count; i++) {
        struct bi_point p = outline->points[i];
        if ((p.x != box.x && p.x != box.x + box.w - 1) || (p.y != box.y && p.y != box.y + box.h - 1))
            return false;
    }
    return true;
}

static void write_points(struct bi_xml *xml, const char *attribute, const struct bi_polygon *polygon)
{
    struct bi_text points = {0};
    for (size_t i = 0; i < polygon->count; i++)
        bi_text_printf(&points, "%s%d,%d", i ? " " : "", polygon->points[i].x, polygon->points[i].y);
    bi_xml_attribute_text(xml, attribute, bi_text_get(&points));
    bi_text_release(&points);
}

/* An outline that its box does not say already. */
static void write_shape(struct bi_xml *xml, const struct bi_polygon *outline)
{
    if (is_box(outline))
        return;
    bi_xml_start(xml, "Shape");
    bi_xml_start(xml, "Polygon");
    write_points(xml, "POINTS", outline);
    bi_xml_end(xml);
    bi_xml_end(xml);
}

/* ---- lines */

static void write_glyph(struct alto_writer *alto, const struct export_line *line, size_t index)
{
    struct bi_xml *xml = &alto->xml;
    const struct export_glyph *glyph = &line->glyphs[index];
    bi_xml_start(xml, "Glyph");
    bi_xml_attribute_format(xml, "ID", "L%dG%zu", line->order, index + 1);
    bi_xml_attribute_text(xml, "CONTENT", glyph->text);
    share(xml, "GC", glyph->confidence);
    alto_write_box(xml, glyph->box);
    for (size_t i = 0; i < glyph->other_count; i++) {
        if (bi_rune_count(glyph->others[i].text) > MAX_VARIANT)
            continue;
        bi_xml_start(xml, "Variant");
        bi_xml_attribute_text(xml, "CONTENT", glyph->others[i].text);
        share(xml, "VC", glyph->others[i].confidence);
        bi_xml_end(xml);
    }
    bi_xml_end(xml);
}

/* A character that XML cannot hold would leave a Glyph without content, which ALTO forbids. */
static bool has_glyphs(struct alto_writer *alto, const struct export_line *line, const char *text)
{
    return line->glyph_count > 0 && strcmp(bi_xml_clean(&alto->xml, text), text) == 0;
}

/* One word; `hyphen`: the last of its characters is written as HYP. */
static void write_string(struct alto_writer *alto, const struct export_line *line,
                         const struct export_word *word, size_t number, bool hyphen, const char *whole,
                         bool second)
{
    struct bi_xml *xml = &alto->xml;
    size_t count = word->count - hyphen;
    const char *text =
        hyphen ? bi_arena_strndup(&alto->arena, word->text, strlen(word->text) - 1) : word->text;
    bi_xml_start(xml, "String");
    bi_xml_attribute_format(xml, "ID", "L%dS%zu", line->order, number);
    bi_xml_attribute_text(xml, "CONTENT", text);
    share(xml, "WC", word->confidence);
    alto_write_box(xml, word->box);
    if (export_text_is_latin(text))
        bi_xml_attribute_text(xml, "LANG", LATIN);
    if (whole) {
        bi_xml_attribute_text(xml, "SUBS_TYPE", second ? "HypPart2" : "HypPart1");
        bi_xml_attribute_text(xml, "SUBS_CONTENT", whole);
    }
    if (has_glyphs(alto, line, text))
        for (size_t i = 0; i < count; i++)
            write_glyph(alto, line, word->first + i);
    bi_xml_end(xml);
}

static void write_hyphen(struct alto_writer *alto, const struct export_line *line)
{
    struct bi_xml *xml = &alto->xml;
    bi_xml_start(xml, "HYP");
    bi_xml_attribute_text(xml, "CONTENT", "-");
    if (line->glyph_count)
        alto_write_box(xml, line->glyphs[line->glyph_count - 1].box);
    bi_xml_end(xml);
}

/* The white space between two words. */
static void write_space(struct alto_writer *alto, const struct export_line *line, struct bi_box before,
                        struct bi_box after)
{
    struct bi_box box = line->box;
    if (line->vertical) {
        box.y = before.y + before.h;
        box.h = after.y > box.y ? after.y - box.y : 0;
    } else {
        box.x = before.x + before.w;
        box.w = after.x > box.x ? after.x - box.x : 0;
    }
    bi_xml_start(&alto->xml, "SP");
    alto_write_box(&alto->xml, box);
    bi_xml_end(&alto->xml);
}

static void write_strings(struct alto_writer *alto, const struct export_line *line,
                          const struct alto_joint *joint)
{
    struct export_word *words;
    size_t count = export_words_split(&alto->arena, line, &words);
    /* ALTO wants a String in each line. */
    if (!count)
        write_string(alto, line, &(struct export_word){.text = "", .confidence = -1}, 1, false, NULL, false);
    for (size_t i = 0; i < count; i++) {
        bool last = i + 1 == count, hyphen = last && joint->word_end, first = i == 0 && joint->word_begin;
        if (i)
            write_space(alto, line, words[i - 1].box, words[i].box);
        write_string(alto, line, &words[i], i + 1, hyphen,
                     hyphen  ? joint->word_end
                     : first ? joint->word_begin
                             : NULL,
                     !hyphen);
    }
    if (joint->word_end)
        write_hyphen(alto, line);
}

static void write_line(struct alto_writer *alto, const struct export_line *line)
{
    struct bi_xml *xml = &alto->xml;
    const struct alto_joint *joint = &alto->joints[line - alto->page->lines];
    bi_xml_start(xml, "TextLine");
    bi_xml_attribute_format(xml, "ID", "L%d", line->order);
    alto_refer_style(alto, alto->line_sizes[line - alto->page->lines]);
    if (line->crosshead || joint->space)
        bi_xml_attribute_format(xml, "TAGREFS", "%s%s%s", line->crosshead ? "ROLE_crosshead" : "",
                                line->crosshead && joint->space ? " " : "",
                                joint->space ? ALTO_JOIN_TAG : "");
    alto_write_box(xml, line->box);
    const struct bi_line *source = export_source_line(&alto->source, line);
    if (source && source->baseline.count >= 2)
        write_points(xml, "BASELINE", &source->baseline);
    if (line->vertical)
        bi_xml_attribute_text(xml, "BASEDIRECTION", "ttb");
    if (source)
        write_shape(xml, &source->outline);
    write_strings(alto, line, joint);
    bi_xml_end(xml);
}

/* ---- blocks */

static void write_block(struct alto_writer *alto, size_t index)
{
    struct bi_xml *xml = &alto->xml;
    const struct export_block *block = &alto->blocks[index];
    const struct export_line *first = block->lines;
    const char *role = bi_role_name(bi_role_from_name(first->role));
    bi_xml_start(xml, "TextBlock");
    bi_xml_attribute_format(xml, "ID", "B%zu", index + 1);
    alto_refer_style(alto, alto->block_sizes[index]);
    if (first->article)
        bi_xml_attribute_format(xml, "TAGREFS", "ROLE_%s A%lld", role, first->article->article_id);
    else
        bi_xml_attribute_format(xml, "TAGREFS", "ROLE_%s", role);
    alto_write_box(xml, block->box);
    if (block->vertical)
        bi_xml_attribute_text(xml, "BASEDIRECTION", "ttb");
    for (size_t i = 0; i < block->count; i++)
        write_line(alto, &block->lines[i]);
    bi_xml_end(xml);
}

/* Blocks of one table are its parts. */
static size_t write_table(struct alto_writer *alto, const struct bi_region *table, size_t first)
{
    bi_xml_start(&alto->xml, "ComposedBlock");
    bi_xml_attribute_format(&alto->xml, "ID", "T%zu", first + 1);
    alto_write_box(&alto->xml, bi_polygon_box(&table->outline));
    bi_xml_attribute_text(&alto->xml, "TYPE", "table");
    size_t i = first;
    for (; i < alto->block_count && strcmp(alto->blocks[i].lines->region_id, table->id) == 0; i++)
        write_block(alto, i);
    bi_xml_end(&alto->xml);
    return i;
}

/* ---- what is no text */

static void write_drawn(struct alto_writer *alto)
{
    struct bi_xml *xml = &alto->xml;
    for (size_t i = 0; i < alto->source.page.region_count; i++) {
        const struct bi_region *region = &alto->source.page.regions[i];
        const bool picture = region->kind == BI_REGION_IMAGE;
        if (!picture && region->kind != BI_REGION_SEPARATOR && region->kind != BI_REGION_FRAME)
            continue;
        bi_xml_start(xml, picture ? "Illustration" : "GraphicalElement");
        bi_xml_attribute_format(xml, "ID", "%s%zu", picture ? "I" : "G", i + 1);
        alto_write_box(xml, bi_polygon_box(&region->outline));
        write_shape(xml, &region->outline);
        bi_xml_end(xml);
    }
}

/* ---- the page */

static void write_languages(struct alto_writer *alto)
{
    bool chinese = false, latin = false;
    for (size_t i = 0; i < alto->page->line_count; i++) {
        struct export_word *words;
        size_t count = export_words_split(&alto->arena, &alto->page->lines[i], &words);
        for (size_t k = 0; k < count; k++) {
            chinese = chinese || export_text_is_chinese(words[k].text);
            latin = latin || export_text_is_latin(words[k].text);
        }
    }
    if (chinese)
        bi_xml_attribute_text(&alto->xml, "LANG", CHINESE);
    if (latin)
        bi_xml_attribute_text(&alto->xml, chinese ? "OTHERLANGS" : "LANG", LATIN);
}

static struct bi_box printed_area(const struct alto_writer *alto)
{
    struct bi_box box = {0};
    for (size_t i = 0; i < alto->block_count; i++)
        box = bi_box_union(box, alto->blocks[i].box);
    for (size_t i = 0; i < alto->source.page.region_count; i++)
        box = bi_box_union(box, bi_polygon_box(&alto->source.page.regions[i].outline));
    return box;
}

static void write_print_space(struct alto_writer *alto)
{
    struct bi_box box = printed_area(alto);
    if (bi_box_empty(box))
        return;
    bi_xml_start(&alto->xml, "PrintSpace");
    alto_write_box(&alto->xml, box);
    for (size_t i = 0; i < alto->block_count;) {
        const struct bi_region *region =
            export_source_region(&alto->source, alto->blocks[i].lines->region_id);
        if (region && region->kind == BI_REGION_TABLE)
            i = write_table(alto, region, i);
        else
            write_block(alto, i++);
    }
    write_drawn(alto);
    bi_xml_end(&alto->xml);
}

void alto_write_layout(struct alto_writer *alto)
{
    struct bi_xml *xml = &alto->xml;
    const struct export_page *page = alto->page;
    bi_xml_start(xml, "Layout");
    bi_xml_start(xml, "Page");
    bi_xml_attribute_format(xml, "ID", "P%d", page->frame);
    bi_xml_attribute_number(xml, "PHYSICAL_IMG_NR", page->frame);
    if (page->number > 0)
        bi_xml_attribute_number(xml, "PRINTED_IMG_NR", page->number);
    if (page->width > 0 && page->height > 0) {
        bi_xml_attribute_number(xml, "WIDTH", page->width);
        bi_xml_attribute_number(xml, "HEIGHT", page->height);
    }
    if (strcmp(page->status, "ok") != 0)
        bi_xml_attribute_text(xml, "QUALITY_DETAIL", page->status);
    alto_refer_steps(alto);
    share(xml, "PC", page->confidence);
    write_languages(alto);
    write_print_space(alto);
    bi_xml_end(xml);
    bi_xml_end(xml);
}
