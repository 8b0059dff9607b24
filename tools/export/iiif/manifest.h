/* The manifest of an issue, and what collections say of it. */
#ifndef EXPORT_IIIF_MANIFEST_H
#define EXPORT_IIIF_MANIFEST_H

#include "export/iiif/document.h"

/* The file beside the manifest from which collections are made, so that they need not read manifests:
 *   {"format": "backissue-iiif-item/1", "paper": "临江新报", "date": "2025-06-20", "item": {…}}
 * `item` is what stands in a collection's items. */
#define IIIF_ITEM "item.json"
#define IIIF_ITEM_FORMAT "backissue-iiif-item/1"
#define IIIF_COLLECTION "collection.json"

/* The address of the collection of the paper. */
const char *iiif_collection_url(struct bi_arena *arena, const struct export_options *options,
                                const char *title_folder);

/* The manifest; the caller owns it. */
json_t *iiif_manifest_make(struct iiif_document *document);

/* Writes annotations, manifest.json and item.json. Images, if any, have been written. */
int iiif_manifest_write(struct iiif_document *document, struct bi_error *err);

#endif
