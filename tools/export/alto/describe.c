#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "export/alto/alto.h"
#include "export/layout.h"
#include "export/xml.h"

/* ---- Description */

static void identifier(struct bi_xml *xml, const char *location, const char *value)
{
    if (!*value)
        return;
    bi_xml_start(xml, "fileIdentifier");
    bi_xml_attribute_text(xml, "fileIdentifierLocation", location);
    bi_xml_text(xml, value);
    bi_xml_end(xml);
}

/* The image that the places are of, and the scan that it was made from. */
static void write_source(struct alto_writer *alto)
{
    struct bi_xml *xml = &alto->xml;
    const struct export_page *page = alto->page;
    bi_xml_start(xml, "sourceImageInformation");
    bi_xml_element(xml, "fileName", *page->image_stored ? page->image_stored : page->scan_stored);
    identifier(xml, "sha256", page->image_sha256);
    identifier(xml, "scan", page->scan_stored);
    identifier(xml, "scan-sha256", page->scan_sha256);
    bi_xml_start(xml, "documentIdentifier");
    bi_xml_text(xml, bi_arena_printf(&alto->arena, "%s/%s", alto->issue->title, alto->issue->name));
    bi_xml_end(xml);
    bi_xml_end(xml);
}

static const struct {
    const char *stage, *category, *words;
} STEPS[] = {
    {"1-intake", "preOperation", "scans of the issue put in order"},
    {"2-deskew", "preOperation", "page image set upright"},
    {"3-segment", "contentGeneration", "regions, lines and reading order found"},
    {"3-correction", "contentModification", "regions and lines corrected by hand"},
    {"4-ocr", "contentGeneration", "text recognised"},
    {"4-correction", "contentModification", "text corrected by hand"},
    {"5-stitch", "postOperation", "roles of lines and articles found"},
};

static void write_step(struct alto_writer *alto, const struct export_run *run, size_t number)
{
    struct bi_xml *xml = &alto->xml;
    const char *category = "other", *words = NULL;
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++)
        if (strcmp(STEPS[i].stage, run->stage) == 0) {
            category = STEPS[i].category;
            words = STEPS[i].words;
        }
    bi_xml_start(xml, "Processing");
    bi_xml_attribute_format(xml, "ID", "PR%zu", number);
    bi_xml_element(xml, "processingCategory", category);
    if (export_is_time(run->started))
        bi_xml_element(xml, "processingDateTime", run->started);
    bi_xml_element(xml, "processingStepDescription", run->stage);
    if (words)
        bi_xml_element(xml, "processingStepDescription", words);
    if (*run->parameters || *run->models)
        bi_xml_element(xml, "processingStepSettings",
                       bi_arena_printf(&alto->arena, "%s%s%s%s", run->parameters,
                                       *run->parameters && *run->models ? " " : "",
                                       *run->models ? "models=" : "", run->models));
    bi_xml_start(xml, "processingSoftware");
    bi_xml_element(xml, "softwareName", "backissue");
    if (*run->version)
        bi_xml_element(xml, "softwareVersion", run->version);
    bi_xml_end(xml);
    bi_xml_end(xml);
}

/* Steps of this page and of the whole issue; one that failed made nothing of it. */
static bool is_step(const struct alto_writer *alto, const struct export_run *run)
{
    return run->exit_code == 0 && (run->frame == alto->page->frame || run->frame == 0);
}

void alto_write_description(struct alto_writer *alto)
{
    bi_xml_start(&alto->xml, "Description");
    bi_xml_element(&alto->xml, "MeasurementUnit", "pixel");
    write_source(alto);
    size_t number = 0;
    for (size_t i = 0; i < alto->issue->run_count; i++)
        if (is_step(alto, &alto->issue->runs[i]))
            write_step(alto, &alto->issue->runs[i], ++number);
    bi_xml_end(&alto->xml);
}

void alto_refer_steps(struct alto_writer *alto)
{
    struct bi_text ids = {0};
    size_t number = 0;
    for (size_t i = 0; i < alto->issue->run_count; i++)
        if (is_step(alto, &alto->issue->runs[i])) {
            number++;
            bi_text_printf(&ids, "%sPR%zu", number > 1 ? " " : "", number);
        }
    if (number)
        bi_xml_attribute_text(&alto->xml, "PROCESSINGREFS", ids.data);
    bi_text_release(&ids);
}

/* ---- Styles: sizes of type, in half points */

/* A line is of its block's size unless it differs by more than this share. */
#define SAME_SIZE 0.15
/* No character is larger, in pixels. */
#define MAX_EM 1e5

static int half_points(const struct alto_writer *alto, double em)
{
    int dpi = alto->page->dpi;
    return dpi > 0 && em > 0 && em < MAX_EM ? (int)(144 * em / dpi + 0.5) : 0;
}

