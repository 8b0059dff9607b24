/* What libxml2's trees are asked for here. */
#ifndef PAGE_XML_H
#define PAGE_XML_H

#include <libxml/tree.h>
#include <stdbool.h>

#include "base/arena.h"

/* Whether the node is an element of this name, of any namespace. */
bool bi_xml_named(const xmlNode *node, const char *name);
/* The first child element of this name; NULL if there is none. */
const xmlNode *bi_xml_child(const xmlNode *node, const char *name);
/* A copy of an attribute's value in the arena, NULL where there is none. */
char *bi_xml_attribute(struct bi_arena *arena, const xmlNode *node, const char *name);
/* An attribute's number towards zero; `fallback` where there is none, or one that no int holds. */
int bi_xml_attribute_int(const xmlNode *node, const char *name, int fallback);

#endif
