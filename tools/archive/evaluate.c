#include "archive/evaluate.h"

#include "archive/text.h"
#include "base/cleanup.h"

/* ---- words that begin so */

/* The index does not know spaces, so the texts are asked. */
static int keep_beginnings(struct archive_index *index, const struct archive_word *word,
                           struct archive_matches *matches, struct bi_error *err)
{
    BI_CLEANUP(archive_texts_close) struct archive_texts texts = {0};
    if (archive_texts_open(&texts, index->db, err) < 0)
        return -1;
    size_t kept = 0;
    matches->headline_count = 0;
    for (size_t i = 0; i < matches->count; i++) {
        uint32_t article = matches->articles[i];
        if (archive_texts_read(&texts, article, err) < 0)
            return -1;
        float weight = 0;
        for (int column = 0; column < ARCHIVE_COLUMNS; column++) {
            const struct archive_folded *folded = &texts.folded[column];
            size_t times = 0;
            for (size_t at = 0;
                 (at = archive_folded_find(folded, at, word->characters, word->count)) != SIZE_MAX; at++)
                times += archive_begins_word(folded, at);
            weight += ARCHIVE_COLUMN_WEIGHTS[column] * (float)times;
            if (column == ARCHIVE_COLUMN_HEADLINE && times)
                matches->headlines[matches->headline_count++] = article;
        }
        if (weight <= 0)
            continue;
        matches->articles[kept] = article;
        if (matches->weights)
            matches->weights[kept] = weight;
        kept++;
    }
    matches->count = kept;
    return 0;
}

int archive_evaluate_words(struct archive_index *index, const struct archive_query *query,
                           struct archive_matches *words, struct bi_error *err)
{
    for (size_t i = 0; i < query->word_count; i++) {
        const struct archive_word *word = &query->words[i];
        if (archive_phrase_match(index, word->characters, word->count, &words[i], err) < 0 ||
            (word->begins && keep_beginnings(index, word, &words[i], err) < 0))
            return -1;
    }
    return 0;
}

/* ---- the tree */

static void evaluate(const struct archive_node *node, const struct archive_matches *words,
                     struct archive_set *found);

static void combine(const struct archive_node *child, const struct archive_matches *words,
                    struct archive_set *found,
                    void (*operation)(struct archive_set *, const uint32_t *, size_t))
{
    if (child->kind == ARCHIVE_NODE_WORD) { /* no copy of a list that may be long */
        operation(found, words[child->word].articles, words[child->word].count);
        return;
    }
    BI_CLEANUP(archive_set_release) struct archive_set set = {0};
    evaluate(child, words, &set);
    operation(found, set.articles, set.count);
}

static void evaluate(const struct archive_node *node, const struct archive_matches *words,
                     struct archive_set *found)
{
    if (node->kind == ARCHIVE_NODE_WORD) {
        archive_set_copy(found, words[node->word].articles, words[node->word].count);
        return;
    }
    bool begun = node->kind == ARCHIVE_NODE_ANY;
    for (const struct archive_node *child = node->first; child; child = child->next) {
        if (node->kind == ARCHIVE_NODE_ANY) {
            combine(child, words, found, archive_set_unite);
        } else if (!child->excluded) {
            if (begun)
                combine(child, words, found, archive_set_intersect);
            else
                evaluate(child, words, found);
            begun = true;
        }
    }
    for (const struct archive_node *child = node->first; child; child = child->next)
        if (child->excluded)
            combine(child, words, found, archive_set_subtract);
}

void archive_evaluate(const struct archive_query *query, const struct archive_matches *words,
                      struct archive_set *found)
{
    *found = (struct archive_set){0};
    evaluate(query->root, words, found);
}

void archive_evaluate_headlines(const struct archive_query *query, const struct archive_matches *words,
                                struct archive_set *found)
{
    *found = (struct archive_set){0};
    for (size_t i = 0; i < query->word_count; i++)
        if (query->words[i].wanted)
            archive_set_unite(found, words[i].headlines, words[i].headline_count);
}
