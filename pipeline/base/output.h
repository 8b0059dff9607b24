/* For base/program.c alone: what a dying process does with its unfinished output. */
#ifndef BASE_OUTPUT_H
#define BASE_OUTPUT_H

/* Removes the temporary files of all open outputs of this process. Safe in a signal handler. */
void bi_output_remove_all(void);

#endif
