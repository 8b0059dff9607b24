#include <tiffio.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "export/pdf/picture.h"
#include "page/image.h"

static void tiff_closep(TIFF **tiff)
{
    if (*tiff)
        TIFFClose(*tiff);
}

static bool write_rows(TIFF *tiff, PIX *pix)
{
    int width = pixGetWidth(pix), height = pixGetHeight(pix);
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 1);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, height);
    l_uint32 *data = pixGetData(pix);
    int words = pixGetWpl(pix);
    for (int y = 0; y < height; y++)
        if (TIFFWriteScanline(tiff, data + (size_t)y * (size_t)words, (uint32_t)y, 0) != 1)
            return false;
    return TIFFFlushData(tiff) == 1;
}

/* Libtiff's encoder writes files only: one strip into a file without a name, and that is read back. */
int pdf_ccitt(PIX *pix, unsigned char **data, size_t *size, struct bi_error *err)
{
    BI_CLEANUP(bi_descriptor_closep) int file = bi_scratch_file(err);
    if (file < 0)
        return -1;
    int copy = dup(file); /* TIFFClose closes what it is given */
    BI_CLEANUP(tiff_closep) TIFF *tiff = copy < 0 ? NULL : TIFFFdOpen(copy, "G4", "w");
    if (!tiff) {
        if (copy >= 0)
            close(copy);
        return bi_error_errno(err, BI_EXIT_INTERNAL, "a scratch file cannot be opened");
    }
    BI_CLEANUP(bi_pix_destroyp) PIX *bytes = pixEndianByteSwapNew(pix);
    uint64_t *offsets = NULL, *counts = NULL;
    if (!bytes || !write_rows(tiff, bytes) || TIFFGetField(tiff, TIFFTAG_STRIPOFFSETS, &offsets) != 1 ||
        TIFFGetField(tiff, TIFFTAG_STRIPBYTECOUNTS, &counts) != 1)
        return bi_error_set(err, BI_EXIT_INTERNAL, "a scratch file cannot be written");
    unsigned char *read = bi_xcalloc(counts[0] + 1, 1);
    if (pread(file, read, counts[0], (off_t)offsets[0]) != (ssize_t)counts[0]) {
        free(read);
        return bi_error_errno(err, BI_EXIT_INTERNAL, "a scratch file cannot be read");
    }
    *data = read;
    *size = counts[0];
    return 0;
}
