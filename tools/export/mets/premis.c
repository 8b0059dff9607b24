/* PREMIS 3 (https://www.loc.gov/standards/premis/): what was made of what, by which program, and when.
 * Objects are in a file of their own: they need xsi:type, which a METS reader that has no schema of PREMIS at
 * hand must refuse. */
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "export/mets/mets.h"
#include "export/xml.h"

/* ---- wrapping */

static void start_wrap(struct mets_writer *mets, const char *section, const char *id, const char *type)
{
    struct bi_xml *xml = &mets->xml;
    bi_xml_start(xml, section);
    bi_xml_attribute_text(xml, "ID", id);
    bi_xml_start(xml, "mets:mdWrap");
    bi_xml_attribute_text(xml, "MDTYPE", type);
    bi_xml_attribute_text(xml, "MIMETYPE", "text/xml");
    bi_xml_start(xml, "mets:xmlData");
}

static void end_wrap(struct mets_writer *mets)
{
    for (int i = 0; i < 3; i++)
        bi_xml_end(&mets->xml);
}

/* "premis:eventIdentifier" with its two parts, and the role of what it links to, if it has one. */
static void identify(struct mets_writer *mets, const char *name, const char *value, const char *role)
{
    struct bi_xml *xml = &mets->xml;
    bi_xml_start(xml, bi_arena_printf(&mets->arena, "premis:%s", name));
    bi_xml_element(xml, bi_arena_printf(&mets->arena, "premis:%sType", name), "local");
    bi_xml_element(xml, bi_arena_printf(&mets->arena, "premis:%sValue", name), value);
    if (role)
        bi_xml_element(xml,
                       bi_arena_printf(&mets->arena, "premis:%.*sRole",
                                       (int)(strlen(name) - strlen("Identifier")), name),
                       role);
    bi_xml_end(xml);
}

/* ---- objects */

static const char *object_name(struct mets_writer *mets, const struct mets_file *file)
{
    return bi_arena_printf(&mets->arena, "%s/%s/%s", mets->issue->title, mets->issue->name, file->id);
}

static void write_object(struct mets_writer *mets, const struct mets_file *file, const char *original,
                         const struct mets_file *made_of)
{
    struct bi_xml *xml = &mets->xml;
    if (!file->id)
        return;
    bi_xml_start(xml, "premis:object");
    bi_xml_attribute_text(xml, "xsi:type", "premis:file");
    bi_xml_attribute_text(xml, "xmlID", file->id);
    identify(mets, "objectIdentifier", object_name(mets, file), NULL);
    bi_xml_start(xml, "premis:objectCharacteristics");
    if (*file->sha256) {
        bi_xml_start(xml, "premis:fixity");
        bi_xml_element(xml, "premis:messageDigestAlgorithm", "SHA-256");
        bi_xml_element(xml, "premis:messageDigest", file->sha256);
        bi_xml_end(xml);
    }
    if (file->size > 0)
        bi_xml_element(xml, "premis:size", bi_arena_printf(&mets->arena, "%lld", file->size));
    bi_xml_start(xml, "premis:format");
    bi_xml_start(xml, "premis:formatDesignation");
    bi_xml_element(xml, "premis:formatName", file->media_type);
    bi_xml_end(xml);
    bi_xml_end(xml);
    bi_xml_end(xml);
    if (original)
        bi_xml_element(xml, "premis:originalName", original);
    if (made_of && made_of->id) {
        bi_xml_start(xml, "premis:relationship");
        bi_xml_element(xml, "premis:relationshipType", "derivation");
        bi_xml_element(xml, "premis:relationshipSubType", "has source");
        identify(mets, "relatedObjectIdentifier", object_name(mets, made_of), NULL);
        bi_xml_end(xml);
    }
    bi_xml_end(xml);
}

