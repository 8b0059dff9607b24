#include "page/articles.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "page/json.h"

void bi_articles_init(struct bi_articles *articles)
{
    memset(articles, 0, sizeof *articles);
}

void bi_articles_release(struct bi_articles *articles)
{
    bi_arena_release(&articles->arena);
    memset(articles, 0, sizeof *articles);
}

struct bi_page_verdict *bi_articles_add_page(struct bi_articles *a)
{
    a->pages = bi_arena_grow(&a->arena, a->pages, a->page_count, &a->page_capacity, sizeof *a->pages);
    struct bi_page_verdict *page = &a->pages[a->page_count++];
    *page = (struct bi_page_verdict){0};
    return page;
}

struct bi_line_verdict *bi_articles_add_line(struct bi_articles *a, struct bi_page_verdict *page)
{
    page->lines =
        bi_arena_grow(&a->arena, page->lines, page->line_count, &page->line_capacity, sizeof *page->lines);
    struct bi_line_verdict *line = &page->lines[page->line_count++];
    *line = (struct bi_line_verdict){.article = -1};
    return line;
}

struct bi_article *bi_articles_add_article(struct bi_articles *a)
{
    a->articles =
        bi_arena_grow(&a->arena, a->articles, a->article_count, &a->article_capacity, sizeof *a->articles);
    struct bi_article *article = &a->articles[a->article_count++];
    *article = (struct bi_article){0};
    return article;
}

struct bi_part *bi_articles_add_part(struct bi_articles *a, struct bi_article *article)
{
    article->parts = bi_arena_grow(&a->arena, article->parts, article->part_count, &article->part_capacity,
                                   sizeof *article->parts);
    struct bi_part *part = &article->parts[article->part_count++];
    *part = (struct bi_part){0};
    return part;
}

struct bi_link *bi_articles_add_link(struct bi_articles *a)
{
    a->links = bi_arena_grow(&a->arena, a->links, a->link_count, &a->link_capacity, sizeof *a->links);
    struct bi_link *link = &a->links[a->link_count++];
    *link = (struct bi_link){.source_article = -1, .target_article = -1};
    return link;
}

static struct bi_problem *add_problem(struct bi_articles *a)
{
    a->problems =
        bi_arena_grow(&a->arena, a->problems, a->problem_count, &a->problem_capacity, sizeof *a->problems);
    struct bi_problem *problem = &a->problems[a->problem_count++];
    *problem = (struct bi_problem){.article = -1};
    return problem;
}

void bi_articles_add_problem(struct bi_articles *a, int page_number, int article, const char *kind,
                             const char *severity, const char *detail, ...)
{
    char text[1024];
    va_list args;
    va_start(args, detail);
    vsnprintf(text, sizeof text, detail, args);
    va_end(args);
    *add_problem(a) = (struct bi_problem){
        .page_number = page_number,
        .article = article,
        .kind = bi_arena_strdup(&a->arena, kind),
        .severity = bi_arena_strdup(&a->arena, severity),
        .detail = bi_arena_strdup(&a->arena, text),
    };
}

/* ---- out */

static json_t *box_to_json(struct bi_box box)
{
    return json_pack("[i,i,i,i]", box.x, box.y, box.w, box.h);
}

static void set_text(json_t *object, const char *key, const char *s)
{
    json_object_set_new(object, key, bi_json_text(s));
}

static void set_int(json_t *object, const char *key, int value)
{
    json_object_set_new(object, key, json_integer(value));
}

static void set_double(json_t *object, const char *key, double value)
{
    /* Four places are what the figures are worth, and keep the bytes free of rounding noise. */
    double scaled = value * 10000.0;
    json_object_set_new(object, key, json_real((double)(long)(scaled + (scaled < 0 ? -0.5 : 0.5)) / 10000.0));
}

static json_t *page_to_json(const struct bi_page_verdict *page)
{
    json_t *item = json_object(), *lines = json_array();
    set_int(item, "frame", page->frame);
    set_int(item, "page_number", page->page_number);
    set_text(item, "section", page->section);
    set_double(item, "confidence", page->confidence);
    set_text(item, "status", page->status);
    json_object_set_new(item, "lines", lines);
    for (size_t i = 0; i < page->line_count; i++) {
        json_t *line = json_object();
        json_array_append_new(lines, line);
        set_text(line, "line", page->lines[i].line_id);
        set_text(line, "role", bi_role_name(page->lines[i].role));
        set_int(line, "article", page->lines[i].article);
    }
    return item;
}

static json_t *article_to_json(const struct bi_article *article)
{
    json_t *item = json_object(), *parts = json_array();
    set_text(item, "id", article->id);
    set_text(item, "kind", article->kind);
    set_text(item, "section", article->section);
    set_text(item, "kicker", article->kicker);
    set_text(item, "headline", article->headline);
    set_text(item, "subhead", article->subhead);
    set_text(item, "byline", article->byline);
    set_text(item, "body", article->body);
    set_double(item, "confidence", article->confidence);
    json_object_set_new(item, "parts", parts);
    for (size_t i = 0; i < article->part_count; i++) {
        json_t *part = json_object(), *regions = json_array();
        json_array_append_new(parts, part);
        set_int(part, "page_number", article->parts[i].page_number);
        json_object_set_new(part, "box", box_to_json(article->parts[i].box));
        json_object_set_new(part, "regions", regions);
        for (size_t j = 0; j < article->parts[i].region_count; j++)
            json_array_append_new(regions, bi_json_text(article->parts[i].regions[j]));
    }
    return item;
}

