#include "edges.h"

#include "base/cleanup.h"
#include "page/image.h"

/* How near to the border a piece begins, how long it is, and the share of its box that it fills at most. */
#define BORDER_EM 1.0
#define MIN_LENGTH_EM 11.0
#define MAX_FILL 0.2
/* A strip along the border may fill more of its box, and if it is too thin for a dark ground of type, all of
 * it. */
#define MAX_STRIP_EM 2.5
#define MAX_STRIP_FILL 0.4
#define MAX_THIN_EM 1.1
/* Specks in a shadow along the border make pieces of lines this near to it, and no larger; lines of type have
 * so many pieces. */
#define SHADOW_EM 0.8
#define MAX_SHADOW_EM 2.0
#define MIN_TYPE_GLYPHS 4

bool seg_edges_is_edge(const struct seg_layout *layout, struct bi_box box, double ink)
{
    const double near = BORDER_EM * layout->em;
    const bool at_border = box.x <= near || box.y <= near || seg_right(box) >= layout->width - near ||
                           seg_bottom(box) >= layout->height - near;
    const double thick = (box.w < box.h ? box.w : box.h) / layout->em;
    const double fill = thick <= MAX_THIN_EM ? 1 : thick <= MAX_STRIP_EM ? MAX_STRIP_FILL : MAX_FILL;
    return at_border && seg_longer(box) >= MIN_LENGTH_EM * layout->em &&
           ink <= fill * (double)bi_box_area(box);
}

void seg_edges_clear(struct seg_layout *layout)
{
    BI_CLEANUP(boxaDestroy) BOXA *boxes = NULL;
    BI_CLEANUP(pixaDestroy) PIXA *pieces = NULL;
    int empty = 1;
    if (pixZero(layout->text, &empty) || empty)
        return;
    boxes = seg_components(layout->text);
    bool any = false;
    for (int i = 0; boxes && i < boxaGetCount(boxes) && !any; i++)
        any = seg_edges_is_edge(layout, seg_box_at(boxes, i), 0);
    if (!any)
        return;
    boxaDestroy(&boxes);
    boxes = pixConnComp(layout->text, &pieces, 8);
    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        const struct bi_box b = seg_box_at(boxes, i);
        if (!seg_edges_is_edge(layout, b, 0))
            continue;
        BI_CLEANUP(bi_pix_destroyp) PIX *piece = pixaGetPix(pieces, i, L_CLONE);
        if (piece && seg_edges_is_edge(layout, b, seg_ink_in(piece, (struct bi_box){0, 0, b.w, b.h})))
            pixRasterop(layout->text, b.x, b.y, b.w, b.h, PIX_NOT(PIX_SRC) & PIX_DST, piece, 0, 0);
    }
}

void seg_edges_drop_lines(struct seg_layout *layout)
{
    const int near = (int)(SHADOW_EM * layout->em), most = (int)(MAX_SHADOW_EM * layout->em);
    struct bi_box type = {0, 0, 0, 0};
    for (size_t i = 0; i < layout->line_count; i++)
        if (layout->lines[i].glyphs >= MIN_TYPE_GLYPHS && seg_longer(layout->lines[i].box) > most)
            type = bi_box_union(type, layout->lines[i].box);
    for (size_t i = 0; i < layout->line_count && !bi_box_empty(type); i++) {
        const struct bi_box box = layout->lines[i].box;
        const bool left = box.x <= near && seg_right(box) <= type.x,
                   right = seg_right(box) >= layout->width - near && box.x >= seg_right(type),
                   top = box.y <= near && seg_bottom(box) <= type.y,
                   bottom = seg_bottom(box) >= layout->height - near && box.y >= seg_bottom(type);
        if (seg_longer(box) <= most && (left || right || top || bottom))
            layout->lines[i].glyphs = 0;
    }
}
