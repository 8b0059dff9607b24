/* Pointers are read in all their wordings, through marks, spaces, full width and a few misread characters. */
#include "markers.h"

#include "maker.h"

static struct bi_arena arena;
static struct st_wordings wordings;

static int set_up(void **state)
{
    (void)state;
    read_wordings(&arena, &wordings);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    bi_arena_release(&arena);
    return 0;
}

static void expect(const char *line, enum st_marker_kind kind, char letter, int number)
{
    struct st_marker marker = {0};
    if (!st_marker_whole(&arena, &wordings, line, &marker))
        fail_msg("%s: not taken for a pointer", line);
    if (marker.kind != kind || marker.page.number != number || marker.page.letter != letter)
        fail_msg("%s: read as kind %d, page %c%d", line, (int)marker.kind,
                 marker.page.letter ? marker.page.letter : '-', marker.page.number);
}

static void expect_none(const char *line)
{
    struct st_marker marker = {0};
    if (st_marker_whole(&arena, &wordings, line, &marker))
        fail_msg("%s: taken for a pointer (kind %d, page %d)", line, (int)marker.kind, marker.page.number);
}

static void reads_every_wording(void **state)
{
    (void)state;
    expect("下转第3版", ST_MARKER_TO, 0, 3);
    expect("下转3版", ST_MARKER_TO, 0, 3);
    expect("（下转第３版 ）", ST_MARKER_TO, 0, 3);
    expect("（下转A3版）", ST_MARKER_TO, 'A', 3);
    expect("下转第三版", ST_MARKER_TO, 0, 3);
    expect("下转三版", ST_MARKER_TO, 0, 3);
    expect("转3版", ST_MARKER_TO, 0, 3);
    expect("紧接3版", ST_MARKER_TO, 0, 3);
    expect("▶▶▶下转第3版", ST_MARKER_TO, 0, 3);
    expect("(下转第二十四版)", ST_MARKER_TO, 0, 24);
    expect("【下转 第 12 版】", ST_MARKER_TO, 0, 12);
    expect("下转03版", ST_MARKER_TO, 0, 3);
    expect("上接第1版", ST_MARKER_FROM, 0, 1);
    expect("上接一版", ST_MARKER_FROM, 0, 1);
    expect("（上接B2版）", ST_MARKER_FROM, 'B', 2);
    expect("◀◀◀上接第2版", ST_MARKER_FROM, 0, 2);
    expect("●上接十六版", ST_MARKER_FROM, 0, 16);
    expect(">>>刊3版", ST_MARKER_TEASER, 0, 3);
    expect("详见3版", ST_MARKER_TEASER, 0, 3);
    expect("详刊P4", ST_MARKER_TEASER, 0, 4);
    expect("→3版", ST_MARKER_TEASER, 0, 3);
    expect("➤ A5版", ST_MARKER_TEASER, 'A', 5);
    expect("详刊第4版", ST_MARKER_TEASER, 0, 4);
    expect("刊P2", ST_MARKER_TEASER, 0, 2);
}

/* ---- every wording of the table */

/* {N} of a wording replaced; `change` of its fixed characters (-1: none) becomes `by`. */
static const char *worded(const struct st_wording *wording, const char *number, int change, uint32_t by)
{
    struct bi_text text = {0};
    int at = 0;
    bi_text_add(&text, wording->arrow ? "→" : "");
    for (size_t i = 0; i < wording->lead.count; i++)
        bi_text_add_rune(&text, wording->lead.data[i]);
    bi_text_add(&text, wording->lead.count ? " Schools, " : "");
    for (size_t i = 0; i < wording->before.count; i++, at++)
        bi_text_add_rune(&text, at == change ? by : wording->before.data[i]);
    bi_text_add(&text, number);
    for (size_t i = 0; i < wording->after.count; i++, at++)
        bi_text_add_rune(&text, at == change ? by : wording->after.data[i]);
    const char *copy = bi_arena_strdup(&arena, bi_text_get(&text));
    bi_text_release(&text);
    return copy;
}

static void reads_the_whole_table_with_any_number(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char letter;
        int number;
    } numbers[] = {{"1", 0, 1},     {"3", 0, 3},       {"03", 0, 3},   {"１２", 0, 12}, {"24", 0, 24},
                   {"A1", 'A', 1},  {"D8", 'D', 8},    {"三", 0, 3},   {"十", 0, 10},   {"十六", 0, 16},
                   {"二十", 0, 20}, {"二十四", 0, 24}, {"廿四", 0, 24}};
    for (size_t i = 0; i < wordings.count; i++)
        for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++) {
            const char *text = worded(&wordings.list[i], numbers[n].text, -1, 0);
            expect(text, wordings.list[i].kind, numbers[n].letter, numbers[n].number);
            if (!wordings.list[i].arrow)
                expect(bi_arena_printf(&arena, "（ %s）", text), wordings.list[i].kind, numbers[n].letter,
                       numbers[n].number);
        }
}

