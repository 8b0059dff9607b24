#include "truth.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *string_of(struct truth *truth, const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return bi_arena_strdup(&truth->arena, value ? value : "");
}

static int int_of(const json_t *object, const char *key)
{
    return (int)json_integer_value(json_object_get(object, key));
}

static void read_block(struct truth *truth, const json_t *block, size_t number, size_t *capacity)
{
    size_t i;
    const json_t *item;
    json_array_foreach(json_object_get(block, "lines"), i, item)
    {
        truth->lines =
            bi_arena_grow(&truth->arena, truth->lines, truth->line_count, capacity, sizeof *truth->lines);
        struct truth_line *line = &truth->lines[truth->line_count++];
        line->page = int_of(block, "page");
        line->role = string_of(truth, block, "role");
        line->text = string_of(truth, item, "text");
        line->block = number;
        line->article = string_of(truth, block, "article");
        const json_t *polygon = json_object_get(item, "polygon");
        for (size_t k = 0; k < 4; k++)
            line->corners[k] =
                (struct bi_point){(int)lround(json_number_value(json_array_get(polygon, 2 * k))),
                                  (int)lround(json_number_value(json_array_get(polygon, 2 * k + 1)))};
    }
}

static void read_article(struct truth *truth, const json_t *json, struct truth_article *article)
{
    article->id = string_of(truth, json, "id");
    article->headline = string_of(truth, json, "headline");
    article->byline = string_of(truth, json, "byline");
    article->text = string_of(truth, json, "text");
    const json_t *pages = json_object_get(json, "pages"), *page;
    article->pages = bi_arena_array(&truth->arena, json_array_size(pages), sizeof *article->pages);
    size_t i;
    json_array_foreach(pages, i, page)
    {
        int number = (int)json_integer_value(page);
        if (article->page_count == 0 || article->pages[article->page_count - 1] != number)
            article->pages[article->page_count++] = number;
    }
}

void truth_read(const char *path, struct truth *truth)
{
    json_error_t fault;
    json_t *root = json_load_file(path, 0, &fault);
    const json_t *issue = json_object_get(root, "issue");
    if (!root || !issue) {
        fprintf(stderr, "%s:%d: %s\n", path, fault.line, root ? "has no issue" : fault.text);
        exit(2);
    }
    memset(truth, 0, sizeof *truth);
    truth->paper = string_of(truth, issue, "paper");
    truth->date = string_of(truth, issue, "date");
    truth->number = int_of(issue, "number");
    truth->total = int_of(issue, "total");
    truth->pages = int_of(issue, "pages");

    size_t i, capacity = 0;
    const json_t *item, *pages = json_object_get(root, "pages");
    truth->page_count = json_array_size(pages);
    truth->page = bi_arena_array(&truth->arena, truth->page_count, sizeof *truth->page);
    json_array_foreach(pages, i, item)
    {
        truth->page[i].number = int_of(item, "page");
        truth->page[i].image = string_of(truth, item, "image");
        truth->page[i].skew_degrees = json_number_value(json_object_get(item, "skew_degrees"));
    }
    json_array_foreach(json_object_get(root, "blocks"), i, item) read_block(truth, item, i, &capacity);

    const json_t *articles = json_object_get(root, "articles");
    truth->article_count = json_array_size(articles);
    truth->articles = bi_arena_array(&truth->arena, truth->article_count, sizeof *truth->articles);
    json_array_foreach(articles, i, item) read_article(truth, item, &truth->articles[i]);
    json_decref(root);
}

void truth_release(struct truth *truth)
{
    bi_arena_release(&truth->arena);
}
