#include <stddef.h>
#include <string.h>
#include <sys/stat.h>

#include "export/mets/mets.h"
#include "export/reference.h"

static long long size_of(const char *path)
{
    struct stat status;
    return path && stat(path, &status) == 0 && S_ISREG(status.st_mode) ? (long long)status.st_size : 0;
}

/* A file of the archive, of a kind that the id begins with; none where the archive has none. */
static struct mets_file archived(struct mets_writer *mets, const struct export_page *page, const char *kind,
                                 const char *path, const char *stored, const char *sha256)
{
    struct bi_arena *arena = &mets->arena;
    if (!*stored)
        return (struct mets_file){0};
    return (struct mets_file){
        .id = bi_arena_printf(arena, "%s_%04d", kind, page->frame),
        .href = export_uri(arena, export_reference(arena, mets->options, mets->issue, "mets", path, stored)),
        .media_type = export_media_type(stored),
        .sha256 = sha256,
        .size = size_of(path),
    };
}

const char *mets_own(struct mets_writer *mets, const char *name)
{
    struct bi_arena *arena = &mets->arena;
    if (!mets->options->base_url)
        return name;
    return export_reference_exported(arena, mets->options, mets->issue,
                                     bi_arena_printf(arena, "mets/%s", name));
}

static int find_alto(struct mets_writer *mets, const struct export_page *page, const char *folder,
                     struct mets_file *alto, struct bi_error *err)
{
    struct bi_arena *arena = &mets->arena;
    const char *name = export_name_page(arena, page, "alto", ".xml"),
               *path = bi_path_join(arena, folder, name);
    char *sha256 = bi_arena_alloc(arena, BI_SHA256_HEX);
    if (bi_sha256_file(path, sha256, err) < 0)
        return -1;
    *alto = (struct mets_file){
        .id = bi_arena_printf(arena, "ALTO_%04d", page->frame),
        .href = mets_own(mets, name),
        .media_type = "text/xml",
        .sha256 = sha256,
        .size = size_of(path),
    };
    return 0;
}

/* IIIF has an image service for each page image that it can read, where a web viewer can get at it. */
static bool has_services(const struct export_options *options)
{
    return options->base_url && export_format_among(options, "iiif");
}

/* Named as viewers of METS know it (Kitodo, DFG-Viewer). */
static struct mets_file service_of(struct mets_writer *mets, const struct export_page *page)
{
    return (struct mets_file){
        .id = bi_arena_printf(&mets->arena, "SERVICE_%04d", page->frame),
        .href = export_reference_exported(&mets->arena, mets->options, mets->issue,
                                          export_name_page(&mets->arena, page, "iiif", "/info.json")),
        .media_type = "application/vnd.kitodo.iiif",
    };
}

int mets_find_files(struct mets_writer *mets, const char *folder, struct bi_error *err)
{
    const struct export_issue *issue = mets->issue;
    mets->pages = bi_arena_array(&mets->arena, issue->page_total + 1, sizeof *mets->pages);
    for (size_t i = 0; i < issue->page_total; i++) {
        const struct export_page *page = &issue->pages[i];
        struct mets_page *files = &mets->pages[i];
        files->scan = archived(mets, page, "SCAN", page->scan_path, page->scan_stored, page->scan_sha256);
        if (page->scan_size > 0)
            files->scan.size = page->scan_size;
        /* RFC 8118; other formats of several images have no way to name one. */
        if (files->scan.id && strcmp(files->scan.media_type, "application/pdf") == 0)
            files->scan.href =
                bi_arena_printf(&mets->arena, "%s#page=%d", files->scan.href, page->scan_index + 1);
        files->image =
            archived(mets, page, "IMAGE", page->image_path, page->image_stored, page->image_sha256);
        if (find_alto(mets, page, folder, &files->alto, err) < 0)
            return -1;
        if (has_services(mets->options) && page->image_path)
            files->service = service_of(mets, page);
    }
    return 0;
}

static void write_file(struct mets_writer *mets, const struct mets_file *file, int frame)
{
    struct bi_xml *xml = &mets->xml;
    if (!file->id)
        return;
    bi_xml_start(xml, "mets:file");
    bi_xml_attribute_text(xml, "ID", file->id);
    bi_xml_attribute_text(xml, "MIMETYPE", file->media_type);
    if (frame)
        bi_xml_attribute_number(xml, "SEQ", frame);
    if (file->size > 0)
        bi_xml_attribute_number(xml, "SIZE", (long)file->size);
    if (file->sha256 && *file->sha256) {
        bi_xml_attribute_text(xml, "CHECKSUM", file->sha256);
        bi_xml_attribute_text(xml, "CHECKSUMTYPE", "SHA-256");
    }
    if (file->sha256)
        bi_xml_attribute_format(xml, "ADMID", "TECH_%s", file->id);
    bi_xml_start(xml, "mets:FLocat");
    bi_xml_attribute_text(xml, "LOCTYPE", "URL");
    bi_xml_attribute_text(xml, "xlink:href", file->href);
    bi_xml_end(xml);
    bi_xml_end(xml);
}

static void start_group(struct mets_writer *mets, const char *use)
{
    bi_xml_start(&mets->xml, "mets:fileGrp");
    bi_xml_attribute_text(&mets->xml, "USE", use);
}

/* Of some articles of an issue there are PDFs, but none of the issue. */
bool mets_has_pdf(const struct mets_writer *mets)
{
    return export_format_among(mets->options, "pdf") && !mets->issue->partial && mets->issue->page_total;
}

/* What another format makes of the issue in the same export. */
static void write_made(struct mets_writer *mets, const char *use, const char *id, const char *name,
                       const char *media_type)
{
    start_group(mets, use);
    write_file(
        mets,
        &(struct mets_file){.id = id,
                            .href = export_reference_exported(&mets->arena, mets->options, mets->issue, name),
                            .media_type = media_type},
        0);
    bi_xml_end(&mets->xml);
}

void mets_write_files(struct mets_writer *mets)
{
    const struct export_issue *issue = mets->issue;
    if (!issue->page_total)
        return;
    const bool services = has_services(mets->options);
    const struct {
        const char *use;
        size_t place;
    } groups[] = {{"MASTER", offsetof(struct mets_page, scan)},
                  {services ? "LOCAL" : "DEFAULT", offsetof(struct mets_page, image)},
                  {"FULLTEXT", offsetof(struct mets_page, alto)},
                  {"DEFAULT", offsetof(struct mets_page, service)}};
    bi_xml_start(&mets->xml, "mets:fileSec");
    for (size_t k = 0; k < sizeof groups / sizeof *groups - !services; k++) {
        start_group(mets, groups[k].use);
        for (size_t i = 0; i < issue->page_total; i++)
            write_file(mets, (const void *)((const char *)&mets->pages[i] + groups[k].place),
                       issue->pages[i].frame);
        bi_xml_end(&mets->xml);
    }
    if (mets_has_pdf(mets))
        write_made(mets, "DOWNLOAD", METS_PDF, "pdf/issue.pdf", "application/pdf");
    if (export_format_among(mets->options, "iiif"))
        write_made(mets, "IIIF", "IIIF", "iiif/manifest.json", "application/ld+json");
    bi_xml_end(&mets->xml);
}
