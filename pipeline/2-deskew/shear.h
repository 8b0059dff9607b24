/* A piece of a page cut into upright strips that move up and down when it is sheared, and how sharp the rows
 * of it become under an angle. */
#ifndef DESKEW_SHEAR_H
#define DESKEW_SHEAR_H

#include <stdbool.h>
#include <stdint.h>

/* row r of strip s is at darkness[s * rows + r]. */
struct shear {
    int *darkness;
    double *top; /* where on the page row 0 of the strip lies */
    double *x;   /* of the strip's middle, against that of the piece */
    int count, rows;
};

void shear_init(struct shear *shear, int count, int rows);
void shear_release(struct shear *shear);

/* Call when the darkness, top and x of strip s are set, once.
 *
 * Strips are only moved by whole rows. Under angles near the one at which they were cut that would leave all
 * of them in place, and the sharper profile that gives would draw every result there. So every strip is moved
 * beforehand by a fraction of a row of its own, and what rounding blurs is the same under all angles. */
void shear_displace(struct shear *shear, int s);

/* Sum of squared differences of neighbouring rows after shearing by a tangent (positive for what rises to the
 * right). profile: rows + 2 · slack numbers to work with; slack: rows that the ends may move. */
double shear_energy(const struct shear *shear, double tangent, int *profile, int slack);

#endif
