#include "run/share.h"

#include <string.h>

static const char *const names[] = {
    [RUN_SHARE_ALL] = "all",       [RUN_SHARE_PLAN] = "plan", [RUN_SHARE_PAGES] = "pages",
    [RUN_SHARE_STITCH] = "stitch", [RUN_SHARE_LOAD] = "load",
};

bool run_share_includes(enum run_share share, enum run_stage stage)
{
    switch (share) {
    case RUN_SHARE_PLAN:
        return stage == RUN_INTAKE;
    case RUN_SHARE_PAGES:
        return stage >= RUN_DESKEW && stage <= RUN_OCR;
    case RUN_SHARE_STITCH:
        return stage == RUN_STITCH;
    case RUN_SHARE_LOAD:
        return stage == RUN_LOAD;
    default:
        return true;
    }
}

const char *run_share_name(enum run_share share)
{
    return names[share];
}

enum run_share run_share_named(const char *name)
{
    for (enum run_share share = RUN_SHARE_PAGES; share <= RUN_SHARE_LOAD; share++)
        if (strcmp(names[share], name) == 0)
            return share;
    return RUN_SHARE_ALL;
}

bool run_share_is_alone(enum run_share share)
{
    return share == RUN_SHARE_ALL || share == RUN_SHARE_PLAN || share == RUN_SHARE_LOAD;
}