static json_t *link_to_json(const struct bi_link *link)
{
    json_t *item = json_object();
    set_text(item, "kind", link->kind);
    set_int(item, "source_page", link->source_page);
    set_text(item, "marker", link->marker);
    set_int(item, "source_article", link->source_article);
    set_int(item, "target_page", link->target_page);
    set_int(item, "target_article", link->target_article);
    set_text(item, "status", link->status);
    set_double(item, "score", link->score);
    set_text(item, "reason", link->reason);
    return item;
}

static json_t *problem_to_json(const struct bi_problem *problem)
{
    json_t *item = json_object();
    set_int(item, "page_number", problem->page_number);
    set_int(item, "article", problem->article);
    set_text(item, "kind", problem->kind);
    set_text(item, "severity", problem->severity);
    set_text(item, "detail", problem->detail);
    return item;
}

int bi_articles_write(const char *path, const struct bi_articles *a, struct bi_error *err)
{
    BI_CLEANUP(bi_json_decrefp) json_t *root = json_object();
    json_object_set_new(root, "format", json_string(BI_ARTICLES_FORMAT));
    json_t *facts = json_object(), *list;
    json_object_set_new(root, "issue", facts);
    set_text(facts, "paper", a->facts.paper);
    set_text(facts, "date", a->facts.date);
    set_text(facts, "weekday", a->facts.weekday);
    set_int(facts, "number", a->facts.number);
    set_int(facts, "total", a->facts.total);
    set_int(facts, "pages", a->facts.pages);

    json_object_set_new(root, "pages", list = json_array());
    for (size_t i = 0; i < a->page_count; i++)
        json_array_append_new(list, page_to_json(&a->pages[i]));
    json_object_set_new(root, "articles", list = json_array());
    for (size_t i = 0; i < a->article_count; i++)
        json_array_append_new(list, article_to_json(&a->articles[i]));
    json_object_set_new(root, "links", list = json_array());
    for (size_t i = 0; i < a->link_count; i++)
        json_array_append_new(list, link_to_json(&a->links[i]));
    json_object_set_new(root, "problems", list = json_array());
    for (size_t i = 0; i < a->problem_count; i++)
        json_array_append_new(list, problem_to_json(&a->problems[i]));
    json_object_set_new(root, "steps", list = json_array());
    for (size_t i = 0; i < a->step_count; i++) {
        json_t *step = json_object();
        json_array_append_new(list, step);
        set_text(step, "stage", a->steps[i].stage);
        set_text(step, "version", a->steps[i].version);
        set_text(step, "parameters", a->steps[i].parameters);
        set_text(step, "models", a->steps[i].models);
    }
    return bi_json_write(path, root, err);
}

/* ---- in */

static struct bi_box box_from_json(const json_t *json)
{
    int v[4];
    for (size_t i = 0; i < 4; i++) {
        json_int_t number = json_integer_value(json_array_get(json, i));
        v[i] = number < -1000000 || number > 1000000 ? 0 : (int)number;
    }
    return (struct bi_box){v[0], v[1], v[2], v[3]};
}

static void page_from_json(struct bi_articles *a, const json_t *json)
{
    struct bi_page_verdict *page = bi_articles_add_page(a);
    page->frame = bi_json_int(json, "frame", 0);
    page->page_number = bi_json_int(json, "page_number", 0);
    page->section = bi_json_string(&a->arena, json, "section", NULL);
    page->confidence = bi_json_double(json, "confidence", 0);
    page->status = bi_json_string(&a->arena, json, "status", "ok");
    size_t i;
    const json_t *item;
    json_array_foreach(json_object_get(json, "lines"), i, item)
    {
        struct bi_line_verdict *line = bi_articles_add_line(a, page);
        line->line_id = bi_json_string(&a->arena, item, "line", "");
        line->role = bi_role_from_name(bi_json_string(&a->arena, item, "role", "other"));
        line->article = bi_json_int(item, "article", -1);
    }
}

static void article_from_json(struct bi_articles *a, const json_t *json)
{
    struct bi_arena *arena = &a->arena;
    struct bi_article *article = bi_articles_add_article(a);
    article->id = bi_json_string(arena, json, "id", "");
    article->kind = bi_json_string(arena, json, "kind", "other");
    article->section = bi_json_string(arena, json, "section", NULL);
    article->kicker = bi_json_string(arena, json, "kicker", "");
    article->headline = bi_json_string(arena, json, "headline", "");
    article->subhead = bi_json_string(arena, json, "subhead", "");
    article->byline = bi_json_string(arena, json, "byline", "");
    article->body = bi_json_string(arena, json, "body", "");
    article->confidence = bi_json_double(json, "confidence", 0);
    size_t i;
    const json_t *item;
    json_array_foreach(json_object_get(json, "parts"), i, item)
    {
        struct bi_part *part = bi_articles_add_part(a, article);
        part->page_number = bi_json_int(item, "page_number", 0);
        part->box = box_from_json(json_object_get(item, "box"));
        const json_t *regions = json_object_get(item, "regions"), *region;
        part->region_count = json_array_size(regions);
        part->regions = bi_arena_array(arena, part->region_count, sizeof *part->regions);
        size_t j;
        json_array_foreach(regions, j, region)
        {
            const char *id = json_string_value(region);
            part->regions[j] = bi_arena_strdup(arena, id ? id : "");
        }
    }
}

