#include "archive/gaps.h"

#include <stdio.h>
#include <string.h>

#include "archive/calendar.h"
#include "archive/print.h"
#include "base/cleanup.h"
#include "base/date.h"
#include "store.h"

struct paper {
    struct bi_arena arena;
    char *title, *name; /* of the folder; as printed */
    struct archive_day *issues;
    size_t count, room;
};

struct wish {
    const char *from, *to;
    bool json;
};

/* A date against a day, month or year that it may begin with. */
static bool is_in(const struct wish *wish, const char *after, const char *before)
{
    return (!wish->from || strcmp(before, wish->from) >= 0) &&
           (!wish->to || strncmp(after, wish->to, strlen(wish->to)) <= 0);
}

/* The numbers of what is missing, in the count that both neighbours have; false if that does not tell. */
static bool numbers_of(const struct archive_day *a, const struct archive_gap *gap, int *first, int *last)
{
    bool total = a[0].total > 0 && a[1].total > 0;
    *first = (total ? a[0].total : a[0].number) + 1;
    *last = (total ? a[1].total : a[1].number) - 1;
    return gap->by_number;
}

static void print_text(const struct paper *paper, const struct archive_gap *gap, const char *after,
                       const char *before)
{
    const struct archive_day *a = &paper->issues[gap->after];
    int first, last;
    printf("%s - %s  ", after, before);
    archive_print(stdout, paper->name, ARCHIVE_MARKING_NONE);
    printf("  %d missing", gap->missing);
    if (numbers_of(a, gap, &first, &last)) {
        printf("  %s第%d", a[0].total > 0 && a[1].total > 0 ? "总" : "", first);
        if (last > first)
            printf("-%d", last);
        fputs("期", stdout);
    }
    for (int i = 0; gap->days && i < gap->missing; i++) {
        char date[BI_DATE_CHARS];
        bi_date_format(gap->days[i], date);
        printf("%s%s", i ? ", " : "  ", date);
    }
    putchar('\n');
}

static void print_json(const struct paper *paper, const struct archive_gap *gap, const char *after,
                       const char *before)
{
    const struct archive_day *a = &paper->issues[gap->after];
    int first, last;
    json_t *object = json_object(), *days = json_array();
    json_object_set_new(object, "paper", archive_json_text(paper->name));
    json_object_set_new(object, "after", json_string(after));
    json_object_set_new(object, "before", json_string(before));
    json_object_set_new(object, "missing", json_integer(gap->missing));
    json_object_set_new(object, "by", json_string(gap->by_number ? "number" : "weekday"));
    json_object_set_new(object, "numbers",
                        numbers_of(a, gap, &first, &last) ? json_pack("[i,i]", first, last) : json_null());
    for (int i = 0; gap->days && i < gap->missing; i++) {
        char date[BI_DATE_CHARS];
        bi_date_format(gap->days[i], date);
        json_array_append_new(days, json_string(date));
    }
    json_object_set_new(object, "days", gap->days ? days : json_null());
    if (!gap->days)
        json_decref(days);
    archive_json_print(stdout, object);
}

static size_t end_paper(struct paper *paper, const struct wish *wish)
{
    size_t count, printed = 0;
    struct archive_gap *gaps = archive_calendar_gaps(&paper->arena, paper->issues, paper->count, &count);
    for (size_t i = 0; i < count; i++) {
        char after[BI_DATE_CHARS], before[BI_DATE_CHARS];
        bi_date_format(paper->issues[gaps[i].after].day, after);
        bi_date_format(paper->issues[gaps[i].after + 1].day, before);
        if (!is_in(wish, after, before))
            continue;
        printed++;
        if (wish->json)
            print_json(paper, &gaps[i], after, before);
        else
            print_text(paper, &gaps[i], after, before);
    }
    bi_arena_release(&paper->arena);
    *paper = (struct paper){0};
    return printed;
}

int archive_gaps_print(const struct archive *archive, const char *paper, const char *from, const char *to,
                       bool json, size_t *count, struct bi_error *err)
{
    const struct wish wish = {from, to, json};
    struct paper now = {0};
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(archive->db,
                         "SELECT title, issue_date, ifnull(total_number, 0), ifnull(issue_number, 0),"
                         " ifnull(paper, title) FROM archive_issue "
                         "WHERE issue_date IS NOT NULL AND (?1 IS NULL OR ?1 IN (paper, title)) "
                         "ORDER BY title, issue_date, name",
                         &read, err) < 0 ||
        bi_store_bind(read, err, "t", paper) < 0)
        return -1;
    int row;
    *count = 0;
    while ((row = bi_store_step(read, err)) > 0) {
        struct archive_day day = {.total = sqlite3_column_int(read, 2),
                                  .number = sqlite3_column_int(read, 3)};
        if (!bi_date_parse(bi_store_text(read, 1), &day.day))
            continue;
        if (now.title && strcmp(now.title, bi_store_text(read, 0)) != 0)
            *count += end_paper(&now, &wish);
        if (!now.title)
            now.title = bi_arena_strdup(&now.arena, bi_store_text(read, 0));
        now.name = bi_arena_strdup(&now.arena, bi_store_text(read, 4));
        if (now.count && now.issues[now.count - 1].day == day.day)
            continue; /* a special edition of the same day */
        now.issues = bi_arena_grow(&now.arena, now.issues, now.count, &now.room, sizeof *now.issues);
        now.issues[now.count++] = day;
    }
    if (now.title)
        *count += end_paper(&now, &wish);
    bi_arena_release(&now.arena);
    return row;
}
