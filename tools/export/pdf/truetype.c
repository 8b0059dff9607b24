/* The smallest TrueType font that readers take: tables as in the OpenType specification 1.9, big-endian,
 * each padded to four bytes. Glyph 0 is .notdef, which no text uses; glyph n + 1 is n · PDF_WIDTH_STEP wide.
 * All are empty but .notdef, which has a description without contours, as some readers take a table of
 * nothing for a missing one. */
#include <string.h>

#include "base/text.h"
#include "export/pdf/font.h"

enum {
    UNITS_PER_EM = 1000,
    GLYPHS = PDF_MAX_WIDTH / PDF_WIDTH_STEP + 2,
    NOTDEF_BYTES = 12,
    TABLES = 8,
    CHECKSUM_MAGIC = (int)0xb1b0afba,
    FONT_MAGIC = 0x5f0f3cf5,
};

static void put16(struct bi_text *out, int value)
{
    bi_text_add_bytes(out, (char[]){(char)(value >> 8), (char)value}, 2);
}

static void put32(struct bi_text *out, uint32_t value)
{
    put16(out, (int)(value >> 16));
    put16(out, (int)(value & 0xffff));
}

static void put_zeros(struct bi_text *out, size_t count)
{
    while (count--)
        bi_text_add_bytes(out, "", 1);
}

/* A format 4 subtable for (3, 1) whose only segment is the closing one. */
static void put_cmap(struct bi_text *out)
{
    for (size_t i = 0; i < 4; i++)
        put16(out, (const int[]){0, 1, 3, 1}[i]); /* version, subtables, platform, encoding */
    put32(out, 12);
    for (size_t i = 0; i < 12; i++)
        put16(out, (const int[]){4, 24, 0, 2, 2, 0, 0, 0xffff, 0, 0xffff, 1, 0}[i]);
}

static void put_head(struct bi_text *out)
{
    put32(out, 0x00010000); /* version */
    put32(out, 0x00010000); /* revision */
    put32(out, 0);          /* checksum adjustment, later */
    put32(out, FONT_MAGIC);
    put16(out, 0x000b); /* baseline at 0, left side bearing at 0, integer scaling */
    put16(out, UNITS_PER_EM);
    put_zeros(out, 16); /* created and modified: unknown */
    put16(out, 0);
    put16(out, -PDF_DESCENT);
    put16(out, PDF_MAX_WIDTH);
    put16(out, PDF_ASCENT);
    for (size_t i = 0; i < 5; i++)
        put16(out, (const int[]){0, 3, 2, 1, 0}[i]); /* style, smallest size, direction, long loca, glyf */
}

static void put_hhea(struct bi_text *out)
{
    put32(out, 0x00010000);
    put16(out, PDF_ASCENT);
    put16(out, -PDF_DESCENT);
    put16(out, 0);
    put16(out, PDF_MAX_WIDTH);
    put_zeros(out, 6);
    put16(out, 1); /* the caret is upright */
    put_zeros(out, 14);
    put16(out, GLYPHS);
}

static void put_hmtx(struct bi_text *out)
{
    for (int i = 0; i < GLYPHS; i++) {
        put16(out, i == 0 ? UNITS_PER_EM : (i - 1) * PDF_WIDTH_STEP);
        put16(out, 0);
    }
}

static void put_loca(struct bi_text *out)
{
    for (int i = 0; i <= GLYPHS; i++)
        put32(out, i == 0 ? 0 : NOTDEF_BYTES);
}

static void put_glyf(struct bi_text *out)
{
    put_zeros(out, NOTDEF_BYTES); /* no contours, an empty box, no instructions */
}

static void put_maxp(struct bi_text *out)
{
    put32(out, 0x00010000);
    put16(out, GLYPHS);
    put_zeros(out, 8);
    put16(out, 1); /* zones */
    put_zeros(out, 16);
}

static void put_post(struct bi_text *out)
{
    put32(out, 0x00030000); /* without names */
    put_zeros(out, 28);
}

static uint32_t checksum(const char *data, size_t size)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < size; i++)
        sum += (uint32_t)(unsigned char)data[i] << (24 - 8 * (i % 4));
    return sum;
}

void pdf_truetype(struct bi_text *out)
{
    /* In the order of their names. */
    static const struct {
        const char *name;
        void (*put)(struct bi_text *out);
    } tables[TABLES] = {{"cmap", put_cmap}, {"glyf", put_glyf}, {"head", put_head}, {"hhea", put_hhea},
                        {"hmtx", put_hmtx}, {"loca", put_loca}, {"maxp", put_maxp}, {"post", put_post}};
    struct bi_text font = {0}, body = {0};
    put32(&font, 0x00010000);
    for (size_t i = 0; i < 4; i++) /* tables; 16 times the greatest power of two in them; its log; the rest */
        put16(&font, (const int[]){TABLES, TABLES * 16, 3, 0}[i]);
    size_t start = 12 + 16 * TABLES, head = 0;
    for (size_t i = 0; i < TABLES; i++) {
        size_t offset = body.length;
        tables[i].put(&body);
        size_t length = body.length - offset;
        put_zeros(&body, (4 - body.length % 4) % 4);
        if (strcmp(tables[i].name, "head") == 0)
            head = start + offset;
        bi_text_add(&font, tables[i].name);
        put32(&font, checksum(body.data + offset, length));
        put32(&font, (uint32_t)(start + offset));
        put32(&font, (uint32_t)length);
    }
    bi_text_add_bytes(&font, body.data, body.length);
    struct bi_text adjustment = {0};
    put32(&adjustment, (uint32_t)CHECKSUM_MAGIC - checksum(font.data, font.length));
    memcpy(font.data + head + 8, adjustment.data, 4);
    bi_text_add_bytes(out, font.data, font.length);
    bi_text_release(&adjustment);
    bi_text_release(&body);
    bi_text_release(&font);
}
