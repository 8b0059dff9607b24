/* Exports as a bag (BagIt 1.0, RFC 8493): what is exported is the payload DIR/data, with SHA-256 manifests
 * beside it. */
#ifndef EXPORT_BAG_H
#define EXPORT_BAG_H

#include "base/error.h"

/* Declares DIR a bag and takes its manifests away, so that it is seen to be incomplete until
 * export_bag_close. BI_EXIT_INPUT if DIR holds something else. */
int export_bag_open(const char *folder, struct bi_error *err);

/* Writes the manifests. Files that an issue's folder lists (folder.h) are taken from its list and not read
 * again; the others are. */
int export_bag_close(const char *folder, struct bi_error *err);

#endif
