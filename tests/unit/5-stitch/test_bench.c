/* Made-up issues by the hundred: pages of articles in invented words, jumps between them, and the faults of
 * scans and recognition. Counts which joins are found and how many are wrong, by noise and by fault. The
 * floors are what is reached, less a small margin: raise them with what is gained. */
#include <stdio.h>
#include <time.h>

#include "maker.h"

#define COLUMNS 5
#define ROWS 3
#define ROW_HEIGHT 1300
#define TOP 400
#define MAX_LINES 60
#define MAX_JUMPS 30
/* Sanitizers slow it down twentyfold: a few issues to run through, too few to count by. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#define SANITIZED __has_feature(address_sanitizer)
#else
#define SANITIZED 0
#endif
#define ISSUES (SANITIZED ? 1 : 10)

struct faults {
    double noise;     /* share of characters misread */
    double lost;      /* share of pointers that are not there */
    double misread;   /* share of pointers with another page number */
    double lost_page; /* share of pages without text */
};

struct jump {
    int from[3], to[3]; /* page, column, row */
};

struct bench {
    unsigned long seed;
    struct faults faults;
    struct bi_page *pages;
    int page_count;
    bool used[24][COLUMNS][ROWS];
    struct jump jumps[MAX_JUMPS * 2];
    size_t jump_count;
};

static unsigned long next(struct bench *b)
{
    b->seed = b->seed * 6364136223846793005ul + 1442695040888963407ul;
    return b->seed >> 33;
}

static int below(struct bench *b, int n)
{
    return (int)(next(b) % (unsigned long)n);
}

static bool chance(struct bench *b, double share)
{
    return (double)(next(b) % 1000000) < share * 1e6;
}

/* A character as it is read. Within a column none is dropped, as the column's lines are as long as they are.
 */
static void add_read(struct bench *b, struct bi_text *text, uint32_t rune, bool dropped)
{
    if (!chance(b, b->faults.noise))
        bi_text_add_rune(text, rune);
    else if (!dropped || chance(b, 0.8))
        bi_text_add_rune(text, 0x4E00 + (uint32_t)below(b, 3000));
}

static char *read_as(struct bench *b, struct bi_arena *arena, const char *s)
{
    struct bi_text text = {0};
    for (uint32_t rune; (rune = bi_rune_next(&s));)
        add_read(b, &text, rune, true);
    char *copy = bi_arena_strdup(arena, bi_text_get(&text));
    bi_text_release(&text);
    return copy;
}

/* Words of two characters: 40 % from the article's own stock of 30, the rest from 400 that all articles
 * share. */
static void add_word(struct bench *b, uint32_t topic, struct bi_text *out)
{
    bool own = chance(b, 0.4);
    uint32_t word = own ? 10000 + topic * 30 + (uint32_t)below(b, 30) : (uint32_t)below(b, 400);
    bi_text_add_rune(out, 0x4E00 + word * 7919 % 12000);
    bi_text_add_rune(out, 0x4E00 + word * 104729 % 12000);
}

/* Lines of an article, two spaces before each that begins a paragraph. Returns their number. */
static size_t compose(struct bench *b, uint32_t topic, size_t want, struct bi_text *lines)
{
    size_t count = 0, used = 0;
    while (count < want) {
        struct bi_text paragraph = {0};
        for (int sentence = 1 + below(b, 3); sentence >= 0; sentence--)
            for (int clause = 1 + below(b, 2); clause >= 0; clause--) {
                for (int words = 2 + below(b, 4); words >= 0; words--)
                    add_word(b, topic, &paragraph);
                bi_text_add(&paragraph, clause ? "，" : "。");
            }
        bi_text_add(&lines[count], "  ");
        used = 2;
        for (const char *s = bi_text_get(&paragraph); *s;) {
            if (used >= MEASURE) {
                used = 0;
                if (++count >= want)
                    break;
            }
            add_read(b, &lines[count], bi_rune_next(&s), false);
            used++;
        }
        bi_text_release(&paragraph);
        count++;
    }
    return count < want ? count : want;
}

static bool take_slot(struct bench *b, int page, int slot[3])
{
    for (int tries = 0; tries < 40; tries++) {
        int column = below(b, COLUMNS), row = below(b, ROWS);
        if (b->used[page][column][row])
            continue;
        b->used[page][column][row] = true;
        slot[0] = page;
        slot[1] = column;
        slot[2] = row;
        return true;
    }
    return false;
}

