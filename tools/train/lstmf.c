#include "lstmf.h"

#include <leptonica/allheaders.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

static void put_u32(FILE *stream, uint32_t value)
{
    fwrite(&value, sizeof value, 1, stream); /* little-endian machines only, as lstmtraining itself */
}

static void put_string(FILE *stream, const void *data, size_t size)
{
    put_u32(stream, (uint32_t)size);
    fwrite(data, 1, size, stream);
}

void lstmf_begin(FILE *stream, uint32_t count)
{
    put_u32(stream, count);
}

void lstmf_add(FILE *stream, const struct plane *plane, const char *text)
{
    PIX *pix = pixCreate(plane->width, plane->height, 8);
    for (int y = 0; y < plane->height; y++)
        for (int x = 0; x < plane->width; x++)
            pixSetPixel(pix, x, y, plane_row(plane, y)[x]);
    l_uint8 *png = NULL;
    size_t size = 0;
    pixWriteMemPng(&png, &size, pix, 0);
    pixDestroy(&pix);

    fputc(1, stream);          /* there is a page */
    put_string(stream, "", 0); /* image file */
    put_u32(stream, 0);        /* page number */
    put_string(stream, png, size);
    put_string(stream, "", 0); /* language */
    put_string(stream, text, strlen(text));
    put_u32(stream, 1); /* one box: left, bottom, right, top */
    int16_t box[4] = {0, 0, (int16_t)plane->width, (int16_t)plane->height};
    fwrite(box, sizeof *box, 4, stream);
    put_u32(stream, 1);
    put_string(stream, text, strlen(text));
    fputc(0, stream); /* not vertical */
    lept_free(png);
}

static const char *take_string(struct bytes *bytes, size_t *size)
{
    *size = (size_t)bytes_unsigned(bytes, 4);
    return bytes_take(bytes, *size);
}

bool lstmf_next(struct bytes *bytes, struct lstmf_line *line)
{
    size_t size, png_size;
    bytes_take(bytes, 1);
    take_string(bytes, &size);
    bytes_take(bytes, 4);
    const char *png = take_string(bytes, &png_size);
    take_string(bytes, &size);
    const char *text = take_string(bytes, &size);
    size_t text_size = size;
    uint64_t boxes = bytes_unsigned(bytes, 4);
    bytes_take(bytes, (size_t)boxes * 4 * sizeof(int16_t));
    for (uint64_t texts = bytes_unsigned(bytes, 4); texts > 0 && !bytes->bad; texts--)
        take_string(bytes, &size);
    bytes_take(bytes, 1);
    PIX *pix = bytes->bad ? NULL : pixReadMemPng((const l_uint8 *)png, png_size);
    if (!pix || pixGetDepth(pix) != 8) {
        pixDestroy(&pix);
        return false;
    }
    line->plane = plane_from_pix(pix);
    pixDestroy(&pix);
    line->text = bi_xcalloc(text_size + 1, 1);
    memcpy(line->text, text, text_size);
    return true;
}

void lstmf_line_release(struct lstmf_line *line)
{
    plane_release(&line->plane);
    free(line->text);
}
