/* corrections/<title>/<date>/articles.json: what a person says of an issue's articles. It is written once and
 * has to hold through every later run, when lines, regions and articles have other numbers and some
 * characters are read otherwise. So it names a place by its page and by what is printed there, or by where it
 * stands:
 *
 *   {"format": "backissue-corrections/1",
 *    "corrections": [
 *     {"do": "join", "article": {"page": 1, "text": "高大的龙"}, "with": {"page": 3, "text":
 * "门吊保留原位"}},
 *     {"do": "split", "at": {"page": 2, "text": "社区食堂亮着灯"}},
 *     {"do": "title", "article": {"page": 2, "point": [1200, 830]}, "headline": "红星船厂换新装", "kicker":
 * ""},
 *     {"do": "kind", "article": {"page": 4, "box": [100, 200, 900, 400]}, "kind": "notice"},
 *     {"do": "order", "article": {"page": 2, "text": "…"}, "after": {"page": 2, "text": "…"}, "note":
 * "why"}]} */
#ifndef PAGE_CORRECTIONS_H
#define PAGE_CORRECTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "page/geometry.h"

#define BI_CORRECTIONS_FORMAT "backissue-corrections/1"

/* A place in the issue: by its text, a point or a box in upright pixels; one of them at least. */
struct bi_anchor {
    int page_number;
    char *text; /* NULL: none */
    bool pointed;
    struct bi_point point;
    struct bi_box box; /* empty: none */
};

enum bi_correction_kind {
    BI_CORRECT_JOIN,  /* the part at `other` goes on where the one at `place` ends */
    BI_CORRECT_SPLIT, /* at `place` an article begins */
    BI_CORRECT_TITLE,
    BI_CORRECT_KIND,
    BI_CORRECT_ORDER, /* the article at `place` comes right after the one at `other` */
};

struct bi_correction {
    enum bi_correction_kind kind;
    struct bi_anchor place, other;
    char *kicker, *headline, *subhead, *byline; /* of BI_CORRECT_TITLE; NULL: as it is */
    char *article_kind;                         /* of BI_CORRECT_KIND */
    char *note;                                 /* in the person's words; NULL: none */
};

struct bi_corrections {
    struct bi_arena arena;
    struct bi_correction *list; /* in the order in which they are applied */
    size_t count;
};

void bi_corrections_release(struct bi_corrections *corrections);
/* "join" …, as in the file. */
const char *bi_correction_name(enum bi_correction_kind kind);
/* corrections is overwritten; released on failure. A correction that cannot be understood is BI_EXIT_INPUT,
 * with its number: nothing that a person wrote is passed over. */
int bi_corrections_read(const char *path, struct bi_corrections *corrections, struct bi_error *err);
int bi_corrections_parse(const char *name, const char *data, size_t size, struct bi_corrections *corrections,
                         struct bi_error *err);

#endif
