/* One article of an archive, whole, with what the archive knows about it. */
#ifndef ARCHIVE_ARTICLE_H
#define ARCHIVE_ARTICLE_H

#include <stddef.h>

#include "archive/archive.h"

struct archive_part {
    int page, x, y, w, h;
};

/* A printed pointer from or to the article. */
struct archive_link {
    const char *kind, *marker, *status, *reason;
    int source_page, target_page;                 /* 0 if unknown */
    sqlite3_int64 source_article, target_article; /* 0 if there is none */
    double score;
};

/* Texts are never NULL, "" where there is nothing. */
struct archive_article {
    sqlite3_int64 article_id, issue_id;
    const char *paper, *date, *kind, *section;
    int issue_number, total_number; /* 0 if unknown */
    const char *kicker, *headline, *subhead, *byline, *body;
    double confidence; /* negative if unknown */
    struct archive_part *parts;
    size_t part_count;
    struct archive_link *links;
    size_t link_count;
};

/* Reads an article into the arena. BI_EXIT_INPUT if there is none of that id. */
int archive_article_read(const struct archive *archive, sqlite3_int64 article_id, struct bi_arena *arena,
                         struct archive_article *article, struct bi_error *err);

#endif
