#include "export/xml.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

int export_xml_open(struct export_xml_file *file, struct bi_xml *xml, const char *path, bool indented,
                    struct bi_error *err)
{
    *file = (struct export_xml_file){fopen(path, "wbe"), path};
    if (!file->stream)
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be made", path);
    bi_xml_open_stream(xml, file->stream, indented);
    return 0;
}

int export_xml_close(struct export_xml_file *file, struct bi_xml *xml, struct bi_error *err)
{
    errno = 0;
    int status = bi_xml_close(xml, file->path, err), cause = errno;
    bool failed = fflush(file->stream) != 0 || ferror(file->stream);
    cause = errno ? errno : cause;
    failed = fclose(file->stream) != 0 || failed;
    errno = errno ? errno : cause;
    return failed ? bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be written", file->path) : status;
}

bool export_is_time(const char *text)
{
    static const char form[] = "0000-00-00T00:00:00";
    for (size_t i = 0; form[i]; i++)
        if (form[i] == '0' ? !isdigit((unsigned char)text[i]) : text[i] != form[i])
            return false;
    int month = (text[5] - '0') * 10 + text[6] - '0', day = (text[8] - '0') * 10 + text[9] - '0';
    int hour = (text[11] - '0') * 10 + text[12] - '0';
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || text[14] > '5' || text[17] > '5')
        return false;
    const char *rest = text + sizeof form - 1;
    if (*rest == '.') {
        size_t digits = strspn(rest + 1, "0123456789");
        if (!digits)
            return false;
        rest += 1 + digits;
    }
    return strcmp(rest, "Z") == 0;
}
