#include "export/format.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"

const struct export_format *const EXPORT_FORMATS[] = {
    &EXPORT_TEXT, &EXPORT_JSONL, &EXPORT_CSV,  &EXPORT_ALTO, &EXPORT_METS,
    &EXPORT_PAGE, &EXPORT_HOCR,  &EXPORT_IIIF, &EXPORT_PDF,  NULL,
};

const struct export_format *export_format_find(const char *name, size_t length)
{
    for (size_t i = 0; EXPORT_FORMATS[i]; i++)
        if (strlen(EXPORT_FORMATS[i]->name) == length && memcmp(EXPORT_FORMATS[i]->name, name, length) == 0)
            return EXPORT_FORMATS[i];
    return NULL;
}

bool export_format_among(const struct export_options *options, const char *name)
{
    for (size_t i = 0; i < options->format_count; i++)
        if (strcmp(options->formats[i]->name, name) == 0)
            return true;
    return false;
}

char *export_name_page(struct bi_arena *arena, const struct export_page *page, const char *folder,
                       const char *ending)
{
    return bi_arena_printf(arena, "%s/%04d%s", folder, page->frame, ending);
}

char *export_name_article(struct bi_arena *arena, const struct export_article *article, const char *folder,
                          const char *ending)
{
    return bi_arena_printf(arena, "%s/%06lld%s", folder, article->article_id, ending);
}

/* A name of one folder that stands for a text of the archive: '/' and what could make it hidden or "." as
 * %XX. */
static const char *as_folder(struct bi_arena *arena, const char *text)
{
    struct bi_text name = {0};
    for (const char *s = text; *s; s++)
        if (*s == '/' || (*s == '.' && s == text) || (unsigned char)*s < ' ')
            bi_text_printf(&name, "%%%02X", (unsigned char)*s);
        else
            bi_text_add_bytes(&name, s, 1);
    char *result = bi_arena_strdup(arena, name.length ? name.data : "%");
    bi_text_release(&name);
    return result;
}

char *export_name_issue(struct bi_arena *arena, const struct export_issue *issue)
{
    return bi_path_join(arena, as_folder(arena, issue->title), as_folder(arena, issue->name));
}

int export_write(const char *path, const void *data, size_t size, struct bi_error *err)
{
    FILE *file = fopen(path, "wbe");
    if (!file)
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be made", path);
    bool written = fwrite(data, 1, size, file) == size;
    int cause = errno;
    if (fclose(file) != 0 && written) {
        written = false;
        cause = errno;
    }
    errno = cause;
    return written ? 0 : bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be written", path);
}
