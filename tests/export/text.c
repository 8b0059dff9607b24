/* export-text alto FILE…    the text of each line of ALTO files, a line each
 * export-text hocr FILE…    of hOCR
 * export-text page FILE…    of PAGE-XML
 * export-text mets FILE     the articles of a METS file, built again from it and from the ALTO files that it
 *                           names: id, kicker, headline, subhead, byline and body, with U+001F between them
 *                           and U+001E for line breaks
 * export-text areas FILE    the same, but kicker, headline, subhead and byline from their areas alone
 *
 * What it knows is what the manual page of `backissue export` says of the formats, and their specifications;
 * no more. */
#include <libxml/parser.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FILES = 1000 };

__attribute__((format(printf, 1, 2), noreturn)) static void fail(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fputc('\n', stderr);
    exit(1);
}

/* ---- what is freed at the end */

static struct {
    struct kept {
        void *data;
        void (*release)(void *data);
    } * list;
    size_t count, room;
} kept;

static void *keep(void *data, void (*release)(void *data))
{
    if (kept.count == kept.room) {
        kept.room = 2 * kept.room + 64;
        kept.list = realloc(kept.list, kept.room * sizeof *kept.list);
        if (!kept.list)
            abort();
    }
    kept.list[kept.count++] = (struct kept){data, release};
    return data;
}

static void release_document(void *document)
{
    xmlFreeDoc(document);
}

static void release_string(void *string)
{
    xmlFree(string);
}

static void release_all(void)
{
    for (size_t i = 0; i < kept.count; i++)
        kept.list[i].release(kept.list[i].data);
    free(kept.list);
    xmlCleanupParser();
}

/* ---- strings and trees */

struct text {
    char *data;
    size_t length, room;
};

static void add(struct text *text, const char *more)
{
    size_t n = strlen(more);
    if (text->length + n + 1 > text->room) {
        text->room = 2 * (text->length + n + 1);
        text->data = realloc(text->data, text->room);
        if (!text->data)
            abort();
    }
    memcpy(text->data + text->length, more, n + 1);
    text->length += n;
}

static const char *get(const struct text *text)
{
    return text->data ? text->data : "";
}

static bool named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static const char *kept_string(xmlChar *string)
{
    return string ? keep(string, release_string) : "";
}

/* "" where there is none. */
static const char *attribute(const xmlNode *node, const char *name)
{
    return kept_string(xmlGetProp((xmlNode *)node, (const xmlChar *)name));
}

static const xmlNode *next_in_document(const xmlNode *node, const xmlNode *top)
{
    if (node->children)
        return node->children;
    while (node != top && !node->next)
        node = node->parent;
    return node == top ? NULL : node->next;
}

static xmlDoc *read_document(const char *path)
{
    xmlDoc *document = xmlReadFile(path, NULL, XML_PARSE_NONET | XML_PARSE_HUGE);
    if (!document)
        fail("%s: cannot be read", path);
    return keep(document, release_document);
}

/* ---- ALTO */

/* The text of a TextLine: Strings, a space for SP, and HYP if it is wanted. */
static void add_line(struct text *text, const xmlNode *line, bool hyphen)
{
    for (const xmlNode *n = line->children; n; n = n->next) {
        if (named(n, "String") || (hyphen && named(n, "HYP")))
            add(text, attribute(n, "CONTENT"));
        else if (named(n, "SP"))
            add(text, " ");
    }
}

static void add_alto(struct text *text, const xmlNode *line)
{
    add_line(text, line, true);
}

/* ---- hOCR and PAGE-XML */

static void add_hocr(struct text *text, const xmlNode *line)
{
    add(text, kept_string(xmlNodeGetContent(line)));
}

static void add_page(struct text *text, const xmlNode *line)
{
    for (const xmlNode *n = line->children; n; n = n->next)
        if (named(n, "TextEquiv"))
            for (const xmlNode *unicode = n->children; unicode; unicode = unicode->next)
                if (named(unicode, "Unicode"))
                    add(text, kept_string(xmlNodeGetContent(unicode)));
}

