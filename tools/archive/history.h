/* What an article said before, and by which runs each of its versions was made. */
#ifndef ARCHIVE_HISTORY_H
#define ARCHIVE_HISTORY_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "archive/archive.h"

/* An execution of a stage. Texts are never NULL, "" if unknown. */
struct archive_maker {
    sqlite3_int64 run_id;
    int page; /* 0: the whole issue */
    const char *stage, *program_version, *parameters, *models, *started;
};

struct archive_version {
    int version;         /* from 1 */
    const char *changed; /* UTC, when it was loaded */
    /* Of an earlier version alone; of the present one they are the article's own. */
    const char *replaced; /* UTC, when the next one was */
    const char *kind, *kicker, *headline, *subhead, *byline, *body;
    struct archive_maker *makers; /* none if it is older than what archives know of that */
    size_t maker_count;
};

struct archive_history {
    const char *paper, *date;       /* of the issue it was or is in */
    bool present;                   /* the article is in its issue */
    struct archive_version now;     /* if it is */
    struct archive_version *before; /* newest first */
    size_t before_count;
};

/* Reads the history of an article into the arena, also of one that is in no issue any more. BI_EXIT_INPUT if
 * there never was one of that id. */
int archive_history_read(const struct archive *archive, sqlite3_int64 article_id, struct bi_arena *arena,
                         struct archive_history *history, struct bi_error *err);

/* For a person: the runs of the present version, then the earlier versions whole. */
void archive_history_print(FILE *stream, const struct archive_history *history);
/* Sets "version" and "runs" of the present version, and "history", an array of the earlier ones. */
void archive_history_to_json(json_t *object, const struct archive_history *history);

#endif
