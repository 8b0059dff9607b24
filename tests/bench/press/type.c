#include "type.h"

#include <pango/pangocairo.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define SHAPED_AT 100.0 /* pixels an em */
enum { BUCKETS = 8192 };

struct type_glyph {
    struct type_glyph *next;
    struct type_face face;
    uint32_t rune;
    PangoFont *font;
    unsigned long index;
    double advance; /* ems */
};

struct type {
    PangoContext *context;
    PangoFontMap *map;
    struct bi_arena arena;
    struct type_glyph *buckets[BUCKETS];
};

struct type *type_new(void)
{
    struct type *type = bi_xcalloc(1, sizeof *type);
    type->map = pango_cairo_font_map_new();
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(type->map), 72);
    type->context = pango_font_map_create_context(type->map);
    pango_context_set_language(type->context, pango_language_from_string("zh-cn"));
    pango_context_set_round_glyph_positions(type->context, FALSE);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(type->context, options);
    cairo_font_options_destroy(options);
    return type;
}

void type_free(struct type *type)
{
    if (!type)
        return;
    for (size_t i = 0; i < BUCKETS; i++)
        for (struct type_glyph *glyph = type->buckets[i]; glyph; glyph = glyph->next)
            g_clear_object(&glyph->font);
    bi_arena_release(&type->arena);
    g_object_unref(type->context);
    g_object_unref(type->map);
    free(type);
}

bool type_has(struct type *type, const char *family)
{
    PangoFontFamily **families;
    int count;
    bool has = false;
    pango_font_map_list_families(type->map, &families, &count);
    for (int i = 0; i < count && !has; i++)
        has = strcmp(pango_font_family_get_name(families[i]), family) == 0;
    g_free(families);
    return has;
}

static void shape(struct type *type, struct type_glyph *glyph)
{
    struct bi_text text = {0};
    bi_text_add_rune(&text, glyph->rune);
    PangoFontDescription *description = pango_font_description_new();
    pango_font_description_set_family_static(description, glyph->face.family);
    pango_font_description_set_weight(description, (PangoWeight)glyph->face.weight);
    pango_font_description_set_absolute_size(description, SHAPED_AT * PANGO_SCALE);
    PangoLayout *layout = pango_layout_new(type->context);
    pango_layout_set_font_description(layout, description);
    pango_layout_set_text(layout, bi_text_get(&text), -1);
    PangoLayoutLine *line = pango_layout_get_line_readonly(layout, 0);
    if (line->runs) {
        const PangoGlyphItem *item = line->runs->data;
        glyph->font = g_object_ref(item->item->analysis.font);
        glyph->index = item->glyphs->glyphs[0].glyph;
        glyph->advance = item->glyphs->glyphs[0].geometry.width / (SHAPED_AT * PANGO_SCALE);
    }
    g_object_unref(layout);
    pango_font_description_free(description);
    bi_text_release(&text);
}

static const struct type_glyph *find(struct type *type, struct type_face face, uint32_t rune)
{
    uint32_t hash = rune * 2654435761u + (uint32_t)face.weight * 40503u;
    for (const char *s = face.family; *s; s++)
        hash = hash * 31 + (unsigned char)*s;
    struct type_glyph **bucket = &type->buckets[(hash ^ (hash >> 16)) % BUCKETS];
    for (struct type_glyph *glyph = *bucket; glyph; glyph = glyph->next)
        if (glyph->rune == rune && glyph->face.weight == face.weight &&
            strcmp(glyph->face.family, face.family) == 0)
            return glyph;
    struct type_glyph *glyph = bi_arena_alloc(&type->arena, sizeof *glyph);
    *glyph = (struct type_glyph){.next = *bucket, .face = face, .rune = rune};
    *bucket = glyph;
    shape(type, glyph);
    return glyph;
}

double type_advance(struct type *type, struct type_face face, uint32_t rune)
{
    return rune == 0x3000 ? 1 : find(type, face, rune)->advance;
}

void type_print(struct type *type, cairo_t *cr, struct type_face face, double size, uint32_t rune, double x,
                double baseline)
{
    const struct type_glyph *glyph = find(type, face, rune);
    if (!glyph->font || rune == ' ' || rune == 0x3000)
        return;
    cairo_scaled_font_t *font = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(glyph->font));
    cairo_matrix_t matrix;
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_scaled_font_get_font_matrix(font, &matrix);
    cairo_scaled_font_get_font_options(font, options);
    cairo_matrix_scale(&matrix, size / SHAPED_AT, size / SHAPED_AT);
    cairo_set_font_face(cr, cairo_scaled_font_get_font_face(font));
    cairo_set_font_matrix(cr, &matrix);
    cairo_set_font_options(cr, options);
    cairo_font_options_destroy(options);
    cairo_show_glyphs(cr, &(cairo_glyph_t){glyph->index, x, baseline}, 1);
}

static bool is_one_of(uint32_t rune, const char *list)
{
    for (uint32_t other; (other = bi_rune_next(&list));)
        if (other == rune)
            return true;
    return false;
}

void type_print_upright(struct type *type, cairo_t *cr, struct type_face face, double size, uint32_t rune,
                        double x, double y)
{
    double advance = type_advance(type, face, rune) * size;
    cairo_save(cr);
    if (is_one_of(rune, "“”‘’（）()《》〈〉「」『』【】—…～-–")) {
        cairo_translate(cr, x + size / 2, y + size / 2);
        cairo_rotate(cr, 1.5707963267948966);
        type_print(type, cr, face, size, rune, -advance / 2, (TYPE_ABOVE_BASELINE - 0.5) * size);
    } else if (is_one_of(rune, "，。、")) {
        type_print(type, cr, face, size, rune, x + 0.55 * size, y + (TYPE_ABOVE_BASELINE - 0.55) * size);
    } else {
        type_print(type, cr, face, size, rune, x + (size - advance) / 2, y + TYPE_ABOVE_BASELINE * size);
    }
    cairo_restore(cr);
}

#ifdef __SANITIZE_ADDRESS__
/* Fontconfig's patterns outlive the font map that asked for them: the leak is the libraries', a few hundred
 * bytes whatever is set. LeakSanitizer calls this by its name. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}
#endif
