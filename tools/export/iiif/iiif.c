/* export iiif: a manifest for IIIF viewers, with images that any web server can serve. */
#include "base/cleanup.h"
#include "base/program.h"
#include "export/format.h"
#include "export/iiif/collection.h"
#include "export/iiif/document.h"
#include "export/iiif/manifest.h"

/* Of a page of which nothing is known, where its issue has no other: that of a broadsheet at 100 dpi. */
#define UNKNOWN_SIZE ((struct iiif_size){1500, 2150})

static void document_release(struct iiif_document *document)
{
    bi_arena_release(&document->arena);
}

static void begin(struct iiif_document *document, const struct export_options *options,
                  const struct export_issue *issue, const char *folder)
{
    document->options = options;
    document->issue = issue;
    document->folder = folder;
    document->issue_base =
        iiif_url_below(&document->arena, options->base_url, export_name_issue(&document->arena, issue));
    document->base = bi_arena_printf(&document->arena, "%s/iiif", document->issue_base);
    document->canvases = bi_arena_array(&document->arena, issue->page_total + 1, sizeof *document->canvases);
}

static int write_images(struct iiif_document *document, struct iiif_canvas *canvas, struct bi_error *err)
{
    const struct export_page *page = canvas->page;
    const char *name = bi_arena_printf(&document->arena, "%04d", page->frame);
    struct bi_error why;
    if (!page->image_path)
        return 0;
    if (iiif_tiles_write(page->image_path, bi_path_join(&document->arena, document->folder, name),
                         iiif_url(document, "%s", name), document->options->quality, &canvas->levels,
                         &why) == 0)
        return 0;
    if (why.kind != BI_EXIT_INPUT) {
        *err = why;
        return -1;
    }
    bi_program_warn("%s; page without its image", why.text);
    return 0;
}

/* Pages of no known size get that of another. */
static struct iiif_size usual_size(const struct iiif_document *document)
{
    for (size_t i = 0; i < document->issue->page_total; i++)
        if (document->canvases[i].size.width)
            return document->canvases[i].size;
    return UNKNOWN_SIZE;
}

static int write_issue(const struct export_options *options, const struct export_issue *issue,
                       const char *folder, struct bi_error *err)
{
    BI_CLEANUP(document_release) struct iiif_document document = {0};
    begin(&document, options, issue, folder);
    for (size_t i = 0; i < issue->page_total; i++) {
        struct iiif_canvas *canvas = &document.canvases[i];
        const struct export_page *page = canvas->page = &issue->pages[i];
        canvas->id = iiif_url(&document, "canvas/%04d", page->frame);
        if (write_images(&document, canvas, err) < 0)
            return -1;
        if (page->width > 0 && page->height > 0)
            canvas->size = (struct iiif_size){page->width, page->height};
        else if (canvas->levels.count)
            canvas->size = canvas->levels.sizes[0];
    }
    struct iiif_size usual = usual_size(&document);
    for (size_t i = 0; i < issue->page_total; i++)
        if (!document.canvases[i].size.width)
            document.canvases[i].size = usual;
    return iiif_manifest_write(&document, err);
}

const struct export_format EXPORT_IIIF = {
    .name = "iiif",
    .help = "IIIF: manifest, text and image tiles for web viewers (needs --base-url)",
    .options = "qu",
    .needs = "u",
    .links = true,
    .version = 1,
    .write_issue = write_issue,
    .finish = iiif_collections_write,
};
