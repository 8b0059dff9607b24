/* What the verbs that read an archive share: their common option, typed option values, and how they end. */
#ifndef ARCHIVE_VERB_H
#define ARCHIVE_VERB_H

#include <argp.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/program.h"

/* The option that all of them have; its key is 'a'. */
#define ARCHIVE_VERB_OPTION                                                                                  \
    {                                                                                                        \
        "archive", 'a', "FILE", 0, "the archive ($BACKISSUE_ARCHIVE, else archive.db)", 0                    \
    }

/* The value of an option; what is wrong ends the program with a message and BI_EXIT_USAGE. */
long archive_verb_number(const struct argp_state *state, const char *option, const char *value, long least);
/* A day, month or year. */
const char *archive_verb_date(const struct argp_state *state, const char *option, const char *value);
/* The address of a folder, without a '/' at its end; from the arena. */
const char *archive_verb_url(const struct argp_state *state, struct bi_arena *arena, const char *option,
                             const char *value);
const char *archive_verb_kind(const struct argp_state *state, const char *value);

/* Flushes stdout and gives the exit code of a verb whose work ended with `status`, 0 or -1, printing what is
 * wrong. */
int archive_verb_end(int status, struct bi_error *err);

#endif
