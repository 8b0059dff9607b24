/* The steps of st_roles_refine, each in a file of its own. */
#ifndef STITCH_ROLES_H
#define STITCH_ROLES_H

#include "stitch.h"

/* Type larger than this times body type is display type: headlines, advertisements. */
#define ST_DISPLAY_SIZE 1.8

/* headers.c: masthead and running heads. */
void st_headers_find(struct bi_arena *arena, const struct st_wordings *wordings, struct st_page *page,
                     bool first_page);
/* pointers.c: jump lines and announcements; line.marker is set, and line.text loses a pointer within it. */
void st_pointers_find(struct bi_arena *arena, const struct st_wordings *wordings, struct st_page *page,
                      bool first_page);
/* pointers.c: the headlines that announcements repeat; sets line.teaser. */
void st_announcements_find(struct st_page *page);
/* digest.c: the entries of a list under 导读, announcements each; headline and page number. */
void st_digest_find(struct bi_arena *arena, struct st_page *page);
/* roles.c: how many lines of the page stand in a region. */
size_t st_region_lines(const struct st_page *page, const struct bi_region *region);

#endif
