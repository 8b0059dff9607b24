#include "page/transform.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "page/json.h"

#define STRAIGHT_FORMAT "backissue-transform/1"
#define BENT_FORMAT "backissue-transform/2"

static json_t *format_bend(const struct bi_bend *bend)
{
    json_t *object = json_object(), *down = json_array();
    json_object_set_new(object, "columns", json_integer(bend->columns));
    json_object_set_new(object, "rows", json_integer(bend->rows));
    json_object_set_new(object, "step_x", json_real(bend->step_x));
    json_object_set_new(object, "step_y", json_real(bend->step_y));
    for (int i = 0; i < bend->columns * bend->rows; i++)
        json_array_append_new(down, json_real(bend->down[i]));
    json_object_set_new(object, "down", down);
    return object;
}

static int parse_bend(struct bi_arena *arena, const json_t *object, struct bi_bend *bend,
                      struct bi_error *err)
{
    struct bi_bend b = {.columns = bi_json_int(object, "columns", -1),
                        .rows = bi_json_int(object, "rows", -1),
                        .step_x = bi_json_double(object, "step_x", 0),
                        .step_y = bi_json_double(object, "step_y", 0)};
    const json_t *down = json_object_get(object, "down");
    if (b.columns < 1 || b.rows < 1 || b.columns > BI_BEND_MAX_NODES || b.rows > BI_BEND_MAX_NODES ||
        json_array_size(down) != (size_t)b.columns * (size_t)b.rows)
        return bi_error_set(err, BI_EXIT_INPUT, "transform: the bend has not the nodes it should have");
    b.down = bi_arena_array(arena, json_array_size(down), sizeof *b.down);
    for (size_t i = 0; i < json_array_size(down); i++)
        b.down[i] = json_number_value(json_array_get(down, i));
    if (!bi_bend_valid(&b))
        return bi_error_set(err, BI_EXIT_INPUT, "transform: the bend is too steep");
    *bend = b;
    return 0;
}

char *bi_transform_format(struct bi_arena *arena, const struct bi_transform *t)
{
    BI_CLEANUP(bi_json_decrefp) json_t *matrix = json_array();
    for (int i = 0; i < 6; i++)
        json_array_append_new(matrix, json_real(t->to_scan[i]));
    BI_CLEANUP(bi_json_decrefp) json_t *root = json_object();
    json_object_set_new(root, "format", json_string(t->bend.columns ? BENT_FORMAT : STRAIGHT_FORMAT));
    json_object_set_new(root, "frame", json_integer(t->frame));
    json_object_set_new(root, "scan", bi_json_text(t->scan));
    json_object_set_new(root, "scan_sha256", bi_json_text(t->scan_sha256));
    json_object_set_new(root, "scan_index", json_integer(t->scan_index));
    json_object_set_new(root, "scan_width", json_integer(t->scan_width));
    json_object_set_new(root, "scan_height", json_integer(t->scan_height));
    json_object_set_new(root, "dpi", json_integer(t->dpi));
    json_object_set_new(root, "dpi_estimated", json_boolean(t->dpi_estimated));
    json_object_set_new(root, "orientation_degrees", json_integer(t->orientation_degrees));
    json_object_set_new(root, "orientation_unsure", json_boolean(t->orientation_unsure));
    json_object_set_new(root, "inverted", json_boolean(t->inverted));
    json_object_set_new(root, "skew_degrees", json_real(t->skew_degrees));
    json_object_set_new(root, "skew_confidence", json_real(t->skew_confidence));
    json_object_set_new(root, "bitonal", json_boolean(t->bitonal));
    json_object_set_new(root, "noise", json_real(t->noise));
    json_object_set_new(root, "curl_pixels", json_real(t->curl_pixels));
    json_object_set_new(root, "curl_slope", json_real(t->curl_slope));
    json_object_set_new(root, "curl_confidence", json_real(t->curl_confidence));
    if (t->bend.columns)
        json_object_set_new(root, "bend", format_bend(&t->bend));
    json_object_set(root, "to_scan", matrix);
    json_object_set_new(root, "version", bi_json_text(t->version));
    json_object_set_new(root, "parameters", bi_json_text(t->parameters));
    /* ASCII only: the text also lives in a TIFF tag. 17 digits bring every double back. */
    BI_CLEANUP(bi_freep)
    char *text = json_dumps(root, JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(17));
    return bi_arena_strdup(arena, text ? text : "{}");
}

