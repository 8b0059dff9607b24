#include "export/pdf/metadata.h"

#include <lcms2.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "report/html.h"

#define PROGRAM "backissue " BI_VERSION
#define LANGUAGE "zh-Hans"
/* How grey is shown: sRGB's curve, in the middle. */
#define GREY_GAMMA 2.2
/* Where an ICC profile has the date at which it was made, which would be new with each run. */
#define PROFILE_DATE 24
#define PROFILE_DATE_BYTES 12

/* A property that is a list of one text. */
static void add_list(FILE *out, const char *name, const char *kind, const char *attribute, const char *text)
{
    if (!*text)
        return;
    fprintf(out, "   <dc:%s><rdf:%s><rdf:li%s>", name, kind, attribute);
    html_text(out, text);
    fprintf(out, "</rdf:li></rdf:%s></dc:%s>\n", kind, name);
}

static void add_simple(FILE *out, const char *name, const char *text)
{
    if (!*text)
        return;
    fprintf(out, "   <%s>", name);
    html_text(out, text);
    fprintf(out, "</%s>\n", name);
}

/* Only properties of schemas that PDF/A knows by itself (6.6.2.3). */
static void write_xmp(FILE *out, const struct pdf_metadata *metadata)
{
    fputs("<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
          "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
          " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
          "  <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
          "    xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
          "    xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
          "   <pdfaid:part>2</pdfaid:part>\n   <pdfaid:conformance>U</pdfaid:conformance>\n"
          "   <dc:format>application/pdf</dc:format>\n",
          out);
    add_list(out, "title", "Alt", " xml:lang=\"x-default\"", metadata->title);
    add_list(out, "description", "Alt", " xml:lang=\"x-default\"", metadata->description);
    add_list(out, "publisher", "Bag", "", metadata->publisher);
    add_list(out, "date", "Seq", "", metadata->date);
    add_list(out, "language", "Bag", "", LANGUAGE);
    add_simple(out, "dc:identifier", metadata->identifier);
    add_simple(out, "xmp:CreatorTool", PROGRAM);
    add_simple(out, "pdf:Producer", PROGRAM);
    fputs("  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>", out);
}

static void set_xmp(struct pdf_document *document, const struct pdf_metadata *metadata)
{
    BI_CLEANUP(bi_freep) char *xmp = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&xmp, &size);
    if (!out)
        return;
    write_xmp(out, metadata);
    fclose(out);
    qpdf_oh stream = pdf_stream(document, xmp, size, NULL),
            dictionary = pdf_stream_dictionary(document, stream);
    pdf_set(document, dictionary, "/Type", pdf_object(document, "/Metadata"));
    pdf_set(document, dictionary, "/Subtype", pdf_object(document, "/XML"));
    pdf_set(document, document->root, "/Metadata", stream);
}

static void set_info(struct pdf_document *document, const struct pdf_metadata *metadata)
{
    qpdf_oh info = pdf_own_object(document, "<< >>");
    if (*metadata->title)
        pdf_set(document, info, "/Title", pdf_string(document, metadata->title));
    if (*metadata->description)
        pdf_set(document, info, "/Subject", pdf_string(document, metadata->description));
    pdf_set(document, info, "/Creator", pdf_string(document, PROGRAM));
    pdf_set(document, info, "/Producer", pdf_string(document, PROGRAM));
    pdf_set(document, qpdf_get_trailer(document->qpdf), "/Info", info);
}

/* A grey profile of our own making is free of anybody's terms. Version 2, which every reader knows. */
static void *make_profile(cmsUInt32Number *size)
{
    void *data = NULL;
    cmsToneCurve *curve = cmsBuildGamma(NULL, GREY_GAMMA);
    cmsHPROFILE profile = curve ? cmsCreateGrayProfile(cmsD50_xyY(), curve) : NULL;
    if (profile) {
        cmsSetProfileVersion(profile, 2.1);
        if (cmsSaveProfileToMem(profile, NULL, size)) {
            data = bi_xcalloc(1, *size);
            cmsSaveProfileToMem(profile, data, size);
            memset((char *)data + PROFILE_DATE, 0, PROFILE_DATE_BYTES);
            static const unsigned char date[] = {0x07, 0xe9, 0, 1, 0, 1}; /* 1 January 2025 */
            memcpy((char *)data + PROFILE_DATE, date, sizeof date);
        }
        cmsCloseProfile(profile);
    }
    if (curve)
        cmsFreeToneCurve(curve);
    return data;
}

/* What DeviceGray, the only colour here, is (6.2.3, 6.2.4.3). */
static void set_output_intent(struct pdf_document *document)
{
    cmsUInt32Number size = 0;
    BI_CLEANUP(bi_freep) void *data = make_profile(&size);
    if (!data)
        return;
    qpdf_oh profile = pdf_stream(document, data, size, NULL);
    pdf_set(document, pdf_stream_dictionary(document, profile), "/N", pdf_object(document, "1"));
    qpdf_oh intent =
        pdf_own_object(document, "<< /Type /OutputIntent /S /GTS_PDFA1"
                                 " /OutputConditionIdentifier (Custom) /Info (Grey, gamma 2.2) >>");
    pdf_set(document, intent, "/DestOutputProfile", profile);
    qpdf_oh intents = pdf_object(document, "[]");
    pdf_append(document, intents, intent);
    pdf_set(document, document->root, "/OutputIntents", intents);
}

void pdf_set_metadata(struct pdf_document *document, const struct pdf_metadata *metadata)
{
    set_info(document, metadata);
    set_xmp(document, metadata);
    set_output_intent(document);
    pdf_set(document, document->root, "/Lang", pdf_object(document, "(" LANGUAGE ")"));
    pdf_set(document, document->root, "/ViewerPreferences",
            pdf_object(document, "<< /DisplayDocTitle true >>"));
}

char *pdf_issue_title(struct bi_arena *arena, const struct export_issue *issue)
{
    const char *number = issue->total_number   ? bi_arena_printf(arena, " 总第%d期", issue->total_number)
                         : issue->issue_number ? bi_arena_printf(arena, " 第%d期", issue->issue_number)
                                               : "";
    return bi_arena_printf(arena, "%s %s%s", issue->paper, *issue->date ? issue->date : issue->name, number);
}

void pdf_label_page(struct pdf_document *document, const struct export_page *page, size_t index)
{
    qpdf_oh labels = qpdf_oh_get_key(document->qpdf, document->root, "/PageLabels");
    if (!qpdf_oh_is_dictionary(document->qpdf, labels)) {
        labels = pdf_object(document, "<< /Nums [] >>");
        pdf_set(document, document->root, "/PageLabels", labels);
    }
    qpdf_oh numbers = qpdf_oh_get_key(document->qpdf, labels, "/Nums");
    char label[40];
    snprintf(label, sizeof label, "第%d版", page->number);
    qpdf_oh entry = pdf_object(document, "<< >>");
    pdf_set(document, entry, "/P", pdf_string(document, label));
    pdf_append(document, numbers, pdf_object(document, "%zu", index));
    pdf_append(document, numbers, entry);
}
