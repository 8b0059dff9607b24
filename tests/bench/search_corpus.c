#include "search_corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "search_measure.h"
#include "store.h"

static void close_pipe(FILE **pipe)
{
    if (*pipe)
        pclose(*pipe);
}

/* The alias method: every word shares its slot with one other, so that a draw costs the same whatever is
 * drawn. */
static void prepare_draws(struct corpus *corpus)
{
    double total = 0;
    for (size_t i = 0; i < corpus->count; i++)
        total += corpus->words[i].count;
    size_t *small = bi_xcalloc(corpus->count + 1, sizeof *small),
           *large = bi_xcalloc(corpus->count + 1, sizeof *large);
    size_t smalls = 0, larges = 0;
    for (size_t i = 0; i < corpus->count; i++) {
        corpus->words[i].keep = corpus->words[i].count / total * (double)corpus->count;
        if (corpus->words[i].keep < 1)
            small[smalls++] = i;
        else
            large[larges++] = i;
    }
    while (smalls && larges) {
        size_t less = small[--smalls], more = large[larges - 1];
        corpus->words[less].other = more;
        corpus->words[more].keep -= 1 - corpus->words[less].keep;
        if (corpus->words[more].keep < 1) {
            small[smalls++] = more;
            larges--;
        }
    }
    while (larges)
        corpus->words[large[--larges]].keep = 1;
    while (smalls)
        corpus->words[small[--smalls]].keep = 1;
    free(small);
    free(large);
}

int corpus_read_words(struct corpus *corpus, const char *path, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(close_pipe) FILE *in = popen(bi_arena_printf(&arena, "opencc -c t2s -i '%s'", path), "re");
    if (!in)
        return bi_error_errno(err, BI_EXIT_MACHINE, "opencc");
    char line[512];
    size_t capacity = 0;
    while (fgets(line, sizeof line, in)) {
        char *tab = strchr(line, '\t');
        double count = tab ? atof(tab + 1) : 0;
        if (!tab || tab - line >= 32 || count <= 0)
            continue;
        *tab = '\0';
        if (corpus->count == capacity) {
            capacity = capacity ? capacity * 2 : 4096;
            corpus->words = bi_xrealloc(corpus->words, capacity * sizeof *corpus->words);
        }
        struct corpus_word *word = &corpus->words[corpus->count++];
        *word = (struct corpus_word){.count = count, .characters = (int)bi_rune_count(line)};
        strcpy(word->text, line);
    }
    if (corpus->count < 1000)
        return bi_error_set(err, BI_EXIT_MACHINE, "%s: has too few words (Debian: rime-essay, opencc)", path);
    prepare_draws(corpus);
    return 0;
}

void corpus_release(struct corpus *corpus)
{
    free(corpus->words);
    *corpus = (struct corpus){0};
}

const struct corpus_word *corpus_draw(const struct corpus *corpus, struct chance *chance)
{
    size_t slot = (size_t)(chance_next(chance) % corpus->count);
    const struct corpus_word *word = &corpus->words[slot];
    return chance_is(chance, word->keep) ? word : &corpus->words[word->other];
}

const struct corpus_word *corpus_draw_of(const struct corpus *corpus, struct chance *chance, int characters)
{
    const struct corpus_word *word;
    do
        word = corpus_draw(corpus, chance);
    while (word->characters != characters);
    return word;
}

static void add_latin(struct chance *chance, struct bi_text *out)
{
    static const char *const SOME[] = {"Linux", "GDP",  "5G",    "Wi-Fi",  "AI",
                                       "2025",  "３０", "12.5%", "ＡＰＰ", "100"};
    bi_text_add(out, SOME[chance_below(chance, sizeof SOME / sizeof *SOME)]);
}

void corpus_body(const struct corpus *corpus, struct chance *chance, struct bi_text *out)
{
    int length = chance_between(chance, 100, 2000), clause = chance_between(chance, 4, 14);
    for (int n = 0; n < length;) {
        if (chance_is(chance, 0.01)) {
            add_latin(chance, out);
            n += 3;
        }
        const struct corpus_word *word = corpus_draw(corpus, chance);
        bi_text_add(out, word->text);
        n += word->characters;
        clause -= word->characters;
        if (clause > 0)
            continue;
        clause = chance_between(chance, 4, 14);
        bool sentence = chance_is(chance, 0.35);
        bi_text_add(out, sentence ? "。" : chance_is(chance, 0.1) ? "、" : "，");
        bi_text_add(out, sentence && chance_is(chance, 0.25) ? "\n" : "");
        n++;
    }
}

static void add_headline(const struct corpus *corpus, struct chance *chance, struct bi_text *out)
{
    int length = chance_between(chance, 6, 20);
    for (int n = 0; n < length;) {
        const struct corpus_word *word = corpus_draw(corpus, chance);
        bi_text_add(out, word->text);
        n += word->characters;
    }
}

struct filling {
    sqlite3 *db;
    sqlite3_stmt *issue, *page, *article, *part;
    const struct corpus *corpus;
    uint64_t seed;
    int issues, articles;
    double seconds, computed; /* in SQLite alone: making the text is not loading */
};

