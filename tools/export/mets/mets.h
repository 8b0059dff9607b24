/* METS 1.12.1 (https://www.loc.gov/standards/mets/) of an issue, over ALTO 4.4 of its pages.
 *
 *   dmdSec      MODS of the issue and of each article
 *   amdSec      of the issue and of each page: a PREMIS 3 event for each run of a stage, and references to
 *               the objects (scan, page image, ALTO) in premis.xml
 *   fileSec     MASTER scans, DEFAULT upright page images, FULLTEXT ALTO; DOWNLOAD PDF if exported with it;
 *               with IIIF its image services are DEFAULT, and the images LOCAL
 *   structMap   PHYSICAL: issue → pages. LOGICAL: issue → section → article → part (its share of one page) →
 *               headline, paragraph, … with the ALTO lines that they are made of
 *   structLink  logical to physical, and printed pointers: from part to part (continuation), from a front
 *               page announcement to its article (teaser)
 *
 * A div of a text that has a LABEL has that text; kicker, headline, subhead and byline always do. One without
 * has the text of its areas: lines, or characters of a line, one after the other. Nothing stands between two
 * lines except white space where the first is tagged ALTO_JOIN_TAG, and a HYP is left out unless it is the
 * paragraph's last. A paragraph that goes on on another page does so in a div "paragraph-continued". */
#ifndef EXPORT_METS_H
#define EXPORT_METS_H

#include "export/alto/alto.h"
#include "export/format.h"
#include "page/xml_write.h"

#define METS_PREMIS "http://www.loc.gov/premis/v3"
#define METS_PREMIS_SCHEMA "http://www.loc.gov/standards/premis/v3/premis.xsd"
#define METS_OBJECTS "premis.xml"
#define METS_PDF "PDF"

struct mets_file {
    const char *id, *href, *media_type;
    const char *sha256; /* "" if unknown; NULL of a file that premis.xml does not tell of */
    long long size;     /* 0 if unknown */
};

/* The files of a page. */
struct mets_page {
    struct mets_file scan, image, alto;
    struct mets_file service; /* of IIIF; its id is NULL where there is none, as of the others */
};

struct mets_writer {
    struct bi_xml xml;
    struct bi_arena arena;
    const struct export_options *options;
    const struct export_issue *issue;
    const struct alto_texts *texts;
    struct mets_page *pages; /* as in issue->pages */
};

/* ---- mets.c */

const char *mets_issue_label(struct mets_writer *mets); /* paper and date */

/* ---- describe.c */

void mets_write_descriptions(struct mets_writer *mets);

/* ---- premis.c */

/* The files as PREMIS objects, which the administrative section refers to. */
int mets_write_objects(struct mets_writer *mets, const char *folder, struct bi_error *err);
void mets_write_administration(struct mets_writer *mets);

/* ---- files.c */

/* Finds the pages' files: ALTO in `folder`, where it is written already. */
int mets_find_files(struct mets_writer *mets, const char *folder, struct bi_error *err);
void mets_write_files(struct mets_writer *mets);
/* Whether a PDF of the issue is exported with it; it is the file METS_PDF then. */
bool mets_has_pdf(const struct mets_writer *mets);
/* How METS refers to a file beside it. */
const char *mets_own(struct mets_writer *mets, const char *name);

/* ---- structure.c */

void mets_write_physical(struct mets_writer *mets);
void mets_write_logical(struct mets_writer *mets);
/* The first of a run of lines of one region and role that belong to no article, from `index` on, and behind
 * its last. */
bool mets_next_loose(const struct export_page *page, size_t *index, size_t *end);

/* ---- article.c */

void mets_write_article(struct mets_writer *mets, size_t index);
/* A pointer to pieces of lines, one after the other. */
void mets_write_areas(struct mets_writer *mets, const struct export_piece *pieces, size_t count);

/* ---- links.c */

void mets_write_links(struct mets_writer *mets);

#endif
