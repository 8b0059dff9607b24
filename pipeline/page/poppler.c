#include "page/poppler.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/process.h"
#include "base/text.h"

/* What looks at a PDF has this long, what decodes or draws a page that long. */
#define LOOK_SECONDS 20
#define DRAW_SECONDS 150
/* A page of 200 million pixels takes poppler some 1.5 GB. */
#define MEMORY_BYTES (3ULL << 30)
/* A line for each page and each image; nobody needs more. */
#define LIST_BYTES (4ULL << 20)
#define PACKAGE "poppler-utils"

static void close_descriptor(int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
}

static int read_whole(int descriptor, size_t max_bytes, struct bi_text *out)
{
    char buffer[4096];
    ssize_t got;
    off_t at = 0;
    while ((size_t)at < max_bytes && (got = pread(descriptor, buffer, sizeof buffer, at)) > 0) {
        bi_text_add_bytes(out, buffer, (size_t)got);
        at += got;
    }
    return 0;
}

/* The first line that tells of an error, without poppler's "Syntax Error (123): "; NULL if there is none. */
static char *first_complaint(struct bi_arena *arena, const char *text)
{
    for (const char *line = text; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        char *copy = bi_arena_printf(arena, "%.*s", (int)strcspn(line, "\n"), line);
        char *colon = strstr(copy, ": ");
        if (strstr(copy, "Error") && colon)
            return colon + 2;
    }
    return NULL;
}

struct run {
    const char *name, *path; /* of the program, of the PDF */
    int page;                /* for messages, 0 for the whole file */
    double seconds;
    uint64_t bytes;
    bool strict;
    int output; /* for stdout */
};

static int complain(const struct run *run, const char *what, struct bi_error *err)
{
    if (run->page)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: page %d: %s", run->path, run->page, what);
    return bi_error_set(err, BI_EXIT_INPUT, "%s: %s", run->path, what);
}

static int judge(struct bi_arena *arena, const struct run *run, bool late, const struct bi_process_end *end,
                 const char *errors, struct bi_error *err)
{
    if (late)
        return complain(
            run, bi_arena_printf(arena, "takes %s more than %.0f seconds", run->name, run->seconds), err);
    const char *complaint = first_complaint(arena, errors);
    if (strstr(errors, "Incorrect password"))
        return complain(run, "is an encrypted PDF and needs a password", err);
    if (end->exit_code == 0 && !(run->strict && complaint))
        return 0;
    if (complaint)
        return complain(run, bi_arena_printf(arena, "is a damaged PDF: %s", complaint), err);
    if (end->signal)
        return complain(
            run, bi_arena_printf(arena, "is a bad PDF: %s ended by signal %d", run->name, end->signal), err);
    return complain(
        run, bi_arena_printf(arena, "is a bad PDF: %s failed with exit code %d", run->name, end->exit_code),
        err);
}

/* Arguments are those after the program's name. */
static int run_tool(struct bi_arena *arena, const struct run *run, char *const *arguments,
                    struct bi_error *err)
{
    static const char *const plain_language[] = {"LC_ALL=C", NULL};
    char *program, *argv[24] = {NULL};
    if (bi_process_find(arena, run->name, PACKAGE, &program, err) < 0)
        return -1;
    argv[0] = program;
    for (size_t i = 0; arguments[i] && i + 2 < sizeof argv / sizeof *argv; i++)
        argv[i + 1] = arguments[i];
    BI_CLEANUP(close_descriptor) int errors = bi_scratch_file(err);
    if (errors < 0)
        return -1;
    struct bi_process_options options = {.program = program,
                                         .arguments = argv,
                                         .environment = plain_language,
                                         .memory_bytes = MEMORY_BYTES,
                                         .file_bytes = run->bytes,
                                         .output = &run->output,
                                         .errors = &errors};
    struct bi_process process;
    struct bi_process_end end;
    bool late;
    if (bi_process_start(&process, &options, err) < 0 ||
        bi_process_finish(&process, run->seconds, &late, &end, err) < 0)
        return -1;
    BI_CLEANUP(bi_text_release) struct bi_text said = {0};
    read_whole(errors, 64 << 10, &said);
    return judge(arena, run, late, &end, bi_text_get(&said), err);
}

/* The same, and what it prints. */
static int ask_tool(struct bi_arena *arena, struct run *run, char *const *arguments, struct bi_text *answer,
                    struct bi_error *err)
{
    BI_CLEANUP(close_descriptor) int output = bi_scratch_file(err);
    run->output = output;
    if (output < 0 || run_tool(arena, run, arguments, err) < 0)
        return -1;
    return read_whole(output, LIST_BYTES, answer);
}

static char *number(struct bi_arena *arena, int value)
{
    return bi_arena_printf(arena, "%d", value);
}

/* A name that begins with a dash would be taken for an option. */
static char *safe_path(struct bi_arena *arena, const char *path)
{
    return path[0] == '-' ? bi_path_join(arena, ".", path) : bi_arena_strdup(arena, path);
}

