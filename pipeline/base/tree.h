/* Folders with all that is in them. */
#ifndef BASE_TREE_H
#define BASE_TREE_H

/* Removes a folder and everything in it, as far as it can be; nothing where there is none. Links are removed,
 * not followed. */
void bi_tree_remove(const char *path);

#endif
