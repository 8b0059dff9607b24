#include "rerun/compare.h"

#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "page/articles.h"
#include "page/issue.h"
#include "page/pagexml.h"
#include "run/stage.h"

/* The text of a page, line by line, and how sure it is. */
struct text {
    char **lines;
    size_t count, capacity;
    double confidence; /* mean over characters */
    bool there;
};

void compare_lists(char *const *a, size_t a_count, char *const *b, size_t b_count, long *partner)
{
    size_t first = 0, width = b_count + 1;
    while (first < a_count && first < b_count && strcmp(a[first], b[first]) == 0) {
        partner[first] = (long)first;
        first++;
    }
    /* length[i][k]: of the longest common sequence of what follows from a[i] and b[k] on. */
    BI_CLEANUP(bi_freep) uint32_t *length = bi_xcalloc((a_count + 1) * width, sizeof *length);
    for (size_t i = a_count; i-- > first;)
        for (size_t k = b_count; k-- > first;) {
            uint32_t skip_a = length[(i + 1) * width + k], skip_b = length[i * width + k + 1];
            length[i * width + k] = strcmp(a[i], b[k]) == 0 ? length[(i + 1) * width + k + 1] + 1
                                    : skip_a > skip_b       ? skip_a
                                                            : skip_b;
        }
    for (size_t i = first, k = first; i < a_count; i++) {
        partner[i] = -1;
        while (k < b_count && strcmp(a[i], b[k]) != 0 && length[i * width + k] == length[i * width + k + 1])
            k++;
        if (k < b_count && strcmp(a[i], b[k]) == 0)
            partner[i] = (long)k++;
    }
}

static void add_lines(struct bi_arena *arena, const struct bi_page *page, struct text *text)
{
    double sum = 0, characters = 0;
    for (size_t i = 0; i < page->region_count; i++)
        for (size_t k = 0; k < page->regions[i].line_count; k++) {
            const struct bi_line *line = &page->regions[i].lines[k];
            text->lines =
                bi_arena_grow(arena, text->lines, text->count, &text->capacity, sizeof *text->lines);
            text->lines[text->count++] = bi_arena_strdup(arena, line->text ? line->text : "");
            double runes = line->text ? (double)bi_rune_count(line->text) : 0;
            sum += runes * line->confidence;
            characters += runes;
        }
    text->confidence = characters > 0 ? sum / characters : 0;
    text->there = true;
}

/* What there is of a page; nothing if it could not be read. */
static int read_text(struct bi_arena *arena, const char *issue, int frame, struct text *text,
                     struct bi_error *err)
{
    const char *const names[] = {RUN_CORRECTED, run_stage_names(RUN_OCR)->output};
    const char *folder = bi_path_join(arena, issue, bi_arena_printf(arena, "%04d", frame));
    *text = (struct text){0};
    for (size_t i = 0; i < sizeof names / sizeof *names && !text->there; i++) {
        const char *path = bi_path_join(arena, folder, names[i]);
        struct bi_page page;
        if (access(path, F_OK) != 0)
            continue;
        if (bi_pagexml_read(path, &page, err) != 0)
            return -1;
        add_lines(arena, &page, text);
        bi_page_release(&page);
    }
    return 0;
}

/* Lines that one of the two does not have, each where it would stand. */
static size_t add_differences(const struct text *before, const struct text *after, struct bi_text *out)
{
    BI_CLEANUP(bi_freep) long *partner = bi_xcalloc(before->count + 1, sizeof *partner);
    compare_lists(before->lines, before->count, after->lines, after->count, partner);
    size_t next = 0, found = 0;
    for (size_t i = 0; i <= before->count; i++) {
        if (i < before->count && partner[i] < 0) {
            bi_text_printf(out, "  - %s\n", before->lines[i]);
            found++;
            continue;
        }
        size_t end = i < before->count ? (size_t)partner[i] : after->count;
        for (; next < end; next++, found++)
            bi_text_printf(out, "  + %s\n", after->lines[next]);
        next = end + 1;
    }
    return found;
}

static int compare_page(struct bi_arena *arena, const char *before, const char *after, int frame,
                        struct bi_text *out, struct bi_error *err)
{
    struct text old, new;
    if (read_text(arena, before, frame, &old, err) != 0 || read_text(arena, after, frame, &new, err) != 0)
        return -1;
    BI_CLEANUP(bi_text_release) struct bi_text lines = {0};
    size_t differences = add_differences(&old, &new, &lines);
    if (old.there && !new.there)
        bi_text_printf(out, "page %d: could not be read any more\n", frame);
    else if (!old.there && new.there)
        bi_text_printf(out, "page %d: could be read, %zu lines, confidence %.4f\n", frame, new.count,
                       new.confidence);
    else if (differences > 0 || old.confidence != new.confidence)
        bi_text_printf(out, "page %d: %zu of %zu lines differ, confidence %.4f before, %.4f after\n", frame,
                       differences, old.count > new.count ? old.count : new.count, old.confidence,
                       new.confidence);
    if (old.there && new.there)
        bi_text_add(out, bi_text_get(&lines));
    return 0;
}

/* All that an article says and where, as one string: equal ones need not be told of. */
static char *content_of(struct bi_arena *arena, const struct bi_article *article)
{
    struct bi_text text = {0};
    bi_text_printf(&text, "%s\n%s\n%s\n%s\n%s\n%s\n", article->kind, article->kicker, article->headline,
                   article->subhead, article->byline, article->body);
    for (size_t i = 0; i < article->part_count; i++)
        bi_text_printf(&text, "%d ", article->parts[i].page_number);
    char *content = bi_arena_strdup(arena, bi_text_get(&text));
    bi_text_release(&text);
    return content;
}

