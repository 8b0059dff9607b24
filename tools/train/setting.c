#include "setting.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/text.h"

/* The baseline lies so far under the middle of a full character, ems. */
#define BASELINE_EMS 0.38
#define SPACE_EMS 0.3
/* Lines that lack more than this share of the measure are the last of a paragraph. */
#define JUSTIFY_SHARE 0.12
/* A deviation of single characters from their place, ems: worn type and hand-set films. */
#define JITTER_EMS 0.006

/* What is set as one: a Chinese character or mark, or a run of others. */
struct piece {
    char text[256];
    bool cjk, mark, space;
    double width; /* ems */
};

struct pen {
    const struct setting *setting;
    cairo_t *cairo;
    PangoLayout *layout;
    PangoFontDescription *face, *latin;
    double phase, length; /* of the wave */
};

static bool is_mark(uint32_t rune)
{
    return bi_rune_is_cjk(rune) && !bi_rune_is_han(rune);
}

/* The next piece of *text. */
static bool next_piece(const char **text, struct piece *piece)
{
    const char *begin = *text;
    uint32_t rune = bi_rune_next(text);
    if (!rune)
        return false;
    piece->cjk = bi_rune_is_cjk(rune) || rune > 0x2000;
    piece->mark = is_mark(rune);
    piece->space = bi_rune_is_space(rune);
    while (!piece->cjk && !piece->space && (size_t)(*text - begin) < sizeof piece->text - 8) {
        const char *ahead = *text;
        rune = bi_rune_next(&ahead);
        if (!rune || bi_rune_is_cjk(rune) || rune > 0x2000 || bi_rune_is_space(rune))
            break;
        *text = ahead;
    }
    memcpy(piece->text, begin, (size_t)(*text - begin));
    piece->text[*text - begin] = '\0';
    return true;
}

static void load(struct pen *pen, const struct piece *piece)
{
    pango_layout_set_font_description(pen->layout, piece->cjk ? pen->face : pen->latin);
    pango_layout_set_text(pen->layout, piece->text, -1);
}

static double piece_width(struct pen *pen, const struct piece *piece)
{
    const struct setting *setting = pen->setting;
    if (piece->space)
        return SPACE_EMS;
    if (piece->cjk)
        return (piece->mark ? setting->mark : 1) * setting->stretch;
    load(pen, piece);
    PangoRectangle logical;
    pango_layout_get_extents(pen->layout, NULL, &logical);
    return (double)logical.width / PANGO_SCALE / setting->em * setting->stretch;
}

/* Draws a piece with its left edge and baseline there; returns its ink. */
static struct bi_box draw_piece(struct pen *pen, const struct piece *piece, double x, double baseline)
{
    const struct setting *setting = pen->setting;
    load(pen, piece);
    PangoRectangle ink, logical;
    pango_layout_get_extents(pen->layout, &ink, &logical);
    double top = baseline - (double)pango_layout_get_baseline(pen->layout) / PANGO_SCALE;
    if (piece->mark) /* kerned: the ink stays, the white on its side goes */
        x -= (double)ink.x / PANGO_SCALE > setting->em / 2
                 ? (1 - setting->mark) * setting->em * setting->stretch
                 : 0;
    cairo_save(pen->cairo);
    cairo_translate(pen->cairo, x, top);
    cairo_scale(pen->cairo, setting->stretch, 1);
    if (setting->weight > 0) {
        pango_cairo_layout_path(pen->cairo, pen->layout);
        cairo_set_line_width(pen->cairo, 2 * setting->weight * setting->em);
        cairo_set_line_join(pen->cairo, CAIRO_LINE_JOIN_ROUND);
        cairo_fill_preserve(pen->cairo);
        cairo_stroke(pen->cairo);
    } else {
        pango_cairo_show_layout(pen->cairo, pen->layout);
    }
    cairo_restore(pen->cairo);
    double left = x + (double)ink.x / PANGO_SCALE * setting->stretch,
           upper = top + (double)ink.y / PANGO_SCALE;
    int x0 = (int)floor(left), y0 = (int)floor(upper);
    return (struct bi_box){x0, y0, (int)ceil(left + (double)ink.width / PANGO_SCALE * setting->stretch) - x0,
                           (int)ceil(upper + (double)ink.height / PANGO_SCALE) - y0};
}