/* A format by what a line is in it. */
static const struct format {
    const char *name, *element, *class;
    void (*add)(struct text *text, const xmlNode *line);
} FORMATS[] = {{"alto", "TextLine", "", add_alto},
               {"hocr", "span", "ocr_line", add_hocr},
               {"page", "TextLine", "", add_page}};

static void print_lines(const struct format *format, const char *path)
{
    const xmlNode *top = xmlDocGetRootElement(read_document(path));
    for (const xmlNode *n = top; n; n = next_in_document(n, top)) {
        if (!named(n, format->element) || strcmp(attribute(n, "class"), format->class) != 0)
            continue;
        struct text text = {0};
        format->add(&text, n);
        puts(get(&text));
        free(text.data);
    }
}

/* ---- characters of ALTO */

/* Glyphs from one id to another, in one line, with a space between those of two Strings. True if the second
 * is the line's last. */
static bool add_glyphs(struct text *text, const xmlNode *line, const char *begin, const char *end)
{
    bool inside = false, last = false, any = false;
    const xmlNode *string = NULL;
    for (const xmlNode *n = line; n; n = next_in_document(n, line)) {
        if (named(n, "HYP"))
            last = false;
        if (!named(n, "Glyph"))
            continue;
        last = false;
        inside = inside || strcmp(attribute(n, "ID"), begin) == 0;
        if (!inside)
            continue;
        if (any && string != n->parent)
            add(text, " ");
        add(text, attribute(n, "CONTENT"));
        string = n->parent;
        any = true;
        if (strcmp(attribute(n, "ID"), end) == 0) {
            inside = false;
            last = true;
        }
    }
    if (!any || inside)
        fail("%s … %s: not in one line", begin, end);
    return last;
}

/* ---- METS */

struct issue {
    const xmlNode *mets;
    const char *folder;
    struct {
        const char *id;
        xmlDoc *document;
    } files[MAX_FILES];
    size_t file_count;
};

static void read_files(struct issue *issue)
{
    for (const xmlNode *n = issue->mets; n; n = next_in_document(n, issue->mets)) {
        if (!named(n, "FLocat") || strcmp(attribute(n->parent->parent, "USE"), "FULLTEXT") != 0)
            continue;
        if (issue->file_count == MAX_FILES)
            fail("too many files");
        struct text path = {0};
        add(&path, issue->folder);
        add(&path, "/");
        add(&path, attribute(n, "href"));
        issue->files[issue->file_count].id = attribute(n->parent, "ID");
        issue->files[issue->file_count++].document = read_document(get(&path));
        free(path.data);
    }
}

/* Without a copy of each id that is looked at. */
static bool has_id(const xmlNode *node, const char *id)
{
    const xmlAttr *found = xmlHasProp((xmlNode *)node, (const xmlChar *)"ID");
    return found && found->children && strcmp((const char *)found->children->content, id) == 0;
}

static const xmlNode *element_of(const struct issue *issue, const char *file, const char *id)
{
    for (size_t i = 0; i < issue->file_count; i++) {
        if (strcmp(issue->files[i].id, file) != 0)
            continue;
        const xmlNode *top = xmlDocGetRootElement(issue->files[i].document);
        for (const xmlNode *n = top; n; n = next_in_document(n, top))
            if (n->type == XML_ELEMENT_NODE && has_id(n, id))
                return n;
    }
    fail("%s: not in %s", id, file);
}

/* Whether white space follows the line in the article's text. */
static bool joins_with_space(const xmlNode *line)
{
    const char *tags = attribute(line, "TAGREFS"), *found = strstr(tags, "JOIN_SPACE");
    return found && (found == tags || found[-1] == ' ') && (found[10] == ' ' || !found[10]);
}

/* What follows an area, once it is known that another comes. */
struct joint {
    bool space;
    struct text hyphen;
};

