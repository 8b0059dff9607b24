/* What people type, as a tree of words; whatever it is, it has a meaning or is refused with a reason. */
#include <stdlib.h>
#include <string.h>

#include "archive/query.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "unit.h"

/* [a b] all, {a b} any, -a excluded, a* words that begin so. */
static void write_node(struct bi_text *out, const struct archive_query *query,
                       const struct archive_node *node)
{
    bi_text_add(out, node->excluded ? "-" : "");
    if (node->kind == ARCHIVE_NODE_WORD) {
        const struct archive_word *word = &query->words[node->word];
        for (size_t i = 0; i < word->count; i++)
            bi_text_add_rune(out, word->characters[i]);
        bi_text_add(out, word->begins ? "*" : "");
        return;
    }
    bi_text_add(out, node->kind == ARCHIVE_NODE_ALL ? "[" : "{");
    for (const struct archive_node *child = node->first; child; child = child->next) {
        bi_text_add(out, child == node->first ? "" : " ");
        write_node(out, query, child);
    }
    bi_text_add(out, node->kind == ARCHIVE_NODE_ALL ? "]" : "}");
}

static void expect_parsed(const char *query, bool literal, const char *expected)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(bi_text_release) struct bi_text out = {0};
    struct archive_query parsed;
    struct bi_error err;
    if (archive_query_parse(query, literal, &arena, &parsed, &err) < 0)
        fail_msg("%s: %s", query, err.text);
    write_node(&out, &parsed, parsed.root);
    if (strcmp(bi_text_get(&out), expected) != 0)
        fail_msg("%s: became %s, not %s", query, bi_text_get(&out), expected);
}

static void expect(const char *query, const char *expected)
{
    expect_parsed(query, false, expected);
}

static void expect_refused(const char *query, const char *why)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct archive_query parsed;
    struct bi_error err = {0};
    assert_int_equal(archive_query_parse(query, false, &arena, &parsed, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_USAGE);
    if (!strstr(err.text, why))
        fail_msg("%s: %s", query, err.text);
}

static void words_are_all_wanted(void **state)
{
    (void)state;
    expect("菜场", "[菜场]");
    expect(" 菜场　通道\n", "[[菜场 通道]]");
    expect("菜场 AND 通道", "[[菜场 通道]]");
}

static void words_are_folded(void **state)
{
    (void)state;
    expect("ＬＩＮＵＸ門迎", "[linux门迎]");
    expect("\"Debian 手册\" 系统", "[[debian手册 系统]]");
}

static void quotes_need_no_end(void **state)
{
    (void)state;
    expect("\"Debian 手册", "[debian手册]");
    expect("上\"海 滩\"", "[[上 海滩]]");
}

static void or_binds_closer_than_the_space(void **state)
{
    (void)state;
    expect("甲 乙 OR 丙 丁", "[[甲 {乙 丙} 丁]]");
    expect("甲 OR 乙 OR 丙", "[{甲 乙 丙}]");
}

static void words_are_left_out(void **state)
{
    (void)state;
    expect("甲 -乙 丙", "[[甲 -乙 丙]]");
    expect("-\"乙 戊\" 甲 NOT 丙", "[[-乙戊 甲 -丙]]");
    expect_refused("-乙", "only what not to find");
    expect_refused("甲 OR (-乙)", "only what not to find");
}

static void brackets_group(void **state)
{
    (void)state;
    expect("(甲 乙) OR 丙", "[{[甲 乙] 丙}]");
    expect("甲 -(乙 OR 丙)", "[[甲 -{乙 丙}]]");
    expect("甲 (-乙 -丙)", "[[甲 -乙 -丙]]");
    expect("((甲))", "[甲]");
    expect("-(-甲)", "[甲]");
    expect("(甲 (乙 OR 丙", "[[甲 {乙 丙}]]");
    expect("甲 () 乙", "[[甲 乙]]");
}

static void brackets_inside_words_and_without_a_partner_are_text(void **state)
{
    (void)state;
    expect("北京(2025)", "[北京(2025)]");
    expect("甲) 乙", "[[甲) 乙]]");
    expect(":)", "[:)]");
    expect("\"(甲)\"", "[(甲)]");
    expect_refused("(", "nothing to search for");
}

