/* An article in the logical structure: its parts, and in each what is printed there. */
#include <string.h>

#include "export/mets/mets.h"

/* A text, or lines of none, in one part. */
struct item {
    const char *type;
    const char *label; /* the text, where the pieces do not give it; NULL: they do */
    const struct export_piece *pieces;
    size_t piece_count;
    size_t part;
};

struct items {
    struct mets_writer *mets;
    const struct export_article *article;
    struct item *list;
    size_t count, capacity;
};

/* The part from number `from` on that a line is in, by its place if there are two on its page; `from` itself
 * if none is. */
static size_t part_of(const struct export_article *article, const struct export_line *line, size_t from)
{
    size_t found = article->part_count;
    for (size_t i = from; i < article->part_count; i++) {
        if (article->parts[i].page != line->page)
            continue;
        if (bi_box_inside(line->box, article->parts[i].box, 0.5))
            return i;
        if (found == article->part_count)
            found = i;
    }
    return found < article->part_count ? found : from;
}

static void add(struct items *items, struct item item)
{
    items->list =
        bi_arena_grow(&items->mets->arena, items->list, items->count, &items->capacity, sizeof *items->list);
    items->list[items->count++] = item;
}

/* ---- whether ALTO says as much as the archive */

static const struct alto_joint *joint_of(const struct mets_writer *mets, const struct export_line *line)
{
    return &mets->texts->pages[line->page - mets->issue->pages][line - line->page->lines];
}

static bool has_glyphs(struct mets_writer *mets, const struct export_line *line)
{
    return line->glyph_count > 0 && strcmp(bi_xml_clean(&mets->xml, line->text), line->text) == 0;
}

/* The pieces' areas, put together as mets.h says, give the paragraph's text. */
static bool is_said(struct mets_writer *mets, const struct export_paragraph *paragraph)
{
    if (!paragraph->exact)
        return false;
    for (size_t i = 0; i < paragraph->piece_count; i++) {
        const struct export_piece *piece = &paragraph->pieces[i];
        const struct alto_joint *joint = joint_of(mets, piece->line);
        const bool last = i + 1 == paragraph->piece_count;
        const bool to_end = piece->first + piece->count + piece->hyphen == export_line_length(piece->line);
        if (!export_piece_is_line(piece) && !has_glyphs(mets, piece->line))
            return false;
        if (!last && piece->space != (to_end && joint->space))
            return false;
        if (to_end && (last ? joint->word_end != NULL && !export_piece_is_line(piece)
                            : piece->hyphen != (joint->word_end != NULL)))
            return false;
    }
    return true;
}

/* ---- items of an article */

/* A paragraph in as many pieces as there are pages that it runs over. */
static void add_body(struct items *items, const struct export_paragraph *paragraph, size_t *part)
{
    const char *type = paragraph->crosshead ? "crosshead" : "paragraph";
    if (paragraph->piece_count)
        *part = part_of(items->article, paragraph->pieces[0].line, *part);
    if (!is_said(items->mets, paragraph)) {
        add(items, (struct item){type, paragraph->text, paragraph->pieces, paragraph->piece_count, *part});
        return;
    }
    for (size_t i = 0; i < paragraph->piece_count;) {
        size_t first = i;
        const struct export_page *page = paragraph->pieces[i].line->page;
        while (i < paragraph->piece_count && paragraph->pieces[i].line->page == page)
            i++;
        *part = part_of(items->article, paragraph->pieces[first].line, *part);
        add(items, (struct item){first ? "paragraph-continued" : type, NULL, &paragraph->pieces[first],
                                 i - first, *part});
    }
}

static bool is_of(const struct export_line *line, const char *role)
{
    return strcmp(line->role, role) == 0;
}

/* The lines from `first` on that are of one role and page, as pieces. */
static struct item lines_of(struct items *items, struct export_line *const *lines, size_t count,
                            const char *type)
{
    struct export_piece *pieces = bi_arena_array(&items->mets->arena, count, sizeof *pieces);
    for (size_t i = 0; i < count; i++)
        pieces[i] = (struct export_piece){.line = lines[i], .count = export_line_length(lines[i])};
    return (struct item){type, NULL, pieces, count, part_of(items->article, lines[0], 0)};
}

/* A headline whose wording is not that of its lines still stands where they are. */
static struct item lines_of_role(struct items *items, const struct export_paragraphs *texts, const char *role)
{
    struct export_line **lines =
        bi_arena_array(&items->mets->arena, texts->rest_count + 1, sizeof(struct export_line *));
    size_t count = 0;
    for (size_t i = 0; i < texts->rest_count; i++)
        if (is_of(texts->rest[i], role))
            lines[count++] = texts->rest[i];
    return count ? lines_of(items, lines, count, role) : (struct item){.type = role};
}

static const char *const FIELDS[] = {[EXPORT_KICKER] = "kicker",
                                     [EXPORT_HEADLINE] = "headline",
                                     [EXPORT_SUBHEAD] = "subhead",
                                     [EXPORT_BYLINE] = "byline"};

static void add_head(struct items *items, const struct export_paragraphs *texts,
                     const struct export_paragraph *head, bool taken[EXPORT_BODY])
{
    struct item item = {
        .type = FIELDS[head->field], .pieces = head->pieces, .piece_count = head->piece_count};
    if (head->piece_count) {
        item.part = part_of(items->article, head->pieces[0].line, 0);
    } else {
        item = lines_of_role(items, texts, item.type);
        taken[head->field] = true;
    }
    item.label = head->text;
    add(items, item);
}

