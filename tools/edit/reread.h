/* Having a page read again that was corrected: its correction stands in the way of that, and is put aside.
 * What persons wrote into it through the room is in the log, and found by edit_conflicts_find where it no
 * longer holds; what they did in an editor is in the file that was put aside. */
#ifndef EDIT_REREAD_H
#define EDIT_REREAD_H

#include "edit/lines.h"

/* Puts the correction of a page aside, in its folder. EDIT_SAVED; EDIT_GONE if there is none; or -1. */
int edit_reread(const struct edit_place *place, const char *who, int frame, struct bi_error *err);
/* Puts it back. EDIT_CONFLICT if there is another by now. */
int edit_reread_undo(const struct edit_place *place, const char *who, const struct edit_record *record,
                     struct bi_error *err);

#endif
