/* The sums of 16 rows stand side by side in a register, and four columns of each are multiplied at once: no
 * sum has to be added up across a register. Several vectors share the weights that were loaded. */
#include "matrix.h"

#include <string.h>

#include "base/arena.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define HAVE_X86 1
#else
#define HAVE_X86 0
#endif

#define CELL (MATRIX_GROUP * MATRIX_QUAD)

struct matrix matrix_new(int rows, int columns)
{
    struct matrix matrix = {.rows = rows,
                            .columns = columns,
                            .groups = (rows + MATRIX_GROUP - 1) / MATRIX_GROUP,
                            .quads = (columns + MATRIX_QUAD - 1) / MATRIX_QUAD};
    size_t padded = (size_t)matrix.groups * MATRIX_GROUP;
    matrix.weights = bi_xcalloc((size_t)matrix.groups * (size_t)matrix.quads + 1, CELL);
    matrix.start = bi_xcalloc(padded + 1, sizeof *matrix.start);
    matrix.sums = bi_xcalloc(padded + 1, sizeof *matrix.sums);
    return matrix;
}

void matrix_release(struct matrix *matrix)
{
    free(matrix->weights);
    free(matrix->start);
    free(matrix->sums);
    *matrix = (struct matrix){0};
}

void matrix_put(struct matrix *matrix, int row, int column, int8_t weight)
{
    size_t cell = (size_t)(row / MATRIX_GROUP) * (size_t)matrix->quads + (size_t)(column / MATRIX_QUAD);
    matrix->weights[cell * CELL + (size_t)(row % MATRIX_GROUP * MATRIX_QUAD + column % MATRIX_QUAD)] = weight;
    matrix->sums[row] += weight;
}

static void product_plain(const struct matrix *matrix, const int8_t *in, size_t in_stride, size_t count,
                          int32_t *out, int add)
{
    size_t quads = (size_t)matrix->quads, width = (size_t)matrix->groups * MATRIX_GROUP;
    for (size_t i = 0; i < count; i++)
        for (size_t g = 0; g < (size_t)matrix->groups; g++) {
            int32_t *row = out + i * width + g * MATRIX_GROUP;
            if (!add)
                memcpy(row, matrix->start + g * MATRIX_GROUP, MATRIX_GROUP * sizeof *row);
            const int8_t *weights = matrix->weights + g * quads * CELL;
            for (size_t q = 0; q < quads; q++, weights += CELL) {
                const int8_t *v = in + i * in_stride + q * MATRIX_QUAD;
                for (size_t r = 0; r < MATRIX_GROUP; r++)
                    row[r] += weights[4 * r] * v[0] + weights[4 * r + 1] * v[1] + weights[4 * r + 2] * v[2] +
                              weights[4 * r + 3] * v[3];
            }
        }
}

#if HAVE_X86

static inline int32_t quad_at(const int8_t *v)
{
    int32_t quad;
    memcpy(&quad, v, sizeof quad);
    return quad;
}

/* AVX2 multiplies unsigned with signed bytes and adds pairs in 16 bits: |in| × (weight with the sign of in)
 * stays within them, as no weight and no input is -128. `n` vectors at once, a constant where it is inlined.
 */
__attribute__((target("avx2"), always_inline)) static inline void
block_avx2(const struct matrix *matrix, const int8_t *in, size_t in_stride, size_t n, int32_t *out, int add)
{
    const __m256i ones = _mm256_set1_epi16(1);
    size_t quads = (size_t)matrix->quads, width = (size_t)matrix->groups * MATRIX_GROUP;
    for (size_t g = 0; g < (size_t)matrix->groups; g++) {
        __m256i low[4], high[4];
        for (size_t i = 0; i < n; i++) {
            const int32_t *from = add ? out + i * width + g * MATRIX_GROUP : matrix->start + g * MATRIX_GROUP;
            low[i] = _mm256_loadu_si256((const __m256i *)(const void *)from);
            high[i] = _mm256_loadu_si256((const __m256i *)(const void *)(from + 8));
        }
        const int8_t *weights = matrix->weights + g * quads * CELL;
        for (size_t q = 0; q < quads; q++, weights += CELL) {
            __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)weights);
            __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(weights + 32));
            for (size_t i = 0; i < n; i++) {
                __m256i v = _mm256_set1_epi32(quad_at(in + i * in_stride + q * MATRIX_QUAD));
                __m256i size = _mm256_abs_epi8(v);
                __m256i x = _mm256_maddubs_epi16(size, _mm256_sign_epi8(a, v));
                __m256i y = _mm256_maddubs_epi16(size, _mm256_sign_epi8(b, v));
                low[i] = _mm256_add_epi32(low[i], _mm256_madd_epi16(x, ones));
                high[i] = _mm256_add_epi32(high[i], _mm256_madd_epi16(y, ones));
            }
        }
        for (size_t i = 0; i < n; i++) {
            int32_t *to = out + i * width + g * MATRIX_GROUP;
            _mm256_storeu_si256((__m256i *)(void *)to, low[i]);
            _mm256_storeu_si256((__m256i *)(void *)(to + 8), high[i]);
        }
    }
}

