/* A person's corrections of articles: what is understood, and what is told of the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "page/corrections.h"

static struct bi_corrections corrections;
static struct bi_error err;

static int parse(const char *list)
{
    char text[2048];
    snprintf(text, sizeof text, "{\"format\": \"backissue-corrections/1\", \"corrections\": [%s]}", list);
    return bi_corrections_parse("c.json", text, strlen(text), &corrections, &err);
}

static void reads_all_kinds(void **state)
{
    (void)state;
    assert_int_equal(
        parse("{\"do\": \"join\", \"article\": {\"page\": 1, \"text\": \"高大的龙\"},"
              " \"with\": {\"page\": 3, \"box\": [1, 2, 30, 40]}, \"note\": \"seen in print\"},"
              "{\"do\": \"split\", \"at\": {\"page\": 2, \"point\": [7, 8], \"text\": \"\"}},"
              "{\"do\": \"title\", \"article\": {\"page\": 2, \"text\": \"食堂\"}, \"headline\": \"甲\", "
              "\"kicker\": \"\"},"
              "{\"do\": \"kind\", \"article\": {\"page\": 2, \"text\": \"食堂\"}, \"kind\": \"notice\"},"
              "{\"do\": \"order\", \"article\": {\"page\": 2, \"text\": \"a\"}, \"after\": {\"page\": 1, "
              "\"text\": \"b\"}}"),
        0);
    assert_int_equal(corrections.count, 5);
    const struct bi_correction *c = corrections.list;
    assert_int_equal(c[0].kind, BI_CORRECT_JOIN);
    assert_string_equal(c[0].place.text, "高大的龙");
    assert_int_equal(c[0].other.page_number, 3);
    assert_int_equal(c[0].other.box.h, 40);
    assert_string_equal(c[0].note, "seen in print");
    assert_true(c[1].place.pointed);
    assert_null(c[1].place.text);
    assert_int_equal(c[1].place.point.y, 8);
    assert_string_equal(c[2].headline, "甲");
    assert_string_equal(c[2].kicker, "");
    assert_null(c[2].subhead);
    assert_string_equal(c[3].article_kind, "notice");
    assert_string_equal(bi_correction_name(c[4].kind), "order");
    bi_corrections_release(&corrections);
}

static void refused(const char *list, const char *words)
{
    memset(&err, 0, sizeof err);
    assert_int_equal(parse(list), -1);
    assert_int_equal(err.kind, BI_EXIT_INPUT);
    if (!strstr(err.text, words))
        fail_msg("%s", err.text);
}

static void passes_nothing_over(void **state)
{
    (void)state;
    refused("{\"do\": \"merge\", \"article\": {\"page\": 1, \"text\": \"a\"}}",
            "correction 1: \"do\" is not one of");
    refused("{\"do\": \"split\", \"at\": {\"page\": 1, \"text\": \"a\"}}, {}", "correction 2: \"do\"");
    refused("{\"do\": \"split\", \"at\": {\"page\": 1}}", "\"at\" names no");
    refused("{\"do\": \"split\", \"at\": {\"text\": \"a\"}}", "\"at\" names no");
    refused("{\"do\": \"split\", \"at\": {\"page\": 1, \"point\": [1]}}", "\"point\" is not");
    refused("{\"do\": \"split\", \"at\": {\"page\": 1, \"box\": [1, 2, 0, 4]}}", "\"box\" is not");
    refused("{\"do\": \"join\", \"article\": {\"page\": 1, \"text\": \"a\"}}", "\"with\" names no");
    refused("{\"do\": \"title\", \"article\": {\"page\": 1, \"text\": \"a\"}}", "has neither \"headline\"");
    refused("{\"do\": \"kind\", \"article\": {\"page\": 1, \"text\": \"a\"}, \"kind\": \"advert\"}",
            "\"kind\" is not");
    static const char none[] = "{\"format\": \"backissue-corrections/1\"}", other[] = "{\"format\": \"x\"}";
    assert_int_equal(bi_corrections_parse("c.json", none, sizeof none - 1, &corrections, &err), -1);
    assert_int_equal(bi_corrections_parse("c.json", other, sizeof other - 1, &corrections, &err), -1);
    assert_int_equal(bi_corrections_read("no/such.json", &corrections, &err), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_all_kinds),
        cmocka_unit_test(passes_nothing_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
