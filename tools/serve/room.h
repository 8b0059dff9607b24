/* The reading room: an HTTP server over one archive (libmicrohttpd). It only reads, but for corrections where
 * these are wanted; every file that it serves comes from the archive's own list or from that of the
 * interface, never from a path in a request. */
#ifndef SERVE_ROOM_H
#define SERVE_ROOM_H

#include <stddef.h>

#include "base/error.h"

struct serve_desk_options;

struct serve_options {
    const char *archive;  /* path */
    const char *address;  /* numeric, IPv4 or IPv6, to listen on */
    int port;             /* 0: any that is free */
    const char *base_url; /* by which the room is known, without a '/' at its end; NULL: as clients call it */
    const struct serve_desk_options *desk; /* where corrections are made; NULL: nowhere */
};

/* Serves until SIGINT, SIGTERM or SIGHUP, which end it well. Says on stdout where it listens, once it
 * does, with the token if it has made one. */
int serve_room(const struct serve_options *options, struct bi_error *err);

#endif