static void put_pointer(struct bench *b, struct bi_page *page, int x, int y, const char *verb, int number)
{
    if (chance(b, b->faults.lost))
        return;
    if (chance(b, b->faults.misread))
        number = 1 + below(b, b->page_count);
    char *text = bi_arena_printf(&page->arena, "（%s第%d版）", verb, number);
    add_single(page, x, y, 38, BI_ROLE_BODY, read_as(b, &page->arena, text));
}

/* Puts lines first … last-1 into a slot, under a headline or a pointer. */
static void put_part(struct bench *b, const int slot[3], const struct bi_text *lines, size_t first,
                     size_t last, const char *headline, int from, int to)
{
    struct bi_page *page = &b->pages[slot[0]];
    int x = 100 + slot[1] * (MEASURE * EM + 60), y = TOP + slot[2] * ROW_HEIGHT;
    if (headline) {
        add_single(page, x, y, 66, BI_ROLE_HEADLINE, read_as(b, &page->arena, headline));
        y += 110;
    }
    if (from) {
        put_pointer(b, page, x, y, "上接", from);
        y += PITCH;
    }
    struct bi_text column = {0};
    for (size_t i = first; i < last; i++) {
        if (i > first)
            bi_text_add(&column, "|");
        bi_text_add(&column, bi_text_get(&lines[i]));
    }
    y += add_column(page, x, y, bi_text_get(&column));
    bi_text_release(&column);
    if (to)
        put_pointer(b, page, x + 160, y, "下转", to);
}

static char *make_headline(struct bench *b, struct bi_arena *arena, uint32_t topic)
{
    struct bi_text text = {0};
    for (int i = 0; i < 3; i++)
        add_word(b, topic, &text);
    char *copy = bi_arena_strdup(arena, bi_text_get(&text));
    bi_text_release(&text);
    return copy;
}

static void put_article(struct bench *b, uint32_t topic, int parts)
{
    int slots[3][3], page = below(b, b->page_count);
    for (int i = 0; i < parts; i++) {
        if (!take_slot(b, page, slots[i]))
            return;
        page = (page + 1 + below(b, b->page_count - 1)) % b->page_count;
    }
    struct bi_text lines[MAX_LINES] = {{0}};
    size_t count = compose(b, topic, (size_t)(10 + 8 * (parts - 1) + below(b, 6)), lines), at = 0;
    char *headline = make_headline(b, &b->pages[slots[0][0]].arena, topic);
    for (int i = 0; i < parts; i++) {
        size_t end = i == parts - 1 ? count : at + 7 + (size_t)below(b, 3);
        put_part(b, slots[i], lines, at, end, i ? NULL : headline, i ? slots[i - 1][0] + 1 : 0,
                 i < parts - 1 ? slots[i + 1][0] + 1 : 0);
        if (i)
            for (int k = 0; k < 3; k++) {
                b->jumps[b->jump_count].from[k] = slots[i - 1][k];
                b->jumps[b->jump_count].to[k] = slots[i][k];
            }
        b->jump_count += i > 0;
        at = end;
    }
    for (size_t i = 0; i < MAX_LINES; i++)
        bi_text_release(&lines[i]);
}

/* Running heads hold the numbers of pages whatever the text says. */
static void make_pages(struct bench *b)
{
    for (int i = 0; i < b->page_count; i++) {
        make_page(&b->pages[i]);
        char folio[16];
        snprintf(folio, sizeof folio, "%d", i + 1);
        add_single(&b->pages[i], 100, 100, 60, BI_ROLE_HEADER, folio);
    }
}

static bool in_slot(const struct bench *b, const struct bi_part *part, const int slot[3])
{
    int x = part->box.x + part->box.w / 2, y = part->box.y + part->box.h / 2;
    return part->page_number == slot[0] + 1 && (x - 100) / (MEASURE * EM + 60) == slot[1] &&
           (y - TOP) / ROW_HEIGHT == slot[2] && b->page_count > 0;
}

struct tally {
    int right, found, wanted;
};

