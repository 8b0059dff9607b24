#include "sheet.h"

void sheet_init(struct sheet *sheet, int width, int height, double point)
{
    *sheet = (struct sheet){.width = width, .height = height, .point = point};
    sheet->surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
    sheet->cr = cairo_create(sheet->surface);
    cairo_set_operator(sheet->cr, CAIRO_OPERATOR_SOURCE);
}

void sheet_release(struct sheet *sheet)
{
    cairo_destroy(sheet->cr);
    cairo_surface_destroy(sheet->surface);
}

void sheet_ink(struct sheet *sheet, double share)
{
    cairo_set_source_rgba(sheet->cr, 0, 0, 0, share);
}

void sheet_fill(struct sheet *sheet, struct box box, double share)
{
    sheet_ink(sheet, share);
    cairo_rectangle(sheet->cr, box.x, box.y, box.w, box.h);
    cairo_fill(sheet->cr);
}

struct box box_inset(struct box box, double by)
{
    return (struct box){box.x + by, box.y + by, box.w - 2 * by, box.h - 2 * by};
}
