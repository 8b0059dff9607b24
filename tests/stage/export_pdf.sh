# What is asked of PDF that backissue exported: source it after lib.sh.

# check_pdfa FILE: the clauses of ISO 19005-2 (PDF/A-2, level U) that can be seen from outside, as no validator of it
# can be had from Debian. A clause stands beside its check.
check_pdfa() {
    expect_exit 0 qpdf --check "$1"
    grep -q 'No syntax or stream encoding errors' out.txt || fail "$1: qpdf finds errors"
    [ "$(head -c 8 "$1")" = %PDF-1.7 ] || fail "$1: 6.1.2: version"
    head -c 20 "$1" | sed -n 2p | od -An -tx1 | grep -Eq '^ 25( [89a-f][0-9a-f]){4}' || fail "$1: 6.1.2: comment of four bytes"
    [ "$(tail -c 6 "$1" | tr -d '\n')" = %%EOF ] || fail "$1: 6.1.3: something after the end"
    expect_exit 0 qpdf --show-object=trailer "$1"
    grep -q '/ID \[' out.txt || fail "$1: 6.1.3: no identifier"
    ! grep -q /Encrypt out.txt || fail "$1: 6.1.3: is encrypted"
    qpdf --qdf --object-streams=disable --stream-data=uncompress --decode-level=generalized "$1" objects.pdf || fail "qpdf"
    ! grep -a /LZWDecode "$1" objects.pdf || fail "$1: 6.1.7.2: LZW"
    ! grep -aE '/(JavaScript|JS|Launch|AA|OpenAction|Sound|Movie|3D|EmbeddedFiles|XFA|AcroForm|OCProperties)\b' objects.pdf ||
        fail "$1: 6.3, 6.5, 6.8: what may not be there"
    ! grep -aE '/(SMask|Group|Alternates|OPI|PS|Ref|TR)\b|/Interpolate true|/(CA|ca) ' objects.pdf || fail "$1: 6.2.5, 6.2.8, 6.4"
    ! grep -aE '/Device(RGB|CMYK)|/ICCBased|/Separation' objects.pdf || fail "$1: 6.2.4: another colour than grey"
    grep -aq '/S /GTS_PDFA1' objects.pdf && grep -aq '/DestOutputProfile' objects.pdf || fail "$1: 6.2.3: output intent"
    expect_exit 0 pdffonts "$1"
    ! sed 1,2d out.txt | grep -v 'Identity-H  *yes  *\(no\|yes\)  *yes ' || fail "$1: 6.2.11: a font without file or texts"
    ! grep -aE '^<[0-9A-F]{4}> <((....)*0000|FEFF|FFFE|)>' objects.pdf || fail "$1: 6.2.11.7.2: no text for a character"
    [ "$(grep -ac '/Subtype /Link' objects.pdf)" -eq "$(grep -ac '^  /F 4$' objects.pdf)" ] || fail "$1: 6.3.2: a link is not printed"
    # 6.6.2: the metadata can be found without a PDF reader, are XML, and say what Info says (6.6.3, 6.6.4).
    sed -n '/<?xpacket begin/,/<?xpacket end/p' "$1" | grep -av '<?xpacket' >xmp.xml
    expect_exit 0 xmllint --noout xmp.xml
    [ "$(xmp part)" = 2 ] && [ "$(xmp conformance)" = U ] || fail "$1: 6.6.4: part and level"
    expect_exit 0 pdfinfo "$1"
    [ "$(xmp title)" = "$(sed -n 's/^Title: *//p' out.txt)" ] || fail "$1: 6.6.3: title"
    [ "$(xmp Producer)" = "$(sed -n 's/^Producer: *//p' out.txt)" ] || fail "$1: 6.6.3: producer"
    [ "$(xmp description)" = "$(sed -n 's/^Subject: *//p' out.txt)" ] || fail "$1: 6.6.3: subject"
    grep -aq '^  /Lang (zh-Hans)' objects.pdf || fail "$1: language"
}

