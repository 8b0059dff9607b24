#include "export/pdf/font.h"

#include <search.h>
#include <string.h>

#include "base/text.h"

#define FONT_NAME "BackissueWithoutInk"

void pdf_font_open(struct pdf_font *font, struct pdf_document *document)
{
    *font = (struct pdf_font){.object = pdf_own_object(document, "<< /Type /Font >>")};
}

static void leave(void *cid)
{
    (void)cid; /* of the arena */
}

void pdf_font_release(struct pdf_font *font)
{
    tdestroy(font->tree, leave);
    bi_arena_release(&font->arena);
    *font = (struct pdf_font){0};
}

static int compare(const void *a, const void *b)
{
    const struct pdf_cid *x = a, *y = b;
    return x->width != y->width ? x->width - y->width : strcmp(x->text, y->text);
}

int pdf_font_cid(struct pdf_font *font, const char *text, int *width)
{
    int steps = (*width + PDF_WIDTH_STEP / 2) / PDF_WIDTH_STEP;
    *width = steps * PDF_WIDTH_STEP > PDF_MAX_WIDTH ? PDF_MAX_WIDTH : steps * PDF_WIDTH_STEP;
    struct pdf_cid wanted = {.text = text, .width = *width}, **found = tfind(&wanted, &font->tree, compare);
    if (found)
        return (*found)->cid;
    if (font->count == PDF_MAX_CIDS)
        return 0;
    struct pdf_cid *cid = bi_arena_alloc(&font->arena, sizeof *cid);
    *cid = (struct pdf_cid){bi_arena_strdup(&font->arena, text), *width, (int)font->count + 1};
    font->cids = bi_arena_grow(&font->arena, font->cids, font->count, &font->room, sizeof *font->cids);
    font->cids[font->count++] = cid;
    tsearch(cid, &font->tree, compare);
    return cid->cid;
}

static void add_utf16(struct bi_text *out, const char *text)
{
    for (uint32_t rune; (rune = bi_rune_next(&text));)
        if (rune > 0xffff)
            bi_text_printf(out, "%04X%04X", 0xd800 + ((rune - 0x10000) >> 10),
                           0xdc00 + ((rune - 0x10000) & 0x3ff));
        else
            bi_text_printf(out, "%04X", rune);
}

void pdf_font_cmap(const struct pdf_font *font, struct bi_text *out)
{
    enum { AT_ONCE = 100 }; /* as many as a block may have */
    bi_text_add(out, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                     "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                     "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                     "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    for (size_t i = 0; i < font->count; i++) {
        if (i % AT_ONCE == 0)
            bi_text_printf(out, "%zu beginbfchar\n", font->count - i < AT_ONCE ? font->count - i : AT_ONCE);
        bi_text_printf(out, "<%04X> <", (unsigned)font->cids[i]->cid);
        add_utf16(out, font->cids[i]->text);
        bi_text_add(out, ">\n");
        if (i % AT_ONCE == AT_ONCE - 1 || i == font->count - 1)
            bi_text_add(out, "endbfchar\n");
    }
    bi_text_add(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}

static qpdf_oh make_descriptor(struct pdf_document *document)
{
    struct bi_text program = {0};
    pdf_truetype(&program);
    qpdf_oh file = pdf_stream(document, program.data, program.length, NULL);
    pdf_set(document, pdf_stream_dictionary(document, file), "/Length1",
            pdf_object(document, "%zu", program.length));
    bi_text_release(&program);
    qpdf_oh descriptor = pdf_own_object(document,
                                        "<< /Type /FontDescriptor /FontName /" FONT_NAME
                                        " /Flags 4 /FontBBox [0 %d 1000 %d] /ItalicAngle 0"
                                        " /Ascent %d /Descent %d /CapHeight %d /StemV 80 >>",
                                        -PDF_DESCENT, PDF_ASCENT, PDF_ASCENT, -PDF_DESCENT, PDF_ASCENT);
    pdf_set(document, descriptor, "/FontFile2", file);
    return descriptor;
}

/* The widths, and which glyph has that width. */
static void set_widths(struct pdf_font *font, struct pdf_document *document, qpdf_oh descendant)
{
    qpdf_oh widths = pdf_object(document, "[1]"), list = pdf_object(document, "[]");
    struct bi_text glyphs = {0};
    bi_text_add_bytes(&glyphs, "\0\0", 2);
    for (size_t i = 0; i < font->count; i++) {
        pdf_append(document, list, qpdf_oh_new_integer(document->qpdf, font->cids[i]->width));
        int glyph = font->cids[i]->width / PDF_WIDTH_STEP + 1;
        bi_text_add_bytes(&glyphs, (char[]){(char)(glyph >> 8), (char)glyph}, 2);
    }
    pdf_append(document, widths, list);
    pdf_set(document, descendant, "/W", widths);
    pdf_set(document, descendant, "/CIDToGIDMap", pdf_stream(document, glyphs.data, glyphs.length, NULL));
    bi_text_release(&glyphs);
}

void pdf_font_finish(struct pdf_font *font, struct pdf_document *document)
{
    qpdf_oh descendant = pdf_own_object(
        document, "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /" FONT_NAME " /DW 1000"
                  " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>");
    pdf_set(document, descendant, "/FontDescriptor", make_descriptor(document));
    set_widths(font, document, descendant);
    struct bi_text cmap = {0};
    pdf_font_cmap(font, &cmap);
    qpdf_oh descendants = pdf_object(document, "[]");
    pdf_append(document, descendants, descendant);
    pdf_set(document, font->object, "/Subtype", pdf_object(document, "/Type0"));
    pdf_set(document, font->object, "/BaseFont", pdf_object(document, "/" FONT_NAME));
    pdf_set(document, font->object, "/Encoding", pdf_object(document, "/Identity-H"));
    pdf_set(document, font->object, "/DescendantFonts", descendants);
    pdf_set(document, font->object, "/ToUnicode", pdf_stream(document, cmap.data, cmap.length, NULL));
    bi_text_release(&cmap);
}
