#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "page/pagexml.h"
#include "unit.h"

static void add_line(struct bi_page *page, struct bi_region *region, const char *id, struct bi_box box)
{
    size_t capacity = region->line_count;
    region->lines =
        bi_arena_grow(&page->arena, region->lines, region->line_count, &capacity, sizeof *region->lines);
    struct bi_line *line = &region->lines[region->line_count++];
    *line = (struct bi_line){.id = bi_arena_strdup(&page->arena, id), .role = region->role, .em = 38.5};
    bi_polygon_from_box(&page->arena, &line->outline, box);
}

static void make_page(struct bi_page *page)
{
    bi_page_init(page);
    page->image = bi_arena_strdup(&page->arena, "2-deskew.tif");
    page->width = 1000;
    page->height = 2000;
    page->transform = (struct bi_transform){
        .frame = 3,
        .scan = bi_arena_strdup(&page->arena, "scans/\"a\" & b/p<1>.tif"),
        .scan_sha256 = bi_arena_strdup(&page->arena, "00ff"),
        .scan_width = 1010,
        .scan_height = 2020,
        .dpi = 300,
        .skew_degrees = -0.1234567890123,
        .orientation_unsure = true,
        .inverted = true,
        .skew_confidence = 0.9,
        .noise = 3.25,
        .to_scan = {1, 0.002, 3.5, -0.002, 1, 7.25},
    };
    bi_page_add_step(page, "2-deskew", "range=15", NULL);
    bi_page_add_step(page, "3-segment", "a=1 b<2", "chi_sim:abc");

    struct bi_region *head = bi_page_add_region(page, BI_REGION_TEXT);
    head->role = BI_ROLE_KICKER;
    head->vertical = true;
    bi_polygon_from_box(&page->arena, &head->outline, (struct bi_box){10, 10, 100, 300});
    add_line(page, head, "r1l1", (struct bi_box){10, 10, 100, 300});
    head->lines[0].vertical = true;
    head->lines[0].reversed = true;

    struct bi_region *body = bi_page_add_region(page, BI_REGION_TEXT);
    body->role = BI_ROLE_BODY;
    bi_polygon_from_box(&page->arena, &body->outline, (struct bi_box){200, 10, 300, 80});
    add_line(page, body, "r2l1", (struct bi_box){200, 10, 300, 40});
    add_line(page, body, "r2l2", (struct bi_box){200, 50, 200, 40});
    struct bi_line *line = &body->lines[0];
    line->text = bi_arena_strdup(&page->arena, "读者 张<&");
    line->confidence = 0.875;
    line->glyph_count = 5;
    line->glyphs = bi_arena_array(&page->arena, 5, sizeof *line->glyphs);
    static char *const texts[] = {"读", "者", "张", "<", "&"};
    for (int i = 0; i < 5; i++) {
        line->glyphs[i].box = (struct bi_box){200 + 40 * i, 10, 38, 40};
        line->glyphs[i].reading_count = i == 0 ? 2 : 1;
        line->glyphs[i].readings = bi_arena_array(&page->arena, 2, sizeof(struct bi_reading));
        line->glyphs[i].readings[0] = (struct bi_reading){texts[i], 0.75};
        line->glyphs[i].readings[1] = (struct bi_reading){"渎", 0.125};
    }
    bi_polygon_from_box(&page->arena, &bi_page_add_region(page, BI_REGION_FRAME)->outline,
                        (struct bi_box){190, 5, 400, 400});
    bi_polygon_from_box(&page->arena, &bi_page_add_region(page, BI_REGION_SEPARATOR)->outline,
                        (struct bi_box){150, 5, 2, 400});
}

static char path[] = "/tmp/backissue-pagexml-XXXXXX";

static void test_a_page_comes_back_as_it_was(void **state)
{
    (void)state;
    struct bi_page page, back;
    struct bi_error err = {0};
    make_page(&page);
    assert_int_equal(bi_pagexml_write(path, &page, &err), 0);
    assert_int_equal(bi_pagexml_read(path, &back, &err), 0);

    assert_string_equal(back.image, "2-deskew.tif");
    assert_int_equal(back.width, 1000);
    assert_int_equal(back.transform.frame, 3);
    assert_string_equal(back.transform.scan, page.transform.scan);
    assert_memory_equal(back.transform.to_scan, page.transform.to_scan, sizeof page.transform.to_scan);
    assert_true(back.transform.skew_degrees == page.transform.skew_degrees);
    assert_true(back.transform.orientation_unsure && back.transform.inverted);
    assert_int_equal(back.step_count, 2);
    assert_string_equal(back.steps[1].stage, "3-segment");
    assert_string_equal(back.steps[1].parameters, "a=1 b<2");
    assert_string_equal(back.steps[1].models, "chi_sim:abc");
    assert_string_equal(back.steps[0].version, BI_VERSION);

    assert_int_equal(back.region_count, 4);
    assert_int_equal(back.regions[0].role, BI_ROLE_KICKER);
    assert_true(back.regions[0].vertical);
    assert_true(back.regions[0].lines[0].vertical);
    assert_true(back.regions[0].lines[0].reversed);
    assert_null(back.regions[0].lines[0].text);
    assert_int_equal(back.regions[2].kind, BI_REGION_FRAME);
    assert_int_equal(back.regions[3].kind, BI_REGION_SEPARATOR);

    const struct bi_line *line = &back.regions[1].lines[0];
    assert_string_equal(line->id, "r2l1");
    assert_string_equal(line->text, "读者 张<&");
    assert_true(line->confidence == 0.875);
    assert_true(line->em == 38.5);
    assert_false(line->reversed);
    assert_int_equal(line->glyph_count, 5);
    assert_int_equal(line->glyphs[0].reading_count, 2);
    assert_string_equal(line->glyphs[0].readings[1].text, "渎");
    assert_int_equal(line->glyphs[4].box.x, 360);
    assert_int_equal(line->glyphs[4].box.w, 38);
    struct bi_box box = bi_polygon_box(&line->outline);
    assert_int_equal(box.w, 300);
    assert_int_equal(box.h, 40);
    bi_page_release(&page);
    bi_page_release(&back);
}

