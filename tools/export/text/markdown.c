#include "export/text/markdown.h"

#include <string.h>

/* Marks wherever they stand. */
static const char MARKS[] = "\\`*_[]<>&~|";
/* … and those at the beginning of a line. */
static const char FIRST_MARKS[] = "#+-=";

/* "1." and "1)" begin a list. */
static size_t list_number(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits && (text[digits] == '.' || text[digits] == ')') ? digits : 0;
}

void export_markdown_add(struct bi_text *out, const char *text)
{
    size_t number = list_number(text);
    bi_text_add_bytes(out, text, number);
    text += number;
    if (number || (*text && strchr(FIRST_MARKS, *text)))
        bi_text_add(out, "\\");
    else if (*text && strchr(MARKS, *text))
        bi_text_add(out, "\\");
    if (*text)
        bi_text_add_bytes(out, text++, 1);
    for (; *text; text++) {
        if (strchr(MARKS, *text))
            bi_text_add(out, "\\");
        bi_text_add_bytes(out, text, 1);
    }
}
