#include "faces.h"

#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "field.h"

#define FACES_MAX_BYTES (1u << 20)

static int uses_of(const char *letters)
{
    int uses = 0;
    for (; *letters; letters++) {
        int use = *letters == 'b'   ? FACE_BODY
                  : *letters == 'h' ? FACE_HEADLINE
                  : *letters == 'c' ? FACE_CAPTION
                                    : 0;
        if (!use)
            return 0;
        uses |= use;
    }
    return uses;
}

/* Asks for the font and looks whether it came: families are compared without their weight. */
static bool is_installed(PangoContext *context, const char *name)
{
    PangoFontDescription *wanted = pango_font_description_from_string(name);
    PangoFont *font = pango_context_load_font(context, wanted);
    bool same = false;
    if (font) {
        PangoFontDescription *got = pango_font_describe(font);
        const char *a = pango_font_description_get_family(wanted),
                   *b = pango_font_description_get_family(got);
        same = a && b && strncasecmp(a, b, strlen(b)) == 0;
        pango_font_description_free(got);
        g_object_unref(font);
    }
    pango_font_description_free(wanted);
    return same;
}

static int read_line(struct bi_arena *arena, PangoContext *context, char *line, struct faces *faces,
                     struct bi_error *err)
{
    line[strcspn(line, "#")] = '\0';
    char *rest, *uses = strtok_r(line, " \t", &rest), *share = uses ? strtok_r(NULL, " \t", &rest) : NULL;
    if (!uses)
        return 0;
    rest += strspn(rest, " \t");
    size_t length = strlen(rest);
    while (length && strchr(" \t\r", rest[length - 1]))
        rest[--length] = '\0';
    struct face face = {bi_arena_strdup(arena, rest), uses_of(uses), share ? atof(share) : 0};
    if (!face.uses || face.share <= 0 || !*face.name)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is not uses, share and name of a face", uses);
    if (!is_installed(context, face.name))
        return bi_error_set(err, BI_EXIT_INPUT, "%s: this font is not installed", face.name);
    faces->faces = bi_arena_grow(arena, faces->faces, faces->count, &faces->capacity, sizeof *faces->faces);
    faces->faces[faces->count++] = face;
    return 0;
}

int faces_read(struct bi_arena *arena, const char *path, struct faces *faces, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size;
    if (bi_file_read(path, FACES_MAX_BYTES, false, &data, &size, err))
        return -1;
    PangoContext *context = pango_font_map_create_context(pango_cairo_font_map_get_default());
    struct faces read = {0};
    struct bi_error cause = {0};
    int status = 0, number = 0;
    char *rest = data, *line;
    while (status == 0 && (line = strsep(&rest, "\n"))) {
        number++;
        if (read_line(arena, context, line, &read, &cause))
            status = bi_error_set(err, cause.kind, "%s: line %d: %s", path, number, cause.text);
    }
    g_object_unref(context);
    if (status == 0 && read.count == 0)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: has no face", path);
    if (status == 0)
        *faces = read;
    return status;
}

const struct face *faces_choose(const struct faces *faces, enum face_use use, struct chance *chance)
{
    double total = 0;
    for (size_t i = 0; i < faces->count; i++)
        total += (faces->faces[i].uses & (int)use) ? faces->faces[i].share : 0;
    double at = chance_real(chance, 0, total);
    const struct face *last = &faces->faces[0];
    for (size_t i = 0; i < faces->count; i++) {
        if (!(faces->faces[i].uses & (int)use))
            continue;
        last = &faces->faces[i];
        at -= last->share;
        if (at < 0)
            break;
    }
    return last;
}
