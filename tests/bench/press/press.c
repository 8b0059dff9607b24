/* Makes an issue of a newspaper that does not exist, as scans, with the truth of what stands where.
 *
 *     press --paper NAME [--seed N] [--pages K] [--damage NAME[,NUMBER=VALUE…]] [--dpi N] -o DIR
 *
 * Writes DIR/pNN.jpg (or .tif, .png) and DIR/truth.json, in the form of the sample issues. The same call
 * makes the same issue on the same machine; other versions of the fonts make another. `press --list` names
 * papers and damages.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "compose.h"
#include "damage.h"

static int usage(void)
{
    fprintf(
        stderr,
        "usage: press --paper NAME [--seed N] [--pages K] [--damage NAME[,NUMBER=VALUE…]] [--dpi N] -o DIR\n"
        "       press --list\n");
    return 2;
}

static int list(struct type *type)
{
    for (int i = 0; paper_at(i); i++) {
        const struct paper *paper = paper_at(i);
        printf("paper %-10s %g × %g points, %d columns, body %g points%s\n", paper->name, paper->width,
               paper->height, paper->columns, paper->body_size,
               type_has(type, paper->body.family) ? "" : " (its font is not installed)");
    }
    for (int i = 0; damage_at(i); i++)
        printf("damage %s\n", damage_at(i)->name);
    return 0;
}

int main(int argc, char **argv)
{
    const struct paper *paper = NULL;
    struct damage damage;
    bool known = damage_parse("light", &damage);
    const char *folder = NULL;
    unsigned long seed = 1;
    int count = 1, dpi = 0;
    struct type *type = type_new();
    if (argc == 2 && strcmp(argv[1], "--list") == 0) {
        int status = list(type);
        type_free(type);
        return status;
    }
    if (argc % 2 == 0)
        return usage();
    for (int i = 1; i + 1 < argc; i += 2) {
        const char *value = argv[i + 1];
        if (strcmp(argv[i], "--paper") == 0)
            paper = paper_find(value);
        else if (strcmp(argv[i], "--damage") == 0)
            known = damage_parse(value, &damage);
        else if (strcmp(argv[i], "--seed") == 0)
            seed = strtoul(value, NULL, 10);
        else if (strcmp(argv[i], "--pages") == 0)
            count = atoi(value);
        else if (strcmp(argv[i], "--dpi") == 0)
            dpi = atoi(value);
        else if (strcmp(argv[i], "-o") == 0)
            folder = value;
        else
            return usage();
    }
    if (!paper || !known || !folder || count < 1 || count > COMPOSE_MOST_PAGES || dpi < 0 || dpi > 1200)
        return usage();
    if (!type_has(type, paper->body.family)) {
        fprintf(stderr, "press: %s: its font, %s, is not installed\n", paper->name, paper->body.family);
        return 77;
    }
    if (mkdir(folder, 0777) < 0 && errno != EEXIST) {
        fprintf(stderr, "press: %s: %s\n", folder, strerror(errno));
        return 1;
    }
    struct chance chance = {seed * 1000003u};
    struct record record = {.paper = paper->title};
    struct issue_day day = {2024 + chance_below(&chance, 2),
                            chance_between(&chance, 1, 12),
                            chance_between(&chance, 1, 28),
                            0,
                            0,
                            count};
    day.number = chance_between(&chance, 1, 300);
    day.total = day.number + chance_between(&chance, 400, 9000);
    record.number = day.number;
    record.total = day.total;
    record.date = bi_arena_printf(&record.arena, "%04d-%02d-%02d", day.year, day.month, day.day);

    struct composed_page *pages = bi_xcalloc((size_t)count, sizeof *pages);
    compose_issue(pages, count, paper, &day, &chance, type, &record, (dpi ? dpi : paper->dpi) / 72.0);
    int status = 0;
    for (int i = 0; i < count; i++) {
        /* Leaves are printed on both sides: 1 with 2, 3 with 4. */
        const struct sheet *back = (i ^ 1) < count ? &pages[i ^ 1].sheet : NULL;
        struct record_page *entry = record_add_page(&record, i + 1);
        status |= damage_scan(&pages[i].sheet, back, &damage, folder, entry);
    }
    status |= record_write(&record, bi_arena_printf(&record.arena, "%s/truth.json", folder));
    for (int i = 0; i < count; i++)
        sheet_release(&pages[i].sheet);
    free(pages);
    record_release(&record);
    type_free(type);
    return status ? 1 : 0;
}
