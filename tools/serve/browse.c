/* / and /paper/…: the papers, and the years of one as calendars. */
#include "serve/browse.h"

#include <stdlib.h>
#include <string.h>

#include "archive/calendar.h"
#include "base/cleanup.h"
#include "base/date.h"
#include "base/text.h"
#include "report/html.h"
#include "serve/handlers.h"
#include "serve/layout.h"
#include "store.h"

static const char *text(struct serve_request *request, sqlite3_stmt *read, int column)
{
    return bi_arena_strdup(&request->arena, bi_store_text(read, column));
}

int serve_papers_read(struct serve_request *request, struct serve_paper **papers, size_t *count,
                      struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    *papers = NULL;
    *count = 0;
    /* SQLite takes the other columns from the row that has the maximum. */
    if (bi_store_prepare(
            request->archive->db,
            "SELECT title, ifnull(paper, title) AS name, count(*), min(issue_date),"
            " max(ifnull(issue_date, '')) FROM archive_issue GROUP BY title ORDER BY name, title",
            &read, err) < 0)
        return -1;
    size_t room = 0;
    int row;
    while ((row = bi_store_step(read, err)) > 0) {
        *papers = bi_arena_grow(&request->arena, *papers, *count, &room, sizeof **papers);
        (*papers)[(*count)++] = (struct serve_paper){
            text(request, read, 0), text(request, read, 1), (long)sqlite3_column_int64(read, 2),
            text(request, read, 3), text(request, read, 4),
        };
    }
    return row;
}

static void begin_paper_link(struct serve_request *request, const char *title, const char *year)
{
    BI_CLEANUP(bi_text_release) struct bi_text address = {0};
    serve_url_add(&address, title);
    if (*year)
        bi_text_printf(&address, "?year=%.4s", year);
    fputs("<a href=\"/paper/", request->out);
    html_text(request->out, bi_text_get(&address));
    fputs("\">", request->out);
}

int serve_home(struct serve_request *request, const char *rest, struct bi_error *err)
{
    (void)rest;
    FILE *out = request->out;
    struct serve_paper *papers;
    size_t count;
    if (serve_papers_read(request, &papers, &count, err) < 0)
        return -1;
    serve_begin(request, serve_word(request->language, SERVE_WORD_READING_ROOM), "");
    fputs("<h1>", out);
    serve_say(request, SERVE_WORD_PAPERS);
    fputs("</h1>\n<ul class=\"papers\">\n", out);
    for (size_t i = 0; i < count; i++) {
        fputs("<li>", out);
        begin_paper_link(request, papers[i].title, "");
        html_print(out, papers[i].name);
        fprintf(out, "</a> <span class=\"origin\">%ld ", papers[i].issues);
        serve_say(request, SERVE_WORD_ISSUES);
        if (*papers[i].first)
            fprintf(out, " · %s – %s", papers[i].first, papers[i].last);
        fputs("</span></li>\n", out);
    }
    fputs("</ul>\n", out);
    serve_end(request);
    return 200;
}

/* A paper's issues, and the days on which one is missing. */
struct shelf {
    struct archive_day *days;
    long long *ids;
    size_t count;
    int *missing; /* days, in order */
    size_t missing_count;
    const char *name;
    int *years; /* in order, each once */
    size_t year_count;
};

static int year_of(int day)
{
    char date[BI_DATE_CHARS];
    bi_date_format(day, date);
    return atoi(date);
}

static void add_year(struct bi_arena *arena, struct shelf *shelf, int year, size_t *room)
{
    if (shelf->year_count && shelf->years[shelf->year_count - 1] == year)
        return;
    shelf->years = bi_arena_grow(arena, shelf->years, shelf->year_count, room, sizeof *shelf->years);
    shelf->years[shelf->year_count++] = year;
}

static void find_missing(struct bi_arena *arena, struct shelf *shelf)
{
    size_t gap_count, room = 0;
    struct archive_day *days = bi_arena_array(arena, shelf->count, sizeof *days);
    size_t count = 0; /* each day once */
    for (size_t i = 0; i < shelf->count; i++)
        if (!count || days[count - 1].day != shelf->days[i].day)
            days[count++] = shelf->days[i];
    struct archive_gap *gaps = archive_calendar_gaps(arena, days, count, &gap_count);
    for (size_t i = 0; i < gap_count; i++)
        for (int k = 0; gaps[i].days && k < gaps[i].missing; k++) {
            shelf->missing =
                bi_arena_grow(arena, shelf->missing, shelf->missing_count, &room, sizeof *shelf->missing);
            shelf->missing[shelf->missing_count++] = gaps[i].days[k];
        }
}

static int read_shelf(struct serve_request *request, const char *title, struct shelf *shelf,
                      struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    struct bi_arena *arena = &request->arena;
    *shelf = (struct shelf){.name = ""};
    if (bi_store_prepare(
            request->archive->db,
            "SELECT issue_id, issue_date, ifnull(total_number, 0), ifnull(issue_number, 0),"
            " ifnull(paper, title) FROM archive_issue WHERE title = ? AND issue_date IS NOT NULL "
            "ORDER BY issue_date, name",
            &read, err) < 0 ||
        bi_store_bind(read, err, "t", title) < 0)
        return -1;
    size_t room = 0, id_room = 0, year_room = 0;
    int row;
    while ((row = bi_store_step(read, err)) > 0) {
        struct archive_day day = {.total = sqlite3_column_int(read, 2),
                                  .number = sqlite3_column_int(read, 3)};
        if (!bi_date_parse(bi_store_text(read, 1), &day.day))
            continue;
        shelf->ids = bi_arena_grow(arena, shelf->ids, shelf->count, &id_room, sizeof *shelf->ids);
        shelf->days = bi_arena_grow(arena, shelf->days, shelf->count, &room, sizeof *shelf->days);
        shelf->ids[shelf->count] = sqlite3_column_int64(read, 0);
        shelf->days[shelf->count++] = day;
        shelf->name = text(request, read, 4);
        add_year(arena, shelf, year_of(day.day), &year_room);
    }
    if (row == 0)
        find_missing(arena, shelf);
    return row;
}

