#!/bin/bash
# backissue overlay: a picture of what was found on a page.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/driver.sh"

# The width of a PNG.
width() {
    printf '%d' "0x$(od -An -tx1 -j16 -N4 "$1" | tr -d ' \n')"
}

mkdir page
expect_exit 0 "$BIN/backissue-deskew" -o page/2-deskew.tif "$SOURCE/tests/data/article/a.tif"
expect_exit 0 "$BIN/backissue-segment" -o page/3-segment.page.xml page/2-deskew.tif

expect_exit 0 "$backissue" overlay --help
expect_exit 2 "$backissue" overlay page/3-segment.page.xml
expect_exit 2 "$backissue" overlay -o out.png
expect_exit 2 "$backissue" overlay -o out.png --scale 2 page/3-segment.page.xml
expect_exit 2 "$backissue" overlay -o out.png page
expect_exit 2 "$backissue" overlay -o out.png page/3-segment.page.xml 1
[ ! -e out.png ] || fail "a picture out of nothing"

expect_exit 0 "$backissue" overlay -o out.png page/3-segment.page.xml
head -c 4 out.png | grep -q PNG || fail "not a PNG"
whole=$(sed -n 's/.*imageWidth="\([0-9]*\)".*/\1/p' page/3-segment.page.xml | head -n 1)
[ $((whole / 4 - $(width out.png))) -ge -1 ] && [ $((whole / 4 - $(width out.png))) -le 1 ] || fail "not a quarter"
expect_exit 0 "$backissue" overlay -o whole.png --scale 1 page/3-segment.page.xml
[ "$(width whole.png)" -eq "$whole" ] || fail "not whole"
expect_exit 0 "$backissue" overlay -o again.png page/3-segment.page.xml
cmp out.png again.png || fail "not the same twice"

# By the work folder of an issue: its articles are in the picture.
make_programs programs
make_issue scans/paper/2025-07-04 p1.tif
expect_exit 0 "$backissue" run scans --archive archive.db --programs programs
expect_exit 0 "$backissue" overlay -o issue.png work/paper/2025-07-04 1
expect_exit 3 "$backissue" overlay -o no.png work/paper/2025-07-04 2
expect_message '0002: has no page that was segmented'

# Bad input is named, and leaves no picture.
expect_exit 3 "$backissue" overlay -o no.png "$SOURCE/tests/data/article/a.tif"
expect_message 'a.tif'
expect_exit 3 "$backissue" overlay -o no.png --articles page/3-segment.page.xml page/3-segment.page.xml
expect_message '3-segment.page.xml'
rm page/2-deskew.tif
expect_exit 3 "$backissue" overlay -o no.png page/3-segment.page.xml
expect_message '2-deskew.tif'
[ ! -e no.png ] || fail "a picture in spite of an error"
expect_nothing_left .
