/* Who may correct: a token that the keeper of the archive hands on, exchanged for a session, and marks in
 * forms that only a page of that session can have. Nothing is kept of them: the key with which they are made
 * lives as long as the process. Pure but for the making of keys. */
#ifndef SERVE_SESSION_H
#define SERVE_SESSION_H

#include <stdbool.h>
#include <time.h>

#include "base/error.h"

enum {
    SERVE_KEY_BYTES = 32,
    SERVE_MAC_SIZE = 65,      /* 64 hex digits and a NUL */
    SERVE_SESSION_SIZE = 128, /* at most, with its NUL */
    SERVE_LEAST_TOKEN = 16,
    SERVE_MOST_TOKEN = 200,
};
/* A session ends a working day after it began. */
#define SERVE_SESSION_SECONDS (12 * 3600)

struct serve_keys {
    unsigned char key[SERVE_KEY_BYTES];
    char token[SERVE_MOST_TOKEN + 1];
};

/* Makes a key, and a token if `token_file` is NULL; else reads that from the file's first line.
 * BI_EXIT_MACHINE or BI_EXIT_INPUT. */
int serve_keys_make(struct serve_keys *keys, const char *token_file, struct bi_error *err);

bool serve_token_is_good(const struct serve_keys *keys, const char *token);
int serve_session_make(const struct serve_keys *keys, time_t now, char session[SERVE_SESSION_SIZE],
                       struct bi_error *err);
bool serve_session_is_good(const struct serve_keys *keys, const char *session, time_t now);
/* What forms of a session carry. */
void serve_mark_make(const struct serve_keys *keys, const char *session, char mark[SERVE_MAC_SIZE]);
bool serve_mark_is_good(const struct serve_keys *keys, const char *session, const char *mark);

#endif