/* Pieces of a line and its natural width, ems. */
static size_t measure(struct pen *pen, const char *text, struct piece *pieces, size_t room, double *width)
{
    size_t count = 0;
    *width = 0;
    while (count < room && next_piece(&text, &pieces[count])) {
        pieces[count].width = piece_width(pen, &pieces[count]);
        *width += pieces[count++].width + pen->setting->spacing;
    }
    *width -= count ? pen->setting->spacing : 0;
    return count;
}

static double swing(const struct pen *pen, double x)
{
    return pen->setting->wave * pen->setting->em * sin(x / pen->length + pen->phase);
}

static struct bi_box draw_line(struct pen *pen, const struct piece *pieces, size_t count, double x, double y,
                               double extra, struct chance *chance)
{
    const struct setting *setting = pen->setting;
    struct bi_box box = {0};
    for (size_t i = 0; i < count; i++) {
        double jitter_x = JITTER_EMS * setting->em * chance_normal(chance);
        double jitter_y = JITTER_EMS * setting->em * chance_normal(chance);
        if (!pieces[i].space)
            box = bi_box_union(box, draw_piece(pen, &pieces[i], x + jitter_x,
                                               y + BASELINE_EMS * setting->em + swing(pen, x) + jitter_y));
        x += (pieces[i].width + setting->spacing + extra) * setting->em;
    }
    return box;
}

/* Characters one under another, about x. */
static struct bi_box draw_column(struct pen *pen, const struct piece *pieces, size_t count, double x,
                                 double y)
{
    const struct setting *setting = pen->setting;
    struct bi_box box = {0};
    for (size_t i = 0; i < count; i++) {
        double width = pieces[i].width * setting->em;
        if (!pieces[i].space)
            box = bi_box_union(
                box, draw_piece(pen, &pieces[i], x - width / 2, y + (0.5 + BASELINE_EMS) * setting->em));
        y += (1 + setting->spacing) * setting->em;
    }
    return box;
}

/* What stands beside a column of type. */
static void draw_sides(struct pen *pen, int width, int height, struct chance *chance)
{
    const struct setting *setting = pen->setting;
    double em = setting->em;
    for (int side = 0; side < 2; side++) {
        double edge = setting->margin * em - chance_real(chance, 0.35, 1.0) * em;
        bool rule = chance_is(chance, 0.5);
        if (rule) {
            cairo_set_line_width(pen->cairo, chance_real(chance, 0.02, 0.08) * em);
            double x = side ? width - edge : edge;
            cairo_move_to(pen->cairo, x, 0);
            cairo_line_to(pen->cairo, x, height);
            cairo_stroke(pen->cairo);
            continue;
        }
        static const char *const OTHERS[] = {"的", "国", "人", "，", "一", "是", "门", "州", "间", "。"};
        for (double y = setting->margin * em; y < height - setting->margin * em; y += setting->pitch * em) {
            struct piece piece = {.cjk = true};
            strcpy(piece.text, OTHERS[chance_below(chance, sizeof OTHERS / sizeof *OTHERS)]);
            draw_piece(pen, &piece, side ? width - edge : edge - em, y + (0.5 + BASELINE_EMS) * em);
        }
    }
}

static PangoFontDescription *font(const char *name, double em)
{
    PangoFontDescription *description = pango_font_description_from_string(name);
    pango_font_description_set_absolute_size(description, em * PANGO_SCALE);
    return description;
}

