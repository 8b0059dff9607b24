/* One request to the reading room and the answer to it. */
#ifndef SERVE_REQUEST_H
#define SERVE_REQUEST_H

#include <stdbool.h>
#include <stdio.h>

#include "archive/archive.h"
#include "base/text.h"
#include "serve/words.h"

struct MHD_Connection;
struct serve_desk;
struct serve_form;

struct serve_request {
    struct MHD_Connection *connection;
    const struct archive
        *archive; /* a connection of this request's own, within a transaction: one state of the archive */
    struct bi_arena arena;         /* for as long as the request lasts */
    const char *path;              /* decoded, begins with '/' */
    const char *base_url;          /* as the keeper says; NULL: ask serve_origin */
    enum serve_language language;  /* of the interface */
    const struct serve_desk *desk; /* where corrections are made; NULL: here they are not */
    const char *session;           /* of one who may correct; NULL: a reader */
    const char *editor;            /* that one's name; "" if it is not known yet, NULL without a session */
    const struct serve_form *form; /* what was sent (POST), checked for where it comes from; NULL: nothing */

    /* The answer, which handlers fill in. */
    FILE *out;            /* its body */
    const char *type;     /* Content-Type; HTML where none is set */
    const char *location; /* where to go instead (303); NULL: nowhere */
    const char *cookie;   /* to be set; NULL: none */
    int max_age;          /* seconds for which it may be kept; 0: ask every time */
    bool open;            /* other sites' scripts may read it (IIIF) */
};

/* A handler answers requests to its part of the addresses; `rest` is what follows that. It returns the HTTP
 * status, or -1 with err set: an error of the machine's, not of the person's. */
typedef int serve_handler(struct serve_request *request, const char *rest, struct bi_error *err);

/* A parameter of the query string, decoded; "" where it is missing. */
const char *serve_parameter(const struct serve_request *request, const char *name);
/* The number that a text begins with, and *text moved past it; -1 where there is none or one too large. */
long serve_number(const char **text);
/* Like the latter, but the text has to end with it; -1 else. */
long serve_number_whole(const char *text);

/* The address of the room as the client knows it, without a '/' at its end; from the request's arena. */
const char *serve_origin(struct serve_request *request);

/* Appends a text to an address or form field, percent-encoded. */
void serve_url_add(struct bi_text *out, const char *text);

#endif
