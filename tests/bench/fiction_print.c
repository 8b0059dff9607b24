#include "fiction_print.h"

#include <stdio.h>
#include <string.h>

#define MAX_LINES 200 /* of a part: more than three columns of the highest slot */
#define FRAMED 0.15   /* share of parts in a frame */
#define FRAMED_WITHOUT_HEADLINE 0.5
#define POINTER_EM 36
#define SLUG_LABEL 4 /* characters of 版　标题：that the pointer without a slug does not have */
#define LEAST_SLUG 4
#define SIGNED 0.3 /* share of articles that end with a signature */
/* Share of jumps at the end of a paragraph: compositors fill the column and break where it ends. */
#define BROKEN_BETWEEN_PARAGRAPHS 0.08

struct printed_line {
    struct bi_text text;
    int indent; /* characters */
    bool byline;
};

struct fiction_style fiction_style(struct chance *chance)
{
    static const struct fiction_style styles[] = {
        {.to = "下转第{N}版", .from = "上接第{N}版"},
        {.to = "（下转第{N}版）", .from = "（上接第{N}版）", .within = true},
        {.to = "（下转{N}版）", .from = "（上接{N}版）"},
        {.to = "下转第{N}版", .from = "上接第{N}版", .chinese = true},
        {.to = "（下转{N}版）", .from = "（上接{N}版）", .chinese = true, .within = true},
        {.to = "▶▶▶下转第{N}版", .from = "◀◀◀上接第{N}版"},
        {.to = "紧接第{N}版", .from = "上接第{N}版"},
        {.to = "转{N}版", .from = "接{N}版"},
    };
    struct fiction_style style = styles[chance_below(chance, (int)(sizeof styles / sizeof *styles))];
    style.repeats = chance_is(chance, 0.3) ? 0.9 : 0.1;
    style.slugs = chance_is(chance, 0.2) ? 0.8 : 0;
    return style;
}

/* ---- what is read of what is printed */

static char *as_read(struct fiction *fiction, struct bi_page *page, const char *printed)
{
    struct chance *chance = &fiction->reading;
    struct bi_text text = {0};
    for (uint32_t rune; (rune = bi_rune_next(&printed));) {
        if (!chance_is(chance, fiction->faults.noise)) {
            bi_text_add_rune(&text, rune);
            continue;
        }
        int how = chance_below(chance, 100);
        if (how < 90)
            bi_text_add_rune(&text, prose_character(chance));
        if (how >= 90 && how < 95) {
            bi_text_add_rune(&text, rune);
            bi_text_add_rune(&text, prose_character(chance));
        }
    }
    char *copy = bi_arena_strdup(&page->arena, bi_text_get(&text));
    bi_text_release(&text);
    return copy;
}

/* ---- pieces of a page */

static struct bi_region *add_region(struct fiction *fiction, int page, enum bi_region_kind kind,
                                    struct bi_box box, int part)
{
    struct bi_page *to = &fiction->pages[page];
    struct fiction_owners *owners = &fiction->owners[page];
    owners->list = bi_arena_grow(&fiction->arena, owners->list, to->region_count, &owners->capacity,
                                 sizeof *owners->list);
    owners->list[to->region_count] = part;
    struct bi_region *region = bi_page_add_region(to, kind);
    bi_polygon_from_box(&to->arena, &region->outline, box);
    return region;
}

static void set_line(struct fiction *fiction, struct bi_page *page, struct bi_region *region, size_t index,
                     struct bi_box box, enum bi_role role, int em, const char *text)
{
    struct bi_line *line = &region->lines[index];
    *line = (struct bi_line){
        .id = bi_arena_printf(&page->arena, "%sl%zu", region->id, index + 1),
        .role = role,
        .em = em,
        .text = as_read(fiction, page, text),
        .confidence = 1 - fiction->faults.noise,
    };
    bi_polygon_from_box(&page->arena, &line->outline, box);
}

static void add_single(struct fiction *fiction, int page, int x, int y, int em, enum bi_role role,
                       const char *text, int part)
{
    struct bi_page *to = &fiction->pages[page];
    struct bi_box box = {x, y, (int)bi_rune_count(text) * em, em};
    struct bi_region *region = add_region(fiction, page, BI_REGION_TEXT, box, part);
    region->role = role;
    region->lines = bi_arena_array(&to->arena, 1, sizeof *region->lines);
    region->line_count = 1;
    set_line(fiction, to, region, 0, box, role, em, text);
}

void fiction_begin_page(struct fiction *fiction, int page)
{
    struct bi_page *to = &fiction->pages[page];
    char folio[16];
    bi_page_init(to);
    to->width = 3000;
    to->height = 4200;
    to->image = bi_arena_strdup(&to->arena, "page.tif");
    snprintf(folio, sizeof folio, "%d", page + 1);
    add_single(fiction, page, page % 2 ? 100 : 2840, 100, 60, BI_ROLE_HEADER, folio, -1);
    add_single(fiction, page, 1200, 110, 36, BI_ROLE_HEADER, "2025年7月4日　星期五", -1);
    if (page == 0)
        add_single(fiction, page, 900, 250, 300, BI_ROLE_MASTHEAD, "日新晚报", -1);
}

