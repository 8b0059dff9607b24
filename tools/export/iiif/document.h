/* What the documents of an issue have in common: how things are named and labelled. */
#ifndef EXPORT_IIIF_DOCUMENT_H
#define EXPORT_IIIF_DOCUMENT_H

#include <jansson.h>

#include "export/format.h"
#include "export/iiif/tiles.h"

#define IIIF_SEARCH "http://iiif.io/api/search/2/context.json"
#define IIIF_PRESENTATION "http://iiif.io/api/presentation/3/context.json"

/* A page as a canvas. */
struct iiif_canvas {
    const struct export_page *page;
    const char *id;
    struct iiif_size size;
    struct iiif_levels levels; /* of its image; count is 0 where there is none */
};

struct iiif_document {
    struct bi_arena arena;
    const struct export_options *options;
    const struct export_issue *issue;
    const char *folder;     /* where files are written */
    const char *base;       /* the address of the folder; below it everything is named */
    const char *issue_base; /* that of the issue's folder above it, where other formats are */
    /* Where images come from a server that cuts them as asked (Image API level 1), and that can search
     * (Content Search 2.0); false and NULL for files. */
    bool serves;
    const char *search;
    struct iiif_canvas *canvases; /* one for each page */
};

/* Begins with a canvas for each page, of the page's size; a page of none has that of another. Canvases have
 * no images yet. Everything of the document but what its owner sets further is from its arena. */
void iiif_document_begin(struct iiif_document *document, const struct export_options *options,
                         const struct export_issue *issue, const char *base);
void iiif_document_release(struct iiif_document *document);

/* An address below base. */
const char *iiif_url(struct iiif_document *document, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* `path` below `base`, both folders' names as they are on the disk: what an address may not hold is escaped
 * (RFC 3986). From the arena. */
const char *iiif_url_below(struct bi_arena *arena, const char *base, const char *path);

struct iiif_canvas *iiif_canvas_of(const struct iiif_document *document, const struct export_page *page);
/* The part of a canvas: its address with #xywh=…, clipped to it; the canvas itself for an empty box. */
const char *iiif_canvas_part(struct iiif_document *document, const struct iiif_canvas *canvas,
                             struct bi_box box);

/* The language of a text: "zh" where there is any Chinese in it, else "none". */
const char *iiif_language(const char *text);
/* Language maps: of a printed text; of a label in Chinese and English. */
json_t *iiif_text(const char *text);
json_t *iiif_label(const char *chinese, const char *english);

/* Labels of the issue, a page and an article. */
json_t *iiif_issue_label(struct bi_arena *arena, const struct export_issue *issue);
json_t *iiif_page_label(struct bi_arena *arena, const struct export_page *page);
json_t *iiif_article_label(struct bi_arena *arena, const struct export_article *article);
/* "2025年6月20日" and "20 June 2025"; a date that is not whole stays as it is. */
const char *iiif_date_chinese(struct bi_arena *arena, const char *date);
const char *iiif_date_english(struct bi_arena *arena, const char *date);

/* Writes a file of the folder, compact for one of many lines. Takes the reference. */
int iiif_write(struct iiif_document *document, const char *name, json_t *root, bool compact,
               struct bi_error *err);

#endif
