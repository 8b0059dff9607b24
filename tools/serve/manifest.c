/* /iiif/issue/… and /iiif/collection/…: what IIIF viewers open. An issue's addresses are those of the folder
 * that `backissue export iiif` makes, so that the same code writes both:
 *
 *   /iiif/issue/<id>/manifest.json
 *   /iiif/issue/<id>/0003/…                  Image API 3.0, level 1
 *   /iiif/issue/<id>/annotations/0003.json   and links/0003.json
 *   /iiif/issue/<id>/search?q=               Content Search 2.0
 *   /iiif/collection/collection.json         the papers; <title>/collection.json the issues of one */
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/date.h"
#include "export/iiif/annotations.h"
#include "export/iiif/manifest.h"
#include "page/json.h"
#include "serve/browse.h"
#include "serve/handlers.h"
#include "serve/hits.h"
#include "serve/image.h"
#include "serve/layout.h"
#include "store.h"

enum { MOST_HITS = 1000 };

static int answer(struct serve_request *request, const json_t *root, const char *context)
{
    json_dumpf(root, request->out, JSON_COMPACT);
    request->type = bi_arena_printf(&request->arena, "application/ld+json;profile=\"%s\"", context);
    request->open = true;
    return 200;
}

static const char *collections_base(struct serve_request *request)
{
    return bi_arena_printf(&request->arena, "%s/iiif/collection", serve_origin(request));
}

/* What a document of an issue is made of. */
struct papers {
    struct export_issue issue;
    struct export_options options;
    struct iiif_document document;
};

static void papers_release(struct papers *papers)
{
    iiif_document_release(&papers->document);
    export_issue_release(&papers->issue);
}

static int open_papers(struct serve_request *request, long issue, const char *base, struct papers *papers,
                       struct bi_error *err)
{
    if (export_issue_read(request->archive, issue, NULL, 0, &papers->issue, err) < 0)
        return -1;
    papers->options = (struct export_options){.base_url = collections_base(request)};
    iiif_document_begin(&papers->document, &papers->options, &papers->issue, base);
    papers->document.serves = true;
    papers->document.search = iiif_url(&papers->document, "search");
    for (size_t i = 0; i < papers->issue.page_total; i++) {
        struct iiif_canvas *canvas = &papers->document.canvases[i];
        if (canvas->page->image_path && canvas->page->width > 0 && canvas->page->height > 0)
            canvas->levels = iiif_levels_of(canvas->size.width, canvas->size.height);
    }
    return 0;
}

/* "0003.json": the canvas of that frame; NULL if there is none. */
static const struct iiif_canvas *canvas_of(const struct papers *papers, const char *file)
{
    long frame = serve_number(&file);
    for (size_t i = 0; strcmp(file, ".json") == 0 && i < papers->issue.page_total; i++)
        if (papers->issue.pages[i].frame == frame)
            return &papers->document.canvases[i];
    return NULL;
}

/* The annotation of a hit. */
static json_t *annotation_of(struct papers *papers, const struct iiif_canvas *canvas,
                             const struct serve_hit *hit, const char *id)
{
    const char *text = "";
    for (size_t i = 0; i < canvas->page->line_count; i++)
        if (canvas->page->lines[i].order == hit->line_order)
            text = canvas->page->lines[i].text;
    return json_pack("{s:s,s:s,s:s,s:{s:s,s:o,s:s,s:s},s:s}", "id", id, "type", "Annotation", "motivation",
                     "supplementing", "body", "type", "TextualBody", "value", bi_json_text(text), "format",
                     "text/plain", "language", iiif_language(text), "target",
                     iiif_canvas_part(&papers->document, canvas, hit->box));
}

