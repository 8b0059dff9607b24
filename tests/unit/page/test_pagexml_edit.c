/* A line's text changed in a file that others have written. */
#include <string.h>

#include "page/pagexml.h"
#include "page/pagexml_edit.h"
#include "unit.h"

static const char DOCUMENT[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<PcGts xmlns=\"http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15\" "
    "xmlns:x=\"urn:x\">\n"
    "<Page imageFilename=\"2-deskew.tif\" imageWidth=\"1000\" imageHeight=\"2000\">\n"
    "<TextRegion id=\"r1\" x:mine=\"kept\"><Coords points=\"0,0 9,0 9,9 0,9\"/>\n"
    "<TextLine id=\"l1\"><Coords points=\"0,0 9,0 9,9 0,9\"/><Word id=\"w1\"><Coords points=\"0,0 9,9\"/>"
    "<Glyph id=\"g1\"><Coords points=\"0,0 9,9\"/><TextEquiv><Unicode>旧</Unicode></TextEquiv></Glyph>"
    "<TextEquiv><Unicode>旧</Unicode></TextEquiv></Word>"
    "<TextEquiv index=\"0\" conf=\"0.5\"><Unicode>旧</Unicode></TextEquiv>"
    "<TextEquiv index=\"1\"><Unicode>日</Unicode></TextEquiv><TextStyle bold=\"true\"/></TextLine>\n"
    "<TextLine id=\"l2\"><Coords points=\"0,0 9,0 9,9 0,9\"/>"
    "<TextEquiv conf=\"0.25\"><Unicode>别动</Unicode></TextEquiv></TextLine>\n"
    "<TextEquiv><Unicode>旧\n别动</Unicode></TextEquiv>\n"
    "</TextRegion></Page></PcGts>\n";

static struct bi_error err;

static void one_line_changes_and_nothing_else(void **state)
{
    (void)state;
    const struct bi_line_change change = {"l1", "<新> & \"好\""};
    struct bi_text out = {0};
    struct bi_page page;
    assert_int_equal(bi_pagexml_change("a", DOCUMENT, strlen(DOCUMENT), &change, 1, &out, &err), 0);
    assert_int_equal(bi_pagexml_parse("b", out.data, out.length, &page, &err), 0);
    assert_int_equal(page.regions[0].line_count, 2);
    const struct bi_line *line = page.regions[0].lines;
    assert_string_equal(line[0].text, "<新> & \"好\"");
    assert_true(line[0].confidence > 0.999);
    assert_int_equal(line[0].glyph_count, 0);
    assert_string_equal(line[1].text, "别动");
    assert_true(line[1].confidence < 0.3);
    bi_page_release(&page);
    assert_non_null(strstr(out.data, "x:mine=\"kept\""));
    assert_non_null(strstr(out.data, "</TextEquiv><TextStyle bold=\"true\"/>"));
    assert_null(strstr(out.data, "旧"));
    bi_text_release(&out);
}

static void several_lines_at_once(void **state)
{
    (void)state;
    const struct bi_line_change changes[] = {{"l2", ""}, {"l1", "一"}};
    struct bi_text out = {0};
    struct bi_page page;
    assert_int_equal(bi_pagexml_change("a", DOCUMENT, strlen(DOCUMENT), changes, 2, &out, &err), 0);
    assert_int_equal(bi_pagexml_parse("b", out.data, out.length, &page, &err), 0);
    assert_string_equal(page.regions[0].lines[0].text, "一");
    assert_string_equal(page.regions[0].lines[1].text, "");
    bi_page_release(&page);
    bi_text_release(&out);
}

static void what_cannot_be_done_is_refused(void **state)
{
    (void)state;
    const struct bi_line_change missing = {"l9", "x"};
    struct bi_text out = {0};
    assert_int_equal(bi_pagexml_change("a", DOCUMENT, strlen(DOCUMENT), &missing, 1, &out, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_INPUT);
    static const char TWICE[] = "<a><TextLine id=\"l9\"/><TextLine id=\"l9\"/></a>";
    assert_int_equal(bi_pagexml_change("a", TWICE, strlen(TWICE), &missing, 1, &out, &err), -1);
    assert_int_equal(bi_pagexml_change("a", "<a", 2, &missing, 1, &out, &err), -1);
    assert_int_equal(out.length, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_line_changes_and_nothing_else),
        cmocka_unit_test(several_lines_at_once),
        cmocka_unit_test(what_cannot_be_done_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
