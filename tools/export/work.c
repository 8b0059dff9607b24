/* Each issue is exported by a process of its own, which this program is called for again: several at a time,
 * memory that does not grow with their number, and a broken image harms one issue. Rows into common files are
 * written here. */
#include "export/work.h"

#include <errno.h>
#include <fts.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fcntl.h>

#include "base/cleanup.h"
#include "base/pool.h"
#include "base/program.h"
#include "base/tree.h"
#include "export/folder.h"
#include "store.h"

/* How often a terminal's status line moves on by itself. */
#define TICK_SECONDS 1
#define EXPORT_LEVELS 3 /* title, issue, format */

struct exporter {
    const struct export_work *work;
    struct export_result *result;
    struct bi_arena arena;
    struct archive archive;
    long long *issues;
    size_t issue_count, begun;
    struct bi_progress progress;
    struct bi_error *err;
};

/* The options that a format's files depend on, as one line. */
static char *describe_options(struct bi_arena *arena, const struct export_options *options,
                              const struct export_format *format)
{
    BI_CLEANUP(bi_text_release) struct bi_text text = {0};
    if (strchr(format->options, 'd') && options->dpi)
        bi_text_printf(&text, " dpi=%d", options->dpi);
    if (strchr(format->options, 'q') && options->quality)
        bi_text_printf(&text, " quality=%d", options->quality);
    if (strchr(format->options, 'u') && options->base_url)
        bi_text_printf(&text, " base-url=%s", options->base_url);
    for (size_t i = 0; format->links && i < options->format_count; i++)
        if (options->formats[i] != format)
            bi_text_printf(&text, " with=%s", options->formats[i]->name);
    return bi_arena_strdup(arena, text.length ? text.data + 1 : "");
}

static const char *list_articles(struct export_issue *issue)
{
    BI_CLEANUP(bi_text_release) struct bi_text ids = {0};
    for (size_t i = 0; i < issue->article_count; i++)
        bi_text_printf(&ids, "%s%lld", i ? "," : "", issue->articles[i].article_id);
    return bi_arena_strdup(&issue->arena, bi_text_get(&ids));
}

/* 1: it was there already. */
static int write_format(const struct export_options *options, const struct export_format *format,
                        struct export_issue *issue, struct bi_error *err)
{
    const char *name = export_name_issue(&issue->arena, issue);
    const char *path =
        bi_path_join(&issue->arena, bi_path_join(&issue->arena, options->folder, name), format->name);
    struct export_origin origin = {
        .format = format->name,
        .version = format->version,
        .options = describe_options(&issue->arena, options, format),
        .issue = name,
        .articles = issue->partial ? list_articles(issue) : "",
        .sha256 = issue->sha256,
    };
    struct export_folder folder;
    int status = export_folder_open(&folder, path, &origin, err);
    if (status != 0)
        return status;
    if (format->write_issue(options, issue, folder.temporary, err) < 0 ||
        export_folder_commit(&folder, &origin, err) < 0)
        status = -1;
    export_folder_discard(&folder);
    return status;
}

static int read_issue(const struct archive *archive, const struct export_selection *selection,
                      long long issue_id, struct export_issue *issue, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    long long *articles;
    size_t count;
    if (export_select_articles(archive, selection, issue_id, &arena, &articles, &count, err) < 0)
        return -1;
    return export_issue_read(archive, issue_id, articles, count, issue, err);
}

int export_work_issue(const struct export_work *work, long long issue_id, struct bi_error *err)
{
    BI_CLEANUP(archive_close) struct archive archive = {0};
    BI_CLEANUP(export_issue_release) struct export_issue issue = {0};
    if (archive_open(&archive, work->archive, false, err) < 0 ||
        bi_store_exec(archive.db, "BEGIN", err) < 0 ||
        read_issue(&archive, &work->selection, issue_id, &issue, err) < 0)
        return -1;
    bool unchanged = true;
    for (size_t i = 0; i < work->options.format_count; i++) {
        const struct export_format *format = work->options.formats[i];
        if (!format->write_issue)
            continue;
        int status = write_format(&work->options, format, &issue, err);
        if (status < 0)
            return -1;
        unchanged = unchanged && status == 1;
    }
    return unchanged;
}

