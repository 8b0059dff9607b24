/* The invisible text of PDF: where characters stand, and what their font says of them. */
#include "base/text.h"
#include "export/pdf/layer.h"
#include "unit.h"

struct fixture {
    struct bi_arena arena;
    struct pdf_document document;
    struct pdf_fonts fonts;
    struct export_line line;
};

static int setup(void **state)
{
    static struct fixture fixture;
    fixture = (struct fixture){0};
    assert_int_equal(pdf_open(&fixture.document, NULL), 0);
    pdf_fonts_open(&fixture.fonts, &fixture.document);
    *state = &fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    pdf_fonts_release(&fixture->fonts);
    pdf_close(&fixture->document);
    bi_arena_release(&fixture->arena);
    return 0;
}

/* A line of a text at (100, 200), its characters at these starts and lengths in turn; -1 ends them. */
static struct pdf_line line_of(struct fixture *fixture, const char *text, int length, int height,
                               const int *places)
{
    struct export_glyph *glyphs = bi_arena_array(&fixture->arena, 20, sizeof *glyphs);
    size_t count = 0;
    for (; places[2 * count] >= 0; count++)
        glyphs[count].box = (struct bi_box){100 + places[2 * count], 200, places[2 * count + 1], height};
    fixture->line = (struct export_line){
        .text = text, .box = {100, 200, length, height}, .glyphs = glyphs, .glyph_count = count};
    return pdf_line_of(&fixture->arena, &fixture->line);
}

/* The operators of a line on a page of 1000 x 1000 pixels, a point each. */
static void expect(struct fixture *fixture, struct pdf_line *line, int usual, const char *operators)
{
    struct pdf_frame frame = {{0, 0, 1000, 1000}, 1};
    struct bi_text content = {0};
    pdf_layer_add(&content, &fixture->document, &fixture->fonts, &frame, line,
                  &(struct pdf_type){usual, usual});
    assert_string_equal(bi_text_get(&content), operators);
    bi_text_release(&content);
}

static const char *text_of(struct fixture *fixture, size_t cid)
{
    return fixture->fonts.list[0]->cids[cid - 1]->text;
}

static int width_of(struct fixture *fixture, size_t cid)
{
    return fixture->fonts.list[0]->cids[cid - 1]->width;
}

/* 100 pixels high, so that pixels are hundredths of the size. The baseline is 12 over the lower edge. */
static void characters_reach_to_the_next(void **state)
{
    struct fixture *fixture = *state;
    struct pdf_line line =
        line_of(fixture, "临江，𠮷", 390, 100, (int[]){0, 90, 100, 95, 200, 20, 300, 90, -1});
    expect(fixture, &line, 0, "/F0 100.00 Tf 1 0 0 1 100.00 712.00 Tm [<0001000200030004>] TJ\n");
    assert_string_equal(text_of(fixture, 3), "，");
    assert_int_equal(width_of(fixture, 3), 1000); /* no gap before the last */
    assert_string_equal(text_of(fixture, 4), "𠮷");
    assert_int_equal(width_of(fixture, 4), 900);
    struct bi_text cmap = {0};
    pdf_font_cmap(fixture->fonts.list[0], &cmap);
    assert_non_null(strstr(cmap.data, "4 beginbfchar\n<0001> <4E34>\n"));
    assert_non_null(strstr(cmap.data, "<0004> <D842DFB7>\nendbfchar\n"));
    bi_text_release(&cmap);
}

static void what_is_left_over_is_moved(void **state)
{
    struct fixture *fixture = *state;
    struct pdf_line line = line_of(fixture, "一二三", 304, 100, (int[]){2, 90, 105, 90, 206, 98, -1});
    /* From 2 to 105 are 1030 of 1000, then 40 too many are left out. */
    expect(fixture, &line, 0, "/F0 100.00 Tf 1 0 0 1 102.00 712.00 Tm [<0001>-30<00020003>] TJ\n");
}

/* The first character gives up what the space after it needs; a space reaches to the next character. What
 * reads PDF would make a common space of an ideographic one that stood alone. */
static void spaces_have_room(void **state)
{
    struct fixture *fixture = *state;
    struct pdf_line line = line_of(fixture, "甲 乙\u3000 丙", 310, 100, (int[]){0, 98, 100, 90, 220, 90, -1});
    expect(fixture, &line, 0, "/F0 100.00 Tf 1 0 0 1 100.00 712.00 Tm [<00010002000300020004>] TJ\n");
    static const int widths[] = {700, 300, 900, 900};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(width_of(fixture, i + 1), widths[i]);
    assert_string_equal(text_of(fixture, 2), " ");
    assert_string_equal(text_of(fixture, 3), "乙\u3000");
}

