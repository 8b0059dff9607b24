#include "page/transform.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "page/json.h"

#define TRANSFORM_FORMAT "backissue-transform/1"

char *bi_transform_format(struct bi_arena *arena, const struct bi_transform *t)
{
    BI_CLEANUP(bi_json_decrefp) json_t *matrix = json_array();
    for (int i = 0; i < 6; i++)
        json_array_append_new(matrix, json_real(t->to_scan[i]));
    BI_CLEANUP(bi_json_decrefp) json_t *root = json_object();
    json_object_set_new(root, "format", json_string(TRANSFORM_FORMAT));
    json_object_set_new(root, "frame", json_integer(t->frame));
    json_object_set_new(root, "scan", bi_json_text(t->scan));
    json_object_set_new(root, "scan_sha256", bi_json_text(t->scan_sha256));
    json_object_set_new(root, "scan_index", json_integer(t->scan_index));
    json_object_set_new(root, "scan_width", json_integer(t->scan_width));
    json_object_set_new(root, "scan_height", json_integer(t->scan_height));
    json_object_set_new(root, "dpi", json_integer(t->dpi));
    json_object_set_new(root, "dpi_estimated", json_boolean(t->dpi_estimated));
    json_object_set_new(root, "orientation_degrees", json_integer(t->orientation_degrees));
    json_object_set_new(root, "skew_degrees", json_real(t->skew_degrees));
    json_object_set_new(root, "skew_confidence", json_real(t->skew_confidence));
    json_object_set_new(root, "bitonal", json_boolean(t->bitonal));
    json_object_set_new(root, "noise", json_real(t->noise));
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
    if (bi_json_parse("transform", text, strlen(text), TRANSFORM_FORMAT, &root, err) < 0)
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
        .skew_degrees = bi_json_double(root, "skew_degrees", 0),
        .skew_confidence = bi_json_double(root, "skew_confidence", 0),
        .bitonal = json_is_true(json_object_get(root, "bitonal")),
        .noise = bi_json_double(root, "noise", 0),
        .version = bi_json_string(arena, root, "version", NULL),
        .parameters = bi_json_string(arena, root, "parameters", NULL),
    };
    const json_t *matrix = json_object_get(root, "to_scan");
    if (json_array_size(matrix) != 6)
        return bi_error_set(err, BI_EXIT_INPUT, "transform: to_scan has not six numbers");
    for (size_t i = 0; i < 6; i++)
        t.to_scan[i] = json_number_value(json_array_get(matrix, i));
    *transform = t;
    return 0;
}

struct bi_point bi_transform_to_scan(const struct bi_transform *t, double x, double y)
{
    const double *m = t->to_scan;
    return (struct bi_point){(int)lround(m[0] * x + m[1] * y + m[2]),
                             (int)lround(m[3] * x + m[4] * y + m[5])};
}
