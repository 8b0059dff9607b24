#include "export/iiif/annotations.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "export/pointers.h"
#include "page/json.h"

#define GRANULARITY "http://iiif.io/api/extension/text-granularity/context.json"

static json_t *line_annotation(struct iiif_document *document, const struct iiif_canvas *canvas,
                               const char *page_id, const struct export_line *line)
{
    return json_pack("{s:s,s:s,s:s,s:s,s:{s:s,s:o,s:s,s:s},s:s}", "id",
                     bi_arena_printf(&document->arena, "%s#%d", page_id, line->order), "type", "Annotation",
                     "motivation", "supplementing", "textGranularity", "line", "body", "type", "TextualBody",
                     "value", bi_json_text(line->text), "format", "text/plain", "language",
                     iiif_language(line->text), "target", iiif_canvas_part(document, canvas, line->box));
}

/* The first part of an article on a page; empty for the page as a whole. */
static struct bi_box part_box(struct export_target target)
{
    for (size_t i = 0; target.article && i < target.article->part_count; i++)
        if (target.article->parts[i].page == target.page)
            return target.article->parts[i].box;
    return (struct bi_box){0};
}

static json_t *link_annotation(struct iiif_document *document, const struct iiif_canvas *canvas,
                               const char *page_id, const struct export_line *line,
                               struct export_target target)
{
    const struct iiif_canvas *to = iiif_canvas_of(document, target.page);
    return json_pack("{s:s,s:s,s:s,s:{s:s,s:s,s:o,s:[{s:s,s:s}]},s:s}", "id",
                     bi_arena_printf(&document->arena, "%s#%d", page_id, line->order), "type", "Annotation",
                     "motivation", "linking", "body", "id", iiif_canvas_part(document, to, part_box(target)),
                     "type", "Canvas", "label", iiif_page_label(&document->arena, target.page), "partOf",
                     "id", iiif_url(document, "manifest.json"), "type", "Manifest", "target",
                     iiif_canvas_part(document, canvas, line->box));
}

static json_t *links_of(struct iiif_document *document, const struct iiif_canvas *canvas, const char *page_id)
{
    json_t *items = json_array();
    for (size_t i = 0; i < canvas->page->line_count; i++) {
        const struct export_line *line = &canvas->page->lines[i];
        struct export_target target = export_target_of(document->issue, line);
        if (target.page)
            json_array_append_new(items, link_annotation(document, canvas, page_id, line, target));
    }
    return items;
}

static json_t *lines_of(struct iiif_document *document, const struct iiif_canvas *canvas, const char *page_id)
{
    json_t *items = json_array();
    for (size_t i = 0; i < canvas->page->line_count; i++)
        if (*canvas->page->lines[i].text)
            json_array_append_new(items, line_annotation(document, canvas, page_id, &canvas->page->lines[i]));
    return items;
}

static const char *lines_id(struct iiif_document *document, const struct iiif_canvas *canvas)
{
    return iiif_url(document, "annotations/%04d.json", canvas->page->frame);
}

static const char *links_id(struct iiif_document *document, const struct iiif_canvas *canvas)
{
    return iiif_url(document, "links/%04d.json", canvas->page->frame);
}

/* Takes context, label and items; NULL where there are no items. */
static json_t *page_of_annotations(const char *id, json_t *context, json_t *label, json_t *items)
{
    json_t *page = json_pack("{s:o,s:s,s:s,s:o,s:o}", "@context", context, "id", id, "type", "AnnotationPage",
                             "label", label, "items", items);
    if (json_array_size(json_object_get(page, "items")))
        return page;
    json_decref(page);
    return NULL;
}

json_t *iiif_annotations_lines(struct iiif_document *document, const struct iiif_canvas *canvas)
{
    const char *id = lines_id(document, canvas);
    return page_of_annotations(id, json_pack("[s,s]", GRANULARITY, IIIF_PRESENTATION),
                               iiif_label("文字", "Text"), lines_of(document, canvas, id));
}

json_t *iiif_annotations_links(struct iiif_document *document, const struct iiif_canvas *canvas)
{
    const char *id = links_id(document, canvas);
    return page_of_annotations(id, json_string(IIIF_PRESENTATION), iiif_label("转版链接", "Jumps"),
                               links_of(document, canvas, id));
}

/* Takes the page of annotations, perhaps NULL. */
static void add_reference(json_t *references, json_t *page)
{
    if (page)
        json_array_append_new(references,
                              json_pack("{s:O,s:s,s:O}", "id", json_object_get(page, "id"), "type",
                                        "AnnotationPage", "label", json_object_get(page, "label")));
    json_decref(page);
}

json_t *iiif_annotations_references(struct iiif_document *document, const struct iiif_canvas *canvas)
{
    json_t *references = json_array();
    add_reference(references, iiif_annotations_lines(document, canvas));
    add_reference(references, iiif_annotations_links(document, canvas));
    return references;
}

/* Takes the page of annotations, perhaps NULL. */
static int write_page(struct iiif_document *document, const char *folder, const struct iiif_canvas *canvas,
                      json_t *page, struct bi_error *err)
{
    if (!page)
        return 0;
    if (bi_path_make(bi_path_join(&document->arena, document->folder, folder), err) < 0) {
        json_decref(page);
        return -1;
    }
    return iiif_write(document,
                      bi_arena_printf(&document->arena, "%s/%04d.json", folder, canvas->page->frame), page,
                      true, err);
}

int iiif_annotations_write(struct iiif_document *document, const struct iiif_canvas *canvas,
                           struct bi_error *err)
{
    if (write_page(document, "annotations", canvas, iiif_annotations_lines(document, canvas), err) < 0)
        return -1;
    return write_page(document, "links", canvas, iiif_annotations_links(document, canvas), err);
}
