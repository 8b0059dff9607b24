#include "frame.h"

#include <math.h>

#define HAIRLINE_POINTS 0.5
#define THICK_POINTS 2.2

static void stroke(struct sheet *sheet, double width)
{
    sheet_ink(sheet, 1);
    cairo_set_line_width(sheet->cr, fmax(width, 1));
    cairo_stroke(sheet->cr);
}

static void wave(struct sheet *sheet, double x0, double y0, double x1, double y1)
{
    double length = hypot(x1 - x0, y1 - y0), step = 2.2 * sheet->point, height = 1.3 * sheet->point;
    double ux = (x1 - x0) / length, uy = (y1 - y0) / length;
    cairo_move_to(sheet->cr, x0, y0);
    for (double t = step / 2; t <= length; t += step / 2) {
        double off = height * sin(M_PI * t / step);
        cairo_line_to(sheet->cr, x0 + t * ux - off * uy, y0 + t * uy + off * ux);
    }
    stroke(sheet, 0.7 * sheet->point);
}

/* A row of small lozenges. */
static void lozenges(struct sheet *sheet, double x0, double y0, double x1, double y1)
{
    double length = hypot(x1 - x0, y1 - y0), r = 1.6 * sheet->point;
    int count = (int)(length / (4.2 * sheet->point));
    sheet_ink(sheet, 1);
    for (int i = 0; i < count; i++) {
        double x = x0 + (x1 - x0) * (i + 0.5) / count, y = y0 + (y1 - y0) * (i + 0.5) / count;
        cairo_move_to(sheet->cr, x - r, y);
        cairo_line_to(sheet->cr, x, y - r);
        cairo_line_to(sheet->cr, x + r, y);
        cairo_line_to(sheet->cr, x, y + r);
        cairo_close_path(sheet->cr);
        cairo_fill(sheet->cr);
    }
}

void frame_rule(struct sheet *sheet, enum slot_frame style, double x0, double y0, double x1, double y1)
{
    double point = sheet->point, dx = y0 == y1 ? 0 : 1.8 * point, dy = y0 == y1 ? 1.8 * point : 0;
    if (hypot(x1 - x0, y1 - y0) < 4 * point)
        return;
    switch (style) {
    case FRAME_WAVY:
        wave(sheet, x0, y0, x1, y1);
        return;
    case FRAME_DECORATED:
        lozenges(sheet, x0, y0, x1, y1);
        return;
    case FRAME_DOUBLE:
        cairo_move_to(sheet->cr, x0, y0);
        cairo_line_to(sheet->cr, x1, y1);
        stroke(sheet, 1.4 * point);
        cairo_move_to(sheet->cr, x0 + dx, y0 + dy);
        cairo_line_to(sheet->cr, x1 + dx, y1 + dy);
        stroke(sheet, HAIRLINE_POINTS * point);
        return;
    case FRAME_DOTTED:
        cairo_set_dash(sheet->cr, (double[]){1.2 * point, 1.8 * point}, 2, 0);
        break;
    default:
        break;
    }
    cairo_move_to(sheet->cr, x0, y0);
    cairo_line_to(sheet->cr, x1, y1);
    stroke(sheet, (style == FRAME_THICK    ? THICK_POINTS
                   : style == FRAME_DOTTED ? 1
                                           : HAIRLINE_POINTS) *
                      point);
    cairo_set_dash(sheet->cr, NULL, 0, 0);
}

static void outline(struct sheet *sheet, struct box box, enum slot_frame style)
{
    double right = box.x + box.w, bottom = box.y + box.h;
    if (style == FRAME_DOUBLE) {
        cairo_rectangle(sheet->cr, box.x, box.y, box.w, box.h);
        stroke(sheet, 1.4 * sheet->point);
        struct box inner = box_inset(box, 1.9 * sheet->point);
        cairo_rectangle(sheet->cr, inner.x, inner.y, inner.w, inner.h);
        stroke(sheet, HAIRLINE_POINTS * sheet->point);
        return;
    }
    frame_rule(sheet, style, box.x, box.y, right, box.y);
    frame_rule(sheet, style, right, box.y, right, bottom);
    frame_rule(sheet, style, box.x, bottom, right, bottom);
    frame_rule(sheet, style, box.x, box.y, box.x, bottom);
}

struct box frame_draw(struct sheet *sheet, struct box box, enum slot_frame frame, double em)
{
    struct box edge = box_inset(box, 1.5 * sheet->point);
    switch (frame) {
    case FRAME_NONE:
        return box;
    case FRAME_TINTED:
        sheet_fill(sheet, edge, 0.1 + 0.1 * chance_share(sheet->chance));
        break;
    case FRAME_NESTED:
        outline(sheet, edge, FRAME_THICK);
        outline(sheet, box_inset(edge, 0.7 * em), FRAME_THIN);
        return box_inset(edge, 1.6 * em);
    default:
        outline(sheet, edge, frame);
        break;
    }
    return box_inset(edge, 0.9 * em);
}
