/* Taking an edit back: the inverse edit, which is logged as any other and can be taken back itself. */
#ifndef EDIT_UNDO_H
#define EDIT_UNDO_H

#include "edit/lines.h"

/* Takes back the record of that number. EDIT_SAVED; EDIT_SAME if it was taken back before; EDIT_CONFLICT if
 * what it did has changed since, EDIT_GONE if there is no such record or no such line; or -1. Nothing is
 * changed but with EDIT_SAVED. */
int edit_undo(const struct edit_place *place, const char *who, long number, struct bi_error *err);

#endif