static void close_outputs(struct bi_output *outputs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        bi_output_discard(&outputs[i]);
}

static int write_rows_of(struct exporter *exporter, const struct export_format *format, FILE *const *files)
{
    const struct export_work *work = exporter->work;
    if (format->write_heads)
        format->write_heads(files);
    for (size_t i = 0; i < exporter->issue_count; i++) {
        BI_CLEANUP(export_issue_release) struct export_issue issue = {0};
        bi_progress_status(&exporter->progress, "%s: %zu of %zu issues", format->name, i,
                           exporter->issue_count);
        if (read_issue(&exporter->archive, &work->selection, exporter->issues[i], &issue, exporter->err) <
                0 ||
            format->write_rows(&work->options, &issue, files, exporter->err) < 0)
            return -1;
    }
    return 0;
}

static int write_rows(struct exporter *exporter, const struct export_format *format)
{
    struct bi_output outputs[EXPORT_MAX_FILES] = {0};
    FILE *files[EXPORT_MAX_FILES] = {0};
    size_t count = 0;
    int status = 0;
    for (; status == 0 && count < EXPORT_MAX_FILES && format->files[count]; count += status == 0) {
        const char *path =
            bi_path_join(&exporter->arena, exporter->work->options.folder, format->files[count]);
        status = bi_output_open(&outputs[count], path, exporter->err);
        files[count] = outputs[count].stream;
    }
    if (status == 0)
        status = write_rows_of(exporter, format, files);
    for (size_t i = 0; status == 0 && i < count; i++)
        status = bi_output_commit(&outputs[i], exporter->err);
    close_outputs(outputs, count);
    return status;
}

/* The call of a worker: ours, with the issue it is for. */
static char **worker_call(struct bi_arena *arena, const struct export_work *work, long long issue)
{
    size_t count = 0;
    while (work->arguments[count])
        count++;
    char **call = bi_arena_array(arena, count + 4, sizeof *call);
    call[0] = bi_arena_strdup(arena, "backissue");
    call[1] = bi_arena_strdup(arena, "export");
    call[2] = bi_arena_printf(arena, "--worker=%lld", issue);
    for (size_t i = 0; i < count; i++)
        call[3 + i] = bi_arena_strdup(arena, work->arguments[i]);
    return call;
}

static int start_worker(struct exporter *exporter, struct bi_pool *pool)
{
    static const char *const environment[] = {"OMP_THREAD_LIMIT=1", NULL};
    static const int errors = STDERR_FILENO;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    long long *issue = &exporter->issues[exporter->begun++];
    struct bi_process_options options = {
        .program = "/proc/self/exe",
        .arguments = worker_call(&arena, exporter->work, *issue),
        .environment = environment,
        .errors = &errors,
    };
    bi_progress_clear(&exporter->progress);
    return bi_pool_start(pool, issue, &options, exporter->err);
}

/* -1 where others would fare no better. */
static int take_end(struct exporter *exporter, const struct bi_pool_event *event)
{
    struct export_result *result = exporter->result;
    switch (event->end.exit_code) {
    case BI_EXIT_DONE:
        result->issues++;
        return 0;
    case EXPORT_WORKER_UNCHANGED:
        result->issues++;
        result->unchanged++;
        return 0;
    case BI_EXIT_MACHINE:
    case BI_EXIT_INTERNAL:
        return bi_error_set(exporter->err, (enum bi_exit)event->end.exit_code,
                            "stopped, as others would fare no better; what was finished is kept");
    }
    if (event->end.signal)
        bi_program_warn("issue %lld: its export was killed by signal %d (%s)", *(long long *)event->job,
                        event->end.signal, strsignal(event->end.signal));
    result->failed++;
    return 0;
}

