#include "export/iiif/annotations.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"
#include "page/json.h"

#define GRANULARITY "http://iiif.io/api/extension/text-granularity/context.json"

/* Where a link begins or ends. */
struct end {
    struct export_page *page;
    struct bi_box box; /* empty: the page */
};

static json_t *line_annotation(struct iiif_document *document, const struct iiif_canvas *canvas,
                               const char *page_id, const struct export_line *line)
{
    return json_pack("{s:s,s:s,s:s,s:s,s:{s:s,s:o,s:s,s:s},s:s}", "id",
                     bi_arena_printf(&document->arena, "%s#%d", page_id, line->order), "type", "Annotation",
                     "motivation", "supplementing", "textGranularity", "line", "body", "type", "TextualBody",
                     "value", bi_json_text(line->text), "format", "text/plain", "language",
                     iiif_language(line->text), "target", iiif_canvas_part(document, canvas, line->box));
}

/* Whether a line holds a printed pointer, however wide its characters are. */
static bool says(const struct export_line *line, const char *marker)
{
    BI_CLEANUP(bi_text_release) struct bi_text text = {0}, wanted = {0};
    bi_text_fold(&text, line->text);
    bi_text_fold(&wanted, marker);
    return wanted.length && strstr(bi_text_get(&text), wanted.data);
}

static bool is_pointer(const struct export_line *line)
{
    return strcmp(line->role, "jump") == 0 || strcmp(line->role, "teaser") == 0;
}

/* The box of the line with a pointer: the article's own before another's. */
static struct bi_box pointer_box(const struct export_page *page, const char *marker,
                                 const struct export_article *article)
{
    const struct export_line *found = NULL;
    for (size_t i = 0; i < page->line_count; i++) {
        const struct export_line *line = &page->lines[i];
        if (is_pointer(line) && says(line, marker) &&
            (!found || (article && line->article == article && found->article != article)))
            found = line;
    }
    return found ? found->box : (struct bi_box){0};
}

/* The first part of an article on a page. */
static struct bi_box part_box(const struct export_page *page, const struct export_article *article)
{
    for (size_t i = 0; article && i < article->part_count; i++)
        if (article->parts[i].page == page)
            return article->parts[i].box;
    return (struct bi_box){0};
}

/* 上接第2版: the box of the pointer back to a page. */
static struct bi_box back_box(const struct export_page *page, const struct export_article *article,
                              int number)
{
    char marker[32];
    (void)snprintf(marker, sizeof marker, "第%d版", number);
    for (size_t i = 0; i < page->line_count; i++) {
        const struct export_line *line = &page->lines[i];
        if (line->article == article && strcmp(line->role, "jump") == 0 && says(line, marker))
            return line->box;
    }
    return (struct bi_box){0};
}

static json_t *link_annotation(struct iiif_document *document, const char *page_id, size_t number,
                               struct end from, struct end to)
{
    const char *source = iiif_canvas_part(document, iiif_canvas_of(document, from.page), from.box);
    const char *target = iiif_canvas_part(document, iiif_canvas_of(document, to.page), to.box);
    return json_pack("{s:s,s:s,s:s,s:{s:s,s:s,s:o,s:[{s:s,s:s}]},s:s}", "id",
                     bi_arena_printf(&document->arena, "%s#%zu", page_id, number), "type", "Annotation",
                     "motivation", "linking", "body", "id", target, "type", "Canvas", "label",
                     iiif_page_label(&document->arena, to.page), "partOf", "id",
                     iiif_url(document, "manifest.json"), "type", "Manifest", "target", source);
}

/* Links from a page, and those of continuations from their other end. */
static json_t *links_of(struct iiif_document *document, const struct export_page *page, const char *page_id)
{
    const struct export_issue *issue = document->issue;
    json_t *items = json_array();
    for (size_t i = 0; i < issue->link_count; i++) {
        const struct export_link *link = &issue->links[i];
        struct export_page *source = export_issue_page(issue, link->source_page),
                           *target = export_issue_page(issue, link->target_page);
        if (!source || !target || strcmp(link->status, "linked") != 0)
            continue;
        struct end from = {source, pointer_box(source, link->marker, link->source)},
                   to = {target, part_box(target, link->target)};
        if (bi_box_empty(from.box))
            from.box = part_box(source, link->source);
        if (source == page)
            json_array_append_new(items,
                                  link_annotation(document, page_id, json_array_size(items) + 1, from, to));
        struct bi_box back =
            link->target ? back_box(target, link->target, link->source_page) : (struct bi_box){0};
        if (target == page && strcmp(link->kind, "continuation") == 0 && !bi_box_empty(back))
            json_array_append_new(items,
                                  link_annotation(document, page_id, json_array_size(items) + 1,
                                                  (struct end){target, back},
                                                  (struct end){source, part_box(source, link->source)}));
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
                               links_of(document, canvas->page, id));
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