# xmp NAME: an element's text.
xmp() {
    xmllint --xpath "normalize-space(//*[local-name() = '$1'])" xmp.xml
}

# has_body BODY TEXT: whether the text has the body, character for character but for line breaks. A space of the body may
# be a line break of the text.
has_body() {
    LC_ALL=C awk -v RS='\001' '
        function is_break(c) { return c == "\n" || c == "\f" }
        function matches(p,   i) {
            for (i = 1; i <= n;)
                if (t[p] == b[i]) {
                    i++
                    p++
                } else if (is_break(t[p])) {
                    p++
                    if (b[i] == " ")
                        i++
                } else
                    return 0
            return 1
        }
        NR == 1 { body = $0 }
        NR == 2 { text = $0 }
        END {
            gsub(/\n/, "", body)
            n = split(body, b, "")
            m = split(text, t, "")
            for (s = 1; s <= m; s++)
                if (t[s] == b[1] && matches(s))
                    exit 0
            exit n > 0
        }' "$1" "$2"
}

# check_bodies ARCHIVE DIR: what pdftotext takes from the document of each article and notice is its body, in its order,
# put in columns by poppler and as it stands in the file.
check_bodies() {
    sqlite3 -readonly "$1" "SELECT article_id, title, name FROM archive_article JOIN issue USING (issue_id)
        WHERE kind IN ('article', 'notice')" | tr '|' ' ' >articles.txt
    [ -s articles.txt ] || fail "no articles"
    while read -r each_id each_title each_name; do
        document=$2/$each_title/$each_name/pdf/$(printf %06d "$each_id").pdf
        sqlite3 -readonly "$1" "SELECT body FROM archive_article WHERE article_id = $each_id" >body.txt
        for order in '' -raw; do
            # shellcheck disable=SC2086 # an option or nothing
            pdftotext $order "$document" text.txt || fail "$document: pdftotext"
            has_body body.txt text.txt || fail "$document: other text ($order) than the body"
        done
    done <articles.txt
}

# boxes ARCHIVE DOCUMENT ISSUE_ID: the mean over all lines of how much of their box and that of the words that
# pdftotext finds in it is common to both; words of a line belong to it by their middle.
boxes() {
    sqlite3 -readonly "$1" "SELECT page.frame, page.dpi, l.x, l.y, l.w, l.h FROM archive_line AS l JOIN archive_page AS page
        USING (issue_id, page_number) WHERE l.issue_id = $3 AND l.text <> '' ORDER BY page.frame" | tr '|' ' ' >lines.txt
    pdftotext -bbox "$2" words.html
    tr '"' ' ' <words.html | awk '
        function least(a, b) { return a < b ? a : b }
        function most(a, b) { return a > b ? a : b }
        NR == FNR && /<page / { page++ }
        NR == FNR && /<word / { n = ++words[page]; left[page, n] = $3; top[page, n] = $5; right[page, n] = $7; bottom[page, n] = $9 }
        NR == FNR { next }
        {
            if ($1 != frame) { frame = $1; place++ }
            scale = 72 / $2
            x = $3 * scale; y = $4 * scale; r = x + $5 * scale; b = y + $6 * scale
            l = t = 1e9; u = v = -1e9
            for (i = 1; i <= words[place]; i++) {
                h = (left[place, i] + right[place, i]) / 2; k = (top[place, i] + bottom[place, i]) / 2
                if (h >= x && h <= r && k >= y && k <= b) {
                    l = least(l, left[place, i]); t = least(t, top[place, i])
                    u = most(u, right[place, i]); v = most(v, bottom[place, i])
                }
            }
            common = most(0, least(r, u) - most(x, l)) * most(0, least(b, v) - most(y, t))
            lines++
            if (common > 0)
                sum += common / ((r - x) * (b - y) + (u - l) * (v - t) - common)
        }
        END { printf "%.3f\n", lines ? sum / lines : 0 }' - lines.txt
}
