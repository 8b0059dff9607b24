#!/bin/sh
# PDF as intake and deskew read it: scans taken out as they are, other pages drawn, hostile files refused.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/pdf.sh"
intake=$BIN/backissue-intake
deskew=$BIN/backissue-deskew

# sizes FILE...: puts them alone into an issue and prints "width height dpi" of each frame.
sizes() {
    rm -rf alone && mkdir -p alone
    cp "$@" alone
    expect_exit 0 "$intake" -o alone.json alone
    sed -n 's/^ *"\(width\|height\|dpi\)": \([0-9]*\),$/\2/p' alone.json | paste -d ' ' - - - >sizes.txt
}

expect_sizes() {
    echo "$1" | tr ';' '\n' >want.txt
    diff want.txt sizes.txt >&2 || fail "other sizes: $2"
}

# one FILE SIZE EXTRA CONTENTS: a PDF of one page.
one() {
    pdf "$1" "$pdf_catalogue" "$pdf_one_page" "$(pdf_page "$2" "$3")" "$(pdf_stream '' "$4")" "$pdf_image" "$pdf_font"
}

# A page that is one scan has the scan's pixels: what deskew makes of it is what it makes of the scan, but for
# where it came from. Both pages of a PDF made from two scans.
scans=$SOURCE/scans/linjiang/2025-07-04
tiffcp "$scans/p01.tif" "$scans/p02.tif" both.tif
tiff2pdf -o both.pdf both.tif
sizes both.pdf both.tif
[ "$(sort -u sizes.txt | wc -l)" -le 2 ] && [ "$(wc -l <sizes.txt)" -eq 4 ] || fail "not the scans' sizes"
expect_exit 0 "$deskew" -i 1 -o pdf.tif both.pdf
expect_exit 0 "$deskew" -i 1 -o tif.tif both.tif
tiffset -s 270 x pdf.tif && tiffset -s 270 x tif.tif
tiffcmp pdf.tif tif.tif >&2 || fail "not the scan's pixels"
expect_exit 3 "$deskew" -i 2 -o no.tif both.pdf
expect_message 'both.pdf: has 2 pages, no number 3$'

# The scan of a small page, as it is: upright, upside down, turned by the page or by its drawing, with hidden
# text over it. With other things on the page it is drawn, at a resolution for print.
one plain.pdf '200 300' '' "$pdf_whole"
sizes plain.pdf && expect_sizes '100 150 36' plain
one hidden.pdf '200 300' '' "$pdf_whole BT /F 40 Tf 3 Tr 20 100 Td (Overlay) Tj ET"
sizes hidden.pdf && expect_sizes '100 150 36' "hidden text"
one over.pdf '200 300' '/Rotate 180' 'q -200 0 0 -300 200 300 cm /I Do Q'
sizes over.pdf && expect_sizes '100 150 36' "upside down twice"
one turned.pdf '200 300' '/Rotate 90' "$pdf_whole"
sizes turned.pdf && expect_sizes '150 100 36' turned
one side.pdf '300 200' '' 'q 0 200 -300 0 300 0 cm /I Do Q'
sizes side.pdf && expect_sizes '150 100 36' "on its side"
one written.pdf '200 300' '' "$pdf_whole BT /F 40 Tf 20 100 Td (Overlay) Tj ET"
sizes written.pdf && expect_sizes '833 1250 300' "text over it"
one part.pdf '200 300' '' 'q 100 0 0 150 0 0 cm /I Do Q BT /F 40 Tf 20 200 Td (Half) Tj ET'
sizes part.pdf && expect_sizes '833 1250 300' "a picture on a page"
one cropped.pdf '200 300' '/CropBox [0 0 100 300]' "$pdf_whole"
sizes cropped.pdf && expect_sizes '417 1250 300' "a crop box"
one skewed.pdf '200 300' '' 'q 0.98 0.17 -0.17 0.98 0 0 cm 200 0 0 300 0 0 cm /I Do Q'
sizes skewed.pdf && expect_sizes '833 1250 300' "drawn askew"
# Strips of a scan are drawn at the scan's resolution where they make a legible page.
one strips.pdf '1000 3600' '' 'q 1000 0 0 1800 0 0 cm /I Do Q q 1000 0 0 1800 0 1800 cm /I Do Q'
sizes strips.pdf && expect_sizes '4167 15000 300' "strips too coarse"

# Pages follow each other among images, two pages on one scan are two frames, and one bad page is one problem.
mkdir mixed
tiffcp -x "$scans/p01.tif" mixed/p1.tif
pdf mixed/p2.pdf "$pdf_catalogue" '<< /Type /Pages /Kids [3 0 R 7 0 R 3 0 R] /Count 3 >>' "$(pdf_page '200 300' '')" \
    "$(pdf_stream '' "$pdf_whole")" "$pdf_image" "$pdf_font" "$(pdf_page '14200 14200' '')"
