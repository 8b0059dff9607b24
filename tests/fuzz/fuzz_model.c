/* A .traineddata file: network, characters and their spellings. */
#include <stddef.h>
#include <stdint.h>

#include "lstm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bi_arena arena = {0};
    struct lstm lstm;
    if (lstm_read(&arena, (const char *)data, size, &lstm) == 0)
        lstm_release(&lstm);
    bi_arena_release(&arena);
    return 0;
}
