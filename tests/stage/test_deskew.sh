#!/bin/sh
# backissue-deskew as a user runs it.
. "$SOURCE/tests/stage/lib.sh"
deskew=$BIN/backissue-deskew
bitonal=$SOURCE/scans/linjiang/2025-07-04/p01.tif
grey=$SOURCE/scans/linjiang/2025-06-20/p04.jpg

expect_exit 0 "$deskew" --help
expect_exit 0 "$deskew" --version
grep -q '^backissue-deskew (backissue) [0-9]' out.txt || fail "version line"
expect_exit 2 "$deskew"
expect_exit 2 "$deskew" -o page.tif
expect_exit 2 "$deskew" "$grey"
expect_exit 2 "$deskew" -o page.tif --frame x "$grey"
expect_exit 2 "$deskew" -o page.tif --index -1 "$grey"
expect_exit 2 "$deskew" -o page.tif "$grey" "$grey"
for wish in --rotate=45 --rotate=360 --skew=16 --skew=x --dpi=10 --unbend=maybe; do
    expect_exit 2 "$deskew" -o page.tif $wish "$grey"
done

# value KEY: a number or word of the transform in page.tif.
value() {
    strings -n 100 page.tif | grep -o "\"$1\":[^,}]*" | head -n 1 | cut -d: -f2
}
# near A B: within 0.05.
near() {
    awk -v a="$1" -v b="$2" 'BEGIN { d = a - b; exit !(d <= 0.05 && d >= -0.05) }' || fail "$1 is not within 0.05 of $2"
}

# The true skew of two sample pages, as they were made.
expect_exit 0 "$deskew" -o page.tif --frame 1 "$bitonal"
[ ! -s err.txt ] || { cat err.txt >&2; fail "messages for a good page"; }
near "$(value skew_degrees)" 0.8146
[ "$(value frame)" = 1 ] && [ "$(value bitonal)" = true ] && [ "$(value dpi)" = 300 ] || fail "transform of the bitonal page"
expect_exit 0 "$deskew" -o page.tif "$grey"
[ ! -s err.txt ] || { cat err.txt >&2; fail "messages for a good page"; }
near "$(value skew_degrees)" 0.3153
[ "$(value orientation_degrees)" = 0 ] && [ "$(value bitonal)" = false ] || fail "transform of the grey page"
expect_exit 0 "$deskew" -o again.tif "$grey"
cmp page.tif again.tif || fail "not the same twice"

grep -q '"format":"backissue-transform/1"' page.tif && [ "$(value curl_confidence)" = 0.0 ] || fail "curl on a flat page"

# What a person knows better is not found out.
expect_exit 0 "$deskew" -o page.tif --rotate 90 --skew -1.25 --dpi 150 "$grey"
[ "$(value orientation_degrees)" = 90 ] && [ "$(value skew_degrees)" = -1.25 ] && [ "$(value dpi)" = 150 ] ||
    fail "not as it was said"
[ "$(value orientation_unsure)" = false ] || fail "unsure of what was said"

# Bent into the gutter, it is straightened, with nothing to say; the way back is no straight map then. The skew is that
# of the page, not of its bent edge.
"$TEST_BIN/issue-variant" "$grey" bent.tif curl=30 || fail "the page cannot be bent"
expect_exit 0 "$deskew" -o page.tif bent.tif
[ ! -s err.txt ] || { cat err.txt >&2; fail "messages for a good page"; }
grep -q '"format":"backissue-transform/2"' page.tif || fail "a bent page is left bent"
near "$(value skew_degrees)" 0.3153
awk -v c="$(value curl_confidence)" -v p="$(value curl_pixels)" 'BEGIN { exit !(c > 0.7 && p > 10 && p < 40) }' ||
    fail "bent by $(value curl_pixels) pixels, confidence $(value curl_confidence)"
expect_exit 0 "$deskew" -o again.tif bent.tif
cmp page.tif again.tif || fail "not the same twice"
expect_exit 0 "$deskew" -o page.tif --unbend no bent.tif
grep -q '"format":"backissue-transform/1"' page.tif || fail "a bent page is straightened against what was said"

# A page of one pixel passes, with one line that says so.
echo iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg== | base64 -d >one.png
expect_exit 0 "$deskew" -o page.tif one.png
expect_message 'one.png: is blank'
[ "$(value skew_degrees)" = 0.0 ] || fail "skew of a blank page"

# Bad input: named, exit 3, and nothing written.
rm -f page.tif
: >empty.tif
expect_exit 3 "$deskew" -o page.tif empty.tif
expect_message 'empty.tif: is empty'
echo "this is no image" >text.tif
expect_exit 3 "$deskew" -o page.tif text.tif
expect_message 'text.tif: is not a TIFF'
head -c 100000 "$grey" >cut.jpg
expect_exit 3 "$deskew" -o page.tif cut.jpg
expect_message 'cut.jpg: '
head -c 30000 "$bitonal" >cut.tif
expect_exit 3 "$deskew" -o page.tif cut.tif
expect_message 'cut.tif: '
expect_exit 3 "$deskew" -o page.tif missing.tif
expect_message 'missing.tif: No such file'
mkdir folder.tif
expect_exit 3 "$deskew" -o page.tif folder.tif
expect_message 'folder.tif: is not a regular file'
expect_exit 3 "$deskew" -o page.tif --index 1 "$bitonal"
expect_message 'p01.tif: '
# A TIFF header of 60,000 x 60,000 pixels of 8 bits, little-endian: width, height, bits, compression, photometric, offset,
# rows, bytes.
{
    printf 'II*\000\010\000\000\000\010\000'
    printf '\000\001\004\000\001\000\000\000\140\352\000\000'
    printf '\001\001\004\000\001\000\000\000\140\352\000\000'
    printf '\002\001\003\000\001\000\000\000\010\000\000\000'
    printf '\003\001\003\000\001\000\000\000\001\000\000\000'
    printf '\006\001\003\000\001\000\000\000\001\000\000\000'
    printf '\021\001\004\000\001\000\000\000\200\000\000\000'
    printf '\026\001\004\000\001\000\000\000\140\352\000\000'
    printf '\027\001\004\000\001\000\000\000\000\001\000\000'
    printf '\000\000\000\000'
} >huge.tif
expect_exit 3 "$deskew" -o page.tif huge.tif
expect_message 'huge.tif: 60000 x 60000 pixels are more'
if [ "$(id -u)" -ne 0 ]; then
    cp one.png locked.png && chmod 0 locked.png
    expect_exit 3 "$deskew" -o page.tif locked.png
    expect_message 'locked.png: Permission denied'
fi
[ ! -e page.tif ] || fail "output in spite of an error"

# Output that cannot be written.
expect_exit 4 "$deskew" -o missing/page.tif one.png
expect_nothing_left .