static int search_page(struct serve_request *request, struct papers *papers, const struct iiif_canvas *canvas,
                       const struct archive_query *query, const char *id, json_t *items, struct bi_error *err)
{
    struct serve_hit *hits;
    size_t count, found = json_array_size(items);
    if (serve_hits_find(request->archive, 0, canvas->page->page_id, query, MOST_HITS - found, &request->arena,
                        &hits, &count, err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        json_array_append_new(items,
                              annotation_of(papers, canvas, &hits[i],
                                            bi_arena_printf(&request->arena, "%s#%zu", id, found + i + 1)));
    return 0;
}

/* Content Search 2.0, section 3. Words that are none find nothing. */
static int search(struct serve_request *request, struct papers *papers, struct bi_error *err)
{
    BI_CLEANUP(bi_json_decrefp) json_t *items = json_array();
    BI_CLEANUP(bi_text_release) struct bi_text address = {0};
    const char *words = serve_parameter(request, "q");
    struct archive_query query;
    struct bi_error why;
    bi_text_printf(&address, "%s?q=", papers->document.search);
    serve_url_add(&address, words);
    if (archive_query_parse(words, false, &request->arena, &query, &why) == 0)
        for (size_t i = 0; i < papers->issue.page_total && json_array_size(items) < MOST_HITS; i++)
            if (search_page(request, papers, &papers->document.canvases[i], &query, address.data, items,
                            err) < 0)
                return -1;
    BI_CLEANUP(bi_json_decrefp)
    json_t *page = json_pack("{s:s,s:s,s:s,s:O}", "@context", IIIF_SEARCH, "id", address.data, "type",
                             "AnnotationPage", "items", items);
    return answer(request, page, IIIF_SEARCH);
}

/* Takes the document, NULL for what there is not. */
static int answer_or_not(struct serve_request *request, json_t *made)
{
    BI_CLEANUP(bi_json_decrefp) json_t *document = made;
    return document ? answer(request, document, IIIF_PRESENTATION) : serve_not_found(request);
}

static int answer_file(struct serve_request *request, struct papers *papers, const char *file,
                       struct bi_error *err)
{
    const struct iiif_canvas *canvas;
    if (strcmp(file, "manifest.json") == 0)
        return answer_or_not(request, iiif_manifest_make(&papers->document));
    if (strcmp(file, "search") == 0)
        return search(request, papers, err);
    if (strncmp(file, "annotations/", 12) == 0 && (canvas = canvas_of(papers, file + 12)))
        return answer_or_not(request, iiif_annotations_lines(&papers->document, canvas));
    if (strncmp(file, "links/", 6) == 0 && (canvas = canvas_of(papers, file + 6)))
        return answer_or_not(request, iiif_annotations_links(&papers->document, canvas));
    return serve_not_found(request);
}

/* The page of an issue's frame; 0 if there is none. */
static int find_page(struct serve_request *request, long issue, long frame, long *page, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(request->archive->db,
                         "SELECT page_id FROM archive_page WHERE issue_id = ? AND frame = ?", &read,
                         err) < 0 ||
        bi_store_bind(read, err, "ll", (sqlite3_int64)issue, (sqlite3_int64)frame) < 0)
        return -1;
    int row = bi_store_step(read, err);
    *page = row > 0 ? (long)sqlite3_column_int64(read, 0) : 0;
    return row < 0 ? -1 : 0;
}

int serve_manifest(struct serve_request *request, const char *rest, struct bi_error *err)
{
    long issue = serve_number(&rest), page;
    if (issue < 0 || *rest != '/')
        return serve_not_found(request);
    const char *base = bi_arena_printf(&request->arena, "%s/iiif/issue/%ld", serve_origin(request), issue);
    const char *digits = ++rest;
    long frame = serve_number(&digits);
    if (frame >= 0) {
        if (find_page(request, issue, frame, &page, err) < 0)
            return -1;
        return serve_image_answer(request, page, bi_arena_printf(&request->arena, "%s/%04ld", base, frame),
                                  digits, err);
    }
    BI_CLEANUP(papers_release) struct papers papers = {0};
    if (open_papers(request, issue, base, &papers, err) < 0)
        return err->kind == BI_EXIT_INPUT ? serve_not_found(request) : -1;
    return answer_file(request, &papers, rest, err);
}

static json_t *collection(const char *id, json_t *label, json_t *items)
{
    return json_pack("{s:s,s:s,s:s,s:o,s:o}", "@context", IIIF_PRESENTATION, "id", id, "type", "Collection",
                     "label", label, "items", items);
}

static int answer_papers(struct serve_request *request, const char *base, struct bi_error *err)
{
    struct serve_paper *papers;
    size_t count;
    if (serve_papers_read(request, &papers, &count, err) < 0)
        return -1;
    json_t *items = json_array();
    for (size_t i = 0; i < count; i++) {
        const char *path = bi_path_join(&request->arena, papers[i].title, IIIF_COLLECTION);
        json_array_append_new(items,
                              json_pack("{s:s,s:s,s:o}", "id", iiif_url_below(&request->arena, base, path),
                                        "type", "Collection", "label", iiif_text(papers[i].name)));
    }
    return answer_or_not(request, collection(iiif_url_below(&request->arena, base, IIIF_COLLECTION),
                                             iiif_label("报纸", "Newspapers"), items));
}

static json_t *item_of(struct serve_request *request, sqlite3_stmt *read)
{
    struct export_issue issue = {.paper = bi_store_text(read, 1),
                                 .date = bi_store_text(read, 2),
                                 .name = bi_store_text(read, 3),
                                 .title = bi_store_text(read, 6),
                                 .issue_number = sqlite3_column_int(read, 4),
                                 .total_number = sqlite3_column_int(read, 5)};
    json_t *item = json_pack("{s:s,s:s,s:o}", "id",
                             bi_arena_printf(&request->arena, "%s/iiif/issue/%lld/manifest.json",
                                             serve_origin(request), (long long)sqlite3_column_int64(read, 0)),
                             "type", "Manifest", "label", iiif_issue_label(&request->arena, &issue));
    if (bi_date_parse(issue.date, NULL))
        json_object_set_new(item, "navDate",
                            json_string(bi_arena_printf(&request->arena, "%sT00:00:00Z", issue.date)));
    return item;
}

static int answer_issues(struct serve_request *request, const char *base, const char *title,
                         struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    BI_CLEANUP(bi_json_decrefp) json_t *items = json_array();
    const char *paper = title;
    int row;
    if (bi_store_prepare(
            request->archive->db,
            "SELECT issue_id, ifnull(paper, title), issue_date, name, issue_number, total_number, title "
            "FROM archive_issue WHERE title = ? ORDER BY issue_date, name",
            &read, err) < 0 ||
        bi_store_bind(read, err, "t", title) < 0)
        return -1;
    while ((row = bi_store_step(read, err)) > 0) {
        json_array_append_new(items, item_of(request, read));
        paper = bi_arena_strdup(&request->arena, bi_store_text(read, 1));
    }
    if (row < 0)
        return -1;
    if (!json_array_size(items))
        return serve_not_found(request);
    const char *path = bi_path_join(&request->arena, title, IIIF_COLLECTION);
    return answer_or_not(request, collection(iiif_url_below(&request->arena, base, path), iiif_text(paper),
                                             json_incref(items)));
}

int serve_collection(struct serve_request *request, const char *rest, struct bi_error *err)
{
    const char *base = collections_base(request), *end = strrchr(rest, '/');
    if (strcmp(rest, IIIF_COLLECTION) == 0)
        return answer_papers(request, base, err);
    if (!end || strcmp(end + 1, IIIF_COLLECTION) != 0)
        return serve_not_found(request);
    return answer_issues(request, base, bi_arena_strndup(&request->arena, rest, (size_t)(end - rest)), err);
}
