#include "run/settings.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/ini.h"
#include "base/text.h"

static bool is_number(const char *value, double lowest, double highest)
{
    char *end;
    double number = strtod(value, &end);
    return end != value && !*end && isfinite(number) && number >= lowest && number <= highest;
}

static bool is_whole(const char *value, long lowest, long highest)
{
    return value[strspn(value, "0123456789")] == '\0' && is_number(value, (double)lowest, (double)highest);
}

static const char *refuse_turn(const char *value, const struct run_data *data)
{
    (void)data;
    bool good = is_whole(value, 0, 270) && atoi(value) % 90 == 0;
    return good ? NULL : "0, 90, 180 or 270, degrees clockwise";
}

static const char *refuse_skew(const char *value, const struct run_data *data)
{
    (void)data;
    return is_number(value, -15, 15) ? NULL : "an angle from -15 to 15 degrees";
}

static const char *refuse_dpi(const char *value, const struct run_data *data)
{
    (void)data;
    return is_whole(value, 50, 2400) ? NULL : "a resolution from 50 to 2400 dpi";
}

static const char *refuse_crop(const char *value, const struct run_data *data)
{
    (void)data;
    int corners[8], taken = 0;
    bool good = sscanf(value, "%7d,%7d %7d,%7d %7d,%7d %7d,%7d%n", &corners[0], &corners[1], &corners[2],
                       &corners[3], &corners[4], &corners[5], &corners[6], &corners[7], &taken) == 8 &&
                value[taken] == '\0' && value[strspn(value, "0123456789, ")] == '\0';
    /* Clockwise, and enclosing something. */
    double area = 0;
    for (int i = 0; good && i < 4; i++) {
        const int *p = &corners[2 * i], *q = &corners[2 * ((i + 1) % 4)];
        area += (double)p[0] * q[1] - (double)q[0] * p[1];
    }
    return area > 0 ? NULL : "the page's corners in pixels, clockwise from the top left: X,Y X,Y X,Y X,Y";
}

static const char *refuse_yes(const char *value, const struct run_data *data)
{
    (void)data;
    return strcmp(value, "yes") == 0 || strcmp(value, "no") == 0 ? NULL : "yes or no";
}

static const char *refuse_direction(const char *value, const struct run_data *data)
{
    (void)data;
    bool good = strcmp(value, "horizontal") == 0 || strcmp(value, "vertical") == 0;
    return good ? NULL : "horizontal or vertical";
}

static const char *refuse_em(const char *value, const struct run_data *data)
{
    (void)data;
    return is_number(value, 6, 400) ? NULL : "a size of type from 6 to 400 pixels";
}

static const char *refuse_profile(const char *value, const struct run_data *data)
{
    return run_data_has_profile(data, value) ? NULL : "a profile of tessdata/profiles.ini";
}

static const char *refuse_model(const char *value, const struct run_data *data)
{
    return run_data_has_model(data, value) ? NULL : "the name of a model that is installed";
}

const struct run_key run_keys[RUN_KEY_COUNT] = {
    {RUN_DESKEW, "deskew", "rotate", "--rotate", refuse_turn},
    {RUN_DESKEW, "deskew", "skew", "--skew", refuse_skew},
    {RUN_DESKEW, "deskew", "dpi", "--dpi", refuse_dpi},
    {RUN_DESKEW, "deskew", "crop", "--crop", refuse_crop},
    {RUN_DESKEW, "deskew", "unbend", "--unbend", refuse_yes},
    {RUN_SEGMENT, "segment", "direction", "--direction", refuse_direction},
    {RUN_SEGMENT, "segment", "em", "--em", refuse_em},
    {RUN_OCR, "ocr", "profile", "--profile", refuse_profile},
    {RUN_OCR, "ocr", "model", "--model", refuse_model},
};

int run_settings_key(const char *section, const char *name)
{
    for (int i = 0; i < RUN_KEY_COUNT; i++)
        if (strcmp(run_keys[i].section, section) == 0 && strcmp(run_keys[i].name, name) == 0)
            return i;
    return -1;
}

struct reader {
    struct bi_arena *arena;
    const struct run_data *data;
    struct run_settings settings;
};

/* -1 with what is wrong, without a subject before it. */
static int check(const char *section, const char *name, const char *value, const struct run_data *data,
                 int *key, struct bi_error *err)
{
    *key = run_settings_key(section, name);
    if (*key < 0)
        return bi_error_set(err, BI_EXIT_INPUT, "%s.%s is no setting; see backissue.ini(5)", section, name);
    const char *wanted = run_keys[*key].refuse(value, data);
    if (wanted)
        return bi_error_set(err, BI_EXIT_INPUT, "%s.%s is '%s', and should be %s", section, name, value,
                            wanted);
    return 0;
}

static int take(void *user, const char *section, const char *name, const char *value, struct bi_error *err)
{
    struct reader *reader = user;
    int key;
    if (check(section, name, value, reader->data, &key, err) != 0)
        return -1;
    if (reader->settings.values[key])
        return bi_error_set(err, BI_EXIT_INPUT, "%s.%s is set twice", section, name);
    reader->settings.values[key] = bi_arena_strdup(reader->arena, value);
    return 0;
}

int run_settings_read(struct bi_arena *arena, const char *path, const struct run_data *data,
                      const struct run_change *changes, size_t change_count, struct run_settings *settings,
                      struct bi_error *err)
{
    struct reader reader = {.arena = arena, .data = data};
    if (access(path, F_OK) == 0) {
        BI_CLEANUP(bi_freep) char *text = NULL;
        size_t size;
        if (bi_file_read(path, RUN_SETTINGS_MAX_BYTES, true, &text, &size, err) != 0 ||
            bi_ini_parse(path, text, size, take, &reader, err) != 0)
            return -1;
    }
    for (size_t i = 0; i < change_count; i++)
        reader.settings.values[changes[i].key] = changes[i].value;
    for (int i = 0; i < RUN_KEY_COUNT; i++)
        if (reader.settings.values[i])
            settings->values[i] = reader.settings.values[i];
    return 0;
}

int run_settings_parse_change(struct bi_arena *arena, const char *text, const struct run_data *data,
                              struct run_change *change, struct bi_error *err)
{
    const char *dot = strchr(text, '.'), *equals = strchr(text, '=');
    if (!dot || !equals || dot > equals)
        return bi_error_set(err, BI_EXIT_USAGE, "--set %s: is not of the form stage.name=value", text);
    const char *section = bi_arena_strndup(arena, text, (size_t)(dot - text));
    const char *name = bi_arena_strndup(arena, dot + 1, (size_t)(equals - dot - 1));
    const char *value = equals + 1;
    struct bi_error why;
    int key = run_settings_key(section, name);
    if ((key < 0 || *value) && check(section, name, value, data, &key, &why) != 0)
        return bi_error_set(err, BI_EXIT_USAGE, "--set %s: %s", text, why.text);
    *change = (struct run_change){key, *value ? bi_arena_strdup(arena, value) : NULL};
    return 0;
}
