#include <iconv.h>
#include <stdlib.h>

#include "floats.h"
#include "label.h"
#include "spell.h"
#include "unit.h"

/* A network of one softmax layer with two outputs over two inputs, as Tesseract writes it with integer
 * weights. */
static void put(struct bi_text *out, uint64_t value, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bi_text_add_bytes(out, &(char){(char)(value >> 8 * i)}, 1);
}

static void put_double(struct bi_text *out, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put(out, bits, sizeof bits);
}

static struct bi_text small_network(void)
{
    struct bi_text network = {0};
    put(&network, 22, 1); /* softmax */
    put(&network, 1, 2);
    put(&network, 192, 4);
    put(&network, 2, 4);
    put(&network, 2, 4);
    put(&network, 6, 4);
    put(&network, 1, 4);
    bi_text_add(&network, "O");
    put(&network, 128 | 1, 1);
    put(&network, 2, 4);
    put(&network, 3, 4);
    put(&network, 0, 1);
    static const int8_t WEIGHTS[] = {1, 2, 3, -4, 5, -6};
    bi_text_add_bytes(&network, (const char *)WEIGHTS, sizeof WEIGHTS);
    put(&network, 2, 4);
    put_double(&network, 0.5);
    put_double(&network, 0.25);
    put(&network, 1, 4);
    bi_text_add(&network, "S"); /* specification */
    put(&network, 65, 4);
    put(&network, 7, 4); /* what follows is kept */
    return network;
}

static double double_at(const struct bi_text *text, size_t at)
{
    double value;
    memcpy(&value, text->data + at, sizeof value);
    return value;
}

#define HEADER_BYTES (1 + 2 + 4 * 4 + 4 + 1)
#define MATRIX_BYTES (1 + 4 + 4 + 8)

static void weights_are_integers_times_scales(void **state)
{
    (void)state;
    struct bi_text network = small_network(), floats = {0};
    struct bi_error err = {0};
    struct bytes bytes = {.data = network.data, .size = network.length};
    assert_int_equal(floats_from_integers(&bytes, 0, &floats, &err), 0);
    static const double EXPECTED[] = {0.5, 1, 1.5, -1, 1.25, -1.5};
    assert_int_equal((uint8_t)floats.data[HEADER_BYTES], 128);
    for (size_t i = 0; i < 6; i++)
        assert_true(double_at(&floats, HEADER_BYTES + MATRIX_BYTES + 8 * i) == EXPECTED[i]);
    assert_int_equal(floats.data[floats.length - 8], 64); /* no longer of integers */
    assert_int_equal(floats.data[floats.length - 4], 7);
    bi_text_release(&network);
    bi_text_release(&floats);
}

/* One that is nobody yet: the mean of the others, and as seldom as the least of them. */
static void outputs_are_added(void **state)
{
    (void)state;
    struct bi_text network = small_network(), floats = {0};
    struct bi_error err = {0};
    struct bytes bytes = {.data = network.data, .size = network.length};
    assert_int_equal(floats_from_integers(&bytes, 3, &floats, &err), 0);
    assert_int_equal(floats.data[HEADER_BYTES + 1], 3);
    size_t added = HEADER_BYTES + MATRIX_BYTES + 8 * 6;
    assert_true(double_at(&floats, added) == -0.25);
    assert_true(double_at(&floats, added + 8) == 1.125);
    assert_true(double_at(&floats, added + 16) == -1.5);
    bi_text_release(&network);
    bi_text_release(&floats);
}