static void vertical_lines_run_down(void **state)
{
    struct fixture *fixture = *state;
    struct pdf_line line = line_of(fixture, "屋檐", 100, 210, (int[]){-1});
    fixture->line.vertical = true;
    expect(fixture, &line, 0, "/F0 100.00 Tf 0 -1 1 0 112.00 800.00 Tm [<0001>50<0002>] TJ\n");
}

static void lines_of_the_usual_type_have_its_size(void **state)
{
    struct fixture *fixture = *state;
    struct pdf_line line = line_of(fixture, "一", 100, 90, (int[]){0, 100, -1});
    /* Five pixels more on either side: the baseline is 7 over the edge. */
    expect(fixture, &line, 100, "/F0 100.00 Tf 1 0 0 1 100.00 717.00 Tm [<0001>] TJ\n");
    expect(fixture, &line, 300, "/F0 90.00 Tf 1 0 0 1 100.00 720.80 Tm [<0002>] TJ\n");
}

static void marks_go_to_the_character_before(void **state)
{
    struct fixture *fixture = *state;
    struct pdf_line line = line_of(fixture, "\ae\u0301\u200fx\ufeff\n", 100, 100, (int[]){-1});
    assert_int_equal(line.count, 3); /* the last is a space */
    assert_string_equal(line.characters[0].text, "e\u0301\u200f");
    assert_string_equal(line.characters[1].text, "x");
    expect(fixture, &line, 0, "/F0 100.00 Tf 1 0 0 1 100.00 712.00 Tm [<00010002>] TJ\n");
}

static void nothing_makes_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct pdf_line line = line_of(fixture, " \t", 100, 100, (int[]){-1});
    expect(fixture, &line, 0, "");
    line = line_of(fixture, "一", 100, 0, (int[]){0, 100, -1});
    expect(fixture, &line, 0, "");
}

/* Characters on the same spot, out of order, beyond the line. */
static void places_are_put_in_order(void **state)
{
    struct fixture *fixture = *state;
    struct pdf_line line =
        line_of(fixture, "一二三四", 200, 100, (int[]){50, 0, 50, 40, 20, 40, 400, 40, -1});
    struct pdf_frame frame = {{0, 0, 1000, 1000}, 1};
    struct bi_text content = {0};
    pdf_layer_add(&content, &fixture->document, &fixture->fonts, &frame, &line, &(struct pdf_type){0, 0});
    bi_text_release(&content);
    for (size_t i = 0; i + 1 < line.count; i++)
        assert_true(line.characters[i + 1].start > line.characters[i].start + 5);
    assert_true(line.characters[3].start < 200);
}

static unsigned long be32(const char *s)
{
    const unsigned char *u = (const unsigned char *)s;
    return (unsigned long)u[0] << 24 | (unsigned long)u[1] << 16 | (unsigned long)u[2] << 8 | u[3];
}

/* The sum over a whole TrueType font is a constant; each table lies within, on four bytes. */
static void the_font_file_is_whole(void **state)
{
    (void)state;
    struct bi_text font = {0};
    pdf_truetype(&font);
    unsigned long sum = 0;
    assert_int_equal(font.length % 4, 0);
    for (size_t i = 0; i < font.length; i += 4)
        sum += be32(font.data + i);
    assert_int_equal(sum & 0xffffffff, 0xb1b0afba);
    for (size_t i = 0; i < 8; i++) {
        const char *entry = font.data + 12 + 16 * i;
        assert_int_equal(be32(entry + 8) % 4, 0);
        assert_true(be32(entry + 8) + be32(entry + 12) <= font.length);
    }
    bi_text_release(&font);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(characters_reach_to_the_next, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_left_over_is_moved, setup, teardown),
        cmocka_unit_test_setup_teardown(spaces_have_room, setup, teardown),
        cmocka_unit_test_setup_teardown(vertical_lines_run_down, setup, teardown),
        cmocka_unit_test_setup_teardown(lines_of_the_usual_type_have_its_size, setup, teardown),
        cmocka_unit_test_setup_teardown(marks_go_to_the_character_before, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_makes_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(places_are_put_in_order, setup, teardown),
        cmocka_unit_test(the_font_file_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
