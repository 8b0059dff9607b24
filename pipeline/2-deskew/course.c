#include "course.h"

double course_place(const struct course *course, int along)
{
    const int *path = course->path, pieces = course->pieces;
    double piece = ((double)along / course->reduction + 0.5) / COURSE_PIECE_PIXELS - 0.5;
    piece = piece < 0 ? 0 : piece > pieces - 1 ? pieces - 1 : piece;
    int before = (int)piece < pieces - 1 ? (int)piece : pieces > 1 ? pieces - 2 : 0;
    int after = pieces > 1 ? before + 1 : 0;
    return (path[before] + (piece - before) * (path[after] - path[before]) + 0.5) * course->reduction;
}
