#!/bin/sh
# Names of files as people and machines give them, through the whole pipeline and what reads the archive: spaces,
# quotes, line breaks, leading dashes, what a shell would run, bytes that are no UTF-8, 255 bytes.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/pdf.sh"
backissue=$BIN/backissue

newline='
'
byte=$(printf '\377')
long=$(printf '%0248d' 0)
title="-the \"daily\" 'news'$newline\$(touch pwned);\`touch pwned\` %41 $byte"
strange="-an issue; touch pwned $byte${newline}e=\"1\""
scans="-scans$newline $byte"
archive="-archive ?mode=ro&$newline$byte #.db"
work="-work $byte$newline"
folder="./$scans/$title/2025-06-20"
mkdir -p "$folder" "./$scans/$title/$strange"

# Every page a little different, or it would be a double.
number=0
for name in "-p1.tif" "p 2 \"two\" 'zwei'.tif" "p3$newline-x.tif" "p4 $byte$(printf '\303').tif" "p5-$long.tif" \
    "p6 \$(touch pwned) \`touch pwned\`;|&<>*?[a]{b}~!#\\.tif" "p7 %d%s%n %FF.tif" '--help'; do
    [ "${#name}" -le 255 ] || fail "the test's own name is too long"
    number=$((number + 1))
    cp "$SOURCE/tests/data/ocr/lines.tif" page.tif
    tiffset -s 305 "scanner $number" page.tif
    cp page.tif "$folder/$name"
done
pdf "$folder/p8 $byte$newline.pdf" "$pdf_catalogue" "$pdf_one_page" "$(pdf_page '200 300' '')" \
    "$(pdf_stream '' "$pdf_whole")" "$pdf_image" "$pdf_font"
pdf "./-p9 $byte.pdf" "$pdf_catalogue" "$pdf_one_page" "$(pdf_page '200 300' '')" \
    "$(pdf_stream '' "$pdf_whole")" "$pdf_image" "$pdf_font"
cp page.tif "./$scans/$title/$strange/-p1$newline$byte.tif"
: >"./$scans/$title/$strange/p2$newline$byte.tif"
: >"./$scans/$title/$strange/-p3.pdf"
find "./$scans" -type f -exec sha256sum {} + | sort >before.txt

# A name that begins with a dash, as an argument of its own, to each program that takes one.
expect_exit 0 "$BIN/backissue-intake" -o "-issue.json" -- "$scans/$title/2025-06-20"
expect_exit 0 "$BIN/backissue-deskew" -o "-page.tif" -- "-p9 $byte.pdf"
[ -s ./-issue.json ] && [ -s ./-page.tif ] || fail "no output of such a name"

# One line a message, whatever the names hold; the bad file is named in it.
expect_exit 3 "$backissue" run --archive "$archive" --work "$work" --jobs 2 -- "$scans"
[ -s "./$archive" ] || { cat err.txt >&2; fail "no archive"; }
grep -q '(p2?%FF.tif) failed in 1-intake: is empty$' err.txt || { cat err.txt >&2; fail "the empty file is not named"; }
iconv -f UTF-8 -t UTF-8 err.txt >/dev/null || fail "messages that are no UTF-8"
grep -v "^ *-the \"daily\" 'news'?\|^Failed:\$" err.txt >&2 && fail "a broken line of message"
[ ! -e pwned ] && [ -z "$(find . -name pwned)" ] || fail "a shell was given a name"
find "./$scans" -type f -exec sha256sum {} + | sort | diff before.txt - >&2 || fail "scans were changed"

# Everything in the archive is UTF-8, and each name can be told from it.
query() { sqlite3 "file:$(printf %s "./$archive" | od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g')?mode=ro" "$1"; }
[ "$(query 'SELECT count(*) FROM archive_page')" -eq 12 ] || fail "pages in the archive"
query 'SELECT scan_path FROM archive_page ORDER BY 1' >names.txt 2>err.txt || { cat err.txt >&2; fail "no names"; }
iconv -f UTF-8 -t UTF-8 names.txt >/dev/null || fail "names that are no UTF-8"
for name in '-p1.tif' "p 2 \"two\" 'zwei'.tif" 'p4 %FF%C3.tif' "p5-$long.tif" 'p7 %d%s%n %25FF.tif' '--help' 'p8 %FF'; do
    grep -qF -e "$name" names.txt || { cat names.txt >&2; fail "not in the archive: $name"; }
done

# What is made is JSON and XML, and nothing is left to do.
find "./$work" -name '*.json' -exec sh -c 'iconv -f UTF-8 -t UTF-8 "$1" >/dev/null' _ {} \; || fail "JSON that is no UTF-8"
find "./$work" -name '*.xml' -exec xmllint --noout {} + || fail "XML that cannot be read"
expect_exit 3 "$backissue" run --archive "$archive" --work "$work" --jobs 2 -- "$scans"
grep -aq '^0 pages read' out.txt || { cat out.txt >&2; fail "something done again"; }

# What reads the archive finds every file by its name there.
expect_exit 0 "$backissue" verify --archive "$archive"
expect_exit 0 "$backissue" list --archive "$archive"
expect_exit 0 "$backissue" problems --archive "$archive"
iconv -f UTF-8 -t UTF-8 out.txt >/dev/null || fail "problems that are no UTF-8"
"$backissue" status --archive "$archive" --work "$work" >out.txt 2>err.txt
iconv -f UTF-8 -t UTF-8 out.txt >/dev/null || fail "a status that is no UTF-8"