/* Issues of a day: the first of them from `at` on in shelf->days, which is moved past them. */
static void write_day(struct serve_request *request, const struct shelf *shelf, int day, int number,
                      size_t *at, size_t *gap)
{
    FILE *out = request->out;
    while (*at < shelf->count && shelf->days[*at].day < day)
        ++*at;
    while (*gap < shelf->missing_count && shelf->missing[*gap] < day)
        ++*gap;
    if (*at < shelf->count && shelf->days[*at].day == day) {
        fprintf(out, "<td class=\"issue\"><a href=\"/issue/%lld\">%d</a></td>", shelf->ids[*at], number);
    } else if (*gap < shelf->missing_count && shelf->missing[*gap] == day) {
        fprintf(out, "<td class=\"missing\">%d <small>", number);
        serve_say(request, SERVE_WORD_MISSING);
        fputs("</small></td>", out);
    } else {
        fprintf(out, "<td>%d</td>", number);
    }
}

/* From Monday on, as in China and most of the world. 1970-01-01, day 0, was a Thursday. */
static int weekday(int day)
{
    return ((day + 3) % 7 + 7) % 7;
}

static void write_month(struct serve_request *request, const struct shelf *shelf, int year, int month,
                        size_t *at, size_t *gap)
{
    FILE *out = request->out;
    char date[40]; /* room for any three numbers */
    int first, day;
    snprintf(date, sizeof date, "%04d-%02d-01", year, month);
    if (!bi_date_parse(date, &first))
        return;
    fprintf(out, "<table class=\"month\"><caption>%04d-%02d</caption>\n<tr>", year, month);
    for (int i = 0; i < weekday(first); i++)
        fputs("<td></td>", out);
    for (int number = 1; number <= 31; number++) {
        snprintf(date, sizeof date, "%04d-%02d-%02d", year, month, number);
        if (!bi_date_parse(date, &day))
            break;
        if (number > 1 && weekday(day) == 0)
            fputs("</tr>\n<tr>", out);
        write_day(request, shelf, day, number, at, gap);
    }
    fputs("</tr>\n</table>\n", out);
}

static void write_years(struct serve_request *request, const struct shelf *shelf, const char *title, int year)
{
    fputs("<nav class=\"years\">", request->out);
    for (size_t i = 0; i < shelf->year_count; i++) {
        char digits[16];
        snprintf(digits, sizeof digits, "%04d", shelf->years[i]);
        if (shelf->years[i] == year)
            fprintf(request->out, "<strong aria-current=\"page\">%s</strong> ", digits);
        else {
            begin_paper_link(request, title, digits);
            fprintf(request->out, "%s</a> ", digits);
        }
    }
    fputs("</nav>\n", request->out);
}

/* Issues whose day nobody knows have no place in a calendar. */
static int write_undated(struct serve_request *request, const char *title, size_t *count,
                         struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    int row;
    *count = 0;
    if (bi_store_prepare(
            request->archive->db,
            "SELECT issue_id, name FROM archive_issue WHERE title = ? AND issue_date IS NULL ORDER BY name",
            &read, err) < 0 ||
        bi_store_bind(read, err, "t", title) < 0)
        return -1;
    while ((row = bi_store_step(read, err)) > 0) {
        if (!(*count)++) {
            fputs("<h2>", request->out);
            serve_say(request, SERVE_WORD_WITHOUT_DATE);
            fputs("</h2>\n<ul>\n", request->out);
        }
        fprintf(request->out, "<li><a href=\"/issue/%lld\">", (long long)sqlite3_column_int64(read, 0));
        html_text(request->out, bi_store_text(read, 1));
        fputs("</a></li>\n", request->out);
    }
    if (*count)
        fputs("</ul>\n", request->out);
    return row;
}

int serve_paper(struct serve_request *request, const char *title, struct bi_error *err)
{
    struct shelf shelf;
    size_t undated;
    if (read_shelf(request, title, &shelf, err) < 0)
        return -1;
    long asked = serve_number_whole(serve_parameter(request, "year"));
    int year = shelf.year_count ? shelf.years[shelf.year_count - 1] : 0;
    for (size_t i = 0; i < shelf.year_count; i++)
        if (shelf.years[i] == asked)
            year = shelf.years[i];
    const char *name = *shelf.name ? shelf.name : title;
    FILE *page = request->out;
    serve_begin(request, name, "");
    fputs("<h1>", page);
    html_print(page, name);
    fputs("</h1>\n", page);
    write_years(request, &shelf, title, year);
    fputs("<div class=\"months\">\n", page);
    size_t at = 0, gap = 0;
    for (int month = 1; shelf.count && month <= 12; month++)
        write_month(request, &shelf, year, month, &at, &gap);
    fputs("</div>\n", page);
    if (shelf.missing_count) {
        fputs("<p class=\"legend\"><span class=\"missing\">", page);
        serve_say(request, SERVE_WORD_MISSING);
        fputs("</span> ", page);
        serve_say(request, SERVE_WORD_MISSING_LEGEND);
        fputs("</p>\n", page);
    }
    if (write_undated(request, title, &undated, err) < 0)
        return -1;
    serve_end(request);
    if (shelf.count || undated)
        return 200;
    return 404;
}