/* Cut short anywhere, it is refused, and nothing is read beyond the end. */
static void between_two_networks_lies_a_third(void **state)
{
    (void)state;
    struct bi_text network = small_network(), floats = {0}, mixed = {0};
    struct bi_error err = {0};
    struct bytes bytes = {.data = network.data, .size = network.length};
    assert_int_equal(floats_from_integers(&bytes, 0, &floats, &err), 0);
    struct bi_text trained = {0};
    bi_text_add_bytes(&trained, floats.data, floats.length);
    static const double TWELVE = 12;
    memcpy(trained.data + HEADER_BYTES + MATRIX_BYTES + 8, &TWELVE, sizeof TWELVE); /* was 1 */
    struct bytes in = {.data = trained.data, .size = trained.length},
                 other = {.data = floats.data, .size = floats.length};
    assert_int_equal(floats_mix(&in, 0.25, &other, &mixed, &err), 0);
    assert_int_equal(mixed.length, floats.length);
    static const double EXPECTED[] = {0.5, 0.25 * 12 + 0.75 * 1, 1.5, -1, 1.25, -1.5};
    for (size_t i = 0; i < 6; i++)
        assert_true(double_at(&mixed, HEADER_BYTES + MATRIX_BYTES + 8 * i) == EXPECTED[i]);
    assert_memory_equal(mixed.data + mixed.length - 8, floats.data + floats.length - 8, 8);

    other.size--; /* not of one length */
    in.at = 0;
    assert_int_equal(floats_mix(&in, 0.25, &other, &mixed, &err), -1);
    trained.data[HEADER_BYTES + 1] = 3; /* rows */
    other.size++;
    in = (struct bytes){.data = trained.data, .size = trained.length};
    assert_int_equal(floats_mix(&in, 0.25, &other, &mixed, &err), -1);
    in = (struct bytes){.data = network.data, .size = network.length}; /* integers */
    other = in;
    assert_int_equal(floats_mix(&in, 0.25, &other, &mixed, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_INPUT);
    bi_text_release(&network);
    bi_text_release(&floats);
    bi_text_release(&trained);
    bi_text_release(&mixed);
}

static void a_broken_network_is_refused(void **state)
{
    (void)state;
    struct bi_text network = small_network();
    for (size_t size = 0; size < network.length - 8; size++) {
        char *part = malloc(size ? size : 1);
        memcpy(part, network.data, size);
        struct bytes bytes = {.data = part, .size = size};
        struct bi_text floats = {0};
        struct bi_error err = {0};
        assert_int_equal(floats_from_integers(&bytes, 0, &floats, &err), -1);
        assert_int_equal(err.kind, BI_EXIT_INPUT);
        bi_text_release(&floats);
        free(part);
    }
    bi_text_release(&network);
}

static void put_spelling(struct bi_text *recoder, const int *codes, uint32_t count)
{
    put(recoder, 1, 1);
    put(recoder, count, 4);
    for (uint32_t i = 0; i < count; i++)
        put(recoder, (uint32_t)codes[i], 4);
}

/* Keys for all Chinese characters of GB 2312: 啊, the first, has KB and AAAA, 阿 AAAA too, the others all
 * differ. */
static struct bi_text all_keys(void)
{
    struct bi_text wubi = {0};
    bi_text_add(&wubi, "啊\tkb\n");
    iconv_t conversion = iconv_open("UTF-8", "GB2312");
    assert_true(conversion != (iconv_t)-1);
    unsigned number = 0;
    for (int row = 0xB0; row <= 0xF7; row++)
        for (int cell = 0xA1; cell <= 0xFE; cell++) {
            char from[2] = {(char)row, (char)cell}, to[8] = {0}, *in = from, *out = to;
            size_t in_left = 2, out_left = 7;
            if (iconv(conversion, &in, &in_left, &out, &out_left) == (size_t)-1)
                continue;
            unsigned n = number < 2 ? 0 : number;
            bi_text_printf(&wubi, "%s\t%c%c%c%c\n", to, 'a' + n / 15625, 'a' + n / 625 % 25,
                           'a' + n / 25 % 25, 'a' + n % 25);
            number++;
        }
    iconv_close(conversion);
    assert_int_equal(number, 6763);
    return wubi;
}

/* The codes of entry `index` of a recoder. */
static int spelling_at(const struct bi_text *recoder, int index, int codes[9])
{
    struct bytes bytes = {.data = recoder->data, .size = recoder->length, .at = 4};
    int count = 0;
    for (int i = 0; i <= index; i++) {
        bytes_unsigned(&bytes, 1);
        count = bytes_int32(&bytes);
        for (int k = 0; k < count; k++)
            codes[k] = bytes_int32(&bytes);
    }
    assert_false(bytes.bad);
    return count;
}

static void characters_that_are_missing_get_keys_of_their_own(void **state)
{
    (void)state;
    struct bi_text recoder = {0}, wubi = all_keys(), more_unicharset = {0}, more_recoder = {0};
    put(&recoder, 2, 4);
    put_spelling(&recoder, (const int[]){131, 147}, 2); /* 林 has KB already */
    put_spelling(&recoder, (const int[]){222}, 1);
    struct bytes bytes = {.data = recoder.data, .size = recoder.length};
    int outputs, added, codes[9];
    struct bi_error err = {0};
    assert_int_equal(spell_add("2\n林 1\n— 10\n", &bytes, wubi.data, &more_unicharset, &more_recoder,
                               &outputs, &added, &err),
                     0);
    const int marks = (int)bi_rune_count(SPELL_MARKS) - 1; /* — is there */
    assert_int_equal(added, 6763 - 1 + marks);
    assert_int_equal(outputs, 223 + marks);
    assert_int_equal(atoi(more_unicharset.data), 2 + added);
    assert_int_equal(spelling_at(&more_recoder, 0, codes), 2); /* what was there stays */
    assert_int_equal(codes[1], 147);
    assert_int_equal(spelling_at(&more_recoder, 2, codes), 4); /* 啊: KB is taken */
    assert_int_equal(codes[0], 121);
    assert_int_equal(spelling_at(&more_recoder, 3, codes), 5); /* 阿: the same keys, told apart */
    assert_int_equal(codes[4], 222);
    assert_int_equal(spelling_at(&more_recoder, 1 + added, codes), 1); /* the last mark */
    assert_int_equal(codes[0], outputs - 1);
    bi_text_release(&recoder);
    bi_text_release(&wubi);
    bi_text_release(&more_unicharset);
    bi_text_release(&more_recoder);
}

static void a_recoder_of_another_model_is_refused(void **state)
{
    (void)state;
    struct bi_text recoder = {0}, out = {0}, more = {0};
    put(&recoder, 1, 4);
    put_spelling(&recoder, (const int[]){1}, 1);
    struct bytes bytes = {.data = recoder.data, .size = recoder.length};
    int outputs, added;
    struct bi_error err = {0};
    assert_int_equal(spell_add("2\na\nb\n", &bytes, "", &out, &more, &outputs, &added, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_INPUT);
    bi_text_release(&recoder);
    bi_text_release(&out);
    bi_text_release(&more);
}

static void a_label_is_in_the_models_characters(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct label_set set = {bi_arena_array(&arena, LABEL_RUNES, 1)};
    static const uint32_t KNOWN[] = {0x4E2D, 0x6587, ';', 'a', 'b'};
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++)
        set.known[KNOWN[i]] = 1;
    assert_string_equal(label_make(&set, &arena, "中 文；"), "中文;"); /* same print, no space */
    assert_string_equal(label_make(&set, &arena, "a b 中"), "a b中");
    assert_null(label_make(&set, &arena, "中国"));
    assert_string_equal(label_shorten(&arena, "中文文", 2), "中文");
    assert_string_equal(label_han_only(&arena, "中a文，"), "中文");
    bi_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_are_integers_times_scales),
        cmocka_unit_test(outputs_are_added),
        cmocka_unit_test(between_two_networks_lies_a_third),
        cmocka_unit_test(a_broken_network_is_refused),
        cmocka_unit_test(characters_that_are_missing_get_keys_of_their_own),
        cmocka_unit_test(a_recoder_of_another_model_is_refused),
        cmocka_unit_test(a_label_is_in_the_models_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
