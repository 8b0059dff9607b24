/* The JSON files of the work folder, which people can edit. */
#include <stdint.h>

#include "page/articles.h"
#include "page/corrections.h"
#include "page/issue.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bi_articles articles;
    struct bi_corrections corrections;
    struct bi_issue issue;
    struct bi_error err;
    if (bi_articles_parse("fuzz", (const char *)data, size, &articles, &err) == 0)
        bi_articles_release(&articles);
    if (bi_issue_parse("fuzz", (const char *)data, size, &issue, &err) == 0)
        bi_issue_release(&issue);
    if (bi_corrections_parse("fuzz", (const char *)data, size, &corrections, &err) == 0)
        bi_corrections_release(&corrections);
    return 0;
}