__attribute__((target("avx2"))) static void product_avx2(const struct matrix *matrix, const int8_t *in,
                                                         size_t in_stride, size_t count, int32_t *out,
                                                         int add)
{
    size_t width = (size_t)matrix->groups * MATRIX_GROUP, i = 0;
    for (; i + 4 <= count; i += 4)
        block_avx2(matrix, in + i * in_stride, in_stride, 4, out + i * width, add);
    for (; i < count; i++)
        block_avx2(matrix, in + i * in_stride, in_stride, 1, out + i * width, add);
}

#define TARGET_VNNI "avx512f,avx512bw,avx512vl,avx512vnni"

/* The instruction takes unsigned × signed bytes: 128 is added to the input, and taken off again by way of the
 * rows' sums. `groups` groups of rows for `n` vectors at once, constants where it is inlined. */
__attribute__((target(TARGET_VNNI), always_inline)) static inline void
block_vnni(const struct matrix *matrix, const int8_t *in, size_t in_stride, size_t g, size_t groups, size_t n,
           int32_t *out, int add)
{
    const __m512i offset = _mm512_set1_epi32((int32_t)0x80808080);
    size_t quads = (size_t)matrix->quads, width = (size_t)matrix->groups * MATRIX_GROUP;
    __m512i sums[8];
    for (size_t k = 0; k < groups; k++) {
        __m512i less = _mm512_slli_epi32(_mm512_loadu_si512(matrix->sums + (g + k) * MATRIX_GROUP), 7);
        for (size_t i = 0; i < n; i++) {
            const int32_t *from = add ? out + i * width : matrix->start;
            sums[k * n + i] = _mm512_sub_epi32(_mm512_loadu_si512(from + (g + k) * MATRIX_GROUP), less);
        }
    }
    const int8_t *weights = matrix->weights + g * quads * CELL;
    for (size_t q = 0; q < quads; q++, weights += CELL) {
        __m512i v[8];
        for (size_t i = 0; i < n; i++)
            v[i] = _mm512_xor_si512(_mm512_set1_epi32(quad_at(in + i * in_stride + q * MATRIX_QUAD)), offset);
        for (size_t k = 0; k < groups; k++) {
            __m512i w = _mm512_loadu_si512(weights + k * quads * CELL);
            for (size_t i = 0; i < n; i++)
                sums[k * n + i] = _mm512_dpbusd_epi32(sums[k * n + i], v[i], w);
        }
    }
    for (size_t k = 0; k < groups; k++)
        for (size_t i = 0; i < n; i++)
            _mm512_storeu_si512(out + i * width + (g + k) * MATRIX_GROUP, sums[k * n + i]);
}

__attribute__((target(TARGET_VNNI))) static void product_vnni(const struct matrix *matrix, const int8_t *in,
                                                              size_t in_stride, size_t count, int32_t *out,
                                                              int add)
{
    size_t groups = (size_t)matrix->groups, width = groups * MATRIX_GROUP, i = 0;
    for (; i + 8 <= count; i += 8)
        for (size_t g = 0; g < groups; g++)
            block_vnni(matrix, in + i * in_stride, in_stride, g, 1, 8, out + i * width, add);
    for (; i < count; i++) {
        size_t g = 0;
        for (; g + 8 <= groups; g += 8)
            block_vnni(matrix, in + i * in_stride, in_stride, g, 8, 1, out + i * width, add);
        for (; g < groups; g++)
            block_vnni(matrix, in + i * in_stride, in_stride, g, 1, 1, out + i * width, add);
    }
}

static int has(enum matrix_way way)
{
    switch (way) {
    case MATRIX_PLAIN:
        return 1;
    case MATRIX_AVX2:
        return __builtin_cpu_supports("avx2") != 0;
    default:
        return __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512vl");
    }
}
#endif

int matrix_product_by(enum matrix_way way, const struct matrix *matrix, const int8_t *in, size_t in_stride,
                      size_t count, int32_t *out, int add)
{
#if HAVE_X86
    if (!has(way))
        return 0;
    if (way != MATRIX_PLAIN) {
        (way == MATRIX_AVX2 ? product_avx2 : product_vnni)(matrix, in, in_stride, count, out, add);
        return 1;
    }
#endif
    if (way != MATRIX_PLAIN)
        return 0;
    product_plain(matrix, in, in_stride, count, out, add);
    return 1;
}

void matrix_product(const struct matrix *matrix, const int8_t *in, size_t in_stride, size_t count,
                    int32_t *out, int add)
{
    if (!matrix_product_by(MATRIX_VNNI, matrix, in, in_stride, count, out, add) &&
        !matrix_product_by(MATRIX_AVX2, matrix, in, in_stride, count, out, add))
        product_plain(matrix, in, in_stride, count, out, add);
}
