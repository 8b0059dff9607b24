/* What is asked of an image over HTTP: whatever it is, it is refused or lies within the image and the limits.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "serve/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct bi_box IMAGES[] = {
        {0, 0, 4611, 6441}, {0, 0, 60000, 1}, {0, 0, 1, 1}, {0, 0, 14000, 14000}};
    struct bi_arena arena = {0};
    const char *text = bi_arena_strndup(&arena, (const char *)data, size);
    for (size_t i = 0; i < sizeof IMAGES / sizeof *IMAGES; i++) {
        struct serve_image_wish wish;
        if (serve_image_parse(text, IMAGES[i].w, IMAGES[i].h, &wish) != 200)
            continue;
        if (bi_box_empty(wish.region) || !bi_box_inside(wish.region, IMAGES[i], 1) || wish.width < 1 ||
            wish.height < 1 || wish.width > wish.region.w || wish.height > wish.region.h ||
            (long)wish.width * wish.height > SERVE_IMAGE_MAX_PIXELS) {
            fprintf(stderr, "%s: is allowed\n", text);
            abort();
        }
    }
    bi_arena_release(&arena);
    return 0;
}
