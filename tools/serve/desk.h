/* The desk at which corrections are made (--edit): who may, under which name, and what has to be right about
 * a request for it. */
#ifndef SERVE_DESK_H
#define SERVE_DESK_H

#include "serve/request.h"
#include "serve/runs.h"
#include "serve/session.h"

/* How long a name may be, in bytes. */
#define SERVE_MOST_NAME 120u

struct serve_desk_options {
    const char *token_file;  /* NULL: a token is made */
    const char *editor;      /* name of all who correct here; NULL: each gives his own */
    const char *base_url;    /* by which the room is known; NULL: as it listens */
    const char *corrections; /* root of all corrections; NULL: beside the scans' root */
    char **run_options;      /* further options of the runs that put corrections into the archive */
    int run_option_count;
};

struct serve_desk {
    const struct serve_desk_options *options;
    struct serve_keys keys;
    struct serve_runs_options run_options;
    struct serve_runs *runs;
};

/* Makes keys and starts the thread for runs; `options` and `archive` are borrowed. */
int serve_desk_open(struct serve_desk *desk, const struct serve_desk_options *options, const char *archive,
                    struct bi_error *err);
void serve_desk_close(struct serve_desk *desk);

/* Whether the request's Host header is a name of this room: not one that a stranger's name server has led
 * here (DNS rebinding). Addresses in figures and localhost are, and the host of the base URL. */
bool serve_desk_is_host(const struct serve_desk *desk, struct serve_request *request);
/* Whether a form that was sent comes from a page of this room, by its Origin or else its Referer. */
bool serve_desk_is_own(const struct serve_desk *desk, struct serve_request *request);
/* Fills in the request's session and name, where its cookies have good ones. */
void serve_desk_greet(const struct serve_desk *desk, struct serve_request *request);

/* <form method="post" action="/edit/…"> with the hidden mark of the session; the caller ends it. */
void serve_form_begin(struct serve_request *request, const char *action);
void serve_form_hidden(struct serve_request *request, const char *name, const char *value);
void serve_form_hidden_number(struct serve_request *request, const char *name, long long value);
/* A labelled field in one line of text. */
void serve_form_text(struct serve_request *request, enum serve_word label, const char *name,
                     const char *value, int most);
void serve_form_button(struct serve_request *request, enum serve_word word);
void serve_form_end(struct serve_request *request);

/* Where the issue's files are; 1, or 0 if there is none such, -1 on failure. */
int serve_desk_place(struct serve_request *request, long long issue, struct edit_place *place,
                     struct bi_error *err);
/* What became of the issue's run, in words, as a paragraph; nothing where nobody asked for one. */
void serve_desk_say_run(struct serve_request *request, const struct edit_place *place);
/* Sends the browser to another page of the room (303). */
int serve_go(struct serve_request *request, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
