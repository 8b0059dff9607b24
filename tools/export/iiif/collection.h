/* Collections above the issues: one of the issues of each paper, one of the papers. */
#ifndef EXPORT_IIIF_COLLECTION_H
#define EXPORT_IIIF_COLLECTION_H

#include "export/format.h"

/* Writes <title>/collection.json, issues by date, for each title with an issue in IIIF, and collection.json
 * over these, by title; what is there already of earlier exports is among them. Of issues no more than name
 * and date is held at a time. */
int iiif_collections_write(const struct export_options *options, struct bi_error *err);

#endif
