#include "run/journal.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"

/* Lines are compared whole: none is the end of another, since each begins with its frame. */
static void add_missing(struct bi_text *missing, const char *journal, const char *lines)
{
    while (*lines) {
        size_t length = strcspn(lines, "\n") + 1;
        if (!memmem(journal, strlen(journal), lines, length))
            bi_text_add_bytes(missing, lines, length);
        lines += length;
    }
}

int run_journal_add(const char *path, const char *lines, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *journal = NULL;
    BI_CLEANUP(bi_descriptor_closep) int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0)
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be written", path);
    size_t size;
    if (bi_file_read(path, RUN_JOURNAL_MAX_BYTES, true, &journal, &size, err) < 0)
        return -1;
    size_t whole = size;
    while (whole > 0 && journal[whole - 1] != '\n')
        whole--;
    journal[whole] = '\0';
    if (whole < size && ftruncate(file, (off_t)whole) < 0)
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be written", path);

    BI_CLEANUP(bi_text_release) struct bi_text missing = {0};
    add_missing(&missing, journal, lines);
    if (missing.length == 0)
        return 0;
    ssize_t written = write(file, missing.data, missing.length);
    if (written < 0 || (size_t)written < missing.length || fdatasync(file) < 0)
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be written", path);
    return 0;
}