/* ---- stories */

void fiction_story(struct fiction *fiction, const struct fiction_style *style, struct fiction_story *story)
{
    *story = (struct fiction_story){.style = style, .indent = true};
    prose_topic(&fiction->chance, &story->topic);
    prose_headline(&fiction->chance, &story->topic, 14, &story->headline);
    if (chance_is(&fiction->chance, 0.3))
        bi_text_printf(&story->text, "本报讯(记者 %s)", story->topic.names[2]);
}

void fiction_story_release(struct fiction_story *story)
{
    bi_text_release(&story->headline);
    bi_text_release(&story->text);
}

/* The next lines of the story, `count` of them: `rest` says that the last paragraph ends with them. Returns
 * how many there are, fewer only where the story is over. */
static size_t compose(struct fiction *fiction, struct fiction_story *story, struct printed_line *lines,
                      size_t count, bool rest)
{
    struct chance *chance = &fiction->chance;
    size_t n = 0;
    while (n < count) {
        if (story->at >= story->text.length) {
            bi_text_clear(&story->text);
            story->at = 0;
            for (int sentences = chance_between(chance, 1, 4); sentences > 0; sentences--)
                prose_sentence(chance, &story->topic, &story->text);
        }
        struct printed_line *line = &lines[n++];
        line->indent = story->indent ? 2 : 0;
        story->indent = false;
        const char *s = bi_text_get(&story->text) + story->at;
        for (int used = line->indent; used < FICTION_MEASURE && *s; used++)
            bi_text_add_rune(&line->text, bi_rune_next(&s));
        story->at = (size_t)(s - bi_text_get(&story->text));
        story->indent = !*s;
    }
    if (rest && !story->indent) {
        /* What is left of the paragraph is cut: its last line becomes a short one. */
        struct bi_text *last = &lines[n - 1].text;
        const char *s = bi_text_get(last);
        for (int keep = 3; keep > 0 && *s; keep--)
            bi_rune_next(&s);
        last->length = (size_t)(s - bi_text_get(last));
        last->data[last->length] = '\0';
        bi_text_add(last, "。");
        bi_text_clear(&story->text);
        story->at = 0;
        story->indent = true;
    }
    return n;
}

static void add_number(struct bi_text *out, int number, bool chinese)
{
    static const char *const digits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    if (!chinese) {
        bi_text_printf(out, "%d", number);
        return;
    }
    if (number >= 20)
        bi_text_add(out, digits[number / 10 % 10]);
    if (number >= 10)
        bi_text_add(out, "十");
    bi_text_add(out, digits[number % 10]);
}

/* The pointer as printed; false if it is lost. */
static bool pointer(struct fiction *fiction, const struct fiction_style *style, const char *wording,
                    int number, const char *slug, struct bi_text *out)
{
    if (chance_is(&fiction->reading, fiction->faults.lost))
        return false;
    if (chance_is(&fiction->reading, fiction->faults.misread)) {
        int other = chance_between(&fiction->reading, 1, fiction->page_count - 1);
        number = other + (other >= number);
    }
    const char *place = strstr(wording, "{N}"), *after = place + 3;
    bi_text_add_bytes(out, wording, (size_t)(place - wording));
    add_number(out, number, style->chinese && number < 100);
    if (!slug) {
        bi_text_add(out, after);
        return true;
    }
    bi_text_printf(out, "版　标题：%s", slug);
    if (strlen(after) > strlen("版"))
        bi_text_add(out, after + strlen("版"));
    return true;
}

/* As much of the headline as there is room for beside the pointer's own words; nothing if that says nothing.
 */
static void cut_slug(const struct fiction_style *style, const struct fiction_story *story, int width,
                     struct bi_text *out)
{
    int room = width / POINTER_EM - (int)bi_rune_count(style->from) - SLUG_LABEL;
    const char *s = bi_text_get(&story->headline);
    for (int i = 0; room >= LEAST_SLUG && i < room && *s; i++)
        bi_text_add_rune(out, bi_rune_next(&s));
}

/* ---- printing */

struct frame_of_part {
    struct fiction *fiction;
    int page, part, x, y, width;
};

static void put_headline(const struct frame_of_part *at, const struct fiction_story *story, int span, int *y)
{
    int em = span == 1 ? 60 : span == 2 ? 84 : 110;
    int room = at->width / em;
    const char *s = bi_text_get(&story->headline);
    for (int line = 0; line < 2 && *s; line++) {
        struct bi_text text = {0};
        for (int i = 0; i < room && *s; i++)
            bi_text_add_rune(&text, bi_rune_next(&s));
        add_single(at->fiction, at->page, at->x, *y, em, BI_ROLE_HEADLINE, bi_text_get(&text), at->part);
        bi_text_release(&text);
        *y += em + 16;
    }
    *y += 20;
}

