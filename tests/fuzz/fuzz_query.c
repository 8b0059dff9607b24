/* Queries: parsed, and searched for in an archive of a few articles; what is found by reading the index must
 * be what FTS5 finds. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/find.h"
#include "archive/phrase.h"
#include "base/arena.h"
#include "store.h"

static const char ROWS[] =
    "INSERT INTO issue (issue_id, title, name, folder, loaded) VALUES (1, 't', 'n', 's', '');"
    "INSERT INTO article (issue_id, ordinal, kind, headline, kicker, body, changed) VALUES"
    " (1, 1, 'article', '老菜场开门迎客', '', '中国上海的菜场，中国国中。Automatic 系统 (一)', ''),"
    " (1, 2, 'article', '食堂的灯', '国庆', '上海中国。老 菜馆 😀𠮷 a b c', ''),"
    " (1, 3, 'ad', '', '', '国国国国 OR AND NOT * - \"', '');"
    "DELETE FROM article WHERE article_id = 2;"
    "INSERT INTO article (issue_id, ordinal, kind, headline, body, changed) VALUES"
    " (1, 4, 'article', '中', '上上海', '')";

static void stop(const char *why)
{
    fprintf(stderr, "%s\n", why);
    abort();
}

static sqlite3 *open_archive(void)
{
    char path[] = "/tmp/backissue-fuzz-XXXXXX";
    int fd = mkstemp(path);
    sqlite3 *db = NULL;
    struct bi_error err;
    if (fd < 0)
        stop("no temporary file");
    close(fd);
    if (bi_store_open(path, BI_STORE_CREATE, &db, &err) < 0 || bi_store_exec(db, ROWS, &err) < 0 ||
        bi_store_exec(db, "PRAGMA journal_mode = DELETE", &err) < 0) /* no other files beside it */
        stop(err.text);
    unlink(path); /* it stays while it is open */
    return db;
}

static void compare(struct archive_index *index, const struct archive_word *word)
{
    struct archive_matches read, asked;
    struct bi_error err;
    if (archive_phrase_match(index, word->characters, word->count, &read, &err) < 0 ||
        archive_phrase_ask(index, word->characters, word->count, &asked, &err) < 0)
        stop(err.text);
    if (read.count != asked.count || read.headline_count != asked.headline_count ||
        (read.count && memcmp(read.articles, asked.articles, read.count * sizeof *read.articles) != 0))
        stop("the index read and FTS5 differ");
    archive_matches_release(&read);
    archive_matches_release(&asked);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct archive archive;
    if (!archive.db)
        archive.db = open_archive();
    for (int literal = 0; literal < 2; literal++) {
        struct bi_arena arena = {0};
        struct bi_error err = {0};
        struct archive_query query;
        struct archive_search search = {.limit = 20};
        struct archive_results results;
        struct archive_index index;
        const char *text = bi_arena_strndup(&arena, (const char *)data, size);
        if (archive_query_parse(text, literal, &arena, &query, &err) == 0) {
            if (archive_find(&archive, &query, &search, &arena, &results, &err) < 0 ||
                archive_index_open(&index, archive.db, &err) < 0)
                stop(err.text);
            for (size_t i = 0; i < query.word_count; i++)
                compare(&index, &query.words[i]);
            archive_index_close(&index);
        } else if (err.kind != BI_EXIT_USAGE) {
            stop(err.text);
        }
        bi_arena_release(&arena);
    }
    return 0;
}
