/* export iiif: a manifest for IIIF viewers, with images that any web server can serve. */
#include "base/cleanup.h"
#include "base/program.h"
#include "export/format.h"
#include "export/iiif/collection.h"
#include "export/iiif/document.h"
#include "export/iiif/manifest.h"

static int write_images(struct iiif_document *document, struct iiif_canvas *canvas, struct bi_error *err)
{
    const struct export_page *page = canvas->page;
    const char *name = bi_arena_printf(&document->arena, "%04d", page->frame);
    struct bi_error why;
    if (!page->image_path)
        return 0;
    int dpi = document->options->dpi;
    struct iiif_service service = {
        .folder = bi_path_join(&document->arena, document->folder, name),
        .url = iiif_url(document, "%s", name),
        .quality = document->options->quality,
        .scale = dpi && page->dpi ? (double)dpi / page->dpi : 1,
    };
    if (iiif_tiles_write(page->image_path, &service, &canvas->levels, &why) == 0)
        return 0;
    if (why.kind != BI_EXIT_INPUT) {
        *err = why;
        return -1;
    }
    bi_program_warn("%s; page without its image", why.text);
    return 0;
}

static int write_issue(const struct export_options *options, const struct export_issue *issue,
                       const char *folder, struct bi_error *err)
{
    BI_CLEANUP(iiif_document_release) struct iiif_document document = {0};
    const char *issue_base =
        iiif_url_below(&document.arena, options->base_url, export_name_issue(&document.arena, issue));
    iiif_document_begin(&document, options, issue, bi_arena_printf(&document.arena, "%s/iiif", issue_base));
    document.issue_base = issue_base;
    document.folder = folder;
    for (size_t i = 0; i < issue->page_total; i++)
        if (write_images(&document, &document.canvases[i], err) < 0)
            return -1;
    return iiif_manifest_write(&document, err);
}

const struct export_format EXPORT_IIIF = {
    .name = "iiif",
    .help = "IIIF: manifest, text and image tiles for web viewers (needs --base-url)",
    .options = "dqu",
    .needs = "u",
    .links = true,
    .version = 3,
    .write_issue = write_issue,
    .finish = iiif_collections_write,
};
