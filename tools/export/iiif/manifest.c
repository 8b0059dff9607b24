#include "export/iiif/manifest.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/date.h"
#include "export/iiif/annotations.h"
#include "export/iiif/ranges.h"
#include "page/json.h"

const char *iiif_collection_url(struct bi_arena *arena, const struct export_options *options,
                                const char *title_folder)
{
    return iiif_url_below(arena, options->base_url, bi_path_join(arena, title_folder, IIIF_COLLECTION));
}

static json_t *service_of(struct iiif_document *document, const struct iiif_canvas *canvas)
{
    return json_pack("[{s:s,s:s,s:s}]", "id", iiif_url(document, "%04d", canvas->page->frame), "type",
                     "ImageService3", "profile", document->serves ? "level1" : "level0");
}

/* The image of a canvas as `request` gives it. */
static json_t *image_of(struct iiif_document *document, const struct iiif_canvas *canvas, const char *request,
                        struct iiif_size size)
{
    return json_pack("{s:s,s:s,s:s,s:i,s:i,s:o}", "id",
                     iiif_url(document, "%04d/full/%s/0/default.jpg", canvas->page->frame, request), "type",
                     "Image", "format", "image/jpeg", "width", size.width, "height", size.height, "service",
                     service_of(document, canvas));
}

/* How an image of a level is asked for: a server's "max" may be larger. */
static const char *request_of(struct iiif_document *document, struct iiif_size size)
{
    return bi_arena_printf(&document->arena, "%d,%d", size.width, size.height);
}

/* The smallest image of a page; NULL if there is none. */
static json_t *thumbnail(struct iiif_document *document, const struct iiif_canvas *canvas)
{
    const struct iiif_levels *levels = &canvas->levels;
    if (levels->count == 0)
        return NULL;
    struct iiif_size size = levels->sizes[levels->count - 1];
    const char *request = levels->count > 1 || document->serves ? request_of(document, size) : "max";
    return json_pack("[o]", image_of(document, canvas, request, size));
}

static json_t *painting(struct iiif_document *document, const struct iiif_canvas *canvas)
{
    if (canvas->levels.count == 0)
        return json_array();
    struct iiif_size size = canvas->levels.sizes[canvas->levels.most];
    return json_pack("[{s:s,s:s,s:[{s:s,s:s,s:s,s:o,s:s}]}]", "id",
                     bi_arena_printf(&document->arena, "%s/page", canvas->id), "type", "AnnotationPage",
                     "items", "id", bi_arena_printf(&document->arena, "%s/image", canvas->id), "type",
                     "Annotation", "motivation", "painting", "body",
                     image_of(document, canvas, document->serves ? request_of(document, size) : "max", size),
                     "target", canvas->id);
}

/* A link to a file of another format, if that is exported too. */
static void add_link(struct iiif_document *document, json_t *object, const char *property, const char *format,
                     const char *file, json_t *description)
{
    if (!export_format_among(document->options, format)) {
        json_decref(description);
        return;
    }
    json_object_set_new(description, "id",
                        json_string(iiif_url_below(&document->arena, document->issue_base, file)));
    json_t *list = json_object_get(object, property);
    if (!list) {
        list = json_array();
        json_object_set_new(object, property, list);
    }
    json_array_append_new(list, description);
}

static void add_if(json_t *object, const char *key, json_t *list)
{
    if (list && (!json_is_array(list) || json_array_size(list)))
        json_object_set(object, key, list);
    json_decref(list);
}

static void add_canvas(struct iiif_document *document, const struct iiif_canvas *canvas, json_t *items)
{
    const struct export_page *page = canvas->page;
    json_t *made = json_pack("{s:s,s:s,s:o,s:i,s:i,s:o}", "id", canvas->id, "type", "Canvas", "label",
                             iiif_page_label(&document->arena, page), "width", canvas->size.width, "height",
                             canvas->size.height, "items", painting(document, canvas));
    add_if(made, "thumbnail", thumbnail(document, canvas));
    add_if(made, "annotations", iiif_annotations_references(document, canvas));
    bool alone = export_format_among(document->options, "alto"); /* METS has ALTO of its own */
    add_link(document, made, "seeAlso", alone ? "alto" : "mets",
             export_name_page(&document->arena, page, alone ? "alto" : "mets/alto", ".xml"),
             json_pack("{s:s,s:o,s:s,s:s}", "type", "Dataset", "label", iiif_label("ALTO", "ALTO"), "format",
                       "application/xml", "profile", "http://www.loc.gov/standards/alto/ns-v4#"));
    json_array_append_new(items, made);
}

static void add_fact(json_t *metadata, json_t *label, json_t *value)
{
    json_array_append_new(metadata, json_pack("{s:o,s:o}", "label", label, "value", value));
}

