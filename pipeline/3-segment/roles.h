/* The roles that show from geometry alone: size, place, and what stands beside. What a line says is for later
 * stages. */
#ifndef SEGMENT_ROLES_H
#define SEGMENT_ROLES_H

#include "layout.h"

/* From this many body ems on, type is a headline's. */
#define SEG_HEADLINE_EM 1.42

/* Sets the role of every block and of its lines; splits cross-heads off the blocks of body text. */
void seg_roles_find(struct seg_layout *layout);

/* Sets the role of a block and of its lines. */
void seg_set_role(struct seg_layout *layout, struct seg_block *block, enum bi_role role);

#endif
