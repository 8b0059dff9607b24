#include "export/pdf/sheet.h"

#define POINTS_PER_INCH 72.0

struct pdf_frame pdf_frame_of(const struct export_page *page, struct bi_box box)
{
    return (struct pdf_frame){box, POINTS_PER_INCH / (page->dpi > 0 ? page->dpi : PDF_USUAL_DPI)};
}

struct pdf_place pdf_sheet_add(struct pdf_document *document, struct pdf_fonts *fonts,
                               const struct pdf_frame *frame, const struct pdf_image *image,
                               struct pdf_line *lines, size_t count, const struct pdf_type *type)
{
    double width = frame->box.w * frame->points, height = frame->box.h * frame->points;
    qpdf_oh page = pdf_add_page(document, width, height);
    qpdf_oh resources = pdf_object(document, "<< >>");
    struct bi_text content = {0};
    if (image->data) {
        qpdf_oh images = pdf_object(document, "<< >>");
        pdf_set(document, images, "/Im", pdf_image_object(document, image));
        pdf_set(document, resources, "/XObject", images);
        bi_text_printf(&content, "q %.2f 0 0 %.2f 0 0 cm /Im Do Q\n", width, height);
    }
    bi_text_add(&content, "BT 3 Tr\n");
    for (size_t i = 0; i < count; i++)
        pdf_layer_add(&content, document, fonts, frame, &lines[i], type);
    bi_text_add(&content, "ET\n");
    pdf_set(document, resources, "/Font", fonts->resource);
    pdf_set(document, page, "/Resources", resources);
    pdf_set(document, page, "/Contents", pdf_stream(document, content.data, content.length, NULL));
    bi_text_release(&content);
    return (struct pdf_place){page, *frame, {frame->box.x, frame->box.y}};
}