static struct pen pen_new(const struct setting *setting, cairo_surface_t *surface, struct chance *chance)
{
    struct pen pen = {.setting = setting,
                      .cairo = cairo_create(surface),
                      .face = font(setting->face, setting->em),
                      .latin = font(setting->latin, setting->em),
                      .phase = chance_real(chance, 0, 2 * M_PI),
                      .length = chance_real(chance, 1.5, 8) * setting->em};
    pen.layout = pango_cairo_create_layout(pen.cairo);
    PangoContext *context = pango_layout_get_context(pen.layout);
    pango_context_set_language(context, pango_language_from_string("zh-cn"));
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_layout_context_changed(pen.layout);
    return pen;
}

static void pen_release(struct pen *pen)
{
    g_object_unref(pen->layout);
    pango_font_description_free(pen->face);
    pango_font_description_free(pen->latin);
    cairo_destroy(pen->cairo);
}

static struct field field_of(cairo_surface_t *surface)
{
    struct field field =
        field_new(cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface));
    cairo_surface_flush(surface);
    const unsigned char *data = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    for (int y = 0; y < field.height; y++)
        for (int x = 0; x < field.width; x++)
            field_row(&field, y)[x] = (float)data[(size_t)y * (size_t)stride + (size_t)x] / 255;
    return field;
}

struct field setting_draw(const struct setting *setting, const char *const *texts, size_t count,
                          struct chance *chance, struct bi_box *boxes)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    cairo_surface_t *scratch = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    struct pen pen = pen_new(setting, scratch, chance);
    struct piece **pieces = bi_arena_array(&arena, count, sizeof *pieces);
    size_t *piece_counts = bi_arena_array(&arena, count, sizeof *piece_counts);
    double *widths = bi_arena_array(&arena, count, sizeof *widths), widest = 1;
    for (size_t i = 0; i < count; i++) {
        size_t room = bi_rune_count(texts[i]) + 1;
        pieces[i] = bi_arena_array(&arena, room, sizeof **pieces);
        piece_counts[i] = measure(&pen, texts[i], pieces[i], room, &widths[i]);
        if (setting->vertical)
            widths[i] = (double)piece_counts[i] * (1 + setting->spacing);
        widest = widths[i] > widest ? widths[i] : widest;
    }
    pen_release(&pen);
    cairo_surface_destroy(scratch);

    double em = setting->em, across = (double)count * setting->pitch;
    int width = (int)ceil(((setting->vertical ? across : widest) + 2 * setting->margin) * em);
    int height = (int)ceil(((setting->vertical ? widest : across) + 2 * setting->margin) * em);
    memset(boxes, 0, count * sizeof *boxes);
    if ((long)width * height > SETTING_MAX_PIXELS)
        return field_new(1, 1);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
    pen = pen_new(setting, surface, chance);
    cairo_translate(pen.cairo, width / 2.0, height / 2.0);
    cairo_rotate(pen.cairo, setting->degrees * M_PI / 180);
    cairo_translate(pen.cairo, -width / 2.0, -height / 2.0);
    if (setting->beside)
        draw_sides(&pen, width, height, chance);
    for (size_t i = 0; i < count; i++) {
        double lead = setting->margin * em + ((double)i + 0.5) * setting->pitch * em;
        if (setting->vertical) {
            boxes[i] = draw_column(&pen, pieces[i], piece_counts[i], width - lead, setting->margin * em);
            continue;
        }
        double missing = widest - widths[i], extra = 0;
        if (setting->justified && piece_counts[i] > 1 && missing < JUSTIFY_SHARE * widest)
            extra = missing / (double)(piece_counts[i] - 1);
        boxes[i] = draw_line(&pen, pieces[i], piece_counts[i], setting->margin * em, lead, extra, chance);
    }
    pen_release(&pen);
    struct field ink = field_of(surface);
    cairo_surface_destroy(surface);
    return ink;
}
