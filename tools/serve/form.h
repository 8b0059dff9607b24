/* The fields of a form that was sent, application/x-www-form-urlencoded, within bounds. */
#ifndef SERVE_FORM_H
#define SERVE_FORM_H

#include <stdbool.h>
#include <stddef.h>

struct MHD_Connection;
struct serve_form;

/* More bytes of names and values, or more fields, are not taken. */
#define SERVE_FORM_BYTES ((size_t)64 << 10)
#define SERVE_FORM_FIELDS 400u

/* NULL if the request's body is of another type. */
struct serve_form *serve_form_new(struct MHD_Connection *connection);
void serve_form_free(struct serve_form *form);
/* A further piece of the body. */
void serve_form_take(struct serve_form *form, const char *data, size_t size);
/* Whether it was more than is taken; to be asked when all of it has come. */
bool serve_form_is_too_large(const struct serve_form *form);
/* The value of a field: UTF-8 up to a NUL, "" where the field is missing. */
const char *serve_form_get(const struct serve_form *form, const char *name);

#endif
