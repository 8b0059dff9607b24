/* What a document says of itself: PDF/A-2u, its title, paper and date, its language, and what grey means. */
#ifndef EXPORT_PDF_METADATA_H
#define EXPORT_PDF_METADATA_H

#include "export/issue.h"
#include "export/pdf/document.h"

/* What of this is equal stands in the Info dictionary and in XMP (6.6.3). "" says nothing. */
struct pdf_metadata {
    const char *title;
    const char *description;
    const char *publisher;  /* the paper */
    const char *date;       /* of the issue, ISO 8601 */
    const char *identifier; /* stays the same while the archive has it */
};

void pdf_set_metadata(struct pdf_document *document, const struct pdf_metadata *metadata);

/* "临江新报 2025-06-20 第1234期", from the arena. */
char *pdf_issue_title(struct bi_arena *arena, const struct export_issue *issue);

/* Names the pages as printed: 第1版, 第2版 … */
void pdf_label_page(struct pdf_document *document, const struct export_page *page, size_t index);

#endif