int bi_poppler_sheets(struct bi_arena *arena, const char *path, int most, struct bi_pdf_sheet **sheets,
                      int *pages, struct bi_error *err)
{
    struct run run = {.name = "pdfinfo", .path = path, .seconds = LOOK_SECONDS, .bytes = LIST_BYTES};
    char *arguments[] = {"-f", "1", "-l", number(arena, most), safe_path(arena, path), NULL};
    BI_CLEANUP(bi_text_release) struct bi_text answer = {0};
    if (ask_tool(arena, &run, arguments, &answer, err) < 0)
        return -1;
    struct bi_pdf_sheet *list = bi_arena_array(arena, (size_t)most, sizeof *list);
    int found = 0, page, turned;
    double width, height;
    /* The document's title may have lines that look like these; the later ones are the true ones. */
    for (char *line = answer.data, *end; line && *line; line = *end ? end + 1 : end) {
        end = strchrnul(line, '\n');
        if (sscanf(line, "Pages: %d", &page) == 1)
            found = page;
        if (sscanf(line, "Page %d size: %lf x %lf pts", &page, &width, &height) == 3 && page >= 1 &&
            page <= most)
            list[page - 1] = (struct bi_pdf_sheet){.width = width, .height = height};
        if (sscanf(line, "Page %d rot: %d", &page, &turned) == 2 && page >= 1 && page <= most &&
            (turned == 90 || turned == 270)) {
            width = list[page - 1].width;
            list[page - 1].width = list[page - 1].height;
            list[page - 1].height = width;
        }
    }
    if (found < 1)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is a PDF without pages", path);
    *sheets = list;
    *pages = found;
    return 0;
}

/* A line of the table: page num type width height … x-ppi y-ppi size ratio. False for its head. */
static bool parse_image(char *line, struct bi_pdf_image *image)
{
    char *words[24], *rest = NULL;
    size_t count = 0;
    for (char *word = strtok_r(line, " ", &rest); word && count < 24; word = strtok_r(NULL, " ", &rest))
        words[count++] = word;
    if (count < 14 || count == 24)
        return false;
    *image = (struct bi_pdf_image){.plain = strcmp(words[2], "image") == 0,
                                   .width = atoi(words[3]),
                                   .height = atoi(words[4]),
                                   .dpi_x = atoi(words[count - 4]),
                                   .dpi_y = atoi(words[count - 3])};
    return image->width > 0 && image->height > 0;
}

int bi_poppler_images(struct bi_arena *arena, const char *path, int page, struct bi_pdf_image **images,
                      size_t *count, struct bi_error *err)
{
    struct run run = {
        .name = "pdfimages", .path = path, .page = page, .seconds = LOOK_SECONDS, .bytes = LIST_BYTES};
    char *arguments[] = {
        "-list", "-f", number(arena, page), "-l", number(arena, page), safe_path(arena, path), NULL};
    BI_CLEANUP(bi_text_release) struct bi_text answer = {0};
    if (ask_tool(arena, &run, arguments, &answer, err) < 0)
        return -1;
    struct bi_pdf_image *list = NULL, image;
    size_t found = 0, capacity = 0;
    char *rest = NULL;
    for (char *line = answer.data ? strtok_r(answer.data, "\n", &rest) : NULL; line;
         line = strtok_r(NULL, "\n", &rest)) {
        if (!parse_image(line, &image))
            continue;
        list = bi_arena_grow(arena, list, found, &capacity, sizeof *list);
        list[found++] = image;
    }
    *images = list;
    *count = found;
    return 0;
}

int bi_poppler_extract(struct bi_arena *arena, const char *path, int page, uint64_t bytes,
                       struct bi_scratch *scratch, const char **file, struct bi_error *err)
{
    static const char *const endings[] = {"-000.png", "-000.jpg", "-000.jp2", "-000.tif"};
    if (bi_scratch_open(scratch, endings, 4, err) < 0)
        return -1;
    struct run run = {.name = "pdfimages",
                      .path = path,
                      .page = page,
                      .seconds = DRAW_SECONDS,
                      .bytes = bytes,
                      .strict = true,
                      .output = -1};
    char *arguments[] = {"-png",
                         "-j",
                         "-jp2",
                         "-f",
                         number(arena, page),
                         "-l",
                         number(arena, page),
                         safe_path(arena, path),
                         scratch->root,
                         NULL};
    if (run_tool(arena, &run, arguments, err) < 0)
        return -1;
    for (size_t i = 0; i < 4; i++)
        if (access(scratch->names[i], R_OK) == 0) {
            *file = scratch->names[i];
            return 0;
        }
    return complain(&run, "its image cannot be taken out", err);
}

int bi_poppler_draw(struct bi_arena *arena, const char *path, int page, int width, int height, bool grey,
                    bool strict, FILE **out, struct bi_error *err)
{
    BI_CLEANUP(close_descriptor) int output = bi_scratch_file(err);
    if (output < 0)
        return -1;
    struct run run = {.name = "pdftoppm",
                      .path = path,
                      .page = page,
                      .seconds = DRAW_SECONDS,
                      .bytes = (uint64_t)width * (uint64_t)height * 3 + (1 << 20),
                      .strict = strict,
                      .output = output};
    /* The second option, in spite of its name, makes the sizes those of the page as it is shown. */
    char *arguments[] = {"-cropbox",
                         "-scale-dimension-before-rotation",
                         "-f",
                         number(arena, page),
                         "-l",
                         number(arena, page),
                         "-scale-to-x",
                         number(arena, width),
                         "-scale-to-y",
                         number(arena, height),
                         safe_path(arena, path),
                         NULL,
                         NULL};
    if (grey) {
        arguments[11] = arguments[10];
        arguments[10] = "-gray";
    }
    if (run_tool(arena, &run, arguments, err) < 0)
        return -1;
    FILE *stream = lseek(output, 0, SEEK_SET) == 0 ? fdopen(output, "rb") : NULL;
    if (!stream)
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: page %d", path, page);
    output = -1; /* the stream's now */
    *out = stream;
    return 0;
}
