#include "serve/assets.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"

#define MAX_ASSET_BYTES ((size_t)4 << 20)

static struct serve_asset ASSETS[] = {
    {.name = "style.css", .type = "text/css; charset=utf-8"},
    {.name = "page.js", .type = "text/javascript; charset=utf-8"},
    {.name = "edit.js", .type = "text/javascript; charset=utf-8"},
    {.name = "openseadragon.min.js", .type = "text/javascript; charset=utf-8"},
    {.name = "icon.svg", .type = "image/svg+xml"},
};
enum { ASSET_COUNT = sizeof ASSETS / sizeof *ASSETS };

int serve_assets_read(struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    char *folder;
    if (bi_data_path(&arena, "serve", &folder, err) < 0)
        return -1;
    for (int i = 0; i < ASSET_COUNT; i++) {
        const char *path = bi_path_join(&arena, folder, ASSETS[i].name);
        if (bi_file_read(path, MAX_ASSET_BYTES, false, &ASSETS[i].data, &ASSETS[i].size, err) < 0) {
            err->kind = BI_EXIT_MACHINE;
            return -1;
        }
    }
    return 0;
}

void serve_assets_release(void)
{
    for (int i = 0; i < ASSET_COUNT; i++) {
        free(ASSETS[i].data);
        ASSETS[i].data = NULL;
    }
}

const struct serve_asset *serve_assets_find(const char *name)
{
    for (int i = 0; i < ASSET_COUNT; i++)
        if (strcmp(ASSETS[i].name, name) == 0)
            return &ASSETS[i];
    return NULL;
}
