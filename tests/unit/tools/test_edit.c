/* Corrections made through a program: what is kept of them, in which files, and what is refused. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/tree.h"
#include "edit/articles.h"
#include "edit/conflicts.h"
#include "edit/reread.h"
#include "edit/undo.h"
#include "page/corrections_write.h"
#include "page/pagexml.h"
#include "unit.h"

static char root[] = "edit.XXXXXX";
static struct bi_arena arena;
static struct edit_place place;
static struct bi_error err;

static void write_text(const char *path, const char *text)
{
    assert_int_equal(bi_path_make(bi_path_dir(&arena, path), &err), 0);
    assert_int_equal(bi_file_write(path, text, strlen(text), &err), 0);
}

/* A page of two lines, as recognition leaves it. */
static char *document(const char *first, const char *second)
{
    return bi_arena_printf(
        &arena,
        "<?xml version=\"1.0\"?><PcGts "
        "xmlns=\"http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15\">"
        "<Page imageFilename=\"2-deskew.tif\" imageWidth=\"500\" imageHeight=\"500\"><TextRegion id=\"r1\">"
        "<Coords points=\"0,0 99,0 99,99 0,99\"/>"
        "<TextLine id=\"l1\"><Coords points=\"10,10 99,10 99,29 10,29\"/>"
        "<TextEquiv><Unicode>%s</Unicode></TextEquiv></TextLine>"
        "<TextLine id=\"l2\"><Coords points=\"10,40 99,40 99,59 10,59\"/>"
        "<TextEquiv><Unicode>%s</Unicode></TextEquiv></TextLine>"
        "</TextRegion></Page></PcGts>",
        first, second);
}

static int set_up(void **state)
{
    (void)state;
    strcpy(root + strlen(root) - 6, "XXXXXX");
    if (!mkdtemp(root))
        return -1;
    place = (struct edit_place){
        .scans = bi_arena_printf(&arena, "%s/scans/paper/1", root),
        .work = bi_arena_printf(&arena, "%s/work", root),
        .folder = bi_arena_printf(&arena, "%s/work/paper/1", root),
        .corrections = bi_arena_printf(&arena, "%s/corrections/paper/1", root),
        .name = bi_arena_strdup(&arena, "paper/1"),
    };
    write_text(bi_arena_printf(&arena, "%s/0001/4-ocr.page.xml", place.folder), document("天地", "玄黄"));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    bi_tree_remove(root);
    bi_arena_release(&arena);
    return 0;
}

static const char *sha256_of(const char *text)
{
    char *hex = bi_arena_alloc(&arena, BI_SHA256_HEX);
    bi_sha256_bytes(text, strlen(text), hex);
    return hex;
}

static enum edit_result save(const char *id, const char *was, const char *text)
{
    struct edit_line line = {.id = id, .was = sha256_of(was), .text = text};
    assert_int_equal(edit_lines_save(&place, "甲", 1, &line, 1, &arena, &err), 0);
    return line.result;
}

static void expect_lines(const char *first, const char *second)
{
    struct bi_page page;
    const struct bi_line **lines;
    size_t count;
    assert_int_equal(edit_lines_read(&place, 1, &page, &lines, &count, &err), 0);
    assert_int_equal(count, 2);
    assert_string_equal(lines[0]->text, first);
    assert_string_equal(lines[1]->text, second);
    bi_page_release(&page);
}

static size_t log_length(struct edit_record **records)
{
    size_t count;
    assert_int_equal(edit_log_read(edit_place_log(&arena, &place), &arena, records, &count, &err), 0);
    return count;
}

static void a_line_is_kept_with_who_and_when(void **state)
{
    (void)state;
    struct edit_record *records;
    assert_int_equal(save("l1", "天地", "天 <地>"), EDIT_SAVED);
    expect_lines("天 <地>", "玄黄");
    assert_int_equal(access(edit_place_page(&arena, &place, 1), F_OK), 0);
    assert_int_equal(log_length(&records), 1);
    assert_string_equal(records[0].who, "甲");
    assert_int_equal(strlen(records[0].when), 20);
    assert_string_equal(records[0].before, "天地");
    assert_string_equal(records[0].after, "天 <地>");
    assert_int_equal(records[0].box.y, 10);
}

static void what_was_not_seen_is_not_overwritten(void **state)
{
    (void)state;
    struct edit_record *records;
    assert_int_equal(save("l1", "天地", "甲"), EDIT_SAVED);
    struct edit_line lines[] = {{.id = "l1", .was = sha256_of("天地"), .text = "乙"},
                                {.id = "l2", .was = sha256_of("玄黄"), .text = "丙"},
                                {.id = "l9", .was = sha256_of(""), .text = "丁"},
                                {.id = "l2", .was = sha256_of("玄黄"), .text = "戊"}};
    assert_int_equal(edit_lines_save(&place, "乙", 1, lines, 4, &arena, &err), 0);
    assert_int_equal(lines[0].result, EDIT_CONFLICT);
    assert_string_equal(lines[0].now, "甲");
    assert_int_equal(lines[1].result, EDIT_SAVED);
    assert_int_equal(lines[2].result, EDIT_GONE);
    assert_int_equal(lines[3].result, EDIT_SAME);
    expect_lines("甲", "丙");
    assert_int_equal(log_length(&records), 2);
    assert_int_equal(save("l1", "甲", "甲"), EDIT_SAME);
    assert_int_equal(log_length(&records), 2);
}

