/* How fast, how large and how complete search is: fills an archive with made articles, measures searches of
 * one to four characters, and the same with SQLite's own means, in one run.
 *
 *     search-bench --archive FILE [--articles 10000] [--queries 100] [--seed 1] [--trigram] [--like]
 * [--recall N]
 *
 * An archive that is there is used as it is, or filled up where --articles says more than it has. Times are
 * printed and not judged; what is judged, with --recall, is that search finds what instr() finds and nothing
 * else. */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/program.h"
#include "search_corpus.h"
#include "search_measure.h"
#include "store.h"

struct options {
    const char *archive, *words;
    int articles, queries, seed, recall;
    bool trigram, like;
};

enum { KEY_TRIGRAM = 0x100, KEY_LIKE, KEY_RECALL };

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case 'a':
        options->archive = argument;
        return 0;
    case 'n':
        options->articles = atoi(argument);
        return 0;
    case 'q':
        options->queries = atoi(argument);
        return 0;
    case 's':
        options->seed = atoi(argument);
        return 0;
    case 'w':
        options->words = argument;
        return 0;
    case KEY_TRIGRAM:
        options->trigram = true;
        return 0;
    case KEY_LIKE:
        options->like = true;
        return 0;
    case KEY_RECALL:
        options->recall = atoi(argument);
        return 0;
    case ARGP_KEY_END:
        if (!options->archive)
            argp_error(state, "no --archive given");
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static const struct argp_option OPTIONS[] = {
    {"archive", 'a', "FILE", 0, "the archive to fill, or one that was filled before", 0},
    {"articles", 'n', "N", 0, "articles that it shall have (10000 if it is new)", 0},
    {"queries", 'q', "N", 0, "queries of each length (100)", 0},
    {"seed", 's', "N", 0, "of the random numbers (1)", 0},
    {"words", 'w', "FILE", 0, "words with their counts (rime-essay's essay.txt)", 0},
    {"trigram", KEY_TRIGRAM, NULL, 0, "also with FTS5's own tokenizer trigram", 0},
    {"like", KEY_LIKE, NULL, 0, "also with LIKE", 0},
    {"recall", KEY_RECALL, "N", 0, "compare N random substrings with instr(); exit 1 on a difference", 0},
    {0},
};
static const struct argp ARGP = {
    .options = OPTIONS,
    .parser = parse_option,
    .doc = "Measures search over a made archive.",
};

static int run(const struct options *options, struct bi_error *err)
{
    struct corpus corpus = {0};
    if (corpus_read_words(&corpus, options->words, err) < 0)
        return -1;
    enum { USUAL_ARTICLES = 10000 };
    struct stat status;
    int result = 0;
    if (options->articles || stat(options->archive, &status) < 0)
        result =
            corpus_fill(&corpus, options->archive, options->articles ? options->articles : USUAL_ARTICLES,
                        (uint64_t)options->seed, err);
    struct archive archive = {0};
    if (result == 0)
        result = archive_open(&archive, options->archive, options->trigram, err);
    if (result == 0)
        result = measure_search(&archive, &corpus, options->queries, (uint64_t)options->seed, err);
    if (result == 0 && options->trigram)
        result = measure_trigram(&archive, &corpus, options->queries, (uint64_t)options->seed, err);
    if (result == 0 && options->like)
        result = measure_like(&archive, &corpus, (uint64_t)options->seed, err);
    if (result == 0 && options->recall)
        result = check_recall(&archive, options->recall, (uint64_t)options->seed, err);
    archive_close(&archive);
    corpus_release(&corpus);
    return result;
}

int main(int argc, char **argv)
{
    enum { USUAL_QUERIES = 100 };
    struct options options = {
        .words = "/usr/share/rime-data/essay.txt",
        .queries = USUAL_QUERIES,
        .seed = 1,
    };
    argp_parse(&ARGP, argc, argv, 0, NULL, &options);
    setvbuf(stdout, NULL, _IOLBF, 0);
    struct bi_error err;
    if (run(&options, &err) == 0)
        return 0;
    fprintf(stderr, "search-bench: %s\n", err.text);
    return 1;
}
