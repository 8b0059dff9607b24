/* Products of int8 matrices with int8 vectors: what a network spends its time on. */
#ifndef OCR_MATRIX_H
#define OCR_MATRIX_H

#include <stddef.h>
#include <stdint.h>

/* Rows are computed in groups of this many, columns four at a time. */
#define MATRIX_GROUP 16
#define MATRIX_QUAD 4

/* rows × columns weights, in the order in which they are used: [group of rows][quad of columns][row][column],
 * with zeros where rows or columns do not fill theirs. */
struct matrix {
    int rows, columns, groups, quads;
    int8_t *weights;
    int32_t *start; /* of a row's sum: its bias */
    int32_t *sums;  /* of a row's weights */
};

/* All zero; weights and starts are then put in. */
struct matrix matrix_new(int rows, int columns);
void matrix_release(struct matrix *matrix);
/* Once for each weight. */
void matrix_put(struct matrix *matrix, int row, int column, int8_t weight);

/* out[i][row] = (add ? out[i][row] : start[row]) + Σ weights[row][column] × in[i][column], for i < count.
 * Vectors of `in` begin in_stride bytes apart and have quads × 4 columns, those too many 0; vectors of out
 * have groups × 16 rows. The fastest instructions of the processor are used; all give the same sums. */
void matrix_product(const struct matrix *matrix, const int8_t *in, size_t in_stride, size_t count,
                    int32_t *out, int add);

/* The ways of computing it, for tests and timings; false if this processor has not got that one. */
enum matrix_way { MATRIX_PLAIN, MATRIX_AVX2, MATRIX_VNNI, MATRIX_WAYS };
int matrix_product_by(enum matrix_way way, const struct matrix *matrix, const int8_t *in, size_t in_stride,
                      size_t count, int32_t *out, int add);

#endif
