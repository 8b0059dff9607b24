/* Pictures: made-up photographs, in grey or in halftone dots, cut-outs and charts. */
#ifndef PRESS_PICTURE_H
#define PRESS_PICTURE_H

#include "slot.h"

enum picture_kind { PICTURE_GREY, PICTURE_HALFTONE, PICTURE_CUT_OUT, PICTURE_CHART, PICTURE_COUNT };

/* Prints a picture that fills the box and records it; a chart's labels are recorded as lines of role "chart".
 */
void picture_print(struct sheet *sheet, const struct paper *paper, const struct story *story, struct box box,
                   enum picture_kind kind);

#endif