/* A column of lines from the slot's top; returns what is below it. */
static int put_column(const struct frame_of_part *at, int x, int y, const struct printed_line *lines,
                      size_t count)
{
    struct bi_page *page = &at->fiction->pages[at->page];
    struct bi_box around = {x, y, FICTION_MEASURE * FICTION_EM, (int)count * FICTION_PITCH};
    struct bi_region *region = add_region(at->fiction, at->page, BI_REGION_TEXT, around, at->part);
    region->role = BI_ROLE_BODY;
    region->lines = bi_arena_array(&page->arena, count, sizeof *region->lines);
    region->line_count = count;
    for (size_t i = 0; i < count; i++) {
        int indent = lines[i].indent * FICTION_EM;
        struct bi_box box = {x + indent, y + (int)i * FICTION_PITCH,
                             (int)bi_rune_count(bi_text_get(&lines[i].text)) * FICTION_EM, FICTION_EM};
        set_line(at->fiction, page, region, i, box, BI_ROLE_BODY, FICTION_EM, bi_text_get(&lines[i].text));
    }
    return y + (int)count * FICTION_PITCH;
}

static void put_signature(struct fiction *fiction, const struct fiction_story *story,
                          struct printed_line *line)
{
    (void)fiction;
    bi_text_printf(&line->text, "本报记者　%s", story->topic.names[2]);
    line->indent = FICTION_MEASURE - (int)bi_rune_count(bi_text_get(&line->text));
}

void fiction_print(struct fiction *fiction, struct fiction_story *story, int page,
                   const struct fiction_slot *slot, int part, int from, int to)
{
    const struct fiction_style *style = story->style;
    struct chance *chance = &fiction->chance;
    int column_width = FICTION_MEASURE * FICTION_EM + FICTION_GUTTER;
    struct frame_of_part at = {fiction, page,
                               part,    FICTION_LEFT + slot->column * column_width,
                               slot->y, slot->span * column_width - FICTION_GUTTER};
    int y = slot->y, bottom = slot->y + slot->rows * FICTION_PITCH;
    bool repeated = from && chance_is(chance, style->repeats);
    if (!from || repeated)
        put_headline(&at, story, slot->span, &y);

    struct bi_text back = {0}, onward = {0};
    struct bi_text slug_text = {0};
    cut_slug(style, story, at.width, &slug_text);
    const char *slug =
        chance_is(chance, style->slugs) && !repeated && slug_text.length ? bi_text_get(&slug_text) : NULL;
    bool has_back = from && pointer(fiction, style, style->from, from, slug, &back);
    bool has_onward = to && pointer(fiction, style, style->to, to, NULL, &onward);
    if (has_back)
        add_single(fiction, page, at.x, y, POINTER_EM, BI_ROLE_BODY, bi_text_get(&back), part);
    if (from)
        y += FICTION_PITCH; /* a lost pointer leaves its place empty */
    /* What has no headline is set off from what stands above. */
    bool framed = chance_is(chance, from && !repeated ? FRAMED_WITHOUT_HEADLINE : FRAMED);
    if (from && !repeated && !framed)
        add_region(fiction, page, BI_REGION_SEPARATOR,
                   (struct bi_box){at.x, slot->y - FICTION_PITCH, at.width, 4}, -1);

    /* Lines that fill the columns: the last is shorter where the article ends, or by the pointer's line. */
    struct printed_line lines[MAX_LINES] = {0};
    size_t height = (size_t)((bottom - y) / FICTION_PITCH), span = (size_t)slot->span;
    size_t count = height * span - 1;
    if (!to)
        count -= (size_t)chance_below(chance, (int)height / 2);
    bool rest = !to || chance_is(chance, BROKEN_BETWEEN_PARAGRAPHS);
    count = compose(fiction, story, lines, count < MAX_LINES - 1 ? count : MAX_LINES - 1, rest);
    if (!to && chance_is(chance, SIGNED))
        put_signature(fiction, story, &lines[count++]);
    fiction->parts[part].words = bi_arena_strdup(&fiction->arena, bi_text_get(&lines[count - 1].text));
    fiction->parts[part].broken = !story->indent;
    struct bi_text *last = &lines[count - 1].text;
    bool within = has_onward && style->within && rest &&
                  bi_rune_count(bi_text_get(last)) + bi_rune_count(bi_text_get(&onward)) < FICTION_MEASURE;
    if (within)
        bi_text_add(last, bi_text_get(&onward));

    int below = y;
    for (size_t column = 0, done = 0; done < count; column++) {
        size_t some = count - done < height ? count - done : height;
        below = put_column(&at, at.x + (int)column * column_width, y, lines + done, some);
        done += some;
        if (done == count && has_onward && !within)
            add_single(fiction, page, at.x + (int)column * column_width + 160, below, POINTER_EM,
                       BI_ROLE_BODY, bi_text_get(&onward), part);
    }
    if (framed)
        add_region(fiction, page, BI_REGION_FRAME,
                   (struct bi_box){at.x - 20, slot->y - 20, at.width + 40, bottom - slot->y + 40}, -1);
    for (size_t i = 0; i < count; i++)
        bi_text_release(&lines[i].text);
    bi_text_release(&slug_text);
    bi_text_release(&back);
    bi_text_release(&onward);
}