/* Lines that are in no text: captions, pointers, headlines said again where the article goes on. */
static void add_rest(struct items *items, const struct export_paragraphs *texts,
                     const bool taken[EXPORT_BODY])
{
    for (size_t i = 0; i < texts->rest_count;) {
        const struct export_line *first = texts->rest[i];
        const char *type = is_of(first, "body") || is_of(first, "other") ? "unplaced" : first->role;
        bool is_taken = false;
        for (size_t k = 0; k < EXPORT_BODY; k++)
            if (is_of(first, FIELDS[k])) {
                is_taken = taken[k];
                type = "repeated-headline";
            }
        size_t begin = i;
        while (i < texts->rest_count && is_of(texts->rest[i], first->role) &&
               texts->rest[i]->page == first->page)
            i++;
        if (!is_taken)
            add(items, lines_of(items, &texts->rest[begin], i - begin, type));
    }
}

/* ---- writing */

static void write_area(struct mets_writer *mets, const struct export_piece *piece)
{
    struct bi_xml *xml = &mets->xml;
    const struct export_line *line = piece->line;
    bi_xml_start(xml, "mets:area");
    bi_xml_attribute_format(xml, "FILEID", "ALTO_%04d", line->page->frame);
    bi_xml_attribute_text(xml, "BETYPE", "IDREF");
    if (export_piece_is_line(piece) || !has_glyphs(mets, line)) {
        bi_xml_attribute_format(xml, "BEGIN", "L%d", line->order);
    } else {
        bi_xml_attribute_format(xml, "BEGIN", "L%dG%zu", line->order, piece->first + 1);
        bi_xml_attribute_format(xml, "END", "L%dG%zu", line->order, piece->first + piece->count);
    }
    bi_xml_end(xml);
}

void mets_write_areas(struct mets_writer *mets, const struct export_piece *pieces, size_t count)
{
    struct bi_xml *xml = &mets->xml;
    if (!count)
        return;
    bi_xml_start(xml, "mets:fptr");
    if (count > 1)
        bi_xml_start(xml, "mets:seq");
    for (size_t i = 0; i < count; i++)
        write_area(mets, &pieces[i]);
    if (count > 1)
        bi_xml_end(xml);
    bi_xml_end(xml);
}

static void write_item(struct mets_writer *mets, const struct item *item)
{
    bi_xml_start(&mets->xml, "mets:div");
    bi_xml_attribute_text(&mets->xml, "TYPE", item->type);
    bi_xml_attribute_text(&mets->xml, "LABEL", item->label);
    mets_write_areas(mets, item->pieces, item->piece_count);
    bi_xml_end(&mets->xml);
}

/* Where a part stands on its page's image. */
static void write_place(struct mets_writer *mets, const struct export_part *part)
{
    struct bi_xml *xml = &mets->xml;
    const struct bi_box *box = &part->box;
    if (!part->page || bi_box_empty(*box))
        return;
    const struct mets_file *image = &mets->pages[part->page - mets->issue->pages].image;
    if (!image->id)
        return;
    bi_xml_start(xml, "mets:fptr");
    bi_xml_start(xml, "mets:area");
    bi_xml_attribute_text(xml, "FILEID", image->id);
    bi_xml_attribute_text(xml, "SHAPE", "RECT");
    bi_xml_attribute_format(xml, "COORDS", "%d,%d,%d,%d", box->x, box->y, box->x + box->w, box->y + box->h);
    bi_xml_end(xml);
    bi_xml_end(xml);
}

static void write_part(struct items *items, size_t number)
{
    struct mets_writer *mets = items->mets;
    const struct export_article *article = items->article;
    bi_xml_start(&mets->xml, "mets:div");
    bi_xml_attribute_format(&mets->xml, "ID", "LOG_A%lld_%zu", article->article_id, number + 1);
    bi_xml_attribute_text(&mets->xml, "TYPE", "part");
    bi_xml_attribute_number(&mets->xml, "ORDER", (long)number + 1);
    if (number < article->part_count && article->parts[number].page)
        bi_xml_attribute_number(&mets->xml, "ORDERLABEL", article->parts[number].page->number);
    if (number < article->part_count)
        write_place(mets, &article->parts[number]);
    for (size_t i = 0; i < items->count; i++)
        if (items->list[i].part == number)
            write_item(mets, &items->list[i]);
    bi_xml_end(&mets->xml);
}

void mets_write_article(struct mets_writer *mets, size_t index)
{
    const struct export_article *article = &mets->issue->articles[index];
    const struct export_paragraphs *texts = &mets->texts->articles[index];
    struct items items = {.mets = mets, .article = article};
    bool taken[EXPORT_BODY] = {false};
    size_t part = 0;
    for (size_t i = 0; i < texts->count; i++)
        if (texts->list[i].field == EXPORT_BODY)
            add_body(&items, &texts->list[i], &part);
        else
            add_head(&items, texts, &texts->list[i], taken);
    add_rest(&items, texts, taken);
    bi_xml_start(&mets->xml, "mets:div");
    bi_xml_attribute_format(&mets->xml, "ID", "LOG_A%lld", article->article_id);
    bi_xml_attribute_text(&mets->xml, "TYPE",
                          strcmp(article->kind, "ad") == 0 ? "advertisement" : article->kind);
    bi_xml_attribute_number(&mets->xml, "ORDER", article->ordinal);
    if (*article->headline)
        bi_xml_attribute_text(&mets->xml, "LABEL", article->headline);
    bi_xml_attribute_format(&mets->xml, "DMDID", "DMD_A%lld", article->article_id);
    for (size_t i = 0; i < article->part_count || i == 0; i++)
        write_part(&items, i);
    bi_xml_end(&mets->xml);
}
