/* JSON that the driver writes. */
#ifndef RUN_JSON_H
#define RUN_JSON_H

#include <jansson.h>

/* Milliseconds are enough for a person, and doubles print short. */
#define RUN_JSON_REALS JSON_REAL_PRECISION(6)

/* A new string. File names need not be UTF-8, JSON must be: other bytes become '?'. */
json_t *run_json_string(const char *s);
/* For BI_CLEANUP. */
void run_json_release(json_t **json);

#endif
