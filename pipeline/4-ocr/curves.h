/* tanh, logistic and exp by arithmetic alone: the same on every machine, and in a form that compilers turn
 * into vector instructions. */
#ifndef OCR_CURVES_H
#define OCR_CURVES_H

#include <stdint.h>
#include <string.h>

/* Lambert's continued fraction, cut off where it reaches 1; within 0.0001 of tanh. */
static inline float curve_tanh(float x)
{
    x = x < -4.97f ? -4.97f : x > 4.97f ? 4.97f : x;
    float s = x * x;
    return x * (135135.0f + s * (17325.0f + s * (378.0f + s))) /
           (135135.0f + s * (62370.0f + s * (3150.0f + s * 28.0f)));
}

static inline float curve_logistic(float x)
{
    return 0.5f + 0.5f * curve_tanh(0.5f * x);
}

/* For -80 <= x <= 0. 2 to the whole part through the exponent, to the rest by its series. */
static inline float curve_exp(float x)
{
    x = (x < -80.0f ? -80.0f : x) * 1.44269504f;
    int32_t whole = (int32_t)x - 1;
    float f = (x - (float)whole) * 0.69314718f;
    float rest =
        1 + f * (1 + f * (0.5f + f * (1 / 6.0f + f * (1 / 24.0f + f * (1 / 120.0f + f * (1 / 720.0f))))));
    int32_t bits = (whole + 127) << 23;
    float power;
    memcpy(&power, &bits, sizeof power);
    return power * rest;
}

#endif