static uint32_t fixed_of(const struct st_wording *wording, size_t at)
{
    return at < wording->before.count ? wording->before.data[at]
                                      : wording->after.data[at - wording->before.count];
}

/* Each character in turn read as each of those it is confused with. */
static void reads_the_whole_table_through_confusions(void **state)
{
    (void)state;
    size_t tried = 0;
    for (size_t i = 0; i < wordings.count; i++) {
        const struct st_wording *wording = &wordings.list[i];
        for (size_t at = 0; at < wording->before.count + wording->after.count; at++)
            for (size_t c = 0; c < wordings.confusion_count; c++)
                for (size_t r = 0; wordings.confusions[c].meant == fixed_of(wording, at) &&
                                   r < wordings.confusions[c].read.count;
                     r++) {
                    uint32_t by = wordings.confusions[c].read.data[r];
                    const char *text = worded(wording, "3", (int)at, by);
                    struct st_marker marker = {0};
                    if (!st_marker_whole(&arena, &wordings, text, &marker) || marker.page.number != 3)
                        fail_msg("%s: not read through 「%s」", worded(wording, "3", -1, 0), text);
                    tried++;
                }
    }
    assert_true(tried > 500);
}

/* One character in twenty is another Han character altogether, in no way like it. */
static void reads_most_pointers_through_noise(void **state)
{
    (void)state;
    static const char *const printed[] = {
        "下转第3版", "下转3版",      "（下转A3版）", "下转第三版", "下转三版",       "转3版",
        "紧接3版",   "▶▶▶下转第3版", "上接第3版",    "上接三版",   "（上接第三版）", "上承第3版",
        ">>>刊3版",  "详见3版",      "详刊P3",       "→3版",       "下转第十三版",   "刊于第3版",
        "报道见3版", "今日3版",      "详见今日3版"};
    uint32_t random = 1;
    int read = 0, wrong = 0, all = 0;
    for (size_t i = 0; i < sizeof printed / sizeof *printed; i++)
        for (int copy = 0; copy < 100; copy++, all++) {
            struct bi_text text = {0};
            const char *s = printed[i];
            for (uint32_t rune; (rune = bi_rune_next(&s));) {
                random = random * 1664525 + 1013904223;
                bi_text_add_rune(&text, random >> 8 < 0x1000000 / 20 ? 0x4E00 + (random >> 12) % 3000 : rune);
            }
            struct st_marker marker = {0};
            if (st_marker_whole(&arena, &wordings, bi_text_get(&text), &marker)) {
                int number = strstr(printed[i], "十") ? 13 : 3;
                read += marker.page.number == number;
                wrong += marker.page.number && marker.page.number != number;
            }
            bi_text_release(&text);
        }
    print_message("%d of %d read, %d with another number\n", read, all, wrong);
    assert_true(read > all * 85 / 100);
    assert_true(wrong < all / 100);
}

static void reads_through_misread_characters(void **state)
{
    (void)state;
    expect("卜转第3版", ST_MARKER_TO, 0, 3);
    expect("(下砖第3板)", ST_MARKER_TO, 0, 3);
    expect("土接第l版", ST_MARKER_FROM, 0, 1);
    expect("（上接笫2版", ST_MARKER_FROM, 0, 2);
    expect("下据第8版", ST_MARKER_TO, 0, 8);
    expect("上按1版", ST_MARKER_FROM, 0, 1);
    expect("bPP下转第5版", ST_MARKER_TO, 0, 5);
    expect("详见Z版", ST_MARKER_TEASER, 0, 2);
    expect("刊？版", ST_MARKER_TEASER, 0, 2);
    expect("上接第]版", ST_MARKER_FROM, 0, 1);
    /* What goes on is more often 上接 than 紧接. */
    expect("（奚接第1版）", ST_MARKER_FROM, 0, 1);
    expect("（上接第厮4版）", ST_MARKER_FROM, 0, 0);
}

static void reads_latin_wordings(void **state)
{
    (void)state;
    struct st_marker marker = {0};
    expect("Continued on Page 2", ST_MARKER_TO, 0, 2);
    expect("CONTINUED ON PAGE A14", ST_MARKER_TO, 'A', 14);
    expect("(Continued on page 3)", ST_MARKER_TO, 0, 3);
    expect("Continued from Page 1", ST_MARKER_FROM, 0, 1);
    expect("Continued from A1", ST_MARKER_FROM, 'A', 1);
    expect("Contlnued trom Page l", ST_MARKER_FROM, 0, 1);
    expect("Please turn to page 6", ST_MARKER_TO, 0, 6);
    expect("From Page 1", ST_MARKER_FROM, 0, 1);
    expect("See page 5", ST_MARKER_TEASER, 0, 5);
    expect("See SCHOOLS, Page 4", ST_MARKER_TO, 0, 4);
    assert_true(st_marker_whole(&arena, &wordings, "► Please see Water rates, Page B4", &marker));
    assert_string_equal(marker.slug, "Water rates");
    assert_int_equal(marker.page.letter, 'B');
    assert_true(st_marker_at_end(&arena, &wordings, "SCHOOLS, continued from Page 1", &marker));
    assert_string_equal(marker.rest, "SCHOOLS,");
    assert_int_equal(marker.page.number, 1);
    assert_true(st_marker_at_end(&arena, &wordings, "would not say when. Continued on Page 2", &marker));
    assert_string_equal(marker.rest, "would not say when.");
    /* Ordinary speech, within a line and as one. */
    assert_false(st_marker_at_end(&arena, &wordings, "The council's answer, see page 4", &marker));
    assert_false(st_marker_at_end(&arena, &wordings, "the first paragraph from page 1", &marker));
    assert_false(st_marker_at_start(&arena, &wordings, "From page 1 to the last the book", &marker));
    expect_none("from the age of 3");
    expect_none("continued to rise");
    expect_none("conducted on 12");
    expect_none("the front page");
    expect_none("turned to page boys");
    expect_none("in Chicago on Aug. 2");
    expect_none("see the 5");
}

