#include "reader.h"

#include "base/cleanup.h"
#include "lstm.h"

/* Beginnings of a line's text that are kept at each step; measured: 4 to 32 read the same. */
#define BEAM 8

struct reader {
    struct bi_arena arena;
    struct lstm lstm;
};

int reader_open(const struct model *model, struct reader **reader, struct bi_error *err)
{
    struct reader *opened = bi_xcalloc(1, sizeof *opened);
    if (lstm_read(&opened->arena, model->data, model->size, &opened->lstm)) {
        reader_close(opened);
        return bi_error_set(err, BI_EXIT_MACHINE, "%s: is not an LSTM model of a kind that is known here",
                            model->path);
    }
    int height = network_height(opened->lstm.network);
    if (height != 0 && height != STRIP_HEIGHT) {
        reader_close(opened);
        return bi_error_set(err, BI_EXIT_MACHINE, "%s: is a model for lines of %d pixels; they have %d here",
                            model->path, height, STRIP_HEIGHT);
    }
    *reader = opened;
    return 0;
}

void reader_close(struct reader *reader)
{
    if (!reader)
        return;
    lstm_release(&reader->lstm);
    bi_arena_release(&reader->arena);
    free(reader);
}

void reader_read(const struct reader *reader, struct bi_arena *arena, const struct strip *strip,
                 struct view *view)
{
    struct view made = {.charset = &reader->lstm.charset};
    network_run(reader->lstm.network, &strip->plane, &made.outputs);
    int reduction = made.outputs.reduction, edge = strip->pieces[0].x;
    made.begin = edge / reduction;
    made.end = (strip->plane.width - edge) / reduction;
    struct ctc_window window = {made.charset, &made.outputs, 0, made.outputs.steps};
    struct ctc_text *texts;
    ctc_read(arena, window, BEAM, 1, &texts);
    made.text = texts[0];
    made.spans = bi_arena_array(arena, made.text.count + 1, sizeof *made.spans);
    if (!ctc_align(arena, window, made.text.characters, made.text.count, made.spans))
        made.text.count = 0;
    *view = made;
}

void view_release(struct view *view)
{
    outputs_release(&view->outputs);
}
