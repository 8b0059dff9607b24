#include "report/html.h"

#include <openssl/evp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/text.h"

/* Print stays legible, and a page of eight stays below a megabyte or two. */
#define JPEG_QUALITY 60
#define REPLACEMENT 0xfffd

static void put_rune(FILE *out, uint32_t rune)
{
    struct bi_text text = {0};
    bi_text_add_rune(&text, rune);
    fputs(bi_text_get(&text), out);
    bi_text_release(&text);
}

void html_text(FILE *out, const char *text)
{
    if (!text)
        return;
    for (uint32_t rune; (rune = bi_rune_next(&text));) {
        if (rune == '&')
            fputs("&amp;", out);
        else if (rune == '<')
            fputs("&lt;", out);
        else if (rune == '>')
            fputs("&gt;", out);
        else if (rune == '"')
            fputs("&quot;", out);
        else if (rune == '\'')
            fputs("&#39;", out);
        else if (rune < 0x20 && rune != '\n' && rune != '\t')
            put_rune(out, REPLACEMENT);
        else if (rune == 0x7f || (rune >= 0x80 && rune < 0xa0) || (rune >= 0x202a && rune <= 0x202e) ||
                 (rune >= 0x2066 && rune <= 0x2069))
            put_rune(out, REPLACEMENT); /* controls, and marks that turn the order of what follows */
        else if (rune < 0x80)
            fputc((int)rune, out);
        else
            put_rune(out, rune);
    }
}

void html_print(FILE *out, const char *text)
{
    fputs("<span lang=\"zh\">", out);
    html_text(out, text);
    fputs("</span>", out);
}

void html_headings(FILE *out, const char *first, ...)
{
    va_list args;
    va_start(args, first);
    fputs("<tr>", out);
    for (const char *heading = first; heading; heading = va_arg(args, const char *))
        fprintf(out, "<th scope=\"col\">%s</th>", heading);
    fputs("</tr>\n", out);
    va_end(args);
}

void html_seconds(FILE *out, double seconds)
{
    if (seconds < 120)
        fprintf(out, "%.1f s", seconds);
    else
        fprintf(out, "%.1f min", seconds / 60);
}

int html_image(FILE *out, PIX *pix, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) l_uint8 *data = NULL;
    BI_CLEANUP(bi_freep) unsigned char *text = NULL;
    size_t size = 0;
    if (pixWriteMemJpeg(&data, &size, pix, JPEG_QUALITY, 0) != 0 || size > INT32_MAX / 2)
        return bi_error_set(err, BI_EXIT_INTERNAL, "a picture of the page cannot be made");
    text = bi_xcalloc(size / 3 + 2, 4);
    int length = EVP_EncodeBlock(text, data, (int)size);
    fputs("data:image/jpeg;base64,", out);
    fwrite(text, 1, (size_t)length, out);
    return 0;
}
