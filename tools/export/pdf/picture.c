#include "export/pdf/picture.h"

#include <math.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "page/image.h"
#include "page/transform.h"

/* Half of white: between ink and paper where a bitonal scan was turned upright. */
#define BITONAL_THRESHOLD 128

static bool was_bitonal(const struct export_page *page)
{
    struct bi_arena arena = {0};
    struct bi_transform transform = {0};
    bool bitonal = bi_transform_parse(&arena, page->transform, &transform, NULL) == 0 && transform.bitonal;
    bi_arena_release(&arena);
    return bitonal;
}

static PIX *reduce(PIX *pix, double scale)
{
    if (scale >= 1)
        return pixClone(pix);
    if (scale == 0.5)
        return pixScaleAreaMap2(pix);
    int width = (int)lround(pixGetWidth(pix) * scale), height = (int)lround(pixGetHeight(pix) * scale);
    return pixScaleAreaMapToSize(pix, width > 0 ? width : 1, height > 0 ? height : 1);
}

int pdf_picture_read(const struct export_page *page, int dpi, struct pdf_picture *picture,
                     struct bi_error *err)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *pix = NULL;
    if (bi_image_read_tones(page->image_path, 0, &pix, err) < 0)
        return -1;
    PIX *made = pixGetDepth(pix) == 1 ? pixClone(pix)
                : was_bitonal(page)   ? pixThresholdToBinary(pix, BITONAL_THRESHOLD)
                                      : reduce(pix, dpi && page->dpi ? (double)dpi / page->dpi : 1);
    if (!made)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: cannot be reduced", page->image_path);
    int width = page->width > 0 ? page->width : pixGetWidth(pix);
    int height = page->height > 0 ? page->height : pixGetHeight(pix);
    *picture =
        (struct pdf_picture){made, (double)pixGetWidth(made) / width, (double)pixGetHeight(made) / height};
    return 0;
}

void pdf_picture_release(struct pdf_picture *picture)
{
    pixDestroy(&picture->pix);
}

/* A box of the page on the picture, every pixel that it touches. */
static struct bi_box on_picture(const struct pdf_picture *picture, struct bi_box box)
{
    int left = (int)floor(box.x * picture->across), top = (int)floor(box.y * picture->down);
    int right = (int)ceil((box.x + box.w) * picture->across),
        bottom = (int)ceil((box.y + box.h) * picture->down);
    struct bi_box all = {0, 0, pixGetWidth(picture->pix), pixGetHeight(picture->pix)};
    return bi_box_intersection((struct bi_box){left, top, right - left, bottom - top}, all);
}

/* Paints what other articles have in the cut in white, but nothing that the article itself has. */
static void leave_out_others(const struct pdf_picture *picture, const struct pdf_cut *cut, struct bi_box area,
                             PIX *pix)
{
    int white = pixGetDepth(pix) == 1 ? PIX_CLR : PIX_SET;
    for (int own = 0; own < 2; own++)
        for (size_t i = 0; i < cut->page->line_count; i++) {
            const struct export_line *line = &cut->page->lines[i];
            if (!line->article || (line->article == cut->article) != own)
                continue;
            struct bi_box box = bi_box_intersection(on_picture(picture, line->box), area);
            if (!bi_box_empty(box))
                pixRasterop(pix, box.x - area.x, box.y - area.y, box.w, box.h, own ? PIX_SRC : white,
                            own ? picture->pix : NULL, box.x, box.y);
        }
}

int pdf_picture_encode(const struct pdf_picture *picture, const struct pdf_cut *cut, int quality,
                       struct pdf_image *image, struct bi_error *err)
{
    struct bi_box area = on_picture(picture, cut->box);
    if (bi_box_empty(area))
        return 0;
    BOX *box = boxCreate(area.x, area.y, area.w, area.h);
    BI_CLEANUP(bi_pix_destroyp)
    PIX *pix = cut->article ? pixClipRectangle(picture->pix, box, NULL) : pixClone(picture->pix);
    boxDestroy(&box);
    if (!pix)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: cannot be cut", cut->page->image_path);
    if (cut->article)
        leave_out_others(picture, cut, area, pix);
    struct pdf_image made = {.width = pixGetWidth(pix), .height = pixGetHeight(pix)};
    made.bitonal = pixGetDepth(pix) == 1;
    if (made.bitonal) {
        if (pdf_ccitt(pix, &made.data, &made.size, err) < 0)
            return -1;
    } else if (pixWriteMemJpeg(&made.data, &made.size, pix, quality, 1) != 0) {
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: cannot be compressed", cut->page->image_path);
    }
    *image = made;
    return 0;
}

void pdf_image_release(struct pdf_image *image)
{
    free(image->data);
    *image = (struct pdf_image){0};
}

qpdf_oh pdf_image_object(struct pdf_document *document, const struct pdf_image *image)
{
    qpdf_oh stream =
        pdf_stream(document, image->data, image->size, image->bitonal ? "/CCITTFaxDecode" : "/DCTDecode");
    qpdf_oh dictionary = pdf_stream_dictionary(document, stream);
    pdf_set(document, dictionary, "/Type", pdf_object(document, "/XObject"));
    pdf_set(document, dictionary, "/Subtype", pdf_object(document, "/Image"));
    pdf_set(document, dictionary, "/Width", pdf_object(document, "%d", image->width));
    pdf_set(document, dictionary, "/Height", pdf_object(document, "%d", image->height));
    pdf_set(document, dictionary, "/ColorSpace", pdf_object(document, "/DeviceGray"));
    pdf_set(document, dictionary, "/BitsPerComponent", pdf_object(document, "%d", image->bitonal ? 1 : 8));
    if (image->bitonal)
        pdf_set(document, dictionary, "/DecodeParms",
                pdf_object(document, "<< /K -1 /Columns %d /Rows %d >>", image->width, image->height));
    return stream;
}