static void an_edit_is_taken_back_and_that_too(void **state)
{
    (void)state;
    struct edit_record *records;
    save("l1", "天地", "甲");
    assert_int_equal(edit_undo(&place, "乙", 1, &err), EDIT_SAVED);
    expect_lines("天地", "玄黄");
    assert_int_equal(edit_undo(&place, "乙", 1, &err), EDIT_SAME);
    assert_int_equal(log_length(&records), 2);
    assert_true(records[0].undone);
    assert_int_equal(records[1].undoes, 1);
    assert_int_equal(edit_undo(&place, "乙", 2, &err), EDIT_SAVED);
    expect_lines("甲", "玄黄");
    assert_int_equal(edit_undo(&place, "乙", 7, &err), EDIT_GONE);
    save("l2", "玄黄", "乙");
    save("l2", "乙", "丙");
    assert_int_equal(edit_undo(&place, "乙", 4, &err), EDIT_CONFLICT);
    expect_lines("甲", "丙");
}

static void corrections_of_articles_are_noted_and_taken_back(void **state)
{
    (void)state;
    char sha256[BI_SHA256_HEX];
    struct bi_corrections read;
    const char *path = edit_place_articles(&arena, &place);
    struct bi_correction kind = {
        .kind = BI_CORRECT_KIND, .place = {.page_number = 1, .text = "天地"}, .article_kind = "notice"};
    assert_int_equal(bi_corrections_sha256(path, sha256, &err), 0);
    assert_int_equal(edit_articles_add(&place, "甲", sha256, &kind, &err), EDIT_SAVED);
    assert_int_equal(edit_articles_add(&place, "乙", sha256, &kind, &err), EDIT_CONFLICT);
    assert_int_equal(bi_corrections_read(path, &read, &err), 0);
    assert_int_equal(read.count, 1);
    assert_int_equal(strncmp(read.list[0].note, "甲, 2", strlen("甲, 2")), 0);
    bi_corrections_release(&read);
    assert_int_equal(edit_undo(&place, "乙", 1, &err), EDIT_SAVED);
    assert_int_equal(bi_corrections_read(path, &read, &err), 0);
    assert_int_equal(read.count, 0);
    bi_corrections_release(&read);
    /* One that somebody has taken out by hand cannot be taken back. */
    assert_int_equal(edit_undo(&place, "乙", 2, &err), EDIT_SAVED);
    write_text(path, "{\"format\": \"backissue-corrections/1\", \"corrections\": []}");
    assert_int_equal(edit_undo(&place, "乙", 3, &err), EDIT_CONFLICT);
    struct edit_record *records;
    assert_int_equal(log_length(&records), 3);
}

static void what_no_longer_holds_is_found_and_settled(void **state)
{
    (void)state;
    struct edit_conflict *conflicts;
    size_t count;
    save("l1", "天地", "甲");
    save("l2", "玄黄", "乙");
    assert_int_equal(edit_conflicts_find(&place, &arena, &conflicts, &count, &err), 0);
    assert_int_equal(count, 0);
    /* Read again: the first line otherwise, the second as the person has it. */
    unlink(edit_place_page(&arena, &place, 1));
    write_text(bi_arena_printf(&arena, "%s/0001/4-ocr.page.xml", place.folder), document("天他", "乙"));
    assert_int_equal(edit_conflicts_find(&place, &arena, &conflicts, &count, &err), 0);
    assert_int_equal(count, 1);
    assert_string_equal(conflicts[0].record->before, "天地");
    assert_string_equal(conflicts[0].record->after, "甲");
    assert_string_equal(conflicts[0].now, "天他");
    assert_int_equal(edit_conflict_settle(&place, "丙", 1, true, sha256_of("天地"), &err), EDIT_CONFLICT);
    assert_int_equal(edit_conflict_settle(&place, "丙", 1, true, sha256_of("天他"), &err), EDIT_SAVED);
    expect_lines("甲", "乙");
    assert_int_equal(edit_conflicts_find(&place, &arena, &conflicts, &count, &err), 0);
    assert_int_equal(count, 0);
    /* … and dropped, it does not come back. */
    unlink(edit_place_page(&arena, &place, 1));
    assert_int_equal(edit_conflicts_find(&place, &arena, &conflicts, &count, &err), 0);
    assert_int_equal(count, 1);
    long number = conflicts[0].record->number;
    assert_int_equal(edit_conflict_settle(&place, "丙", number, false, sha256_of("天他"), &err), EDIT_SAVED);
    assert_int_equal(edit_conflicts_find(&place, &arena, &conflicts, &count, &err), 0);
    assert_int_equal(count, 0);
    expect_lines("天他", "乙");
    assert_int_equal(edit_conflict_settle(&place, "丙", number, true, sha256_of("天他"), &err), EDIT_GONE);
}