static void link_from_json(struct bi_articles *a, const json_t *json)
{
    struct bi_link *link = bi_articles_add_link(a);
    link->kind = bi_json_string(&a->arena, json, "kind", "continuation");
    link->source_page = bi_json_int(json, "source_page", 0);
    link->marker = bi_json_string(&a->arena, json, "marker", "");
    link->source_article = bi_json_int(json, "source_article", -1);
    link->target_page = bi_json_int(json, "target_page", 0);
    link->target_article = bi_json_int(json, "target_article", -1);
    link->status = bi_json_string(&a->arena, json, "status", "dangling");
    link->score = bi_json_double(json, "score", 0);
    link->reason = bi_json_string(&a->arena, json, "reason", "");
}

static bool valid_reference(const struct bi_articles *a, int article)
{
    return article >= -1 && (article < 0 || (size_t)article < a->article_count);
}

static int check_references(const char *name, const struct bi_articles *a, struct bi_error *err)
{
    bool valid = true;
    for (size_t i = 0; i < a->page_count; i++)
        for (size_t j = 0; j < a->pages[i].line_count; j++)
            valid = valid && valid_reference(a, a->pages[i].lines[j].article);
    for (size_t i = 0; i < a->link_count; i++)
        valid = valid && valid_reference(a, a->links[i].source_article) &&
                valid_reference(a, a->links[i].target_article);
    for (size_t i = 0; i < a->problem_count; i++)
        valid = valid && valid_reference(a, a->problems[i].article);
    return valid ? 0 : bi_error_set(err, BI_EXIT_INPUT, "%s: refers to an article that is not in it", name);
}

static int from_json(const char *name, const json_t *root, struct bi_articles *a, struct bi_error *err)
{
    bi_articles_init(a);
    const json_t *facts = json_object_get(root, "issue"), *item;
    a->facts = (struct bi_issue_facts){
        .paper = bi_json_string(&a->arena, facts, "paper", NULL),
        .date = bi_json_string(&a->arena, facts, "date", NULL),
        .weekday = bi_json_string(&a->arena, facts, "weekday", NULL),
        .number = bi_json_int(facts, "number", 0),
        .total = bi_json_int(facts, "total", 0),
        .pages = bi_json_int(facts, "pages", 0),
    };
    size_t i;
    json_array_foreach(json_object_get(root, "pages"), i, item) page_from_json(a, item);
    json_array_foreach(json_object_get(root, "articles"), i, item) article_from_json(a, item);
    json_array_foreach(json_object_get(root, "links"), i, item) link_from_json(a, item);
    json_array_foreach(json_object_get(root, "problems"), i, item)
    {
        struct bi_problem *problem = add_problem(a);
        problem->page_number = bi_json_int(item, "page_number", 0);
        problem->article = bi_json_int(item, "article", -1);
        problem->kind = bi_json_string(&a->arena, item, "kind", "");
        problem->severity = bi_json_string(&a->arena, item, "severity", "note");
        problem->detail = bi_json_string(&a->arena, item, "detail", "");
    }
    json_array_foreach(json_object_get(root, "steps"), i, item)
    {
        a->steps = bi_arena_grow(&a->arena, a->steps, a->step_count, &a->step_capacity, sizeof *a->steps);
        a->steps[a->step_count++] = (struct bi_step){
            .stage = bi_json_string(&a->arena, item, "stage", ""),
            .version = bi_json_string(&a->arena, item, "version", ""),
            .parameters = bi_json_string(&a->arena, item, "parameters", ""),
            .models = bi_json_string(&a->arena, item, "models", ""),
        };
    }
    if (check_references(name, a, err) < 0) {
        bi_articles_release(a);
        return -1;
    }
    return 0;
}

int bi_articles_parse(const char *name, const char *data, size_t size, struct bi_articles *articles,
                      struct bi_error *err)
{
    BI_CLEANUP(bi_json_decrefp) json_t *root = NULL;
    if (bi_json_parse(name, data, size, BI_ARTICLES_FORMAT, &root, err) < 0)
        return -1;
    return from_json(name, root, articles, err);
}

int bi_articles_read(const char *path, struct bi_articles *articles, struct bi_error *err)
{
    BI_CLEANUP(bi_json_decrefp) json_t *root = NULL;
    if (bi_json_read(path, BI_ARTICLES_FORMAT, &root, err) < 0)
        return -1;
    return from_json(path, root, articles, err);
}
