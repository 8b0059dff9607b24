#include "export/pdf/marks.h"

#include <string.h>

/* [page /XYZ left top null]: with the place at the top, the zoom as it is. */
static qpdf_oh destination(struct pdf_document *document, const struct pdf_place *place)
{
    qpdf_oh array = pdf_object(document, "[]");
    pdf_append(document, array, place->page);
    const struct pdf_frame *frame = &place->frame;
    double x = (place->point.x - frame->box.x) * frame->points;
    double y = (frame->box.h - (place->point.y - frame->box.y)) * frame->points;
    pdf_append(document, array, pdf_object(document, "/XYZ"));
    pdf_append(document, array, pdf_object(document, "%.2f", x));
    pdf_append(document, array, pdf_object(document, "%.2f", y));
    pdf_append(document, array, pdf_object(document, "null"));
    return array;
}

struct pdf_bookmark pdf_bookmarks(struct pdf_document *document)
{
    return (struct pdf_bookmark){.object = pdf_own_object(document, "<< /Type /Outlines >>")};
}

struct pdf_bookmark pdf_bookmark_add(struct pdf_document *document, struct pdf_bookmark *above,
                                     const char *title, const struct pdf_place *place)
{
    struct pdf_bookmark added = {.above = above, .object = pdf_own_object(document, "<< >>")};
    pdf_set(document, added.object, "/Title", pdf_string(document, title));
    pdf_set(document, added.object, "/Parent", above->object);
    pdf_set(document, added.object, "/Dest", destination(document, place));
    if (above->below++ == 0) {
        above->first = added.object;
    } else {
        pdf_set(document, above->last, "/Next", added.object);
        pdf_set(document, added.object, "/Prev", above->last);
    }
    above->last = added.object;
    return added;
}

void pdf_bookmark_close(struct pdf_document *document, struct pdf_bookmark *bookmark)
{
    if (bookmark->below == 0)
        return;
    pdf_set(document, bookmark->object, "/First", bookmark->first);
    pdf_set(document, bookmark->object, "/Last", bookmark->last);
    pdf_set(document, bookmark->object, "/Count", pdf_object(document, "%d", bookmark->below));
    if (bookmark->above) {
        bookmark->above->below += bookmark->below;
    } else {
        pdf_set(document, document->root, "/Outlines", bookmark->object);
        pdf_set(document, document->root, "/PageMode", pdf_object(document, "/UseOutlines"));
    }
}

void pdf_link_add(struct pdf_document *document, const struct pdf_place *from, const struct export_line *line,
                  const struct pdf_place *to)
{
    if (!to->page)
        return;
    const struct pdf_frame *frame = &from->frame;
    double left = (line->box.x - frame->box.x) * frame->points, right = left + line->box.w * frame->points;
    double top = (frame->box.h - (line->box.y - frame->box.y)) * frame->points,
           bottom = top - line->box.h * frame->points;
    /* 4: printed, not hidden (6.3.2). */
    qpdf_oh link = pdf_own_object(document,
                                  "<< /Type /Annot /Subtype /Link /F 4 /Border [0 0 0]"
                                  " /Rect [%.2f %.2f %.2f %.2f] >>",
                                  left, bottom, right, top);
    pdf_set(document, link, "/Contents", pdf_string(document, line->text));
    pdf_set(document, link, "/Dest", destination(document, to));
    qpdf_oh links = qpdf_oh_get_key(document->qpdf, from->page, "/Annots");
    if (!qpdf_oh_is_array(document->qpdf, links)) {
        pdf_set(document, from->page, "/Annots", pdf_object(document, "[]"));
        links = qpdf_oh_get_key(document->qpdf, from->page, "/Annots");
    }
    pdf_append(document, links, link);
}
