#include "page/dropped.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"

#define SUFFIX ".sha256"
#define MAX_FILE_BYTES 4096

static char *stand_in(struct bi_arena *arena, const char *image)
{
    return bi_arena_printf(arena, "%s%s", image, SUFFIX);
}

int bi_dropped_read(const char *image, char sha256[BI_SHA256_HEX])
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size;
    if (access(image, F_OK) == 0 ||
        bi_file_read(stand_in(&arena, image), MAX_FILE_BYTES, false, &data, &size, NULL) != 0 ||
        strspn(data, "0123456789abcdef") != BI_SHA256_HEX - 1)
        return -1;
    memcpy(sha256, data, BI_SHA256_HEX - 1);
    sha256[BI_SHA256_HEX - 1] = '\0';
    return 0;
}

int bi_dropped_replace(const char *image, const char *sha256, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    char *line = bi_arena_printf(&arena, "%s  %s\n", sha256, bi_path_base(image));
    if (bi_file_write(stand_in(&arena, image), line, strlen(line), err) != 0)
        return -1;
    if (unlink(image) != 0)
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be removed", image);
    return 0;
}

void bi_dropped_forget(const char *image)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    unlink(stand_in(&arena, image));
}