static void keeps_an_unreadable_number_open(void **state)
{
    (void)state;
    expect("（下转第囗版）", ST_MARKER_TO, 0, 0);
}

static void takes_text_for_text(void **state)
{
    (void)state;
    expect_none("他转身下楼，走了三步");
    expect_none("第3版");
    expect_none("3版");
    expect_none("今年出了第二版");
    expect_none("上海一次再版");
    expect_none("接到电话后，她说");
    expect_none("");
    expect_none("下转");
}

static void splits_the_slug(void **state)
{
    (void)state;
    struct st_marker marker = {0};
    assert_true(st_marker_whole(&arena, &wordings, "（上接第一版 标题：老船厂变身水岸科创园）", &marker));
    assert_int_equal(marker.kind, ST_MARKER_FROM);
    assert_int_equal(marker.page.number, 1);
    assert_non_null(marker.slug);
    assert_non_null(strstr(marker.slug, "老船厂变身水岸科创园"));
    assert_null(strstr(marker.slug, "标题"));
}

static void finds_pointers_within_lines(void **state)
{
    (void)state;
    struct st_marker marker = {0};
    assert_true(st_marker_at_end(&arena, &wordings, "车间里的桁架完整保留（下转第3版）", &marker));
    assert_int_equal(marker.kind, ST_MARKER_TO);
    assert_int_equal(marker.page.number, 3);
    assert_string_equal(marker.rest, "车间里的桁架完整保留");
    assert_string_equal(marker.text, "（下转第3版）");
    assert_true(st_marker_at_end(&arena, &wordings, "车间里的桁架完整保留。（下转第3版）", &marker));
    assert_string_equal(marker.rest, "车间里的桁架完整保留。");
    assert_true(st_marker_at_start(&arena, &wordings, "（上接第1版）的木匾只好锁进阁楼", &marker));
    assert_int_equal(marker.kind, ST_MARKER_FROM);
    assert_string_equal(marker.rest, "的木匾只好锁进阁楼");
    /* Arrows read as characters. */
    assert_true(st_marker_at_start(&arena, &wordings, "本如可上接第]版介绍记者和花市", &marker));
    assert_int_equal(marker.kind, ST_MARKER_FROM);
    assert_int_equal(marker.page.number, 1);
    assert_string_equal(marker.rest, "介绍记者和花市");
    assert_false(st_marker_at_start(&arena, &wordings, "他说要接三版稿子", &marker));
    assert_false(st_marker_at_start(&arena, &wordings, "读者来信说上接第三版的文章", &marker));
    assert_false(st_marker_at_end(&arena, &wordings, "这件事的经过，请读者见第3版", &marker) &&
                 marker.kind == ST_MARKER_TO);
    assert_false(st_marker_at_end(&arena, &wordings, "他说这本书下半年会出到第二版", &marker));
}

static void a_title_adds_wordings(void **state)
{
    (void)state;
    struct bi_setting settings[] = {{"jumps", "to", "文转{N}版"}, {"title", "paper", "某报"}};
    struct bi_issue issue = {.settings = settings, .setting_count = 2};
    struct bi_error err = {0};
    assert_int_equal(st_wordings_extend(&arena, &issue, &wordings, &err), 0);
    expect("（文转7版）", ST_MARKER_TO, 0, 7);
    settings[0].value = (char *)"文转七版";
    assert_int_equal(st_wordings_extend(&arena, &issue, &wordings, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_INPUT);
    assert_non_null(strstr(err.text, "title.ini"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_wording),
        cmocka_unit_test(reads_the_whole_table_with_any_number),
        cmocka_unit_test(reads_the_whole_table_through_confusions),
        cmocka_unit_test(reads_most_pointers_through_noise),
        cmocka_unit_test(reads_latin_wordings),
        cmocka_unit_test(reads_through_misread_characters),
        cmocka_unit_test(keeps_an_unreadable_number_open),
        cmocka_unit_test(takes_text_for_text),
        cmocka_unit_test(splits_the_slug),
        cmocka_unit_test(finds_pointers_within_lines),
        cmocka_unit_test(a_title_adds_wordings),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
