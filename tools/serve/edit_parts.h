/* What the pages of the desk share. */
#ifndef SERVE_EDIT_PARTS_H
#define SERVE_EDIT_PARTS_H

#include "page/geometry.h"
#include "serve/request.h"

/* Characters of a line; longer ones are refused. */
#define SERVE_MOST_LINE 1000

/* A page as the archive has it, or with id 0 an issue alone. Texts are from the request's arena. */
struct edit_page {
    long long id, issue;
    int frame, number;
    struct bi_box size;
    const char *paper, *date;
};

/* 1; 0 if there is no such page, -1 on failure. */
int serve_edit_page(struct serve_request *request, long long id, struct edit_page *page,
                    struct bi_error *err);
/* The same of an issue. */
int serve_edit_issue(struct serve_request *request, long long id, struct edit_page *page,
                     struct bi_error *err);
/* Begins a page of the desk, with its heading. */
void serve_edit_head(struct serve_request *request, enum serve_word word, const struct edit_page *page);
/* The image of a line, with a little round it. */
void serve_edit_clip(struct serve_request *request, const struct edit_page *page, struct bi_box box);
/* The field for a line's text, with what it was based on, `now`; `number` tells the lines of a form apart. */
void serve_edit_line(struct serve_request *request, int number, const char *label, const char *id,
                     const char *now, const char *text);
/* A field of the form that was sent, or else a parameter. */
const char *serve_any(const struct serve_request *request, const char *name);

#endif
