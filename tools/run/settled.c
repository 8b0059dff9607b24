#include "run/settled.h"

#include <dirent.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"
#include "run/report.h"

#define HEADING "backissue-inbox/1\n"
#define MAX_FILE_BYTES ((size_t)16 << 20)

double run_settled_parse(const char *text)
{
    static const struct {
        const char *unit;
        double seconds;
    } units[] = {{"", 1}, {"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}};
    char *end;
    if (*text < '0' || *text > '9')
        return -1;
    double number = strtod(text, &end);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(end, units[i].unit) == 0 && isfinite(number))
            return number * units[i].seconds;
    return -1;
}

static double seconds_of(struct timespec time)
{
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* What a folder's times say. */
struct look {
    double newest; /* latest change, seconds since 1970 */
    bool moving;   /* something went away while it was looked at */
    char state[BI_SHA256_HEX];
};

static void add_times(struct look *look, struct bi_text *state, const char *name, const struct stat *status,
                      double now)
{
    double changed = seconds_of(status->st_ctim), modified = seconds_of(status->st_mtim);
    if (modified <= now && modified > changed)
        changed = modified;
    if (changed > look->newest)
        look->newest = changed;
    bi_text_printf(state, "%s %" PRIu64 " %.9f %.9f\n", name, (uint64_t)status->st_size, changed, modified);
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* False if the folder cannot be read, which is for intake to tell. Hidden files count: under such names
 * programs that copy write what is not complete yet. */
static bool look_at(const struct run_place *place, double now, struct look *look)
{
    *look = (struct look){0};
    struct stat status;
    struct dirent **entries;
    int count = scandir(place->folder, &entries, NULL, by_bytes);
    if (count < 0)
        return false;
    BI_CLEANUP(bi_text_release) struct bi_text state = {0};
    bi_text_printf(&state, "%s\n", place->folder);
    for (int i = 0; i < count; i++) {
        struct bi_arena arena = {0};
        const char *name = entries[i]->d_name;
        if (lstat(bi_path_join(&arena, place->folder, name), &status) != 0)
            look->moving = true;
        else if (strcmp(name, "..") != 0 && (!S_ISDIR(status.st_mode) || strcmp(name, ".") == 0))
            add_times(look, &state, name, &status, now);
        bi_arena_release(&arena);
        free(entries[i]);
    }
    free(entries);
    bi_sha256_bytes(bi_text_get(&state), state.length, look->state);
    return true;
}

/* Since when a folder of the future has been as it is, from what earlier runs remembered: now if none did. */
static double seen_since(const char *memory, const char *state, double now)
{
    const char *line = memory ? strstr(memory, state) : NULL;
    double since = line ? strtod(line + strlen(state), NULL) : now;
    return since <= now ? since : now;
}

static char *decide(struct bi_arena *arena, const struct run_settled *options, const struct run_place *place,
                    double now, const char *memory, struct bi_text *remembered)
{
    struct look look;
    if (!look_at(place, now, &look))
        return NULL;
    if (look.moving)
        return bi_arena_strdup(arena, "it changes");
    if (look.newest > now) {
        double since = seen_since(memory, look.state, now);
        bi_text_printf(remembered, "%s %.3f\n", look.state, since);
        return now - since >= options->seconds && since < now
                   ? NULL
                   : bi_arena_strdup(arena, "its time of change lies ahead of the clock");
    }
    double age = now - look.newest;
    return age >= options->seconds
               ? NULL
               : bi_arena_printf(arena, "changed %s ago", run_report_duration(arena, floor(age)));
}

/* True for a folder in which a delivery has yet to begin. */
static bool is_bare(const struct run_settled *options, const struct run_place *place)
{
    size_t length = strlen(options->inbox);
    return place->images == 0 && strncmp(place->folder, options->inbox, length) == 0 &&
           (!place->folder[length] || !strchr(place->folder + length + 1, '/'));
}

int run_settle(struct bi_arena *arena, const struct run_settled *options, struct run_place *places,
               size_t *count, struct run_unsettled **left, size_t *left_count, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *memory = NULL;
    BI_CLEANUP(bi_text_release) struct bi_text remembered = {0};
    size_t size, kept = 0, capacity = 0;
    struct timespec clock;
    clock_gettime(CLOCK_REALTIME, &clock);
    if (bi_file_read(options->memory, MAX_FILE_BYTES, true, &memory, &size, NULL) != 0)
        memory = NULL;
    bi_text_add(&remembered, HEADING);
    *left = NULL;
    *left_count = 0;
    for (size_t i = 0; i < *count; i++) {
        if (is_bare(options, &places[i]))
            continue;
        char *why = decide(arena, options, &places[i], seconds_of(clock), memory, &remembered);
        if (!why) {
            places[kept++] = places[i];
            continue;
        }
        *left = bi_arena_grow(arena, *left, *left_count, &capacity, sizeof **left);
        (*left)[(*left_count)++] = (struct run_unsettled){
            .name = bi_arena_printf(arena, "%s %s", places[i].title, places[i].date), .why = why};
    }
    *count = kept;
    bool nothing = remembered.length == strlen(HEADING) && !memory;
    if (!options->keep || nothing || (memory && strcmp(memory, bi_text_get(&remembered)) == 0))
        return 0;
    return bi_file_write(options->memory, remembered.data, remembered.length, err);
}
