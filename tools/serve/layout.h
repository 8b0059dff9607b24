/* What every page of the reading room has round its content. */
#ifndef SERVE_LAYOUT_H
#define SERVE_LAYOUT_H

#include "page/geometry.h"
#include "serve/request.h"

/* Begins a page; `title` is text, `query` what stands in the search field, NULL if there is to be none. */
void serve_begin(struct serve_request *request, const char *title, const char *query);
/* The same with the script and the parts of the deep zoom. */
void serve_begin_zoom(struct serve_request *request, const char *title, const char *query);
/* The same with the script for forms, without a search field. */
void serve_begin_edit(struct serve_request *request, const char *title);
void serve_end(struct serve_request *request);

/* A whole page that says so; returns the status for the handler to return. */
int serve_not_found(struct serve_request *request);

/* The interface's word, into the page. */
void serve_say(struct serve_request *request, enum serve_word word);
/* "第3版", "p. 3": a page by its number, or several by a list of them. */
void serve_say_page(struct serve_request *request, int number);
void serve_say_pages(struct serve_request *request, const char *numbers);
/* Text of the archive in which ARCHIVE_MARK_START and _END stand round what matched, as <mark>. */
void serve_marked(struct serve_request *request, const char *text);
/* <a href="/article/12?q=…">: the beginning of a link into the room, to which the search's words go along. */
void serve_link(struct serve_request *request, const char *to, long long id, const char *query);
/* An <img> of a box of a page, at most so many pixels wide and high. */
void serve_clip(struct serve_request *request, long long page_id, struct bi_box box, int width, int height,
                const char *alternative);

#endif