static int by_size(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static int by_em(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Most lines of a block have the size of the one in the middle. */
static double middle_em(struct alto_writer *alto, const struct export_block *block)
{
    double *sizes = bi_arena_array(&alto->arena, block->count, sizeof *sizes);
    for (size_t i = 0; i < block->count; i++)
        sizes[i] = export_source_em(&alto->source, &block->lines[i]);
    qsort(sizes, block->count, sizeof *sizes, by_em);
    return sizes[block->count / 2];
}

void alto_measure_styles(struct alto_writer *alto)
{
    alto->line_sizes = bi_arena_array(&alto->arena, alto->page->line_count + 1, sizeof(int));
    alto->block_sizes = bi_arena_array(&alto->arena, alto->block_count + 1, sizeof(int));
    for (size_t i = 0; i < alto->block_count; i++) {
        const struct export_block *block = &alto->blocks[i];
        double em = middle_em(alto, block);
        alto->block_sizes[i] = half_points(alto, em);
        for (size_t k = 0; k < block->count; k++) {
            double own = export_source_em(&alto->source, &block->lines[k]);
            if (own < (1 - SAME_SIZE) * em || own > (1 + SAME_SIZE) * em)
                alto->line_sizes[&block->lines[k] - alto->page->lines] = half_points(alto, own);
        }
    }
}

void alto_write_styles(struct alto_writer *alto)
{
    size_t count = alto->block_count + alto->page->line_count;
    int *sizes = bi_arena_array(&alto->arena, count + 1, sizeof *sizes), last = 0;
    memcpy(sizes, alto->block_sizes, alto->block_count * sizeof *sizes);
    memcpy(sizes + alto->block_count, alto->line_sizes, alto->page->line_count * sizeof *sizes);
    qsort(sizes, count, sizeof *sizes, by_size);
    if (!count || sizes[count - 1] <= 0)
        return;
    bi_xml_start(&alto->xml, "Styles");
    for (size_t i = 0; i < count; i++) {
        if (sizes[i] == last || sizes[i] <= 0)
            continue;
        last = sizes[i];
        bi_xml_start(&alto->xml, "TextStyle");
        bi_xml_attribute_format(&alto->xml, "ID", ALTO_STYLE, last / 2, last % 2 * 5);
        bi_xml_attribute_format(&alto->xml, "FONTSIZE", "%d.%d", last / 2, last % 2 * 5);
        bi_xml_end(&alto->xml);
    }
    bi_xml_end(&alto->xml);
}

void alto_refer_style(struct alto_writer *alto, int size)
{
    if (size > 0)
        bi_xml_attribute_format(&alto->xml, "STYLEREFS", ALTO_STYLE, size / 2, size % 2 * 5);
}

/* ---- Tags: roles, articles, and how lines go on */

static void tag(struct bi_xml *xml, const char *element, const char *id, const char *type, const char *label)
{
    bi_xml_start(xml, element);
    bi_xml_attribute_text(xml, "ID", id);
    bi_xml_attribute_text(xml, "TYPE", type);
    bi_xml_attribute_text(xml, "LABEL", label);
}

static void write_role_tags(struct alto_writer *alto)
{
    bool seen[BI_ROLE_AD + 1] = {false};
    for (size_t i = 0; i < alto->page->line_count; i++) {
        seen[bi_role_from_name(alto->page->lines[i].role)] = true;
        seen[BI_ROLE_CROSSHEAD] = seen[BI_ROLE_CROSSHEAD] || alto->page->lines[i].crosshead;
    }
    for (size_t i = 0; i <= BI_ROLE_AD; i++) {
        if (!seen[i])
            continue;
        const char *role = bi_role_name((enum bi_role)i);
        tag(&alto->xml, "RoleTag", bi_arena_printf(&alto->arena, "ROLE_%s", role), "role", role);
        bi_xml_end(&alto->xml);
    }
}

static void write_article_tags(struct alto_writer *alto)
{
    const struct export_issue *issue = alto->issue;
    bool *seen = bi_arena_array(&alto->arena, issue->article_count + 1, sizeof *seen);
    for (size_t i = 0; i < alto->block_count; i++) {
        const struct export_article *article = alto->blocks[i].lines->article;
        if (!article || seen[article - issue->articles])
            continue;
        seen[article - issue->articles] = true;
        tag(&alto->xml, "StructureTag", bi_arena_printf(&alto->arena, "A%lld", article->article_id),
            article->kind, *article->headline ? article->headline : article->kind);
        bi_xml_end(&alto->xml);
    }
}

void alto_write_tags(struct alto_writer *alto)
{
    struct bi_xml *xml = &alto->xml;
    bool space = false;
    for (size_t i = 0; i < alto->page->line_count; i++)
        space = space || alto->joints[i].space;
    if (!alto->block_count)
        return;
    bi_xml_start(xml, "Tags");
    write_role_tags(alto);
    write_article_tags(alto);
    if (space) {
        tag(xml, "OtherTag", ALTO_JOIN_TAG, "join", "space");
        bi_xml_attribute_text(xml, "DESCRIPTION",
                              "in the article's text, white space stands between this line and the next");
        bi_xml_end(xml);
    }
    bi_xml_end(xml);
}

/* ---- ReadingOrder: articles, and the blocks of each */

void alto_write_reading_order(struct alto_writer *alto)
{
    struct bi_xml *xml = &alto->xml;
    if (!alto->block_count)
        return;
    bi_xml_start(xml, "ReadingOrder");
    bi_xml_start(xml, "OrderedGroup");
    bi_xml_attribute_text(xml, "ID", "RO");
    for (size_t i = 0; i < alto->block_count;) {
        const struct export_article *article = alto->blocks[i].lines->article;
        bi_xml_start(xml, "OrderedGroup");
        bi_xml_attribute_format(xml, "ID", "RO_G%zu", i + 1);
        if (article)
            bi_xml_attribute_format(xml, "TAGREFS", "A%lld", article->article_id);
        for (; i < alto->block_count && alto->blocks[i].lines->article == article; i++) {
            bi_xml_start(xml, "ElementRef");
            bi_xml_attribute_format(xml, "ID", "RO_B%zu", i + 1);
            bi_xml_attribute_format(xml, "REF", "B%zu", i + 1);
            bi_xml_end(xml);
        }
        bi_xml_end(xml);
    }
    bi_xml_end(xml);
    bi_xml_end(xml);
}
