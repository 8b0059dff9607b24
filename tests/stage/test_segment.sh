#!/bin/sh
# backissue-segment as a user runs it.
. "$SOURCE/tests/stage/lib.sh"
segment=$BIN/backissue-segment
bitonal=$SOURCE/scans/linjiang/2025-07-04/p01.tif

expect_exit 0 "$segment" --help
expect_exit 0 "$segment" --version
grep -q '^backissue-segment (backissue) [0-9]' out.txt || fail "version line"
expect_exit 2 "$segment"
expect_exit 2 "$segment" -o page.xml
expect_exit 2 "$segment" "$bitonal"
expect_exit 2 "$segment" -o page.xml "$bitonal" "$bitonal"
expect_exit 2 "$segment" -o page.xml --direction up "$bitonal"
expect_exit 2 "$segment" -o page.xml --em 5 "$bitonal"

# regions KIND: how many there are in page.xml.
regions() {
    grep -c "<$1 " page.xml || true
}
# lines ROLE: how many lines have it.
lines() {
    grep "<TextLine " page.xml | grep -c "type:$1;" || true
}

# A real page: its printed lines, boxes, pictures and masthead, counted on paper.
expect_exit 0 "$BIN/backissue-deskew" -o page.tif --frame 1 "$bitonal"
expect_exit 0 "$segment" -o page.xml page.tif
[ ! -s err.txt ] || { cat err.txt >&2; fail "messages for a good page"; }
found=$(regions TextLine)
[ "$found" -ge 199 ] && [ "$found" -le 205 ] || fail "$found lines, not 202"
[ "$(regions ImageRegion)" -eq 8 ] || fail "$(regions ImageRegion) pictures, not 8"
[ "$(regions GraphicRegion)" -eq 9 ] || fail "$(regions GraphicRegion) boxes, not 9"
[ "$(lines masthead)" -eq 3 ] || fail "$(lines masthead) lines of masthead, not 3"
[ "$(grep -c 'readingDirection="top-to-bottom"' page.xml)" -ge 3 ] || fail "vertical headlines"
grep -q 'reversed:true' page.xml || fail "the white on black headline"
grep -q 'name="3-segment"' page.xml || fail "no processing step"
expect_exit 0 "$segment" -o again.xml page.tif
cmp page.xml again.xml || fail "not the same twice"

# The size of its type said, what is found hardly differs; a size that is far off shows.
expect_exit 0 "$segment" -o said.xml --em 39.5 page.tif
said=$(grep -c '<TextLine ' said.xml)
[ $((said - found)) -le 5 ] && [ $((found - said)) -le 5 ] || fail "$said lines with the type's size said, $found without"
grep -q 'em=39.5' said.xml || fail "the size that was said is not recorded"
expect_exit 0 "$segment" -o said.xml --em 120 page.tif
[ "$(grep -c '<TextLine ' said.xml)" -lt $((found / 2)) ] || fail "the size that was said is not taken"

# A page of one pixel has no text and is no error.
echo iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg== | base64 -d >one.png
expect_exit 0 "$segment" -o page.xml one.png
[ "$(regions TextRegion)" -eq 0 ] || fail "text on a page of one pixel"

# Bad input: the file is named, and nothing is left.
rm -f bad.xml
: >empty.tif
expect_exit 3 "$segment" -o bad.xml empty.tif
expect_message 'empty\.tif'
echo "not an image" >text.tif
expect_exit 3 "$segment" -o bad.xml text.tif
expect_message 'text\.tif'
head -c 20000 page.tif >cut.tif
expect_exit 3 "$segment" -o bad.xml cut.tif
expect_message 'cut\.tif'
expect_exit 3 "$segment" -o bad.xml missing.tif
expect_message 'missing\.tif'
[ ! -e bad.xml ] || fail "output for bad input"
"$segment" -o nowhere/page.xml one.png 2>err.txt && fail "wrote into a folder that is not there"
expect_message 'nowhere/page\.xml'
expect_nothing_left .
