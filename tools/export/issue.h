/* One issue of an archive as exports see it: everything that the public views say of it, in one piece.
 * Exports read nothing else of the archive, so that what they make depends on this alone. */
#ifndef EXPORT_ISSUE_H
#define EXPORT_ISSUE_H

#include <stdbool.h>
#include <stddef.h>

#include "archive/archive.h"
#include "base/file.h"
#include "page/geometry.h"

struct export_reading {
    const char *text;
    double confidence; /* 0 … 1 */
};

/* A printed character. White space has none. */
struct export_glyph {
    const char *text;
    struct bi_box box; /* in pixels of the upright page image, as all boxes here; as high as its line (or as
                          wide, where that is vertical) */
    double confidence; /* 0 … 1 */
    struct export_reading *others; /* what else it could be, most likely first */
    size_t other_count;
};

struct export_article;
struct export_page;

/* A printed line. */
struct export_line {
    int order;                       /* in reading order of its page, from 1 */
    const char *region_id, *line_id; /* of the page's PAGE-XML; line ids are unique in their page */
    const char *role;                /* of archive_line */
    bool crosshead;                  /* body that is a cross-head */
    bool vertical;                   /* runs from top to bottom */
    const char *text;                /* "" if nothing was recognised */
    double confidence;               /* 0 … 1; negative if unknown */
    struct bi_box box;
    struct export_page *page;
    struct export_article *article; /* NULL: of none */
    struct export_glyph *glyphs;    /* each character of the text that is no white space, in order; */
    size_t glyph_count;             /* 0 where only the text is known (a line corrected by hand, say) */
};

/* A page frame, also one that could not be read. */
struct export_page {
    long long page_id;
    int number, frame;   /* as printed; place among the scans, from 1 */
    const char *section; /* as other texts here "" where there is nothing */
    const char *scan_path,
        *image_path; /* as one to open here and now; the image's is NULL if there is none */
    const char *scan_stored, *image_stored; /* as the archive has them */
    const char *scan_sha256, *image_sha256;
    int scan_index;         /* image within a multi-page file, from 0 */
    long long scan_size;    /* bytes; 0 if unknown */
    int width, height, dpi; /* of the upright image, pixels; 0 if unknown */
    double skew_degrees;
    int orientation_degrees;
    const char *transform;     /* JSON (page/transform.h) */
    double confidence;         /* negative if unknown */
    const char *status;        /* "ok", or why there is no text */
    struct export_line *lines; /* in reading order */
    size_t line_count;
};

/* The share of an article on one page. */
struct export_part {
    struct export_page *page;
    struct bi_box box;
};

struct export_article {
    long long article_id;
    int ordinal; /* place in the issue's reading order, from 1; stays the same where ids do not */
    const char *kind, *section, *kicker, *headline, *subhead, *byline;
    const char *body;  /* paragraphs with '\n' between them */
    double confidence; /* negative if unknown */
    int version;
    const char *changed;
    struct export_part *parts; /* part 0 holds the headline */
    size_t part_count;
    struct export_line **lines; /* of the article, of all roles: by part, then in reading order of the page */
    size_t line_count;
};

/* A printed pointer from one page to another. */
struct export_link {
    const char *kind, *marker, *status, *reason;
    int source_page, target_page;           /* printed numbers; 0 if unknown */
    struct export_article *source, *target; /* NULL if there is none */
    double score;
};

/* One execution of one stage. */
struct export_run {
    const char *stage, *version, *parameters, *models, *started; /* UTC, "" if nobody recorded it */
    const char *message;                                         /* why it failed */
    double seconds;                                              /* negative if unknown */
    int exit_code;
    int frame; /* 0: of the whole issue */
};

struct export_issue {
    struct bi_arena arena;
    long long issue_id;
    const char *title, *name;                   /* folders' names: <title>/<name> */
    const char *paper;                          /* printed name, else the title */
    const char *date;                           /* ISO 8601, "" if unknown */
    const char *weekday;                        /* as printed */
    int issue_number, total_number, page_count; /* as printed; 0 if unknown */
    const char *folder;                         /* of the scans, to open here and now */

    struct export_page *pages; /* by frame */
    size_t page_total;
    struct export_article *articles; /* in reading order */
    size_t article_count;
    struct export_link *links;
    size_t link_count;
    struct export_run *runs;
    size_t run_count;
    bool partial; /* only some articles were asked for: pages, links and the rest are those of them */
    char sha256[BI_SHA256_HEX]; /* over all of the above but `loaded`: equal where an export would be */
};

/* Reads an issue; the caller holds a transaction and releases the issue. With `article_count` not 0 only
 * those articles (by id), the pages they are on, whose lines are all there, and the links from and to them.
 */
int export_issue_read(const struct archive *archive, long long issue_id, const long long *articles,
                      size_t article_count, struct export_issue *issue, struct bi_error *err);
void export_issue_release(struct export_issue *issue);

/* The page of that printed number, NULL if there is none. */
struct export_page *export_issue_page(const struct export_issue *issue, int number);

#endif
