/* The courses of lines of text, traced by the heads and the feet of their characters. */
#ifndef DESKEW_TRACES_H
#define DESKEW_TRACES_H

#include "components.h"
#include "lines.h"
#include "surface.h"

/* Two traces a line: of all its components that are nearly as high as its type, the middle of the upper side
 * of the box, and that of the lower one. (Strokes, dots and punctuation stand anywhere in a line. Of Latin
 * type the small letters' feet are in line, and most of their heads.) Points are set level: turned clockwise
 * by the angle whose tangent is lines->tangent, about the origin. Neighbouring lines have neighbouring
 * numbers. Release with traces_release. */
void traces_find(const struct components *components, const struct text_lines *lines, struct traces *traces);

#endif
