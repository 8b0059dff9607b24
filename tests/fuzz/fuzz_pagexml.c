/* PAGE-XML from anybody's editor. */
#include <stdint.h>

#include "page/pagexml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bi_page page;
    struct bi_error err;
    if (bi_pagexml_parse("fuzz", (const char *)data, size, &page, &err) == 0)
        bi_page_release(&page);
    return 0;
}