static int work_through(struct exporter *exporter, struct bi_pool *pool)
{
    for (;;) {
        while (pool->busy < pool->size && exporter->begun < exporter->issue_count)
            if (start_worker(exporter, pool) < 0)
                return -1;
        if (pool->busy == 0)
            return 0;
        struct bi_pool_event event;
        if (bi_pool_wait(pool, TICK_SECONDS, &event, exporter->err) < 0)
            return -1;
        if (event.kind == BI_POOL_SIGNAL) {
            exporter->result->signal = event.signal;
            return bi_error_set(
                exporter->err, BI_EXIT_INTERNAL,
                "stopped by signal %d (%s); what was finished is kept, and the next export goes on "
                "from there",
                event.signal, strsignal(event.signal));
        }
        if (event.kind == BI_POOL_RESIZED)
            bi_progress_resized(&exporter->progress);
        if (event.kind == BI_POOL_ENDED && take_end(exporter, &event) < 0)
            return -1;
        bi_progress_status(&exporter->progress, "%zu of %zu issues",
                           exporter->result->issues + exporter->result->failed, exporter->issue_count);
    }
}

static void discarded(void *job)
{
    (void)job; /* swept below */
}

/* Removes folders under way of workers that were killed; the lock says that there are no others. */
static void sweep(const char *folder)
{
    char *paths[] = {(char *)(uintptr_t)folder, NULL};
    FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *entry; tree && (entry = fts_read(tree));) {
        if (entry->fts_info != FTS_D)
            continue;
        if (export_folder_is_temporary(entry->fts_name))
            bi_tree_remove(entry->fts_path);
        if (entry->fts_level >= EXPORT_LEVELS || export_folder_is_temporary(entry->fts_name))
            fts_set(tree, entry, FTS_SKIP);
    }
    if (tree)
        fts_close(tree);
}

static int write_folders(struct exporter *exporter)
{
    struct bi_pool pool;
    if (bi_pool_init(&pool, exporter->work->jobs, 0, exporter->err) < 0)
        return -1;
    int status = work_through(exporter, &pool);
    bi_pool_stop(&pool, discarded);
    sweep(exporter->work->options.folder);
    bi_pool_release(&pool);
    bi_progress_clear(&exporter->progress);
    return status;
}

static bool writes_folders(const struct export_options *options)
{
    for (size_t i = 0; i < options->format_count; i++)
        if (options->formats[i]->write_issue)
            return true;
    return false;
}

static int export_all(struct exporter *exporter)
{
    const struct export_options *options = &exporter->work->options;
    bool folders = writes_folders(options);
    if (folders && write_folders(exporter) < 0)
        return -1;
    if (!folders)
        exporter->result->issues = exporter->issue_count;
    for (size_t i = 0; i < options->format_count; i++) {
        const struct export_format *format = options->formats[i];
        if (format->write_rows && write_rows(exporter, format) < 0)
            return -1;
        if (format->finish && format->finish(options, exporter->err) < 0)
            return -1;
    }
    return 0;
}

/* One export at a time into a folder. */
static int lock(const char *folder, struct bi_error *err)
{
    if (bi_path_make(folder, err) < 0)
        return -1;
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return bi_error_errno(err, BI_EXIT_MACHINE, "%s: cannot be written into", folder);
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        bi_error_set(err, BI_EXIT_MACHINE, "%s: another export is at work on it", folder);
        close(descriptor);
        return -1;
    }
    return descriptor;
}

int export_work(const struct export_work *work, struct export_result *result, struct bi_error *err)
{
    struct exporter exporter = {.work = work, .result = result, .err = err};
    *result = (struct export_result){0};
    bi_progress_init(&exporter.progress, stderr, !work->quiet);
    BI_CLEANUP(bi_descriptor_closep) int locked = lock(work->options.folder, err);
    if (locked < 0)
        return -1;
    sweep(work->options.folder);
    int status = archive_open(&exporter.archive, work->archive, false, err);
    if (status == 0)
        status = bi_store_exec(exporter.archive.db, "BEGIN", err);
    if (status == 0)
        status = export_select(&exporter.archive, &work->selection, &exporter.arena, &exporter.issues,
                               &exporter.issue_count, err);
    if (status == 0)
        status = export_all(&exporter);
    bi_progress_clear(&exporter.progress);
    if (exporter.archive.db)
        archive_close(&exporter.archive);
    bi_arena_release(&exporter.arena);
    return status;
}
