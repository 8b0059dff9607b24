/* The headers of scans: formats told apart and sizes read without decoding, within the limits. PDF is left
 * out, which goes to poppler in a process of its own. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "page/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *format = bi_image_begins(data, size < BI_IMAGE_HEAD ? size : BI_IMAGE_HEAD);
    if (format && strcmp(format, "pdf") == 0)
        return 0;
    int descriptor = memfd_create("scan", MFD_CLOEXEC);
    if (descriptor < 0 || write(descriptor, data, size) != (ssize_t)size)
        abort();
    char path[40];
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    struct bi_arena arena = {0};
    struct bi_image_info *images;
    size_t count;
    struct bi_error err;
    if (bi_image_probe(&arena, path, &images, &count, &err) == 0)
        for (size_t i = 0; i < count; i++)
            if (!images[i].problem && (images[i].width < 1 || images[i].height < 1 || images[i].dpi < 0 ||
                                       (long)images[i].width * images[i].height > BI_IMAGE_MAX_PIXELS))
                abort();
    bi_arena_release(&arena);
    close(descriptor);
    return 0;
}
