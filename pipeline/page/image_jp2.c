/* JPEG 2000 (.jp2, .jpx and bare codestreams) through OpenJPEG, strictly: a file that ends early is refused,
 * where Leptonica's reader gives a page whose lower part is blurred or missing. */
#include <openjpeg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "page/image_formats.h"

/* Samples deeper than this are of no scanner. */
enum { MAX_SAMPLE_BITS = 16 };

struct reader {
    opj_stream_t *stream;
    opj_codec_t *codec;
    opj_image_t *image;
    char why[160]; /* the first thing the library had to say */
};

static void keep_message(const char *message, void *data)
{
    struct reader *reader = data;
    if (!reader->why[0])
        snprintf(reader->why, sizeof reader->why, "%.*s", (int)strcspn(message, "\r\n"), message);
}

static void reader_release(struct reader *reader)
{
    if (reader->image)
        opj_image_destroy(reader->image);
    if (reader->codec)
        opj_destroy_codec(reader->codec);
    if (reader->stream)
        opj_stream_destroy(reader->stream);
}

/* Starts as a box of type "jP  ", or as a codestream does. */
bool bi_jp2_begins(const unsigned char *head, size_t size)
{
    return (size >= 12 && memcmp(head, "\0\0\0\x0cjP  \r\n\x87\n", 12) == 0) ||
           (size >= 4 && memcmp(head, "\xff\x4f\xff\x51", 4) == 0);
}

static int width_of(const opj_image_t *image)
{
    return image->x1 - image->x0 > INT32_MAX ? INT32_MAX : (int)(image->x1 - image->x0);
}

static int height_of(const opj_image_t *image)
{
    return image->y1 - image->y0 > INT32_MAX ? INT32_MAX : (int)(image->y1 - image->y0);
}

static int broken(const char *path, const struct reader *reader, struct bi_error *err)
{
    return bi_error_set(err, BI_EXIT_INPUT, "%s: is a damaged or truncated JPEG 2000: %s", path,
                        reader->why[0] ? reader->why : "its pixels are not all there");
}

/* Opens a file and reads its header, after which the size is known and nothing is decoded. */
static int reader_open(const char *path, struct reader *reader, struct bi_error *err)
{
    unsigned char head[12] = {0};
    BI_CLEANUP(bi_file_closep) FILE *in = fopen(path, "rbe");
    if (!in)
        return bi_error_errno(err, BI_EXIT_INPUT, "%s", path);
    size_t n = fread(head, 1, sizeof head, in);
    if (!bi_jp2_begins(head, n))
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is not a JPEG 2000 image", path);
    reader->stream = opj_stream_create_default_file_stream(path, OPJ_TRUE);
    reader->codec = opj_create_decompress(head[0] == 0xff ? OPJ_CODEC_J2K : OPJ_CODEC_JP2);
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    if (!reader->stream || !reader->codec || !opj_setup_decoder(reader->codec, &parameters))
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: cannot be opened", path);
    opj_set_error_handler(reader->codec, keep_message, reader);
    opj_decoder_set_strict_mode(reader->codec, OPJ_TRUE);
    if (!opj_read_header(reader->stream, reader->codec, &reader->image) || reader->image->numcomps == 0)
        return broken(path, reader, err);
    return 0;
}

static int dpi_of(const char *path)
{
    BI_CLEANUP(bi_file_closep) FILE *in = fopen(path, "rbe");
    l_int32 x = 0, y = 0;
    return in && fgetJp2kResolution(in, &x, &y) == 0 && x > 0 && x < 100000 ? x : 0;
}

static int describe(const char *path, const struct reader *reader, struct bi_image_info *out,
                    struct bi_error *err)
{
    const opj_image_t *image = reader->image;
    int bits = 0;
    for (unsigned i = 0; i < image->numcomps && i < 4; i++)
        bits += (int)(image->comps[i].prec > 32 ? 32 : image->comps[i].prec);
    *out = (struct bi_image_info){.format = "jp2",
                                  .width = width_of(image),
                                  .height = height_of(image),
                                  .bits = bits,
                                  .dpi = dpi_of(path)};
    if (image->comps[0].prec > MAX_SAMPLE_BITS)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: has samples of %u bits; at most %d are read", path,
                            image->comps[0].prec, MAX_SAMPLE_BITS);
    return bi_image_check_limits(path, out, err);
}

int bi_jp2_probe(const char *path, struct bi_image_info *out, struct bi_error *err)
{
    BI_CLEANUP(reader_release) struct reader reader = {0};
    if (reader_open(path, &reader, err) < 0)
        return -1;
    return describe(path, &reader, out, err);
}

