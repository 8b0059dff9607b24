/* Plain text as Markdown (CommonMark 0.30) that shows it as it is. */
#ifndef EXPORT_MARKDOWN_H
#define EXPORT_MARKDOWN_H

#include "base/text.h"

/* Appends a line of text, with a backslash before every character that Markdown would take for a mark. The
 * text is what is left without the backslashes. */
void export_markdown_add(struct bi_text *out, const char *text);

#endif
