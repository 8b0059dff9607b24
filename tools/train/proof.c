#include "proof.h"

#include "base/cleanup.h"
#include "base/file.h"
#include "lstmf.h"

#define MODEL_MAX_BYTES (256u << 20)
/* White at the ends of a line, pixels (prepare.c has no less). */
#define EDGE 6

void proof_release(struct proof *proof)
{
    bi_text_release(&proof->read);
}

int proof_open(const char *path, struct reader **reader, struct bi_error *err)
{
    BI_CLEANUP(model_release) struct model model = {.path = (char *)path};
    return bi_file_read(path, MODEL_MAX_BYTES, false, &model.data, &model.size, err) ||
                   reader_open(&model, reader, err)
               ? -1
               : 0;
}

struct proof proof_read(const struct reader *reader, const struct plane *plane, const char *label)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(bi_text_release) struct bi_text folded = {0}, truth = {0};
    BI_CLEANUP(view_release) struct view view = {0};
    struct strip_piece piece = {EDGE, plane->width - 2 * EDGE, {0}};
    struct strip strip = {.plane = *plane, .pieces = &piece, .piece_count = 1};
    struct proof proof = {0};
    reader_read(reader, &arena, &strip, &view);
    for (size_t i = 0; i < view.text.count; i++)
        bi_text_add_rune(&proof.read, view.charset->characters[view.text.characters[i]].rune);
    bi_text_fold(&folded, bi_text_get(&proof.read));
    bi_text_fold(&truth, label);
    proof.characters = bi_rune_count(bi_text_get(&truth));
    proof.errors = bi_text_distance(bi_text_get(&truth), bi_text_get(&folded));
    uint32_t rune;
    while ((rune = bi_rune_next(&label)))
        proof.unknown += !bi_rune_is_space(rune) && charset_find(view.charset, rune) < 0;
    return proof;
}

bool proof_legible(const struct proof *proof)
{
    return 2 * proof->errors <= proof->characters + proof->unknown;
}
