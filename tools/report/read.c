#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "page/pagexml.h"
#include "report/report.h"

static void read_record(struct report *report, const char *folder, enum run_stage stage,
                        struct run_record *record)
{
    char *path = bi_path_join(&report->arena, folder, run_stage_names(stage)->record);
    if (run_record_read(&report->arena, path, record, NULL) != 0)
        *record = (struct run_record){0};
}

static void read_page(struct report *report, struct report_page *page, const struct bi_frame *frame)
{
    struct bi_arena *arena = &report->arena;
    page->frame = frame;
    page->folder = bi_path_join(arena, report->folder, bi_arena_printf(arena, "%04d", frame->number));
    for (enum run_stage stage = RUN_DESKEW; stage <= RUN_OCR; stage++)
        read_record(report, page->folder, stage, &page->records[stage]);
    char *path = run_last_page(arena, page->folder);
    page->has_text = path && bi_pagexml_read(path, &page->page, NULL) == 0;
    page->corrected = path && strcmp(bi_path_base(path), RUN_CORRECTED) == 0;
    for (size_t i = 0; i < report->articles.page_count; i++)
        if (report->articles.pages[i].frame == frame->number)
            page->verdict = &report->articles.pages[i];
}

int report_read(struct report *report, const char *folder, struct bi_error *err)
{
    *report = (struct report){0};
    struct bi_arena *arena = &report->arena;
    report->folder = bi_arena_strdup(arena, folder);
    if (bi_issue_read(bi_path_join(arena, folder, run_stage_names(RUN_INTAKE)->output), &report->issue,
                      err) != 0)
        return -1;
    char *articles = bi_path_join(arena, folder, run_stage_names(RUN_STITCH)->output);
    if (access(articles, F_OK) == 0) {
        if (bi_articles_read(articles, &report->articles, err) != 0)
            return -1;
        report->stitched = true;
    }
    static const enum run_stage whole[] = {RUN_INTAKE, RUN_STITCH, RUN_LOAD};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        read_record(report, folder, whole[i], &report->records[whole[i]]);
    report->page_count = report->issue.frame_count;
    report->pages = bi_arena_array(arena, report->page_count, sizeof *report->pages);
    for (size_t i = 0; i < report->page_count; i++)
        read_page(report, &report->pages[i], &report->issue.frames[i]);
    return 0;
}

void report_release(struct report *report)
{
    for (size_t i = 0; i < report->page_count; i++)
        if (report->pages[i].has_text)
            bi_page_release(&report->pages[i].page);
    if (report->stitched)
        bi_articles_release(&report->articles);
    bi_issue_release(&report->issue);
    bi_arena_release(&report->arena);
}

const struct report_page *report_page_numbered(const struct report *report, int page_number)
{
    for (size_t i = 0; i < report->page_count; i++)
        if (report->pages[i].verdict && report->pages[i].verdict->page_number == page_number)
            return &report->pages[i];
    return NULL;
}