static void add_number(struct iiif_document *document, json_t *metadata, json_t *label, int number)
{
    if (number > 0)
        add_fact(metadata, label,
                 json_pack("{s:[s]}", "none", bi_arena_printf(&document->arena, "%d", number)));
    else
        json_decref(label);
}

static json_t *metadata_of(struct iiif_document *document)
{
    const struct export_issue *issue = document->issue;
    json_t *metadata = json_array();
    add_fact(metadata, iiif_label("报纸", "Newspaper"), iiif_text(issue->paper));
    if (*issue->date)
        add_fact(metadata, iiif_label("日期", "Date"),
                 iiif_label(iiif_date_chinese(&document->arena, issue->date),
                            iiif_date_english(&document->arena, issue->date)));
    if (*issue->weekday)
        add_fact(metadata, iiif_label("星期", "Weekday"), iiif_text(issue->weekday));
    add_number(document, metadata, iiif_label("期号", "Issue"), issue->issue_number);
    add_number(document, metadata, iiif_label("总期号", "Total number"), issue->total_number);
    add_number(document, metadata, iiif_label("版数", "Pages"), issue->page_count);
    return metadata;
}

/* What both the manifest and a collection say first of an issue. */
static json_t *summary_of(struct iiif_document *document)
{
    const struct export_issue *issue = document->issue;
    json_t *made = json_pack("{s:s,s:s,s:o}", "id", iiif_url(document, "manifest.json"), "type", "Manifest",
                             "label", iiif_issue_label(&document->arena, issue));
    if (bi_date_parse(issue->date, NULL))
        json_object_set_new(made, "navDate",
                            json_string(bi_arena_printf(&document->arena, "%sT00:00:00Z", issue->date)));
    for (size_t i = 0; i < issue->page_total; i++)
        if (document->canvases[i].levels.count) {
            add_if(made, "thumbnail", thumbnail(document, &document->canvases[i]));
            break;
        }
    return made;
}

static const char *title_folder(struct iiif_document *document)
{
    return bi_path_dir(&document->arena, export_name_issue(&document->arena, document->issue));
}

json_t *iiif_manifest_make(struct iiif_document *document)
{
    json_t *canvases = json_array();
    for (size_t i = 0; i < document->issue->page_total; i++)
        add_canvas(document, &document->canvases[i], canvases);
    json_t *manifest = document->search ? json_pack("{s:[s,s]}", "@context", IIIF_SEARCH, IIIF_PRESENTATION)
                                        : json_pack("{s:s}", "@context", IIIF_PRESENTATION);
    json_t *summary = summary_of(document);
    json_object_update(manifest, summary);
    json_decref(summary);
    json_object_set_new(manifest, "metadata", metadata_of(document));
    json_object_set_new(manifest, "behavior", json_pack("[s]", "paged"));
    json_object_set_new(manifest, "viewingDirection", json_string("left-to-right"));
    json_object_set_new(
        manifest, "partOf",
        json_pack("[{s:s,s:s,s:o}]", "id",
                  iiif_collection_url(&document->arena, document->options, title_folder(document)), "type",
                  "Collection", "label", iiif_text(document->issue->paper)));
    if (document->search)
        json_object_set_new(manifest, "service",
                            json_pack("[{s:s,s:s}]", "id", document->search, "type", "SearchService2"));
    add_link(document, manifest, "seeAlso", "mets", "mets/mets.xml",
             json_pack("{s:s,s:o,s:s,s:s}", "type", "Dataset", "label", iiif_label("METS", "METS"), "format",
                       "application/xml", "profile", "http://www.loc.gov/METS/"));
    add_link(document, manifest, "rendering", "pdf", "pdf/issue.pdf",
             json_pack("{s:s,s:o,s:s}", "type", "Text", "label",
                       iiif_issue_label(&document->arena, document->issue), "format", "application/pdf"));
    json_object_set_new(manifest, "items", canvases);
    add_if(manifest, "structures", iiif_ranges(document));
    return manifest;
}

static int write_item(struct iiif_document *document, struct bi_error *err)
{
    return iiif_write(document, IIIF_ITEM,
                      json_pack("{s:s,s:o,s:o,s:o}", "format", IIIF_ITEM_FORMAT, "paper",
                                bi_json_text(document->issue->paper), "date",
                                bi_json_text(document->issue->date), "item", summary_of(document)),
                      false, err);
}

int iiif_manifest_write(struct iiif_document *document, struct bi_error *err)
{
    for (size_t i = 0; i < document->issue->page_total; i++)
        if (iiif_annotations_write(document, &document->canvases[i], err) < 0)
            return -1;
    if (iiif_write(document, "manifest.json", iiif_manifest_make(document), false, err) < 0)
        return -1;
    return write_item(document, err);
}
