/* BI_CLEANUP(f) variable: calls f(&variable) when the variable goes out of scope. For foreign handles:
 *
 *     BI_CLEANUP(bi_file_closep) FILE *in = fopen(path, "rb");
 */
#ifndef BASE_CLEANUP_H
#define BASE_CLEANUP_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define BI_CLEANUP(function) __attribute__((cleanup(function)))

static inline void bi_file_closep(FILE **f)
{
    if (*f)
        fclose(*f);
}

static inline void bi_dir_closep(DIR **dir)
{
    if (*dir)
        closedir(*dir);
}

static inline void bi_descriptor_closep(int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
}

static inline void bi_freep(void *p)
{
    free(*(void **)p);
}

#endif
