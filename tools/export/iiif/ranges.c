#include "export/iiif/ranges.h"

#include <string.h>

#include "page/json.h"

static json_t *range(const char *id, json_t *label, json_t *items)
{
    return json_pack("{s:s,s:s,s:o,s:o}", "id", id, "type", "Range", "label", label, "items", items);
}

/* What the formats that are exported together have of an article. */
static json_t *renderings(struct iiif_document *document, const struct export_article *article)
{
    static const struct {
        const char *format, *ending, *type, *media;
    } FILES[] = {{"pdf", ".pdf", "Text", "application/pdf"}, {"text", ".md", "Text", "text/markdown"}};
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        if (!export_format_among(document->options, FILES[i].format))
            continue;
        const char *name = export_name_article(&document->arena, article, FILES[i].format, FILES[i].ending);
        json_array_append_new(list,
                              json_pack("{s:s,s:s,s:o,s:s}", "id",
                                        iiif_url_below(&document->arena, document->issue_base, name), "type",
                                        FILES[i].type, "label", iiif_article_label(&document->arena, article),
                                        "format", FILES[i].media));
    }
    return list;
}

static json_t *article_range(struct iiif_document *document, const struct export_article *article)
{
    json_t *items = json_array();
    for (size_t i = 0; i < article->part_count; i++)
        json_array_append_new(
            items, json_pack("{s:s,s:s}", "id",
                             iiif_canvas_part(document, iiif_canvas_of(document, article->parts[i].page),
                                              article->parts[i].box),
                             "type", "Canvas"));
    json_t *made = range(iiif_url(document, "range/%06lld", article->article_id),
                         iiif_article_label(&document->arena, article), items);
    json_t *files = renderings(document, article);
    if (json_array_size(files))
        json_object_set(made, "rendering", files);
    json_decref(files);
    return made;
}

json_t *iiif_ranges(struct iiif_document *document)
{
    const struct export_issue *issue = document->issue;
    json_t *contents = json_array(), *section = NULL;
    const char *name = "";
    int sections = 0;
    for (size_t i = 0; i < issue->article_count; i++) {
        const struct export_article *article = &issue->articles[i];
        if (article->part_count == 0)
            continue;
        if (!section || strcmp(article->section, name) != 0) {
            name = article->section;
            section = contents;
            if (*name) {
                section = json_array();
                json_array_append_new(contents, range(iiif_url(document, "range/section-%d", ++sections),
                                                      iiif_text(name), section));
            }
        }
        json_array_append_new(section, article_range(document, article));
    }
    if (json_array_size(contents) == 0)
        return contents;
    return json_pack("[o]",
                     range(iiif_url(document, "range/contents"), iiif_label("目录", "Contents"), contents));
}
