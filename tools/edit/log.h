/* corrections/<title>/<date>/edits.jsonl: what was corrected through a program, a JSON object a line, with
 * who and when. It is only ever added to, each line written through to the disk; undo works from it. Who
 * writes corrections holds its lock meanwhile, so that two do not write at once. */
#ifndef EDIT_LOG_H
#define EDIT_LOG_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/error.h"
#include "page/geometry.h"

enum edit_what {
    EDIT_LINE,     /* a line's text: before and after are texts */
    EDIT_ARTICLES, /* a correction of articles.json: before and after are its object as JSON, NULL for none */
    EDIT_PAGE, /* a page's correction put aside, so that it is read again: before is the name that the file
                  has since; or that taken back: after is */
};

struct edit_record {
    long number;      /* its line in the file, from 1 */
    char *when, *who; /* UTC, ISO 8601 */
    enum edit_what what;
    int frame;  /* of the page; 0: the issue */
    char *line; /* id of the line, NULL if it is none */
    struct bi_box box;
    char *before, *after;
    long undoes; /* number of the one that this takes back; 0: none */
    bool undone; /* a later one takes it back */
};

struct edit_log {
    char *path;
    int descriptor;
    off_t size; /* before what was added since it was locked */
};

/* Opens the file, makes it and its folder where there are none, and waits for its lock. */
int edit_log_lock(struct edit_log *log, const char *path, struct bi_error *err);
/* Lets the lock go. Safe on a zeroed struct. */
void edit_log_unlock(struct edit_log *log);
/* Adds records, all or none; `number` and `undone` are not looked at. */
int edit_log_add(struct edit_log *log, const struct edit_record *records, size_t count, struct bi_error *err);
/* Takes away what was added since the lock: what it says has not come about. */
void edit_log_take_back(struct edit_log *log);

/* All of a file, none where there is no file; from the arena. A line that is no record, such as what a killed
 * process left of one, is passed over. */
int edit_log_read(const char *path, struct bi_arena *arena, struct edit_record **records, size_t *count,
                  struct bi_error *err);

/* The time now, as a record has it; from the arena. */
char *edit_now(struct bi_arena *arena);

#endif