static void judge(const struct bench *b, const struct bi_articles *articles, struct tally *tally)
{
    for (size_t j = 0; j < b->jump_count; j++)
        tally->wanted +=
            b->pages[b->jumps[j].from[0]].region_count && b->pages[b->jumps[j].to[0]].region_count;
    for (size_t i = 0; i < articles->article_count; i++) {
        const struct bi_article *article = &articles->articles[i];
        for (size_t p = 1; p < article->part_count; p++) {
            tally->found++;
            for (size_t j = 0; j < b->jump_count; j++)
                tally->right += in_slot(b, &article->parts[p - 1], b->jumps[j].from) &&
                                in_slot(b, &article->parts[p], b->jumps[j].to);
        }
    }
}

static void run_issue(struct bench *b, struct tally *tally)
{
    struct bi_page pages[24];
    struct bi_issue issue;
    struct bi_articles articles;
    memset(b->used, 0, sizeof b->used);
    b->pages = pages;
    b->jump_count = 0;
    b->page_count = 8 + below(b, 17);
    make_pages(b);
    uint32_t topic = 0;
    for (int jumps = below(b, MAX_JUMPS + 1); jumps > 0; jumps--)
        put_article(b, topic++, chance(b, 0.1) ? 3 : 2);
    for (int others = 4 * b->page_count; others > 0; others--)
        put_article(b, topic++, 1);
    for (int i = 1; i < b->page_count; i++)
        if (chance(b, b->faults.lost_page))
            pages[i].region_count = 0;
    make_issue(&issue, (size_t)b->page_count, "2025-07-04");
    stitch(&issue, pages, (size_t)b->page_count, &articles);
    judge(b, &articles, tally);
    bi_articles_release(&articles);
    for (int i = 0; i < b->page_count; i++)
        bi_page_release(&pages[i]);
    bi_issue_release(&issue);
}

static void expect(const char *name, struct faults faults, double min_f1, double min_precision)
{
    struct bench *b = calloc(1, sizeof *b);
    struct tally tally = {0};
    b->seed = 2026;
    b->faults = faults;
    for (int i = 0; i < ISSUES; i++)
        run_issue(b, &tally);
    double precision = tally.found ? (double)tally.right / tally.found : 1;
    double recall = tally.wanted ? (double)tally.right / tally.wanted : 1;
    double f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
    print_message("%-34s jumps %4d  precision %.4f  recall %.4f  F1 %.4f\n", name, tally.wanted, precision,
                  recall, f1);
    free(b);
    if (SANITIZED)
        return;
    assert_true(tally.wanted > 50);
    assert_true(f1 >= min_f1);
    assert_true(precision >= min_precision);
}

static void by_noise(void **state)
{
    (void)state;
    expect("no noise", (struct faults){0}, 0.99, 0.99);
    expect("5 % noise", (struct faults){.noise = 0.05}, 0.97, 0.98);
    expect("10 % noise", (struct faults){.noise = 0.10}, 0.96, 0.98);
    expect("15 % noise", (struct faults){.noise = 0.15}, 0.92, 0.97);
}

static void by_fault(void **state)
{
    (void)state;
    expect("5 % noise, 1/3 of pointers lost", (struct faults){.noise = 0.05, .lost = 0.33}, 0.85, 0.95);
    expect("5 % noise, all pointers lost", (struct faults){.noise = 0.05, .lost = 1.0}, 0.57, 0.94);
    expect("5 % noise, 1/5 of numbers misread", (struct faults){.noise = 0.05, .misread = 0.2}, 0.95, 0.98);
    expect("5 % noise, 1/5 of pages missing", (struct faults){.noise = 0.05, .lost_page = 0.2}, 0.96, 0.96);
}

static void costs_under_a_second(void **state)
{
    (void)state;
    struct bench *b = calloc(1, sizeof *b);
    struct tally tally = {0};
    struct timespec start, end;
    b->seed = 7;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    for (int i = 0; i < 4; i++)
        run_issue(b, &tally);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    double seconds = (double)(end.tv_sec - start.tv_sec) + 1e-9 * (double)(end.tv_nsec - start.tv_nsec);
    print_message("%.3f seconds an issue\n", seconds / 4);
    free(b);
    /* Sanitizers slow it down tenfold. */
    assert_true(seconds / 4 < 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_noise),
        cmocka_unit_test(by_fault),
        cmocka_unit_test(costs_under_a_second),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
