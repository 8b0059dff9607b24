/* issue.json: what intake found in an issue's folder. */
#ifndef PAGE_ISSUE_H
#define PAGE_ISSUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

/* Names of files are bytes; JSON and SQLite hold UTF-8. So folder, title and scan below have a byte that is
 * no part of UTF-8 written as %XX (two upper-case hex digits), and a '%' that would be taken for that as %25.
 * Whatever opens a file turns the name back first with bi_name_unescape; names in UTF-8 without such a
 * sequence are the same either way. */
char *bi_name_escape(struct bi_arena *arena, const char *name);
char *bi_name_unescape(struct bi_arena *arena, const char *text);

/* A page frame: one image of one file, or one of the two pages on it. */
struct bi_frame {
    int number; /* from 1, in page order */
    char *scan; /* name of the scan in the issue's folder, escaped as above */
    char *sha256;
    long size; /* bytes */
    int index; /* image within a multi-page file, from 0 */
    char *format;
    int width, height, bits, dpi; /* of the whole image */
    char *crop;    /* the part of it that is the page: four corners in its pixels, clockwise from the top
                      left, "x,y x,y x,y x,y" as PAGE-XML writes points; NULL: all of it */
    char *problem; /* why it cannot be read, NULL if it can; then the sizes are 0 */
};

/* A name and a value from title.ini. */
struct bi_setting {
    char *section, *name, *value;
};

struct bi_issue {
    struct bi_arena arena;
    char *folder;                /* path of the issue's folder as given, escaped */
    char *title;                 /* name of the title's folder, escaped */
    char *date;                  /* ISO 8601 if the folder's name is a date, else NULL */
    struct bi_setting *settings; /* title.ini: [title] paper=…, profile=…, [sections] 1=要闻 …, [jumps] to=…,
                                    from=…, teaser=… */
    size_t setting_count;
    struct bi_frame *frames;
    size_t frame_count;
};

#define BI_ISSUE_FORMAT "backissue-issue/1"

void bi_issue_release(struct bi_issue *issue);
/* The value of a setting, NULL if it is not there. Several of one name: the first. */
const char *bi_issue_setting(const struct bi_issue *issue, const char *section, const char *name);
/* issue is overwritten; released on failure. */
int bi_issue_read(const char *path, struct bi_issue *issue, struct bi_error *err);
int bi_issue_parse(const char *name, const char *data, size_t size, struct bi_issue *issue,
                   struct bi_error *err);
int bi_issue_write(const char *path, const struct bi_issue *issue, struct bi_error *err);

#endif
