#include "export/iiif/document.h"

#include <stdarg.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/date.h"
#include "base/text.h"
#include "export/reference.h"
#include "page/json.h"

const char *iiif_url(struct iiif_document *document, const char *format, ...)
{
    char name[256];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(name, sizeof name, format, arguments);
    va_end(arguments);
    return bi_arena_printf(&document->arena, "%s/%s", document->base, name);
}

/* Of a page of which nothing is known, where its issue has no other: that of a broadsheet at 100 dpi. */
#define UNKNOWN_SIZE ((struct iiif_size){1500, 2150})

/* Pages of no known size get that of another. */
static struct iiif_size usual_size(const struct export_issue *issue)
{
    for (size_t i = 0; i < issue->page_total; i++)
        if (issue->pages[i].width > 0 && issue->pages[i].height > 0)
            return (struct iiif_size){issue->pages[i].width, issue->pages[i].height};
    return UNKNOWN_SIZE;
}

void iiif_document_begin(struct iiif_document *document, const struct export_options *options,
                         const struct export_issue *issue, const char *base)
{
    document->options = options;
    document->issue = issue;
    document->base = base;
    document->canvases = bi_arena_array(&document->arena, issue->page_total + 1, sizeof *document->canvases);
    for (size_t i = 0; i < issue->page_total; i++) {
        const struct export_page *page = &issue->pages[i];
        bool known = page->width > 0 && page->height > 0;
        document->canvases[i] = (struct iiif_canvas){
            .page = page,
            .id = iiif_url(document, "canvas/%04d", page->frame),
            .size = known ? (struct iiif_size){page->width, page->height} : usual_size(issue),
        };
    }
}

void iiif_document_release(struct iiif_document *document)
{
    bi_arena_release(&document->arena);
}

const char *iiif_url_below(struct bi_arena *arena, const char *base, const char *path)
{
    return bi_arena_printf(arena, "%s/%s", base, export_uri(arena, path));
}

struct iiif_canvas *iiif_canvas_of(const struct iiif_document *document, const struct export_page *page)
{
    return &document->canvases[page - document->issue->pages];
}

const char *iiif_canvas_part(struct iiif_document *document, const struct iiif_canvas *canvas,
                             struct bi_box box)
{
    box = bi_box_intersection(box, (struct bi_box){0, 0, canvas->size.width, canvas->size.height});
    if (bi_box_empty(box))
        return canvas->id;
    return bi_arena_printf(&document->arena, "%s#xywh=%d,%d,%d,%d", canvas->id, box.x, box.y, box.w, box.h);
}

const char *iiif_language(const char *text)
{
    for (uint32_t rune; (rune = bi_rune_next(&text));)
        if (bi_rune_is_han(rune))
            return "zh";
    return "none";
}

json_t *iiif_text(const char *text)
{
    return json_pack("{s:[o]}", iiif_language(text), bi_json_text(text));
}

json_t *iiif_label(const char *chinese, const char *english)
{
    return json_pack("{s:[o],s:[o]}", "zh", bi_json_text(chinese), "en", bi_json_text(english));
}

/* The parts of a whole date. */
static bool split_date(const char *date, int *year, int *month, int *day)
{
    return bi_date_parse(date, NULL) && sscanf(date, "%d-%d-%d", year, month, day) == 3;
}

const char *iiif_date_chinese(struct bi_arena *arena, const char *date)
{
    int year, month, day;
    return split_date(date, &year, &month, &day) ? bi_arena_printf(arena, "%d年%d月%d日", year, month, day)
                                                 : date;
}

const char *iiif_date_english(struct bi_arena *arena, const char *date)
{
    static const char *const MONTHS[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    int year, month, day;
    return split_date(date, &year, &month, &day)
               ? bi_arena_printf(arena, "%d %s %d", day, MONTHS[month - 1], year)
               : date;
}

json_t *iiif_issue_label(struct bi_arena *arena, const struct export_issue *issue)
{
    const char *date = *issue->date ? issue->date : issue->name;
    return iiif_label(bi_arena_printf(arena, "%s %s", issue->paper, iiif_date_chinese(arena, date)),
                      bi_arena_printf(arena, "%s, %s", issue->paper, iiif_date_english(arena, date)));
}

json_t *iiif_page_label(struct bi_arena *arena, const struct export_page *page)
{
    const char *space = *page->section ? " " : "";
    if (page->number <= 0)
        return iiif_label(bi_arena_printf(arena, "图像%d%s%s", page->frame, space, page->section),
                          bi_arena_printf(arena, "Image %d%s%s", page->frame, space, page->section));
    return iiif_label(bi_arena_printf(arena, "第%d版%s%s", page->number, space, page->section),
                      bi_arena_printf(arena, "Page %d%s%s", page->number, space, page->section));
}

/* As archive_article has them. */
static const char *const KINDS[][3] = {
    {"article", "文章", "Article"}, {"ad", "广告", "Advertisement"},  {"notice", "启事", "Notice"},
    {"photo", "图片", "Picture"},   {"masthead", "报头", "Masthead"},
};

/* Characters of a text that stand for an article without a headline. */
#define FIRST_WORDS 20

json_t *iiif_article_label(struct bi_arena *arena, const struct export_article *article)
{
    if (*article->headline)
        return iiif_text(article->headline);
    const char *text = *article->kicker ? article->kicker : article->body, *end = text;
    for (int i = 0; i < FIRST_WORDS && *end && *end != '\n'; i++)
        bi_rune_next(&end);
    if (end > text)
        return iiif_text(bi_arena_printf(arena, "%.*s%s", (int)(end - text), text, *end ? "…" : ""));
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (strcmp(article->kind, KINDS[i][0]) == 0)
            return iiif_label(KINDS[i][1], KINDS[i][2]);
    return iiif_label("其他", "Other");
}

int iiif_write(struct iiif_document *document, const char *name, json_t *root, bool compact,
               struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *text = json_dumps(root, compact ? JSON_COMPACT : JSON_INDENT(1));
    json_decref(root);
    const char *path = bi_path_join(&document->arena, document->folder, name);
    if (!text)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: cannot be written as JSON", path);
    return export_write(path, text, strlen(text), err);
}