static void write_objects(struct mets_writer *mets)
{
    const struct export_issue *issue = mets->issue;
    struct bi_xml *xml = &mets->xml;
    bi_xml_start(xml, "premis:premis");
    bi_xml_attribute_text(xml, "xmlns:premis", METS_PREMIS);
    bi_xml_attribute_text(xml, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    bi_xml_attribute_text(xml, "xsi:schemaLocation", METS_PREMIS " " METS_PREMIS_SCHEMA);
    bi_xml_attribute_text(xml, "version", "3.0");
    for (size_t i = 0; i < issue->page_total; i++) {
        const struct mets_page *files = &mets->pages[i];
        write_object(mets, &files->scan, issue->pages[i].scan_stored, NULL);
        write_object(mets, &files->image, issue->pages[i].image_stored, &files->scan);
        write_object(mets, &files->alto, NULL, &files->image);
    }
    bi_xml_end(xml);
}

int mets_write_objects(struct mets_writer *mets, const char *folder, struct bi_error *err)
{
    struct export_xml_file file;
    if (!mets->issue->page_total)
        return 0;
    if (export_xml_open(&file, &mets->xml, bi_path_join(&mets->arena, folder, METS_OBJECTS), true, err) < 0)
        return -1;
    write_objects(mets);
    return export_xml_close(&file, &mets->xml, err);
}

/* What METS says of an object: where it is described. */
static void refer(struct mets_writer *mets, const struct mets_file *file)
{
    struct bi_xml *xml = &mets->xml;
    if (!file->id)
        return;
    bi_xml_start(xml, "mets:techMD");
    bi_xml_attribute_format(xml, "ID", "TECH_%s", file->id);
    bi_xml_start(xml, "mets:mdRef");
    bi_xml_attribute_text(xml, "LOCTYPE", "URL");
    bi_xml_attribute_text(xml, "MDTYPE", "PREMIS:OBJECT");
    bi_xml_attribute_text(xml, "MIMETYPE", "text/xml");
    bi_xml_attribute_text(xml, "xlink:href", mets_own(mets, METS_OBJECTS));
    bi_xml_attribute_format(xml, "XPTR", "xpointer(//*[@xmlID='%s'])", file->id);
    bi_xml_end(xml);
    bi_xml_end(xml);
}

/* ---- events */

static const struct stage {
    const char *name, *type, *detail;
    bool of_scan, gives_image, gives_text; /* what it reads and makes */
} STAGES[] = {
    {"1-intake", "ingestion", "scans of the issue put in order and hashed", false, false, false},
    {"2-deskew", "normalization", "page image made from the scan, upright and clean", true, true, false},
    {"3-segment", "metadata extraction", "regions, lines and reading order found", false, false, false},
    {"3-correction", "metadata modification", "regions and lines corrected by hand", false, false, false},
    {"4-ocr", "transcription", "text recognised", false, false, true},
    {"4-correction", "metadata modification", "text corrected by hand", false, false, true},
    {"5-stitch", "metadata extraction", "roles of lines, articles and their continuations found", false,
     false, false},
};

static const struct stage *stage_of(const char *name)
{
    static const struct stage other = {"", "processing", "", false, false, false};
    for (size_t i = 0; i < sizeof STAGES / sizeof *STAGES; i++)
        if (strcmp(STAGES[i].name, name) == 0)
            return &STAGES[i];
    return &other;
}

static const char *agent_name(struct mets_writer *mets, const char *version)
{
    return bi_arena_printf(&mets->arena, "backissue %s", version);
}

static void write_outcome(struct mets_writer *mets, const struct export_run *run)
{
    struct bi_xml *xml = &mets->xml;
    BI_CLEANUP(bi_text_release) struct bi_text note = {0};
    if (run->seconds >= 0)
        bi_text_printf(&note, "%.3f seconds", run->seconds);
    if (*run->message)
        bi_text_printf(&note, "%s%s", note.length ? "; " : "", run->message);
    bi_xml_start(xml, "premis:eventOutcomeInformation");
    bi_xml_element(xml, "premis:eventOutcome", run->exit_code == 0 ? "success" : "failure");
    if (note.length) {
        bi_xml_start(xml, "premis:eventOutcomeDetail");
        bi_xml_element(xml, "premis:eventOutcomeDetailNote", note.data);
        bi_xml_end(xml);
    }
    bi_xml_end(xml);
}

static void write_detail(struct mets_writer *mets, const char *label, const char *detail)
{
    if (!*detail)
        return;
    bi_xml_start(&mets->xml, "premis:eventDetailInformation");
    bi_xml_element(&mets->xml, "premis:eventDetail", bi_arena_printf(&mets->arena, "%s: %s", label, detail));
    bi_xml_end(&mets->xml);
}

static void write_event(struct mets_writer *mets, size_t number, const struct mets_page *page)
{
    struct bi_xml *xml = &mets->xml;
    const struct export_run *run = &mets->issue->runs[number];
    const struct stage *stage = stage_of(run->stage);
    start_wrap(mets, "mets:digiprovMD", bi_arena_printf(&mets->arena, "EVENT_%zu", number + 1),
               "PREMIS:EVENT");
    bi_xml_start(xml, "premis:event");
    bi_xml_attribute_text(xml, "version", "3.0");
    identify(
        mets, "eventIdentifier",
        bi_arena_printf(&mets->arena, "%s/%s/event/%zu", mets->issue->title, mets->issue->name, number + 1),
        NULL);
    bi_xml_element(xml, "premis:eventType", stage->type);
    bi_xml_element(xml, "premis:eventDateTime", export_is_time(run->started) ? run->started : "unknown");
    write_detail(mets, run->stage, *stage->detail ? stage->detail : run->stage);
    write_detail(mets, "parameters", run->parameters);
    write_detail(mets, "models", run->models);
    write_outcome(mets, run);
    identify(mets, "linkingAgentIdentifier", agent_name(mets, run->version), "executing program");
    if (page) {
        const struct mets_file *source = stage->of_scan ? &page->scan : &page->image;
        if (source->id)
            identify(mets, "linkingObjectIdentifier", object_name(mets, source), "source");
        if (stage->gives_image && page->image.id)
            identify(mets, "linkingObjectIdentifier", object_name(mets, &page->image), "outcome");
        if (stage->gives_text)
            identify(mets, "linkingObjectIdentifier", object_name(mets, &page->alto), "outcome");
    }
    bi_xml_end(xml);
    end_wrap(mets);
}

static void write_events(struct mets_writer *mets, int frame, const struct mets_page *page)
{
    for (size_t i = 0; i < mets->issue->run_count; i++)
        if (mets->issue->runs[i].frame == frame)
            write_event(mets, i, page);
}

/* ---- agents: one for each version of the program that had a part in it */

static int by_version(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void write_agent(struct mets_writer *mets, const char *version, size_t number)
{
    struct bi_xml *xml = &mets->xml;
    start_wrap(mets, "mets:digiprovMD", bi_arena_printf(&mets->arena, "AGENT_%zu", number), "PREMIS:AGENT");
    bi_xml_start(xml, "premis:agent");
    bi_xml_attribute_text(xml, "version", "3.0");
    identify(mets, "agentIdentifier", agent_name(mets, version), NULL);
    bi_xml_element(xml, "premis:agentName", "backissue");
    bi_xml_element(xml, "premis:agentType", "software");
    if (*version)
        bi_xml_element(xml, "premis:agentVersion", version);
    bi_xml_end(xml);
    end_wrap(mets);
}

static void write_agents(struct mets_writer *mets)
{
    const struct export_issue *issue = mets->issue;
    const char **versions = bi_arena_array(&mets->arena, issue->run_count + 1, sizeof *versions);
    size_t count = 0;
    for (size_t i = 0; i < issue->run_count; i++)
        versions[i] = issue->runs[i].version;
    qsort(versions, issue->run_count, sizeof *versions, by_version);
    for (size_t i = 0; i < issue->run_count; i++)
        if (i == 0 || strcmp(versions[i], versions[i - 1]) != 0)
            write_agent(mets, versions[i], ++count);
}

void mets_write_administration(struct mets_writer *mets)
{
    const struct export_issue *issue = mets->issue;
    if (issue->run_count) {
        bi_xml_start(&mets->xml, "mets:amdSec");
        bi_xml_attribute_text(&mets->xml, "ID", "AMD_ISSUE");
        write_events(mets, 0, NULL);
        write_agents(mets);
        bi_xml_end(&mets->xml);
    }
    for (size_t i = 0; i < issue->page_total; i++) {
        const struct export_page *page = &issue->pages[i];
        const struct mets_page *files = &mets->pages[i];
        bi_xml_start(&mets->xml, "mets:amdSec");
        bi_xml_attribute_format(&mets->xml, "ID", "AMD_%04d", page->frame);
        refer(mets, &files->scan);
        refer(mets, &files->image);
        refer(mets, &files->alto);
        write_events(mets, page->frame, files);
        bi_xml_end(&mets->xml);
    }
}