int bi_transform_parse(struct bi_arena *arena, const char *text, struct bi_transform *transform,
                       struct bi_error *err)
{
    BI_CLEANUP(bi_json_decrefp) json_t *root = NULL;
    struct bi_error inner;
    bool bent = bi_json_parse("transform", text, strlen(text), BENT_FORMAT, &root, &inner) == 0;
    if (!bent && bi_json_parse("transform", text, strlen(text), STRAIGHT_FORMAT, &root, err) < 0)
        return -1;
    struct bi_transform t = {
        .frame = bi_json_int(root, "frame", 0),
        .scan = bi_json_string(arena, root, "scan", NULL),
        .scan_sha256 = bi_json_string(arena, root, "scan_sha256", NULL),
        .scan_index = bi_json_int(root, "scan_index", 0),
        .scan_width = bi_json_int(root, "scan_width", 0),
        .scan_height = bi_json_int(root, "scan_height", 0),
        .dpi = bi_json_int(root, "dpi", 0),
        .dpi_estimated = json_is_true(json_object_get(root, "dpi_estimated")),
        .orientation_degrees = bi_json_int(root, "orientation_degrees", 0),
        .orientation_unsure = json_is_true(json_object_get(root, "orientation_unsure")),
        .inverted = json_is_true(json_object_get(root, "inverted")),
        .skew_degrees = bi_json_double(root, "skew_degrees", 0),
        .skew_confidence = bi_json_double(root, "skew_confidence", 0),
        .bitonal = json_is_true(json_object_get(root, "bitonal")),
        .noise = bi_json_double(root, "noise", 0),
        .curl_pixels = bi_json_double(root, "curl_pixels", 0),
        .curl_slope = bi_json_double(root, "curl_slope", 0),
        .curl_confidence = bi_json_double(root, "curl_confidence", 0),
        .version = bi_json_string(arena, root, "version", NULL),
        .parameters = bi_json_string(arena, root, "parameters", NULL),
    };
    const json_t *matrix = json_object_get(root, "to_scan");
    if (json_array_size(matrix) != 6)
        return bi_error_set(err, BI_EXIT_INPUT, "transform: to_scan has not six numbers");
    for (size_t i = 0; i < 6; i++)
        t.to_scan[i] = json_number_value(json_array_get(matrix, i));
    if (bent && parse_bend(arena, json_object_get(root, "bend"), &t.bend, err) < 0)
        return -1;
    *transform = t;
    return 0;
}

void bi_transform_map(const struct bi_transform *t, double *x, double *y)
{
    const double *m = t->to_scan;
    double u = *x, v = *y + bi_bend_at(&t->bend, *x, *y);
    *x = m[0] * u + m[1] * v + m[2];
    *y = m[3] * u + m[4] * v + m[5];
}

void bi_transform_unmap(const struct bi_transform *t, double *x, double *y)
{
    const double *m = t->to_scan;
    double det = m[0] * m[4] - m[1] * m[3], a = *x - m[2], b = *y - m[5];
    if (det == 0)
        return;
    *x = (m[4] * a - m[1] * b) / det;
    *y = bi_bend_undo(&t->bend, *x, (m[0] * b - m[3] * a) / det);
}

struct bi_point bi_transform_to_scan(const struct bi_transform *t, double x, double y)
{
    bi_transform_map(t, &x, &y);
    return (struct bi_point){(int)lround(x), (int)lround(y)};
}

struct bi_point bi_transform_to_upright(const struct bi_transform *t, double x, double y)
{
    bi_transform_unmap(t, &x, &y);
    return (struct bi_point){(int)lround(x), (int)lround(y)};
}