static void add_area(const struct issue *issue, const xmlNode *area, struct text *text, struct joint *joint)
{
    const xmlNode *n = element_of(issue, attribute(area, "FILEID"), attribute(area, "BEGIN"));
    bool to_end = true;
    if (named(n, "Glyph")) {
        const xmlNode *line = n->parent->parent;
        to_end = add_glyphs(text, line, attribute(area, "BEGIN"), attribute(area, "END"));
        n = line;
    } else {
        add_line(text, n, false);
        for (const xmlNode *child = n->children; child; child = child->next)
            if (named(child, "HYP"))
                add(&joint->hyphen, attribute(child, "CONTENT"));
    }
    joint->space = to_end && joins_with_space(n);
}

/* Adds the text of a div's areas to one that may have begun on another page. */
static void add_areas(const struct issue *issue, const xmlNode *div, struct text *text, struct joint *joint)
{
    for (const xmlNode *n = div; n; n = next_in_document(n, div)) {
        if (!named(n, "area") || strcmp(attribute(n, "BETYPE"), "IDREF") != 0)
            continue;
        if (joint->space)
            add(text, " ");
        free(joint->hyphen.data);
        *joint = (struct joint){0};
        add_area(issue, n, text, joint);
    }
}

static void print_text(const struct text *text)
{
    putchar('\x1f');
    for (const char *s = get(text); *s; s++)
        putchar(*s == '\n' ? '\x1e' : *s);
}

static void print_article(const struct issue *issue, const xmlNode *article, bool areas)
{
    static const char *const fields[] = {"kicker", "headline", "subhead", "byline"};
    struct text heads[4] = {0}, body = {0};
    struct joint joint = {0};
    bool open = false;
    for (const xmlNode *n = article; n; n = next_in_document(n, article)) {
        const char *type = named(n, "div") ? attribute(n, "TYPE") : "";
        for (size_t i = 0; i < 4; i++)
            if (strcmp(type, fields[i]) == 0 && !areas) {
                add(&heads[i], attribute(n, "LABEL"));
            } else if (strcmp(type, fields[i]) == 0) {
                struct joint own = {0};
                add_areas(issue, n, &heads[i], &own);
                add(&heads[i], get(&own.hyphen));
                free(own.hyphen.data);
            }
        const bool begins = strcmp(type, "paragraph") == 0 || strcmp(type, "crosshead") == 0;
        if (!begins && strcmp(type, "paragraph-continued") != 0)
            continue;
        if (begins && open) {
            add(&body, get(&joint.hyphen));
            add(&body, "\n");
        }
        if (begins) {
            free(joint.hyphen.data);
            joint = (struct joint){0};
        }
        if (*attribute(n, "LABEL"))
            add(&body, attribute(n, "LABEL"));
        else
            add_areas(issue, n, &body, &joint);
        open = true;
    }
    add(&body, get(&joint.hyphen));
    printf("%s", attribute(article, "ID") + strlen("LOG_A"));
    for (size_t i = 0; i < 4; i++)
        print_text(&heads[i]);
    print_text(&body);
    putchar('\n');
    for (size_t i = 0; i < 4; i++)
        free(heads[i].data);
    free(body.data);
    free(joint.hyphen.data);
}

static void print_articles(const char *path, bool areas)
{
    struct issue issue = {.mets = xmlDocGetRootElement(read_document(path)), .folder = "."};
    char *folder = keep(strdup(path), free), *slash = strrchr(folder, '/');
    if (slash) {
        *slash = '\0';
        issue.folder = folder;
    }
    read_files(&issue);
    for (const xmlNode *n = issue.mets; n; n = next_in_document(n, issue.mets))
        if (named(n, "div") && strncmp(attribute(n, "DMDID"), "DMD_A", 5) == 0)
            print_article(&issue, n, areas);
}

int main(int argc, char **argv)
{
    atexit(release_all);
    if (argc < 3)
        fail("usage: export-text alto|hocr|page FILE…, export-text mets|areas FILE");
    for (size_t k = 0; k < sizeof FORMATS / sizeof *FORMATS; k++)
        for (int i = 2; i < argc && strcmp(argv[1], FORMATS[k].name) == 0; i++)
            print_lines(&FORMATS[k], argv[i]);
    if (strcmp(argv[1], "mets") == 0 || strcmp(argv[1], "areas") == 0)
        print_articles(argv[2], strcmp(argv[1], "areas") == 0);
    return 0;
}
