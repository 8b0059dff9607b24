#include "block.h"

#include <math.h>

#include "base/cleanup.h"
#include "cut.h"
#include "lstmf.h"
#include "prepare.h"
#include "proof.h"
#include "scan.h"
#include "setting.h"

#define HEADLINE_RUNES 14

/* By how newspapers in archives look; clean ones are kept against forgetting. */
static enum wear_kind choose_kind(struct chance *chance)
{
    int at = chance_below(chance, 100);
    return at < 14   ? WEAR_NONE
           : at < 38 ? WEAR_LIGHT
           : at < 56 ? WEAR_MIDDLE
           : at < 82 ? WEAR_HEAVY
                     : WEAR_BITONAL;
}

/* Narrow columns and headlines of few characters are spread. */
static double choose_spacing(bool headline, struct chance *chance)
{
    if (chance_is(chance, 0.4))
        return 0;
    if (headline)
        return chance_real(chance, -0.03, 0.4);
    return chance_is(chance, 0.5) ? chance_real(chance, -0.03, 0.1) : chance_real(chance, 0.05, 0.28);
}

/* em: 0 for any. */
static struct setting choose_setting(const struct faces *faces, bool headline, bool vertical, double em,
                                     double *dpi, struct chance *chance)
{
    static const double DPIS[] = {150, 200, 200, 240, 300, 300, 400};
    static const char *const LATIN[] = {"Nimbus Roman", "DejaVu Serif", "Nimbus Sans", "C059"};
    *dpi = DPIS[chance_below(chance, sizeof DPIS / sizeof *DPIS)];
    double points = headline ? chance_real(chance, 14, 40) : chance_real(chance, 7, 12);
    if (em == 0)
        em = fmax(points / 72 * *dpi, BLOCK_MIN_EM_PIXELS);
    bool caption = !headline && chance_is(chance, 0.15);
    const struct face *face = faces_choose(faces,
                                           headline  ? FACE_HEADLINE
                                           : caption ? FACE_CAPTION
                                                     : FACE_BODY,
                                           chance);
    bool shaped = chance_is(chance, 0.35);
    return (struct setting){
        .face = face->name,
        .latin = chance_is(chance, 0.5) ? face->name : LATIN[chance_below(chance, 4)],
        .em = em,
        .stretch = shaped ? chance_real(chance, 0.8, 1.2) : 1,
        .weight = chance_is(chance, 0.25) ? chance_real(chance, 0, 0.02) : 0,
        .spacing = choose_spacing(headline, chance),
        .pitch = headline ? 1.9 : chance_real(chance, 1.15, 1.8),
        .mark = chance_is(chance, 0.6) ? 1 : chance_real(chance, 0.5, 1),
        .wave = chance_is(chance, 0.3) ? chance_real(chance, 0, 0.05) : 0,
        .degrees = chance_is(chance, 0.6) ? chance_real(chance, -1.5, 1.5) : 0,
        .justified = true,
        .vertical = vertical,
        .beside = !headline && chance_is(chance, 0.4),
        .margin = 2,
    };
}

/* The outline that backissue-segment would find: the ink's, at times too small or too large. */
static struct bi_polygon jittered(struct bi_arena *arena, struct bi_box box, double em, struct chance *chance)
{
    bool bad = chance_is(chance, 0.12);
    int sides[4];
    for (int i = 0; i < 4; i++)
        sides[i] =
            (int)lround(em * (bad ? chance_real(chance, -0.07, 0.25) : chance_real(chance, -0.01, 0.06)));
    struct bi_polygon outline;
    bi_polygon_from_box(arena, &outline,
                        (struct bi_box){box.x - sides[0], box.y - sides[1], box.w + sides[0] + sides[2],
                                        box.h + sides[1] + sides[3]});
    return outline;
}

/* White on black: the ground goes a little beyond the type. */
static void reverse_ink(struct field *ink, double margin)
{
    int m = (int)margin;
    for (int y = m; y < ink->height - m; y++)
        for (int x = m; x < ink->width - m; x++)
            field_row(ink, y)[x] = 1 - field_row(ink, y)[x];
}

long block_add(const struct block_press *press, const char **texts, size_t count, struct chance *chance)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    enum wear_kind kind = press->kind < WEAR_KINDS ? press->kind : choose_kind(chance);
    bool headline = chance_is(chance, 0.14) && press->em == 0, vertical = chance_is(chance, 0.05),
         reversed = headline && chance_is(chance, 0.12);
    if (headline) { /* short and alone */
        count = 1;
        texts[0] = label_shorten(&arena, texts[0], HEADLINE_RUNES);
    }
    for (size_t i = 0; vertical && i < count; i++)
        texts[i] = label_han_only(&arena, texts[i]);
    double dpi, noise;
    struct setting setting = choose_setting(press->faces, headline, vertical, press->em, &dpi, chance);
    struct bi_box boxes[BLOCK_LINES];
    BI_CLEANUP(field_release) struct field ink = setting_draw(&setting, texts, count, chance, boxes);
    if (ink.width <= 8 || ink.height <= 8)
        return 0;
    if (reversed)
        reverse_ink(&ink, setting.em);
    struct setting back = setting;
    struct bi_box ignored[BLOCK_LINES];
    BI_CLEANUP(field_release) struct field other = setting_draw(&back, texts, count, chance, ignored);
    struct wear wear = wear_choose(kind, setting.em, chance);
    BI_CLEANUP(field_release) struct field page = wear_print(&wear, &ink, &other, setting.em, chance);
    double residue = chance_real(chance, -0.15, 0.15);
    BI_CLEANUP(plane_release)
    struct plane scan =
        scan_upright(&page, wear.quality, (int)dpi,
                     setting.degrees != 0 || chance_is(chance, 0.3) ? setting.degrees + residue : 0, &noise);

    struct bi_polygon outlines[BLOCK_LINES];
    const struct bi_polygon *pointers[BLOCK_LINES];
    struct bi_box outline_boxes[BLOCK_LINES];
    for (size_t i = 0; i < count; i++) {
        outlines[i] = jittered(&arena, boxes[i], setting.em, chance);
        pointers[i] = &outlines[i];
        outline_boxes[i] = bi_polygon_box(&outlines[i]);
    }
    struct cut_neighbours neighbours = {pointers, outline_boxes, count};
    long added = 0;
    for (size_t i = 0; i < count; i++) {
        const char *label = label_make(press->labels, &arena, texts[i]);
        if (!label || bi_box_empty(boxes[i]))
            continue;
        struct bi_line line = {.outline = outlines[i],
                               .reversed = reversed,
                               .vertical = vertical,
                               .em = setting.em * chance_real(chance, 0.95, 1.05)};
        BI_CLEANUP(plane_release) struct plane strip = {0};
        if (!prepare_strip(&scan, &line, &neighbours, noise, chance, &strip))
            continue;
        if (press->proof) {
            BI_CLEANUP(proof_release) struct proof proof = proof_read(press->proof, &strip, label);
            if (!proof_legible(&proof))
                continue;
        }
        lstmf_add(press->stream, &strip, label);
        added++;
    }
    return added;
}
