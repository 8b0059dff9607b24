#include "tokenizer.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "fold.h"

/* The tokenizer has no state: FTS5 gets the address of this. */
static char no_state;

static int create(void *context, const char **arguments, int count, Fts5Tokenizer **tokenizer)
{
    (void)context;
    if (count != 1 || atoi(arguments[0]) != BI_FOLD_VERSION)
        return SQLITE_ERROR;
    *tokenizer = (Fts5Tokenizer *)&no_state;
    return SQLITE_OK;
}

static void destroy(Fts5Tokenizer *tokenizer)
{
    (void)tokenizer;
}

static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int n,
                    int (*token)(void *, int, const char *, int, int, int))
{
    (void)tokenizer;
    (void)flags;
    for (int at = 0; at < n;) {
        uint32_t rune, folded[BI_FOLD_MAX];
        int used = (int)bi_fold_decode(text + at, (size_t)(n - at), &rune);
        size_t count = bi_fold_rune(rune, folded);
        for (size_t i = 0; i < count; i++) {
            utf8proc_uint8_t bytes[4];
            int length = (int)utf8proc_encode_char((utf8proc_int32_t)folded[i], bytes);
            int result = token(context, 0, (const char *)bytes, length, at, at + used);
            if (result != SQLITE_OK)
                return result;
        }
        at += used;
    }
    return SQLITE_OK;
}

int bi_tokenizer_create(fts5_api *api)
{
    fts5_tokenizer methods = {.xCreate = create, .xDelete = destroy, .xTokenize = tokenize};
    return api->xCreateTokenizer(api, "backissue", NULL, &methods, NULL);
}
