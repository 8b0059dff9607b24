#include "archive/probable.h"

#include <stdlib.h>
#include <string.h>

#include "archive/evaluate.h"
#include "archive/filter.h"
#include "base/cleanup.h"

/* A word's guesses as matches, united with its exact ones. */
static void unite(struct archive_matches *all, const struct archive_matches *exact,
                  const struct archive_guesses *guesses)
{
    struct archive_set set = {0}, guessed = {0};
    archive_set_copy(&set, exact->articles, exact->count);
    for (size_t i = 0; i < guesses->count; i++)
        archive_set_add(&guessed, guesses->guesses[i].article);
    archive_set_unite(&set, guessed.articles, guessed.count);
    archive_set_release(&guessed);
    *all = (struct archive_matches){.articles = set.articles, .count = set.count, .capacity = set.capacity};
}

static int compare_scores(const void *a, const void *b)
{
    const struct archive_place *one = a, *two = b;
    if (one->score != two->score)
        return one->score > two->score ? -1 : 1;
    return one->article < two->article ? -1 : one->article > two->article;
}

/* An article is as sure as the least sure of the words that are misread in it. */
static void lower_scores(struct archive_place *places, size_t count, const struct archive_matches *exact,
                         const struct archive_guesses *guesses)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        while (at < guesses->count && guesses->guesses[at].article < places[i].article)
            at++;
        if (at == guesses->count)
            return;
        double score = guesses->guesses[at].percent / 100.0;
        if (guesses->guesses[at].article == places[i].article && score < places[i].score &&
            archive_set_find(exact->articles, exact->count, places[i].article) == SIZE_MAX)
            places[i].score = score;
    }
}

static void add_marks(const struct archive_query *query, const struct archive_guesses *guesses, size_t count,
                      struct bi_arena *arena, struct archive_query *marks)
{
    size_t spellings = 0;
    for (size_t i = 0; i < count; i++)
        spellings += guesses[i].spelling_count;
    struct archive_word *words = bi_arena_array(arena, query->word_count + spellings, sizeof *words);
    memcpy(words, query->words, query->word_count * sizeof *words);
    size_t at = query->word_count;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < guesses[i].spelling_count; k++)
            words[at++] = guesses[i].spellings[k];
    *marks = *query;
    marks->words = words;
    marks->word_count = at;
}

static int find(struct archive_index *index, const struct archive_query *query,
                const struct archive_filter *filter, const struct archive_matches *words,
                const struct archive_set *found, struct archive_matches *all, struct bi_arena *arena,
                struct archive_probable *probable, struct bi_error *err)
{
    struct archive_guesses *guesses = bi_arena_array(arena, query->word_count, sizeof *guesses);
    for (size_t i = 0; i < query->word_count; i++) {
        if (query->words[i].wanted &&
            archive_fuzzy_word(index, &query->words[i], arena, &guesses[i], err) < 0)
            return -1;
        unite(&all[i], &words[i], &guesses[i]);
    }
    BI_CLEANUP(archive_set_release) struct archive_set likely = {0};
    archive_evaluate(query, all, &likely);
    archive_set_subtract(&likely, found->articles, found->count);
    if (archive_filter_set(index->db, filter, &likely, err) < 0)
        return -1;
    probable->count = likely.count;
    probable->places = bi_arena_array(arena, likely.count, sizeof *probable->places);
    for (size_t i = 0; i < likely.count; i++)
        probable->places[i] = (struct archive_place){likely.articles[i], 1};
    for (size_t i = 0; i < query->word_count; i++)
        lower_scores(probable->places, likely.count, &words[i], &guesses[i]);
    if (likely.count)
        qsort(probable->places, likely.count, sizeof *probable->places, compare_scores);
    add_marks(query, guesses, query->word_count, arena, &probable->marks);
    return 0;
}

int archive_probable_find(struct archive_index *index, const struct archive_query *query,
                          const struct archive_filter *filter, const struct archive_matches *words,
                          const struct archive_set *found, struct bi_arena *arena,
                          struct archive_probable *probable, struct bi_error *err)
{
    struct archive_matches *all = bi_arena_array(arena, query->word_count, sizeof *all);
    int status = find(index, query, filter, words, found, all, arena, probable, err);
    for (size_t i = 0; i < query->word_count; i++)
        archive_matches_release(&all[i]);
    return status;
}
