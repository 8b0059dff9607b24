#include "wear.h"

#include <math.h>

/* Newsprint loses and gains about so much; found by looking at scans, and wide on purpose. */
struct wear wear_choose(enum wear_kind kind, double em, struct chance *chance)
{
    static const double HARM[WEAR_KINDS] = {0.1, 0.4, 0.7, 1.0, 0.5};
    double harm = HARM[kind] * chance_real(chance, 0.5, 1.1), stroke = em / 30;
    struct wear wear = {
        .kind = kind,
        .spread = harm * chance_real(chance, -0.16, 0.24),
        .press_blur = stroke * (0.3 + 0.5 * harm * chance_real(chance, 0, 1)),
        .ragged = harm * chance_real(chance, 0, 0.35),
        .fade = harm * chance_real(chance, 0, 0.4),
        .mottle = harm * chance_real(chance, 0, 0.5),
        .paper = 1 - harm * chance_real(chance, 0, 0.4),
        .ink = chance_real(chance, 0.05, 0.1 + 0.2 * harm),
        .texture = harm * chance_real(chance, 0, 0.10),
        .through = harm * chance_real(chance, 0, kind == WEAR_HEAVY ? 0.32 : 0.22),
        .blur = 0.2 + harm * chance_real(chance, 0.1, 1.2) * (stroke > 1 ? stroke : 1),
        .grain = harm * harm * chance_real(chance, kind == WEAR_HEAVY ? 6 : 0, 26),
        .specks = chance_is(chance, 0.4) ? harm * chance_real(chance, 0, 3) : 0,
        .threshold = chance_real(chance, 0.35, 0.72),
        .screen = harm > 0.2 && chance_is(chance, 0.05) ? chance_between(chance, 3, 6) : 0,
        .quality = chance_is(chance, 0.5) ? chance_between(chance, 40, 92) : 0,
        .fold = chance_is(chance, 0.08 * harm),
    };
    if (kind == WEAR_BITONAL) {
        wear.grain *= 0.6;
        wear.quality = 0;
        wear.through *= 0.5;
    }
    return wear;
}

static void print_ink(const struct wear *wear, struct field *ink, double em, struct chance *chance)
{
    field_blur(ink, wear->press_blur);
    struct field ragged = field_noise(ink->width, ink->height, em / 18 + 1, chance);
    struct field patches = field_noise(ink->width, ink->height, em * chance_real(chance, 0.3, 3), chance);
    double steep = 3.0;
    for (int i = 0; i < ink->width * ink->height; i++) {
        double level = ink->values[i] - 0.5 + wear->spread + wear->ragged * ragged.values[i] * 0.5;
        double value = 0.5 + level * steep;
        value = ink->values[i] < 0.01 ? 0 : value < 0 ? 0 : value > 1 ? 1 : value;
        double lost = wear->fade + wear->mottle * (patches.values[i] > 0 ? patches.values[i] : 0);
        ink->values[i] = (float)(value * (1 - (lost > 0.75 ? 0.75 : lost)));
    }
    field_release(&ragged);
    field_release(&patches);
}

static void add_fold(struct field *page, double em, struct chance *chance)
{
    double at = chance_real(chance, 0, page->height), slope = chance_real(chance, -0.05, 0.05);
    double width = chance_real(chance, 0.03, 0.12) * em, change = chance_is(chance, 0.5) ? 0.35 : -0.35;
    for (int y = 0; y < page->height; y++)
        for (int x = 0; x < page->width; x++) {
            double far = (y - at - slope * x) / width;
            field_row(page, y)[x] += (float)(change * exp(-far * far));
        }
}

static void add_specks(struct field *page, double per_thousand, double em, struct chance *chance)
{
    int count = (int)(per_thousand * page->width * page->height / 1000 / 4);
    for (int i = 0; i < count; i++) {
        int size = chance_between(chance, 1, (int)(em / 14) + 1), x0 = chance_below(chance, page->width),
            y0 = chance_below(chance, page->height);
        float value =
            (float)(chance_is(chance, 0.7) ? chance_real(chance, 0, 0.4) : chance_real(chance, 0.8, 1));
        for (int y = y0; y < y0 + size && y < page->height; y++)
            for (int x = x0; x < x0 + size && x < page->width; x++)
                field_row(page, y)[x] = value;
    }
}

struct field wear_print(const struct wear *wear, struct field *ink, const struct field *other, double em,
                        struct chance *chance)
{
    print_ink(wear, ink, em, chance);
    struct field page = field_new(ink->width, ink->height);
    struct field through = field_new(ink->width, ink->height);
    for (int y = 0; y < page.height; y++)
        for (int x = 0; x < page.width; x++)
            field_row(&through, y)[x] =
                field_row(other, y % other->height)[other->width - 1 - x % other->width];
    field_blur(&through, em / 16);
    struct field fibres = field_noise(page.width, page.height, 2, chance);
    struct field lamp = field_noise(page.width, page.height, 8 * em, chance);
    for (int y = 0; y < page.height; y++)
        for (int x = 0; x < page.width; x++) {
            size_t i = (size_t)y * (size_t)page.width + (size_t)x;
            double paper = wear->paper * (1 - wear->through * through.values[i]) *
                           (1 + wear->texture * fibres.values[i] + 0.04 * lamp.values[i]);
            if (wear->screen)
                paper *= (x + y) % wear->screen == 0 || (x - y + 4096) % wear->screen == 0 ? 0.75 : 0.97;
            page.values[i] = (float)(paper * (1 - ink->values[i] * (1 - wear->ink)));
        }
    field_release(&through);
    field_release(&fibres);
    field_release(&lamp);
    if (wear->fold)
        add_fold(&page, em, chance);
    add_specks(&page, wear->specks, em, chance);
    field_blur(&page, wear->blur);
    for (int i = 0; i < page.width * page.height; i++)
        page.values[i] += (float)(wear->grain / 255 * chance_normal(chance));
    if (wear->kind == WEAR_BITONAL) {
        float threshold = (float)(wear->paper * (wear->ink + wear->threshold * (1 - wear->ink)));
        for (int i = 0; i < page.width * page.height; i++)
            page.values[i] = page.values[i] < threshold ? 0 : 1;
    }
    return page;
}