static void a_star_asks_for_beginnings_of_words(void **state)
{
    (void)state;
    expect("Automat*", "[automat*]");
    expect("菜* 5G*", "[[菜 5g*]]");
    expect("*", "[*]");
    expect("**", "[**]");
    expect("\"a*\"", "[a*]"); /* a star of the text: quotes keep it */
}

static void an_operator_without_anything_to_work_on_is_a_word(void **state)
{
    (void)state;
    expect("OR", "[or]");
    expect("甲 OR", "[[甲 or]]");
    expect("NOT", "[not]");
    expect("-", "[-]");
    expect("甲 - 乙", "[[甲 - 乙]]");
    expect("\"OR\" or", "[[or or]]");
    expect("甲 OR OR 乙", "[[甲 {or 乙}]]");
    expect("-甲 OR 乙", "[[-甲 or 乙]]");
}

static void nothing_to_search_for_is_said(void **state)
{
    (void)state;
    expect_refused("", "nothing to search for");
    expect_refused(" 　\t", "nothing to search for");
    expect_refused("\"\"", "nothing to search for");
    expect_refused("\u200b", "nothing to search for");
    expect_refused("\xff\xfe", "nothing to search for");
    expect_refused("()", "nothing to search for");
}

static void a_query_that_is_too_long_is_refused(void **state)
{
    (void)state;
    enum { CHARACTERS = 100000 };
    BI_CLEANUP(bi_text_release) struct bi_text query = {0}, words = {0};
    for (int i = 0; i < CHARACTERS; i++)
        bi_text_add(&query, "上");
    expect_refused(query.data, "has 100000 characters");
    for (int i = 0; i <= ARCHIVE_MAX_QUERY_WORDS; i++)
        bi_text_printf(&words, "%d ", i);
    expect_refused(words.data, "different words");
}

static void a_word_that_is_said_often_is_searched_for_once(void **state)
{
    (void)state;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(bi_text_release) struct bi_text query = {0};
    struct archive_query parsed;
    for (int i = 0; i < ARCHIVE_MAX_QUERY_CHARACTERS / 2; i++)
        bi_text_add(&query, "上 ");
    assert_int_equal(archive_query_parse(query.data, false, &arena, &parsed, NULL), 0);
    assert_int_equal(parsed.word_count, 1);
}

static void brackets_nest_as_deeply_as_a_query_is_long(void **state)
{
    (void)state;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(bi_text_release) struct bi_text query = {0};
    struct archive_query parsed;
    for (int i = 0; i < ARCHIVE_MAX_QUERY_CHARACTERS - 1; i++)
        bi_text_add(&query, i % 2 ? "(" : "-");
    bi_text_add(&query, "上");
    assert_int_equal(archive_query_parse(query.data, false, &arena, &parsed, NULL), 0);
    expect_refused(query.data + 2, "only what not to find");
}

static void a_literal_query_has_no_operators(void **state)
{
    (void)state;
    expect_parsed("-甲 OR (\"乙*", true, "[-甲or(\"乙*]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_all_wanted),
        cmocka_unit_test(words_are_folded),
        cmocka_unit_test(quotes_need_no_end),
        cmocka_unit_test(or_binds_closer_than_the_space),
        cmocka_unit_test(words_are_left_out),
        cmocka_unit_test(brackets_group),
        cmocka_unit_test(brackets_inside_words_and_without_a_partner_are_text),
        cmocka_unit_test(a_star_asks_for_beginnings_of_words),
        cmocka_unit_test(an_operator_without_anything_to_work_on_is_a_word),
        cmocka_unit_test(nothing_to_search_for_is_said),
        cmocka_unit_test(a_query_that_is_too_long_is_refused),
        cmocka_unit_test(a_word_that_is_said_often_is_searched_for_once),
        cmocka_unit_test(brackets_nest_as_deeply_as_a_query_is_long),
        cmocka_unit_test(a_literal_query_has_no_operators),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
