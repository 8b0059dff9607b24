/* PAGE-XML with the text of some lines changed, and nothing else: what other programs and persons have put
 * into the file, known here or not, stays. */
#ifndef PAGE_PAGEXML_EDIT_H
#define PAGE_PAGEXML_EDIT_H

#include <stddef.h>

#include "base/error.h"
#include "base/text.h"

struct bi_line_change {
    const char *line_id;
    const char *text; /* UTF-8 without control characters; "" is a line on which nothing is printed */
};

/* Appends the changed document to *out. A changed line has that text with full confidence, and neither words
 * nor glyphs any more, which spelled the old one; a text that its regions have of their own goes too, since
 * it says what they no longer print. BI_EXIT_INPUT for what is not XML, for a line that is not there or
 * twice. */
int bi_pagexml_change(const char *name, const char *data, size_t size, const struct bi_line_change *changes,
                      size_t count, struct bi_text *out, struct bi_error *err);

#endif
