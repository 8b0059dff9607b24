#include "export/pdf/columns.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "export/pdf/share.h"

/* Ems, of the line's height. */
#define WIDEST_GAP 3.0  /* of a row that is one text */
#define GUTTER 1.1      /* that is wide enough */
#define WIDEST_STEP 0.5 /* from the end of a column's only line to the top of the column before it */
#define BELOW 2.0       /* to the next line of a column */
#define NEIGHBOURS 40.0 /* up and down: lines of the columns beside a line */
/* Of the characters' length that are left. */
#define SHARE_LEFT 0.6
/* Sizes of the font from line to line. */
#define WIDEST_LEADING 1.4
/* Heights of a line; what is farther from the next one is a space between texts. */
#define GREATEST_LEADING 3.0
/* A line is beside another by one of so many parts of its height. */
#define BESIDE_SHARE 8
/* Of the lower line's height that two lines on a row have in common. */
#define SAME_ROW 0.6

static bool is_same_row(const struct bi_box *a, const struct bi_box *b)
{
    return bi_box_overlap_y(*a, *b) > SAME_ROW * (a->h < b->h ? a->h : b->h);
}

/* Whether b goes on where a ends. */
static bool goes_on(const struct pdf_line *a, const struct pdf_line *b)
{
    const struct bi_box *left = &a->line->box, *right = &b->line->box;
    int gap = right->x - (left->x + left->w);
    return a->count && b->count && !a->line->vertical && !b->line->vertical &&
           pdf_is_head(a->line) == pdf_is_head(b->line) && gap >= 0 && gap < WIDEST_GAP * left->h &&
           is_same_row(left, right);
}

static struct pdf_line joined(struct bi_arena *arena, const struct pdf_line *a, const struct pdf_line *b)
{
    struct export_line *line = bi_arena_alloc(arena, sizeof *line);
    *line = *a->line;
    line->box = bi_box_union(a->line->box, b->line->box);
    struct pdf_line made = {line, bi_arena_array(arena, a->count + b->count, sizeof *made.characters),
                            a->count + b->count};
    memcpy(made.characters, a->characters, a->count * sizeof *made.characters);
    memcpy(made.characters + a->count, b->characters, b->count * sizeof *made.characters);
    for (size_t i = a->count; i < made.count; i++)
        made.characters[i].start += b->line->box.x - a->line->box.x;
    return made;
}

size_t pdf_join_rows(struct bi_arena *arena, struct pdf_line *lines, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept > 0 && goes_on(&lines[kept - 1], &lines[i]))
            lines[kept - 1] = joined(arena, &lines[kept - 1], &lines[i]);
        else
            lines[kept++] = lines[i];
    return kept;
}

/* Where the column to the right of a line begins; the line's end if there is none. */
static int next_column(const struct pdf_line *lines, size_t count, const struct pdf_line *line)
{
    const struct bi_box *box = &line->line->box;
    int next = -1;
    for (size_t i = 0; i < count; i++) {
        const struct bi_box *other = &lines[i].line->box;
        int apart = other->y > box->y ? other->y - box->y : box->y - other->y;
        if (lines[i].count && other->x >= box->x + box->w && apart < NEIGHBOURS * box->h &&
            (next < 0 || other->x < next))
            next = other->x;
    }
    return next;
}

void pdf_keep_gutters(struct pdf_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct pdf_line *line = &lines[i];
        int next = line->count && !line->line->vertical ? next_column(lines, count, line) : -1;
        if (next < 0)
            continue;
        struct pdf_character *last = &line->characters[line->count - 1];
        if (last->length == 0)
            continue;
        int most = next - (int)(GUTTER * line->line->box.h) - line->line->box.x - last->start;
        int least = (int)ceil(SHARE_LEFT * last->length);
        if (last->length > most)
            last->length = most > least ? most : least;
    }
}

/* How far a line is above all lines of the columns to the left of it; 0 if it is beside one, or not alone in
 * its own column. */
static int above_left(const struct pdf_line *lines, size_t count, const struct bi_box *box)
{
    int top = INT_MAX, bottom = box->y + box->h;
    for (size_t i = 0; i < count; i++) {
        const struct bi_box *other = &lines[i].line->box;
        if (lines[i].count == 0 || other == box)
            continue;
        if (other->x + other->w <= box->x)
            top = other->y < top ? other->y : top;
        else if (bi_box_overlap_x(*other, *box) > 0 && other->y >= box->y &&
                 other->y < bottom + BELOW * box->h)
            return 0;
    }
    return top > bottom && top < INT_MAX ? top - bottom : 0;
}

void pdf_level_tops(struct bi_arena *arena, struct pdf_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct export_line *line = lines[i].line;
        int above = lines[i].count && !pdf_is_head(line) ? above_left(lines, count, &line->box) : 0;
        if (above == 0 || above > WIDEST_STEP * line->box.h)
            continue;
        struct export_line *moved = bi_arena_alloc(arena, sizeof *moved);
        *moved = *line;
        moved->box.y += above + line->box.h / BESIDE_SHARE;
        lines[i].line = moved;
    }
}

static int compare(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

struct pdf_type pdf_column_type(const struct pdf_line *lines, size_t count)
{
    struct pdf_type type = pdf_layer_type(lines, count);
    struct bi_arena arena = {0};
    int *leadings = bi_arena_array(&arena, count + 1, sizeof *leadings);
    size_t found = 0;
    for (size_t i = 1; i < count; i++) {
        int leading = lines[i].line->box.y - lines[i - 1].line->box.y;
        if (lines[i].count && lines[i - 1].count && leading > type.height / 2 &&
            leading < GREATEST_LEADING * type.height)
            leadings[found++] = leading;
    }
    qsort(leadings, found, sizeof *leadings, compare);
    int size = (int)ceil(leadings[found / 2] / WIDEST_LEADING);
    if (found && size > type.size)
        type.size = size;
    bi_arena_release(&arena);
    return type;
}
