#include "run/json.h"

#include "base/text.h"

json_t *run_json_string(const char *s)
{
    json_t *string = json_string(s);
    if (string)
        return string;
    struct bi_text clean = {0};
    for (uint32_t rune; (rune = bi_rune_next(&s));)
        bi_text_add_rune(&clean, rune == 0xfffd ? '?' : rune);
    string = json_string(bi_text_get(&clean));
    bi_text_release(&clean);
    return string;
}

void run_json_release(json_t **json)
{
    json_decref(*json);
}
