#include "serve/form.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum { POST_BUFFER_BYTES = 4096 };

struct field {
    char *name;
    struct bi_text value;
};

struct serve_form {
    struct MHD_PostProcessor *processor;
    struct field fields[SERVE_FORM_FIELDS];
    size_t count, size, received;
    bool too_large;
};

/* Values come in pieces, those of one field one after the other: `offset` is where in the value. */
static enum MHD_Result take_value(void *user, enum MHD_ValueKind kind, const char *name, const char *file,
                                  const char *type, const char *encoding, const char *data, uint64_t offset,
                                  size_t size)
{
    struct serve_form *form = user;
    (void)kind, (void)file, (void)type, (void)encoding;
    if (!name)
        return MHD_YES;
    if (offset == 0) {
        if (form->count == SERVE_FORM_FIELDS) {
            form->too_large = true;
            return MHD_NO;
        }
        form->fields[form->count++].name = bi_xstrdup(name);
        form->size += strlen(name);
    }
    form->size += size;
    if (form->size > SERVE_FORM_BYTES || form->count == 0) {
        form->too_large = true;
        return MHD_NO;
    }
    bi_text_add_bytes(&form->fields[form->count - 1].value, data, size);
    return MHD_YES;
}

struct serve_form *serve_form_new(struct MHD_Connection *connection)
{
    const char *type = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_TYPE);
    size_t length = strlen(MHD_HTTP_POST_ENCODING_FORM_URLENCODED);
    if (!type || strncasecmp(type, MHD_HTTP_POST_ENCODING_FORM_URLENCODED, length) != 0)
        return NULL;
    struct serve_form *form = bi_xcalloc(1, sizeof *form);
    form->processor = MHD_create_post_processor(connection, POST_BUFFER_BYTES, take_value, form);
    if (form->processor)
        return form;
    free(form);
    return NULL;
}

void serve_form_free(struct serve_form *form)
{
    if (!form)
        return;
    if (form->processor)
        MHD_destroy_post_processor(form->processor);
    for (size_t i = 0; i < form->count; i++) {
        free(form->fields[i].name);
        bi_text_release(&form->fields[i].value);
    }
    free(form);
}

void serve_form_take(struct serve_form *form, const char *data, size_t size)
{
    form->received += size;
    if (form->received > 3 * SERVE_FORM_BYTES) /* each byte may be written as three */
        form->too_large = true;
    if (!form->too_large && MHD_post_process(form->processor, data, size) == MHD_NO)
        form->too_large = true;
}

bool serve_form_is_too_large(const struct serve_form *form)
{
    return form->too_large;
}

const char *serve_form_get(const struct serve_form *form, const char *name)
{
    for (size_t i = 0; form && i < form->count; i++)
        if (strcmp(form->fields[i].name, name) == 0)
            return bi_text_get(&form->fields[i].value);
    return "";
}
