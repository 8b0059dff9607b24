# PDF files for stage tests, made of text alone: source it after lib.sh.

# pdf FILE OBJECT...: a PDF of these objects, numbered from 1; the first is its catalogue. $trailer is added to
# the trailer.
pdf() {
    pdf_file=$1
    shift
    printf '%%PDF-1.4\n' >"$pdf_file"
    pdf_count=0 pdf_offsets=
    for pdf_object; do
        pdf_count=$((pdf_count + 1))
        pdf_offsets="$pdf_offsets$(printf '%010d 00000 n' "$(wc -c <"$pdf_file")") 
"
        printf '%d 0 obj\n%s\nendobj\n' "$pdf_count" "$pdf_object" >>"$pdf_file"
    done
    pdf_start=$(wc -c <"$pdf_file")
    printf 'xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n' \
        $((pdf_count + 1)) "$pdf_offsets" $((pdf_count + 1)) "${trailer-}" "$pdf_start" >>"$pdf_file"
}

# pdf_stream DICTIONARY DATA: a stream object.
pdf_stream() {
    printf '<< %s /Length %d >>\nstream\n%s\nendstream' "$1" "${#2}" "$2"
}

# pdf_page SIZE EXTRA: a page that shows object 4, with object 5 as its /I and 6 as its /F.
pdf_page() {
    echo "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 $1] /Contents 4 0 R $2
        /Resources << /XObject << /I 5 0 R >> /Font << /F 6 0 R >> >> >>"
}

pdf_catalogue='<< /Type /Catalog /Pages 2 0 R >>'
pdf_one_page='<< /Type /Pages /Kids [3 0 R] /Count 1 >>'
pdf_font='<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
# A grey image of 100 x 150 pixels: black at the top left, stripes elsewhere.
pdf_image=$(pdf_stream '/Type /XObject /Subtype /Image /Width 100 /Height 150 /BitsPerComponent 8
    /ColorSpace /DeviceGray /Filter /ASCIIHexDecode' "$(awk 'BEGIN {
        for (y = 0; y < 150; y++) {
            for (x = 0; x < 100; x++)
                printf "%02x", y < 30 && x < 50 ? 20 : x % 7 == 0 ? 60 : 220
            print ""
        }
    }')")
# … drawn over a page of 200 x 300 points.
pdf_whole='q 200 0 0 300 0 0 cm /I Do Q'