static int fill_issue(struct filling *filling, int most, struct bi_error *err)
{
    enum { ARTICLES = 40, PAGES = 8 };
    struct bi_text headlines[ARTICLES] = {0}, bodies[ARTICLES] = {0};
    int count = most < ARTICLES ? most : ARTICLES;
    struct chance chance = {filling->seed};
    chance.state = chance_next(&chance) + (uint64_t)filling->issues;
    chance.state = chance_next(&chance);
    for (int i = 0; i < count; i++) {
        add_headline(filling->corpus, &chance, &headlines[i]);
        corpus_body(filling->corpus, &chance, &bodies[i]);
    }
    struct tm day = {.tm_year = 50, .tm_mday = 1 + filling->issues++, .tm_hour = 12};
    timegm(&day);
    char date[16];
    strftime(date, sizeof date, "%Y-%m-%d", &day);

    double began = measure_clock(), computed = measure_cpu();
    bool ok = bi_store_exec(filling->db, "BEGIN IMMEDIATE", err) == 0 &&
              bi_store_put(filling->issue, err, "tt", date, date) == 0;
    sqlite3_int64 issue = sqlite3_last_insert_rowid(filling->db), pages[PAGES];
    for (int i = 0; ok && i < PAGES; i++) {
        ok = bi_store_put(filling->page, err, "lii", issue, i + 1, i + 1) == 0;
        pages[i] = sqlite3_last_insert_rowid(filling->db);
    }
    for (int i = 0; ok && i < count; i++)
        ok = bi_store_put(filling->article, err, "liitt", issue, i + 1, i % 20, headlines[i].data,
                          bodies[i].data) == 0 &&
             bi_store_put(filling->part, err, "ll", sqlite3_last_insert_rowid(filling->db),
                          pages[i * PAGES / ARTICLES]) == 0;
    ok = ok && bi_store_exec(filling->db, "COMMIT", err) == 0;
    filling->seconds += measure_clock() - began;
    filling->computed += measure_cpu() - computed;
    filling->articles += count;
    for (int i = 0; i < count; i++) {
        bi_text_release(&headlines[i]);
        bi_text_release(&bodies[i]);
    }
    return ok ? 0 : -1;
}

static int fill(struct filling *filling, int articles, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *ask = NULL;
    if (bi_store_prepare(filling->db, "SELECT (SELECT count(*) FROM issue), (SELECT count(*) FROM article)",
                         &ask, err) < 0 ||
        bi_store_step(ask, err) < 0)
        return -1;
    filling->issues = sqlite3_column_int(ask, 0);
    int there = filling->articles = sqlite3_column_int(ask, 1);
    sqlite3_reset(ask);
    if (there >= articles)
        return 0;
    if (bi_store_prepare(filling->db,
                         "INSERT INTO issue (title, name, paper, issue_date, folder, loaded) "
                         "VALUES ('made', ?, '样报', ?, 'made', '')",
                         &filling->issue, err) < 0 ||
        bi_store_prepare(filling->db,
                         "INSERT INTO page (issue_id, frame, page_number, scan_path, scan_index, status) "
                         "VALUES (?, ?, ?, 'made.tif', 0, 'ok')",
                         &filling->page, err) < 0 ||
        bi_store_prepare(filling->db,
                         "INSERT INTO article (issue_id, ordinal, kind, confidence, headline, body, changed) "
                         "VALUES (?, ?, 'article', 1 - ? / 100.0, ?, ?, '')",
                         &filling->article, err) < 0 ||
        bi_store_prepare(filling->db,
                         "INSERT INTO article_part VALUES (last_insert_rowid(), 0, ?2, 0, 0, 9, 9)",
                         &filling->part, err) < 0)
        return -1;
    double slowest = 1e9;
    while (filling->articles < articles) {
        double began = filling->seconds;
        int before = filling->articles;
        while (filling->articles < articles && filling->articles - before < 50000)
            if (fill_issue(filling, articles - filling->articles, err) < 0)
                return -1;
        double rate = (filling->articles - before) / (filling->seconds - began);
        slowest = rate < slowest ? rate : slowest;
        fprintf(stderr, "%d articles, the last ones at %.0f a second\n", filling->articles, rate);
    }
    printf("loaded %d articles in %.0f s, %.0f of them computing: %.0f a second, the slowest 50,000 %.0f\n",
           articles - there, filling->seconds, filling->computed, (articles - there) / filling->seconds,
           slowest);
    return 0;
}

int corpus_fill(const struct corpus *corpus, const char *path, int articles, uint64_t seed,
                struct bi_error *err)
{
    struct filling filling = {.corpus = corpus, .seed = seed};
    if (bi_store_open(path, BI_STORE_CREATE, &filling.db, err) < 0)
        return -1;
    int status = fill(&filling, articles, err);
    bi_store_finalizep(&filling.issue);
    bi_store_finalizep(&filling.page);
    bi_store_finalizep(&filling.article);
    bi_store_finalizep(&filling.part);
    bi_store_closep(&filling.db);
    return status;
}
