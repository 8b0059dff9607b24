#include "segment.h"

#include "bands.h"
#include "blocks.h"
#include "edges.h"
#include "faint.h"
#include "glyphs.h"
#include "grounds.h"
#include "ink.h"
#include "labels.h"
#include "lines.h"
#include "order.h"
#include "pictures.h"
#include "remains.h"
#include "rims.h"
#include "roles.h"
#include "rules.h"
#include "tints.h"
#include "uprights.h"
#include "vertical.h"

int seg_analyse(PIX *image, double noise, const struct seg_wishes *wishes, struct seg_layout *layout,
                struct bi_error *err)
{
    seg_layout_init(layout);
    layout->direction = wishes->direction;
    if (seg_ink_find(layout, image, noise, wishes->em, err) || seg_rules_find(layout, err))
        return -1;
    seg_edges_clear(layout);
    seg_rims_find(layout);
    seg_labels_find(layout);
    seg_tints_find(layout, image);
    seg_bands_find(layout);
    seg_grounds_find(layout, image);
    seg_pictures_find(layout, image);
    seg_faint_find(layout);
    seg_rules_lengthen(layout);
    seg_glyphs_find(layout);
    seg_uprights_find(layout);
    seg_vertical_find(layout);
    seg_lines_find(layout);
    seg_edges_drop_lines(layout);
    seg_remains_take(layout);
    seg_blocks_find(layout);
    seg_roles_find(layout);
    seg_order_find(layout);
    return 0;
}
