/* The document: the issue's facts, what a person should look at, jumps, articles, pages, timings. */
#include "report/report.h"

#include <string.h>

#include "base/file.h"
#include "report/html.h"

static const char head[] = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                           "<meta http-equiv=\"Content-Security-Policy\" "
                           "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n";

static const char style[] =
    "<style>\n"
    ":root{color-scheme:light dark}\n"
    "body{font:1rem/1.5 sans-serif;max-width:72rem;margin:0 auto;padding:1rem}\n"
    "table{border-collapse:collapse;margin:.5rem 0}\n"
    "td,th{border:1px solid #8886;padding:.2rem .5rem;text-align:left;vertical-align:top}\n"
    ".n{text-align:right;white-space:nowrap}\n"
    ".error{color:#c00}\n"
    "@media (prefers-color-scheme:dark){.error{color:#f88}}\n"
    ".pages{display:flex;flex-wrap:wrap;gap:1rem}\n"
    ".page{flex:1 1 28rem;max-width:44rem}\n"
    "svg{width:100%;height:auto;border:1px solid #888}\n"
    ".heat polygon{fill-opacity:.3;stroke:#0006;stroke-width:4}\n"
    ".heat polygon:hover{fill-opacity:.6}\n"
    ".heat .unread{fill:#888}\n"
    ".gone{fill:#8883}\n"
    "#bare:checked~.pages .heat{opacity:0}\n"
    ".scale{display:inline-block;width:10rem;height:.8rem;"
    "background:linear-gradient(90deg,hsl(0,100%,45%),hsl(60,100%,45%),hsl(120,100%,45%))}\n"
    "@media print{details{display:block}.page{break-inside:avoid}}\n"
    "</style></head><body>\n";

static void write_name(FILE *out, const struct report *report)
{
    const struct bi_issue_facts *facts = &report->articles.facts;
    if (report->stitched && facts->paper)
        html_print(out, facts->paper);
    else
        html_text(out, report->issue.title);
    fputs(" ", out);
    html_text(out, report->issue.date                ? report->issue.date
                   : report->stitched && facts->date ? facts->date
                                                     : bi_path_base(report->folder));
}

static void write_facts(FILE *out, const struct report *report)
{
    const struct bi_issue_facts *facts = &report->articles.facts;
    size_t failed = 0;
    for (size_t i = 0; i < report->page_count; i++)
        failed += !report->pages[i].has_text;
    fprintf(out, "<p>%zu page%s", report->page_count, report->page_count == 1 ? "" : "s");
    if (failed > 0)
        fprintf(out, " (<b class=\"error\">%zu without text</b>)", failed);
    if (!report->stitched) {
        fputs("; the articles have not been put together yet.</p>\n", out);
        return;
    }
    fprintf(out, ", %zu articles, %zu pointers, %zu problem%s. ", report->articles.article_count,
            report->articles.link_count, report->articles.problem_count,
            report->articles.problem_count == 1 ? "" : "s");
    if (facts->weekday)
        html_print(out, facts->weekday);
    if (facts->number > 0)
        fprintf(out, " No. %d", facts->number);
    if (facts->total > 0)
        fprintf(out, ", %d in all", facts->total);
    if (facts->pages > 0)
        fprintf(out, ", %d pages as printed", facts->pages);
    const struct run_record *stitch = &report->records[RUN_STITCH];
    if (stitch->stage)
        fprintf(out, ". Put together %.10s %.8s UTC by version %s", stitch->started,
                strlen(stitch->started) > 11 ? stitch->started + 11 : "", stitch->program_version);
    fputs(".</p>\n<p>Scans: ", out);
    html_text(out, report->issue.folder);
    fputs("</p>\n", out);
}

/* "page 3", leading to it. */
static void write_page_reference(FILE *out, const struct report *report, int page_number)
{
    const struct report_page *page = report_page_numbered(report, page_number);
    if (page)
        fprintf(out, "<a href=\"#page-%d\">page %d</a>", page->frame->number, page_number);
    else if (page_number > 0)
        fprintf(out, "page %d", page_number);
}

static void write_headline(FILE *out, const struct report *report, int article)
{
    if (article < 0 || (size_t)article >= report->articles.article_count)
        return;
    const struct bi_article *found = &report->articles.articles[article];
    fprintf(out, "%s ", found->id);
    html_print(out, *found->headline ? found->headline : "(no headline)");
}