/* A component's sample at a pixel of the image, from 0 to 255. Components may be coarser than the image. */
static int sample_at(const opj_image_t *image, unsigned component, int x, int y)
{
    const opj_image_comp_t *from = &image->comps[component];
    unsigned column = (unsigned)x / from->dx, row = (unsigned)y / from->dy;
    if (column >= from->w)
        column = from->w - 1;
    if (row >= from->h)
        row = from->h - 1;
    int value = from->data[(size_t)row * from->w + column];
    if (from->sgnd)
        value += 1 << (from->prec - 1);
    value = from->prec > 8 ? value >> (from->prec - 8) : value * 255 / ((1 << from->prec) - 1);
    return value < 0 ? 0 : value > 255 ? 255 : value;
}

static unsigned char clamp(double value)
{
    return (unsigned char)(value < 0 ? 0 : value > 255 ? 255 : value + 0.5);
}

/* What the components of an image mean. */
struct colours {
    int count; /* that make the colour: 1, 3, or 4 inks */
    int alpha; /* the component of the alpha, -1 for none */
    bool luma; /* brightness and two differences of colour (sYCC) */
};

static struct colours colours_of(const opj_image_t *image)
{
    struct colours colours = {.count = image->numcomps >= 3 ? 3 : 1, .alpha = -1};
    if (image->color_space == OPJ_CLRSPC_CMYK && image->numcomps >= 4)
        return (struct colours){.count = 4, .alpha = -1};
    for (unsigned i = (unsigned)colours.count; i < image->numcomps; i++)
        if (image->comps[i].alpha)
            colours.alpha = (int)i;
    colours.luma = colours.count == 3 && (image->color_space == OPJ_CLRSPC_SYCC ||
                                          (image->color_space != OPJ_CLRSPC_SRGB && image->comps[1].dx > 1));
    return colours;
}

static void pixel_at(const opj_image_t *image, const struct colours *colours, int x, int y,
                     unsigned char pixel[3])
{
    int value[4] = {0};
    for (int k = 0; k < colours->count; k++)
        value[k] = sample_at(image, (unsigned)k, x, y);
    if (colours->count == 1)
        value[1] = value[2] = value[0];
    if (colours->luma) {
        double blue = value[1] - 128, red = value[2] - 128, grey = value[0];
        value[0] = clamp(grey + 1.402 * red);
        value[1] = clamp(grey - 0.344136 * blue - 0.714136 * red);
        value[2] = clamp(grey + 1.772 * blue);
    }
    for (int k = 0; k < 3; k++) {
        if (colours->count == 4)
            value[k] = (255 - value[k]) * (255 - value[3]) / 255;
        if (colours->alpha >= 0) {
            int alpha = sample_at(image, (unsigned)colours->alpha, x, y);
            value[k] = (value[k] * alpha + 255 * (255 - alpha)) / 255;
        }
        pixel[k] = (unsigned char)value[k];
    }
}

/* True if every component that is looked at has its samples. */
static bool is_whole(const opj_image_t *image, const struct colours *colours)
{
    for (int k = 0; k < (int)image->numcomps; k++) {
        const opj_image_comp_t *component = &image->comps[k];
        if ((k < colours->count || k == colours->alpha) &&
            (!component->data || !component->w || !component->h || !component->dx || !component->dy ||
             component->prec < 1 || component->prec > MAX_SAMPLE_BITS))
            return false;
    }
    return true;
}

static PIX *to_pix(const opj_image_t *image, const struct colours *colours, bool grey)
{
    int width = width_of(image), height = height_of(image);
    bool one = grey || colours->count == 1;
    BI_CLEANUP(bi_freep) unsigned char *row = malloc((size_t)width * 3);
    PIX *pix = row ? pixCreate(width, height, one ? 8 : 32) : NULL;
    for (int y = 0; pix && y < height; y++) {
        for (int x = 0; x < width; x++) {
            unsigned char pixel[3];
            pixel_at(image, colours, x, y, pixel);
            if (one)
                row[x] = colours->count == 1 ? pixel[0] : bi_luminance(pixel[0], pixel[1], pixel[2]);
            else
                memcpy(row + 3 * (size_t)x, pixel, 3);
        }
        if (one)
            bi_put_grey_row(pix, y, row, width);
        else
            bi_put_colour_row(pix, y, row, width);
    }
    return pix;
}

int bi_jp2_read(const char *path, bool grey, PIX **result, struct bi_error *err)
{
    BI_CLEANUP(reader_release) struct reader reader = {0};
    struct bi_image_info info;
    if (reader_open(path, &reader, err) < 0 || describe(path, &reader, &info, err) < 0)
        return -1;
    if (!opj_decode(reader.codec, reader.stream, reader.image) ||
        !opj_end_decompress(reader.codec, reader.stream))
        return broken(path, &reader, err);
    struct colours colours = colours_of(reader.image);
    if (!is_whole(reader.image, &colours) || width_of(reader.image) != info.width ||
        height_of(reader.image) != info.height)
        return broken(path, &reader, err);
    PIX *pix = to_pix(reader.image, &colours, grey);
    if (!pix)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: out of memory", path);
    pixSetResolution(pix, info.dpi, info.dpi);
    *result = pix;
    return 0;
}
