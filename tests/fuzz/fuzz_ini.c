/* title.ini, which archivists write: whatever is taken goes out as JSON and comes back the same. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "page/issue.h"
#include "title.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = 0;
    struct bi_issue issue = {0};
    struct bi_error err;
    if (title_parse(&issue, "fuzz", text, size, &err) == 0)
        for (size_t i = 0; i < issue.setting_count; i++) {
            const struct bi_setting *setting = &issue.settings[i];
            if (!bi_utf8_valid(setting->value, strlen(setting->value)) ||
                !bi_issue_setting(&issue, setting->section, setting->name))
                abort();
        }
    bi_issue_release(&issue);
    free(text);
    return 0;
}
