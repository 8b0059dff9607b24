/* The transform in a page image's description and in PAGE-XML, which other programs can have written. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "page/transform.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bi_arena arena = {0};
    char *text = bi_arena_array(&arena, size + 1, 1);
    memcpy(text, data, size);
    struct bi_transform transform;
    struct bi_error err;
    if (bi_transform_parse(&arena, text, &transform, &err) == 0) {
        /* What is read can be written and read again. */
        char *again = bi_transform_format(&arena, &transform);
        if (bi_transform_parse(&arena, again, &transform, &err) != 0)
            abort();
    }
    bi_arena_release(&arena);
    return 0;
}
