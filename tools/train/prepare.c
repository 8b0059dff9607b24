#include "prepare.h"

#include "base/cleanup.h"
#include "ocr.h"
#include "strip.h"

bool prepare_strip(const struct plane *page, const struct bi_line *line,
                   const struct cut_neighbours *neighbours, double noise, struct chance *chance,
                   struct plane *strip)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(plane_release) struct plane cut = {0};
    struct bi_point origin;
    if (!ocr_prepare(page, line, neighbours, noise, &cut, &origin))
        return false;
    struct strip_style style =
        chance_is(chance, 0.6) ? (struct strip_style){31, 6} : (struct strip_style){36, 8};
    struct strip *strips;
    size_t count = line->vertical ? strip_vertical(&arena, &cut, origin, line->em, style, &strips)
                                  : strip_horizontal(&arena, &cut, origin, line->em, style, &strips);
    for (size_t i = 0; i < count; i++) {
        if (count == 1)
            *strip = strips[i].plane;
        else
            strip_release(&strips[i]);
    }
    return count == 1;
}