cp "$scans/p02.tif" mixed/p10.tif
expect_exit 0 "$intake" -o mixed.json mixed
expect_message 'mixed/p2.pdf: page 2: 59167 x 59167 pixels are more than the 200 million that are read$'
grep '"scan"\|"index"\|"problem": "' mixed.json | tr -d ' \n' >scans.txt
echo '"scan":"p1.tif","index":0,"scan":"p2.pdf","index":0,"scan":"p2.pdf","index":1,"problem":"page2:59167x59167pixelsaremorethanthe200millionthatareread""scan":"p2.pdf","index":2,"scan":"p10.tif","index":0,' |
    tr -d '\n' | diff - scans.txt >&2 || fail "other frames"
expect_exit 0 "$deskew" -i 2 -o page.tif mixed/p2.pdf
expect_exit 3 "$deskew" -i 1 -o no.tif mixed/p2.pdf
expect_message 'mixed/p2.pdf: page 2: 59167 x 59167 pixels are more than'

# Hostile and broken files: one line that names the file and the page, exit 3, and soon.
refused() {
    rm -rf alone && mkdir alone
    cp "$1" alone
    expect_exit 3 "$intake" -o no.json alone
    expect_message "none of its 1 images can be read: $2"
    expect_exit 3 "$deskew" -o no.tif "$1"
    expect_message "^backissue-deskew: $1: $2"
}
one huge.pdf '1000000000 1000000000' '' "$pdf_whole"
refused huge.pdf 'page 1: .* pixels are more than'
trailer='/ID [(a) (b)] /Encrypt << /Filter /Standard /V 1 /R 2 /O (abcdefghijklmnopqrstuvwxyz012345)
    /U (abcdefghijklmnopqrstuvwxyz012345) /P -1 >>'
one locked.pdf '200 300' '' "$pdf_whole"
trailer=
refused locked.pdf 'is an encrypted PDF and needs a password'
LC_ALL=C awk 'function put(text) { at[++count] = size; size += length(text) + 1; print text }
    BEGIN {
        size = 9
        print "%PDF-1.4"
        put("1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj")
        for (i = 0; i < 10000; i++)
            kids = kids i + 3 " 0 R "
        put("2 0 obj << /Type /Pages /Count 10000 /Kids [" kids "] >> endobj")
        for (i = 0; i < 10000; i++)
            put(i + 3 " 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] >> endobj")
        printf "xref\n0 %d\n0000000000 65535 f \n", count + 1
        for (i = 1; i <= count; i++)
            printf "%010d 00000 n \n", at[i]
        printf "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", count + 1, size
    }' >many.pdf
refused many.pdf 'is a PDF of 10000 pages; at most 2000 are read'
pdf loop.pdf "$pdf_catalogue" '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>'
refused loop.pdf '(page 1: cannot be found in the PDF|is a PDF without pages)'
head -c 20000 plain.pdf >cut.pdf
refused cut.pdf 'is a truncated PDF: its end is missing'
sed 's/startxref/startxrfe/; /^xref/,/^trailer/d' plain.pdf >bare.pdf
refused bare.pdf 'is a damaged PDF: '
sed 's/^[0-9a-f]*$/zz/' plain.pdf >stained.pdf
refused stained.pdf 'page 1: is a damaged PDF: Illegal character'
{ echo '%PDF-1.4'; head -c 5000 /dev/zero | tr '\0' x; echo '%%EOF'; } >nonsense.pdf
refused nonsense.pdf 'is a damaged PDF: '
# A form that draws itself is cut short; one whose copies' copies are a thousand million is given up in time.
form() {
    pdf_stream "/Type /XObject /Subtype /Form /BBox [0 0 200 300] /Resources << /XObject << /A $1 0 R >> >>" \
        '/A Do /A Do /A Do /A Do /A Do /A Do /A Do /A Do /A Do /A Do'
}
pdf self.pdf "$pdf_catalogue" "$pdf_one_page" "$(pdf_page '200 300' '')" "$(pdf_stream '' '/I Do')" "$(form 5)" "$pdf_font"
expect_exit 0 timeout 60 "$deskew" -o self.tif self.pdf
pdf laugh.pdf "$pdf_catalogue" "$pdf_one_page" "$(pdf_page '200 300' '')" "$(pdf_stream '' '/I Do')" "$(form 7)" "$pdf_font" \
    "$(form 8)" "$(form 9)" "$(form 10)" "$(form 11)" "$(form 12)" "$(form 13)" "$(form 14)" "$(form 15)" "$pdf_image"
expect_exit 3 timeout 100 "$deskew" -o no.tif laugh.pdf
expect_message 'laugh.pdf: page 1: takes pdfimages more than 20 seconds$'

# Where poppler is missing, that is said; no page is blamed.
PATH=/nowhere expect_exit 4 "$deskew" -o no.tif plain.pdf
expect_message 'pdfinfo: is not installed; the package poppler-utils has it$'

[ ! -e no.tif ] && [ ! -e no.json ] || fail "output in spite of an error"
left=$(find "${TMPDIR:-/tmp}" -maxdepth 1 -name '.backissue.*' -user "$(id -u)" -newer plain.pdf)
[ -z "$left" ] || fail "left behind: $left"
