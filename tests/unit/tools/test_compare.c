/* What a rerun would change: sequences in common, and pointers won and lost. */
#include "rerun/compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "page/articles.h"
#include "page/issue.h"
#include "unit.h"

/* Each character of the strings is an element. */
static void assert_partners(const char *a, const char *b, const char *expected)
{
    char text[2][16][2], *lists[2][16];
    for (size_t i = 0; a[i]; i++)
        lists[0][i] = memcpy(text[0][i], (char[]){a[i], 0}, 2);
    for (size_t i = 0; b[i]; i++)
        lists[1][i] = memcpy(text[1][i], (char[]){b[i], 0}, 2);
    long partner[16];
    compare_lists(lists[0], strlen(a), lists[1], strlen(b), partner);
    char found[17] = "";
    for (size_t i = 0; a[i]; i++)
        found[i] = partner[i] < 0 ? '-' : (char)('0' + partner[i]);
    assert_string_equal(found, expected);
}

static void the_longest_sequence_in_common(void **state)
{
    (void)state;
    assert_partners("", "", "");
    assert_partners("abc", "abc", "012");
    assert_partners("abc", "", "---");
    assert_partners("", "abc", "");
    assert_partners("abcd", "abxd", "01-3");
    assert_partners("abcde", "cabde", "12-34");
    assert_partners("xaxbx", "ab", "-0-1-");
    assert_partners("aaa", "aa", "01-");
}

static char root[] = "/tmp/test_compare.XXXXXX";

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(root) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    static const char *const names[] = {"a/issue.json", "a/articles.json", "b/issue.json", "b/articles.json"};
    char path[80];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", root, names[i]);
        unlink(path);
    }
    for (const char *name = "ab"; *name; name++) {
        snprintf(path, sizeof path, "%s/%c", root, *name);
        rmdir(path);
    }
    return rmdir(root);
}

/* An issue without text of three pages, an article of that body on the first, and a pointer. */
static void make_issue(char name, const char *body, const char *status, int target)
{
    char path[80];
    static char folder[] = "/scans/paper/2025-07-04", title[] = "paper", empty[] = "";
    struct bi_issue issue = {.folder = folder, .title = title};
    struct bi_articles articles;
    bi_articles_init(&articles);
    struct bi_article *article = bi_articles_add_article(&articles);
    article->id = bi_arena_strdup(&articles.arena, "a1");
    article->kind = bi_arena_strdup(&articles.arena, "article");
    article->kicker = article->headline = article->subhead = article->byline = empty;
    article->body = bi_arena_strdup(&articles.arena, body);
    struct bi_part *part = bi_articles_add_part(&articles, article);
    part->page_number = 1;
    part->box = (struct bi_box){10, 10, 100, 100};
    struct bi_link *link = bi_articles_add_link(&articles);
    *link = (struct bi_link){.kind = bi_arena_strdup(&articles.arena, "continuation"),
                             .source_page = 1,
                             .marker = bi_arena_strdup(&articles.arena, "下转第3版"),
                             .source_article = 0,
                             .target_page = target,
                             .target_article = -1,
                             .status = bi_arena_strdup(&articles.arena, status),
                             .reason = empty};
    snprintf(path, sizeof path, "%s/%c", root, name);
    mkdir(path, 0777);
    snprintf(path, sizeof path, "%s/%c/issue.json", root, name);
    assert_int_equal(bi_issue_write(path, &issue, NULL), 0);
    snprintf(path, sizeof path, "%s/%c/articles.json", root, name);
    assert_int_equal(bi_articles_write(path, &articles, NULL), 0);
    bi_articles_release(&articles);
}

static void assert_change(const char *expected)
{
    char before[80], after[80];
    struct bi_error err = {0};
    BI_CLEANUP(bi_text_release) struct bi_text text = {0};
    snprintf(before, sizeof before, "%s/a", root);
    snprintf(after, sizeof after, "%s/b", root);
    if (compare_issues(before, after, &text, &err) != 0)
        fail_msg("%s", err.text);
    assert_string_equal(bi_text_get(&text), expected);
}

static void pointers_won_and_lost(void **state)
{
    (void)state;
    make_issue('a', "一二", "dangling", 3);
    make_issue('b', "一二", "dangling", 3);
    assert_change("nothing would change\n");
    make_issue('b', "一二三", "linked", 3);
    assert_change("article was: (no headline) (p. 1), 2 characters, confidence 0.0000\n"
                  "article is : (no headline) (p. 1), 3 characters, confidence 0.0000\n"
                  "link lost: continuation, dangling, p. 1 to p. 3: 下转第3版\n"
                  "link won: continuation, linked, p. 1 to p. 3: 下转第3版\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_sequence_in_common),
        cmocka_unit_test_setup_teardown(pointers_won_and_lost, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
