/* The formats that an archive can be exported to. A format writes one issue into a folder of its own,
 * DIR/<title>/<name>/<format>/, that appears whole (folder.h); or rows into files over all issues. */
#ifndef EXPORT_FORMAT_H
#define EXPORT_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/error.h"
#include "export/issue.h"

enum { EXPORT_MAX_FILES = 4 };

struct export_format;

/* What a person chose. Each format looks at what concerns it. */
struct export_options {
    const char *folder; /* where exports go (-o); in a bag the folder of its payload */
    const struct export_format *const
        *formats; /* that are exported together, in the order in which they are written */
    size_t format_count;
    int dpi;              /* of page images; 0: the format's own choice */
    int quality;          /* of JPEG, 1 … 100; 0: the format's own choice */
    const char *base_url; /* what options->folder will be known as, without a '/' at its end; NULL: none */
};

struct export_format {
    const char *name; /* as on the command line */
    const char *help; /* what it is, half a line */
    /* Options that this format looks at: d dpi, q quality, u base_url. */
    const char *options;
    const char *needs; /* those of them that it cannot do without; NULL: none */
    bool links;        /* it looks at which other formats are exported with it, to link to them */
    unsigned version;  /* one more whenever the same issue comes out otherwise, so that it is exported anew */

    /* Writes an issue into `folder`, which is there and empty. It will be renamed, so nothing may name it. No
     * fsync is needed. Bad or missing page images are no failure where something can be made without them: a
     * warning (bi_program_warn), and the page without its image. */
    int (*write_issue)(const struct export_options *options, const struct export_issue *issue,
                       const char *folder, struct bi_error *err);
    /* Writes what stands above the issues into options->folder, from what is in the issues' folders there,
     * those of earlier exports too; each file whole or not at all. NULL: nothing does. */
    int (*finish)(const struct export_options *options, struct bi_error *err);

    /* Instead of the two: files in options->folder, ended with NULL, that each issue adds rows to. */
    const char *files[EXPORT_MAX_FILES];
    int (*write_rows)(const struct export_options *options, const struct export_issue *issue,
                      FILE *const *files, struct bi_error *err);
    void (*write_heads)(FILE *const *files); /* before the first issue's rows; NULL: nothing */
};

/* All formats, ended with NULL. */
extern const struct export_format *const EXPORT_FORMATS[];
/* NULL if there is none of that name. */
const struct export_format *export_format_find(const char *name, size_t length);
/* Whether a format is exported in the same command, so that it can be linked to, as ../<name>/… */
bool export_format_among(const struct export_options *options, const char *name);

/* Names of files in the issues' folders that other formats link to. From the arena, relative to the issue's
 * folder (that above the formats' own). A page is named by its frame, an article by its id, which both stay.
 */
char *export_name_page(struct bi_arena *arena, const struct export_page *page, const char *folder,
                       const char *ending);
char *export_name_article(struct bi_arena *arena, const struct export_article *article, const char *folder,
                          const char *ending);

/* The issue's folder below options->folder, "<title>/<name>", whatever hostile text those are. */
char *export_name_issue(struct bi_arena *arena, const struct export_issue *issue);

/* Writes a file of an issue's folder, which is flushed to the disk with the folder. */
int export_write(const char *path, const void *data, size_t size, struct bi_error *err);

extern const struct export_format EXPORT_TEXT, EXPORT_JSONL, EXPORT_CSV, EXPORT_ALTO, EXPORT_METS,
    EXPORT_PAGE, EXPORT_HOCR, EXPORT_IIIF, EXPORT_PDF;

#endif
