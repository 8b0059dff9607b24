/* Writing HTML: text that cannot become markup, and images within the page. */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include <leptonica/allheaders.h>
#include <stdio.h>

#include "base/error.h"

/* Text of any origin for an element or a quoted attribute: markup is escaped, control characters and bytes
 * that are no UTF-8 become U+FFFD. NULL writes nothing. */
void html_text(FILE *out, const char *text);
/* <span lang="zh"> with the text: print, for fonts and screen readers. */
void html_print(FILE *out, const char *text);
/* A table's row of headings, ended with NULL. */
void html_headings(FILE *out, const char *first, ...);
/* "0.1 s", "3.4 min". */
void html_seconds(FILE *out, double seconds);
/* The image as a JPEG in a data: address, without the quotes round it. */
int html_image(FILE *out, PIX *pix, struct bi_error *err);

#endif
