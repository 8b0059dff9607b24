#include "export/reference.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/cleanup.h"
#include "base/text.h"

char *export_reference(struct bi_arena *arena, const struct export_options *options,
                       const struct export_issue *issue, const char *format, const char *path,
                       const char *stored)
{
    BI_CLEANUP(bi_freep) char *target = path ? realpath(path, NULL) : NULL;
    BI_CLEANUP(bi_freep) char *top = realpath(options->folder, NULL);
    if (!target || !top)
        return bi_arena_strdup(arena, stored);
    const char *from = bi_arena_printf(arena, "%s/%s/%s/", strcmp(top, "/") == 0 ? "" : top,
                                       export_name_issue(arena, issue), format);
    size_t common = 0;
    for (size_t i = 0; from[i] && from[i] == target[i]; i++)
        if (from[i] == '/')
            common = i + 1;
    BI_CLEANUP(bi_text_release) struct bi_text way = {0};
    for (const char *s = from + common; *s; s++)
        if (*s == '/')
            bi_text_add(&way, "../");
    bi_text_add(&way, target + common);
    return bi_arena_strdup(arena, bi_text_get(&way));
}

char *export_uri(struct bi_arena *arena, const char *path)
{
    BI_CLEANUP(bi_text_release) struct bi_text uri = {0};
    for (const char *s = path; *s; s++) {
        const unsigned char byte = (unsigned char)*s;
        const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= '0' && byte <= '9') || strchr("-._~/", byte);
        if (plain)
            bi_text_add_bytes(&uri, s, 1);
        else
            bi_text_printf(&uri, "%%%02X", byte);
    }
    return bi_arena_strdup(arena, bi_text_get(&uri));
}

char *export_reference_exported(struct bi_arena *arena, const struct export_options *options,
                                const struct export_issue *issue, const char *name)
{
    const char *encoded = export_uri(arena, name);
    if (!options->base_url)
        return bi_arena_printf(arena, "../%s", encoded);
    return bi_arena_printf(arena, "%s/%s/%s", options->base_url,
                           export_uri(arena, export_name_issue(arena, issue)), encoded);
}

const char *export_media_type(const char *name)
{
    static const struct {
        const char *ending, *type;
    } types[] = {{".tif", "image/tiff"},  {".tiff", "image/tiff"}, {".jpg", "image/jpeg"},
                 {".jpeg", "image/jpeg"}, {".png", "image/png"},   {".jp2", "image/jp2"},
                 {".jpx", "image/jpx"},   {".j2k", "image/jp2"},   {".pdf", "application/pdf"}};
    const char *ending = strrchr(name, '.');
    for (size_t i = 0; ending && i < sizeof types / sizeof *types; i++)
        if (strcasecmp(ending, types[i].ending) == 0)
            return types[i].type;
    return "application/octet-stream";
}