static void test_the_same_page_gives_the_same_bytes(void **state)
{
    (void)state;
    struct bi_page page;
    struct bi_error err = {0};
    char first[BI_SHA256_HEX], second[BI_SHA256_HEX];
    make_page(&page);
    bi_pagexml_write(path, &page, &err);
    bi_sha256_file(path, first, &err);
    bi_page_release(&page);
    assert_int_equal(bi_pagexml_read(path, &page, &err), 0);
    bi_pagexml_write(path, &page, &err);
    bi_sha256_file(path, second, &err);
    assert_string_equal(first, second);
    bi_page_release(&page);
}

static int parse(const char *xml, struct bi_page *page)
{
    struct bi_error err = {0};
    int status = bi_pagexml_parse("test.xml", xml, strlen(xml), page, &err);
    if (status < 0) {
        assert_int_equal(err.kind, BI_EXIT_INPUT);
        assert_int_equal(strncmp(err.text, "test.xml", 8), 0);
    }
    return status;
}

static void test_pages_of_other_programs_are_taken(void **state)
{
    (void)state;
    struct bi_page page;
    assert_int_equal(
        parse("<PcGts xmlns=\"http://schema.primaresearch.org/PAGE/gts/pagecontent/2013-07-15\">"
              "<Page imageFilename=\"x.png\" imageWidth=\"10\" imageHeight=\"20\">"
              "<ReadingOrder><OrderedGroup id=\"g\"><RegionRefIndexed index=\"1\" regionRef=\"a\"/>"
              "<RegionRefIndexed index=\"0\" regionRef=\"c\"/></OrderedGroup></ReadingOrder>"
              "<ImageRegion id=\"i\"><Coords points=\"0,0 1,1\"/></ImageRegion>"
              "<TextRegion id=\"a\" type=\"caption\"><Coords><Point x=\"1\" y=\"2\"/><Point x=\"3\" "
              "y=\"4\"/></Coords>"
              "<TextLine><Coords points=\"1.5,2.4 3,4\"/>"
              "<Word><TextEquiv><Unicode>two</Unicode></TextEquiv></Word>"
              "<Word><TextEquiv index=\"1\"><Unicode>wrong</Unicode></TextEquiv>"
              "<TextEquiv index=\"0\" conf=\"0.5\"><Unicode>words</Unicode></TextEquiv></Word></TextLine>"
              "<TextRegion id=\"b\"><Coords points=\"\"/></TextRegion></TextRegion>"
              "<TextRegion id=\"c\"><Coords points=\"garbage\"/></TextRegion>"
              "</Page></PcGts>",
              &page),
        0);
    assert_int_equal(page.region_count, 4);
    assert_string_equal(page.regions[0].id, "c");
    assert_string_equal(page.regions[1].id, "a");
    assert_string_equal(page.regions[2].id, "b");
    assert_string_equal(page.regions[3].id, "i");
    assert_int_equal(page.regions[1].role, BI_ROLE_CAPTION);
    assert_int_equal(page.regions[1].outline.points[1].y, 4);
    assert_string_equal(page.regions[1].lines[0].text, "two words");
    assert_non_null(page.regions[1].lines[0].id);
    assert_null(page.transform.scan);
    bi_page_release(&page);
}

static void test_what_is_no_page_is_refused(void **state)
{
    (void)state;
    struct bi_page page;
    assert_int_equal(parse("", &page), -1);
    assert_int_equal(parse("not xml", &page), -1);
    assert_int_equal(parse("<html/>", &page), -1);
    assert_int_equal(parse("<PcGts/>", &page), -1);
    assert_int_equal(parse("<PcGts><Page imageWidth=\"-1\" imageHeight=\"nan\"/></PcGts>", &page), -1);
    assert_int_equal(parse("<PcGts><Page imageWidth=\"5\" imageHeight=\"5\"></PcGts>", &page), -1);
    assert_int_equal(
        parse("<PcGts><Metadata><MetadataItem name=\"backissue-transform\" value=\"{}\"/></Metadata>"
              "<Page imageWidth=\"5\" imageHeight=\"5\"/></PcGts>",
              &page),
        -1);
}

int main(void)
{
    int fd = mkstemp(path);
    close(fd);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_page_comes_back_as_it_was),
        cmocka_unit_test(test_the_same_page_gives_the_same_bytes),
        cmocka_unit_test(test_pages_of_other_programs_are_taken),
        cmocka_unit_test(test_what_is_no_page_is_refused),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
