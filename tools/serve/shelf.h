/* Archives that are open for reading, for requests to take in turn: opening one takes longer than most
 * requests. */
#ifndef SERVE_SHELF_H
#define SERVE_SHELF_H

#include <pthread.h>
#include <sys/types.h>

#include "archive/archive.h"

enum { SERVE_SHELF_SIZE = 16 };

struct serve_shelf {
    const char *path; /* of the archive */
    pthread_mutex_t mutex;
    struct archive idle[SERVE_SHELF_SIZE];
    size_t count;
    dev_t device; /* of the file that the idle ones are of: one that another takes the place of is let go */
    ino_t file;
};

void serve_shelf_init(struct serve_shelf *shelf, const char *path);
/* Nothing may be out. */
void serve_shelf_release(struct serve_shelf *shelf);

/* Takes an archive, in a transaction that sees one state of it. Safe from all threads. */
int serve_shelf_take(struct serve_shelf *shelf, struct archive *archive, struct bi_error *err);
void serve_shelf_return(struct serve_shelf *shelf, struct archive *archive);

#endif
