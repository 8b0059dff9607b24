/* export csv: issues and articles as tables (RFC 4180, in UTF-8 with a byte order mark, without which
 * spreadsheets take Chinese for something else). */
#include <string.h>

#include "export/format.h"

enum { ISSUES, ARTICLES };

/* Every text is quoted, so that none is taken for a number or a date. */
static void write_text(FILE *file, const char *text)
{
    fputc('"', file);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', file);
        fputc(*text, file);
    }
    fputc('"', file);
}

static void write_number(FILE *file, long long number)
{
    fputc(',', file);
    if (number)
        fprintf(file, "%lld", number);
}

static void write_share(FILE *file, double share)
{
    fputc(',', file);
    if (share >= 0)
        fprintf(file, "%.4f", share);
}

static void write_next_text(FILE *file, const char *text)
{
    fputc(',', file);
    write_text(file, text);
}

static void write_heads(FILE *const *files)
{
    fputs(
        "\xEF\xBB\xBFtitle,issue,paper,date,issue_number,total_number,weekday,page_count,pages,articles\r\n",
        files[ISSUES]);
    fputs("\xEF\xBB\xBFtitle,issue,paper,date,article_id,order,kind,section,pages,kicker,headline,subhead,"
          "byline,"
          "confidence,body\r\n",
          files[ARTICLES]);
}

static void begin_row(FILE *file, const struct export_issue *issue)
{
    write_text(file, issue->title);
    write_next_text(file, issue->name);
    write_next_text(file, issue->paper);
    write_next_text(file, issue->date);
}

static void write_issue_row(FILE *file, const struct export_issue *issue)
{
    begin_row(file, issue);
    write_number(file, issue->issue_number);
    write_number(file, issue->total_number);
    write_next_text(file, issue->weekday);
    write_number(file, issue->page_count);
    fprintf(file, ",%zu,%zu\r\n", issue->page_total, issue->article_count);
}

static void write_article_row(FILE *file, const struct export_issue *issue,
                              const struct export_article *article)
{
    begin_row(file, issue);
    write_number(file, article->article_id);
    write_number(file, article->ordinal);
    write_next_text(file, article->kind);
    write_next_text(file, article->section);
    fputs(",\"", file);
    for (size_t i = 0; i < article->part_count; i++)
        fprintf(file, "%s%d", i ? " " : "", article->parts[i].page->number);
    fputc('"', file);
    write_next_text(file, article->kicker);
    write_next_text(file, article->headline);
    write_next_text(file, article->subhead);
    write_next_text(file, article->byline);
    write_share(file, article->confidence);
    write_next_text(file, article->body);
    fputs("\r\n", file);
}

static int write_rows(const struct export_options *options, const struct export_issue *issue,
                      FILE *const *files, struct bi_error *err)
{
    (void)options, (void)err;
    write_issue_row(files[ISSUES], issue);
    for (size_t i = 0; i < issue->article_count; i++)
        write_article_row(files[ARTICLES], issue, &issue->articles[i]);
    return 0;
}

const struct export_format EXPORT_CSV = {
    .name = "csv",
    .help = "issues.csv and articles.csv",
    .options = "",
    .version = 1,
    .files = {"issues.csv", "articles.csv"},
    .write_rows = write_rows,
    .write_heads = write_heads,
};
