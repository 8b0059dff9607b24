#include "run/job_name.h"

#include <string.h>

#include "base/file.h"

#define DIGITS 8

char *run_job_name(struct bi_arena *arena, const char *work, enum run_share share)
{
    char sha256[BI_SHA256_HEX];
    bi_sha256_bytes(work, strlen(work), sha256);
    return bi_arena_printf(arena, "backissue-%.*s-%s", DIGITS, sha256, run_share_name(share));
}