static char **contents_of(struct bi_arena *arena, const struct bi_articles *articles)
{
    char **contents = bi_arena_array(arena, articles->article_count + 1, sizeof *contents);
    for (size_t i = 0; i < articles->article_count; i++)
        contents[i] = content_of(arena, &articles->articles[i]);
    return contents;
}

/* How much of the smaller one's place two articles share on the page of their first parts. */
static double shared_place(const struct bi_article *a, const struct bi_article *b)
{
    if (a->part_count == 0 || b->part_count == 0 || a->parts[0].page_number != b->parts[0].page_number)
        return 0;
    const struct bi_box p = a->parts[0].box, q = b->parts[0].box, both = bi_box_intersection(p, q);
    double smaller = (double)p.w * p.h < (double)q.w * q.h ? (double)p.w * p.h : (double)q.w * q.h;
    return smaller > 0 ? (double)both.w * both.h / smaller : 0;
}

static const char *title_of(const struct bi_article *article)
{
    return *article->headline ? article->headline : "(no headline)";
}

static void add_article(const char *what, const struct bi_article *article, struct bi_text *out)
{
    bi_text_printf(out, "article %s: %s", what, title_of(article));
    for (size_t i = 0; i < article->part_count; i++)
        bi_text_printf(out, "%s%d", i ? ", " : " (p. ", article->parts[i].page_number);
    bi_text_printf(out, "%s, %zu characters, confidence %.4f\n", article->part_count ? ")" : "",
                   bi_rune_count(article->body), article->confidence);
}

static void compare_articles(struct bi_arena *arena, const struct bi_articles *before,
                             const struct bi_articles *after, struct bi_text *out)
{
    long *partner = bi_arena_array(arena, before->article_count + 1, sizeof *partner);
    bool *met = bi_arena_array(arena, after->article_count + 1, sizeof *met);
    compare_lists(contents_of(arena, before), before->article_count, contents_of(arena, after),
                  after->article_count, partner);
    for (size_t i = 0; i < before->article_count; i++)
        if (partner[i] >= 0)
            met[partner[i]] = true;
    for (size_t i = 0; i < before->article_count; i++) {
        if (partner[i] >= 0)
            continue;
        size_t best = after->article_count;
        for (size_t k = 0; k < after->article_count; k++) {
            double shared = met[k] ? 0 : shared_place(&before->articles[i], &after->articles[k]);
            if (shared > 0.5 && (best == after->article_count ||
                                 shared > shared_place(&before->articles[i], &after->articles[best])))
                best = k;
        }
        add_article(best < after->article_count ? "was" : "gone", &before->articles[i], out);
        if (best < after->article_count) {
            met[best] = true;
            add_article("is ", &after->articles[best], out);
        }
    }
    for (size_t k = 0; k < after->article_count; k++)
        if (!met[k])
            add_article("new", &after->articles[k], out);
}

static bool same_link(const struct bi_link *a, const struct bi_link *b)
{
    return strcmp(a->kind, b->kind) == 0 && strcmp(a->status, b->status) == 0 &&
           a->source_page == b->source_page && a->target_page == b->target_page &&
           strcmp(a->marker, b->marker) == 0;
}

/* Pointers of one that the other has not, each counted. */
static void add_links(const char *what, const struct bi_articles *ours, const struct bi_articles *theirs,
                      struct bi_text *out)
{
    for (size_t i = 0; i < ours->link_count; i++) {
        const struct bi_link *link = &ours->links[i];
        long more = 0;
        for (size_t k = 0; k <= i; k++)
            more += same_link(link, &ours->links[k]);
        for (size_t k = 0; k < theirs->link_count; k++)
            more -= same_link(link, &theirs->links[k]);
        if (more > 0)
            bi_text_printf(out, "link %s: %s, %s, p. %d to p. %d: %s\n", what, link->kind, link->status,
                           link->source_page, link->target_page,
                           *link->marker ? link->marker : "no pointer was read");
    }
}

static int count_frames(struct bi_arena *arena, const char *folder, int *count, struct bi_error *err)
{
    struct bi_issue issue;
    if (bi_issue_read(bi_path_join(arena, folder, run_stage_names(RUN_INTAKE)->output), &issue, err) != 0)
        return -1;
    *count = (int)issue.frame_count > *count ? (int)issue.frame_count : *count;
    bi_issue_release(&issue);
    return 0;
}

int compare_issues(const char *before, const char *after, struct bi_text *out, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(bi_articles_release) struct bi_articles old, new;
    const char *name = run_stage_names(RUN_STITCH)->output;
    size_t start = out->length;
    int frames = 0;
    bi_articles_init(&old);
    bi_articles_init(&new);
    if (count_frames(&arena, before, &frames, err) != 0 || count_frames(&arena, after, &frames, err) != 0 ||
        bi_articles_read(bi_path_join(&arena, before, name), &old, err) != 0 ||
        bi_articles_read(bi_path_join(&arena, after, name), &new, err) != 0)
        return -1;
    for (int frame = 1; frame <= frames; frame++)
        if (compare_page(&arena, before, after, frame, out, err) != 0)
            return -1;
    compare_articles(&arena, &old, &new, out);
    add_links("lost", &old, &new, out);
    add_links("won", &new, &old, out);
    if (out->length == start)
        bi_text_add(out, "nothing would change\n");
    return 0;
}