static void write_problems(FILE *out, const struct report *report)
{
    fputs("<h2 id=\"problems\">To be looked at</h2>\n", out);
    if (report->articles.problem_count == 0) {
        fputs("<p>Nothing.</p>\n", out);
        return;
    }
    fputs("<table>\n", out);
    html_headings(out, "", "kind", "where", "what", NULL);
    for (size_t i = 0; i < report->articles.problem_count; i++) {
        const struct bi_problem *problem = &report->articles.problems[i];
        bool error = strcmp(problem->severity, "error") == 0;
        fprintf(out, "<tr><td%s>", error ? " class=\"error\"" : "");
        html_text(out, problem->severity);
        fputs("</td><td>", out);
        html_text(out, problem->kind);
        fputs("</td><td>", out);
        write_page_reference(out, report, problem->page_number);
        fputs(" ", out);
        write_headline(out, report, problem->article);
        fputs("</td><td>", out);
        html_print(out, problem->detail);
        fputs("</td></tr>\n", out);
    }
    fputs("</table>\n", out);
}

static void write_links(FILE *out, const struct report *report)
{
    fputs("<h2 id=\"jumps\">Jumps and announcements</h2>\n", out);
    if (report->articles.link_count == 0) {
        fputs("<p>None.</p>\n", out);
        return;
    }
    fputs("<table>\n", out);
    html_headings(out, "", "printed", "from", "to", "score", "why", NULL);
    for (size_t i = 0; i < report->articles.link_count; i++) {
        const struct bi_link *link = &report->articles.links[i];
        bool linked = strcmp(link->status, "linked") == 0;
        fprintf(out, "<tr><td%s>%s, %s</td><td>", linked ? "" : " class=\"error\"", link->kind, link->status);
        html_print(out, link->marker);
        fputs("</td><td>", out);
        write_page_reference(out, report, link->source_page);
        fputs(" ", out);
        write_headline(out, report, link->source_article);
        fputs("</td><td>", out);
        write_page_reference(out, report, link->target_page);
        fputs(" ", out);
        if (link->target_article != link->source_article)
            write_headline(out, report, link->target_article);
        fprintf(out, "</td><td class=\"n\">%.2f</td><td>", link->score);
        html_print(out, link->reason);
        fputs("</td></tr>\n", out);
    }
    fputs("</table>\n", out);
}

static void write_articles(FILE *out, const struct report *report)
{
    fprintf(out, "<details><summary>%zu articles</summary><table>\n", report->articles.article_count);
    html_headings(out, "", "kind", "headline", "pages", "confidence", NULL);
    for (size_t i = 0; i < report->articles.article_count; i++) {
        const struct bi_article *article = &report->articles.articles[i];
        fprintf(out, "<tr><td>%s</td><td>%s</td><td>", article->id, article->kind);
        html_print(out, *article->headline ? article->headline : "–");
        fputs("</td><td>", out);
        for (size_t j = 0; j < article->part_count; j++) {
            fputs(j > 0 ? ", " : "", out);
            write_page_reference(out, report, article->parts[j].page_number);
        }
        fprintf(out, "</td><td class=\"n\">%.1f %%</td></tr>\n", 100 * article->confidence);
    }
    fputs("</table></details>\n", out);
}

int report_write(FILE *out, const struct report *report, int width, struct bi_error *err)
{
    fputs(head, out);
    fputs("<title>", out);
    html_text(out, report->issue.title);
    fputs(" ", out);
    html_text(out, bi_path_base(report->folder));
    fputs("</title>\n", out);
    fputs(style, out);
    fputs("<h1>", out);
    write_name(out, report);
    fputs("</h1>\n", out);
    write_facts(out, report);
    if (report->stitched) {
        write_problems(out, report);
        write_links(out, report);
        write_articles(out, report);
    }
    fputs(
        "<h2>Pages</h2>\n<p>The colour of a region is the share of its characters that should be right: 80 % "
        "<span class=\"scale\"></span> 99 %. A pointer over it shows the figure and its beginning.</p>\n"
        "<input type=\"checkbox\" id=\"bare\"><label for=\"bare\"> the pages alone</label>\n"
        "<div class=\"pages\">\n",
        out);
    for (size_t i = 0; i < report->page_count; i++)
        if (report_write_page(out, report, &report->pages[i], width, err) != 0)
            return -1;
    fputs("</div>\n", out);
    report_write_timings(out, report);
    fputs("</body></html>\n", out);
    return 0;
}