static void an_edit_taken_back_is_no_conflict(void **state)
{
    (void)state;
    struct edit_conflict *conflicts;
    size_t count;
    save("l1", "天地", "甲");
    edit_undo(&place, "乙", 1, &err);
    unlink(edit_place_page(&arena, &place, 1));
    write_text(bi_arena_printf(&arena, "%s/0001/4-ocr.page.xml", place.folder), document("天他", "玄黄"));
    assert_int_equal(edit_conflicts_find(&place, &arena, &conflicts, &count, &err), 0);
    assert_int_equal(count, 0);
}

static void a_page_is_put_aside_to_be_read_again(void **state)
{
    (void)state;
    size_t count, kept;
    struct edit_conflict *conflicts;
    assert_int_equal(edit_reread(&place, "甲", 1, &err), EDIT_GONE);
    save("l1", "天地", "早");
    save("l1", "早", "甲"); /* corrected twice: what was read is still the first */
    save("l2", "玄黄", "乙");
    assert_int_equal(edit_reread(&place, "甲", 1, &err), EDIT_SAVED);
    expect_lines("天地", "玄黄");
    assert_int_equal(edit_undo(&place, "乙", 4, &err), EDIT_SAVED);
    expect_lines("甲", "乙");
    assert_int_equal(edit_undo(&place, "乙", 5, &err), EDIT_SAVED);
    expect_lines("天地", "玄黄");
    /* Read again, the second line otherwise: the first is clear. */
    write_text(bi_arena_printf(&arena, "%s/0001/4-ocr.page.xml", place.folder), document("天地", "玄横"));
    assert_int_equal(edit_conflicts_keep_clear(&place, "丙", &kept, &err), 0);
    assert_int_equal(kept, 1);
    expect_lines("甲", "玄横");
    assert_int_equal(edit_conflicts_find(&place, &arena, &conflicts, &count, &err), 0);
    assert_int_equal(count, 1);
    assert_string_equal(conflicts[0].record->after, "乙");
    assert_false(edit_conflict_is_clear(&conflicts[0]));
    /* There is another correction by now. */
    assert_int_equal(edit_undo(&place, "乙", 6, &err), EDIT_CONFLICT);
}

static void what_a_kill_left_of_the_log_is_passed_over(void **state)
{
    (void)state;
    struct edit_record *records;
    const char *path = edit_place_log(&arena, &place);
    save("l1", "天地", "甲");
    FILE *file = fopen(path, "a");
    assert_non_null(file);
    fputs("{\"when\":\"2026", file);
    fclose(file);
    assert_int_equal(log_length(&records), 1);
    save("l1", "甲", "乙");
    assert_int_equal(log_length(&records), 2);
    assert_int_equal(records[1].number, 3);
    assert_string_equal(records[1].after, "乙");
    assert_int_equal(edit_undo(&place, "乙", 3, &err), EDIT_SAVED);
    expect_lines("甲", "玄黄");
}

static void what_cannot_be_written_is_not_said_to_be(void **state)
{
    (void)state;
    struct edit_record *records;
    struct edit_line line = {.id = "l1", .was = sha256_of("天地"), .text = "甲"};
    /* A folder in the place of the file. */
    assert_int_equal(bi_path_make(bi_arena_printf(&arena, "%s/x", edit_place_page(&arena, &place, 2)), &err),
                     0);
    write_text(bi_arena_printf(&arena, "%s/0002/4-ocr.page.xml", place.folder), document("天地", "玄黄"));
    assert_int_equal(edit_lines_save(&place, "甲", 2, &line, 1, &arena, &err), -1);
    assert_int_equal(log_length(&records), 0);
    assert_int_equal(edit_lines_save(&place, "甲", 3, &line, 1, &arena, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_INPUT);
}

static void only_print_is_kept(void **state)
{
    (void)state;
    assert_string_equal(edit_clean(&arena, " \t天\r\n地\x01\x7f\u202e\u2066\ufeff\u200f　"), "天 地");
    assert_string_equal(edit_clean(&arena, "<a> & \"'"), "<a> & \"'");
    assert_string_equal(edit_clean(&arena, "\n \r"), "");
    assert_string_equal(edit_clean(&arena, "a\xff"
                                           "b"),
                        "a\ufffd"
                        "b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_line_is_kept_with_who_and_when, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_not_seen_is_not_overwritten, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_edit_is_taken_back_and_that_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(corrections_of_articles_are_noted_and_taken_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_no_longer_holds_is_found_and_settled, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_edit_taken_back_is_no_conflict, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_page_is_put_aside_to_be_read_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_kill_left_of_the_log_is_passed_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_written_is_not_said_to_be, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_print_is_kept, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
