#!/bin/sh
# Two facing pages on one scan: listed by backissue-intake as two frames, cut out by backissue-deskew.
. "$SOURCE/tests/stage/lib.sh"
pages=$SOURCE/scans/linjiang/2025-07-04
deskew=$BIN/backissue-deskew

mkdir -p paper/2025-07-04
"$TEST_BIN/issue-spread" "$pages/p02.tif" "$pages/p03.tif" paper/2025-07-04/p2.tif || fail "the spread cannot be made"
cp "$pages/p01.tif" paper/2025-07-04/p1.tif
cp "$pages/p04.tif" paper/2025-07-04/p4.tif
expect_exit 0 "$BIN/backissue-intake" -o issue.json paper/2025-07-04
[ ! -s err.txt ] || { cat err.txt; fail "messages for a good issue"; }
grep '"scan"' issue.json | tr -d ' ' >scans.txt
printf '"scan":"%s",\n' p1.tif p2.tif p2.tif p4.tif | diff - scans.txt || fail "other frames"
[ "$(grep '"sha256"' issue.json | sort -u | wc -l)" -eq 3 ] || fail "the two pages are not of one file"
sed -n 's/.*"crop": "\(.*\)",*/\1/p' issue.json >crops.txt
[ "$(wc -l <crops.txt)" -eq 2 ] || { cat issue.json; fail "not two pages of a spread"; }

# value KEY: a number or word of the transform in page.tif.
value() {
    strings -n 100 page.tif | grep -o "\"$1\":[^,}]*" | head -n 1 | cut -d: -f2
}
near() {
    awk -v a="$1" -v b="$2" -v d="$3" 'BEGIN { exit !(a - b <= d && b - a <= d) }' || fail "$1 is not within $3 of $2"
}
# Each page has its own skew, and its pixels lead back to its own half of the scan.
while read -r crop && read -r skew middle <&3; do
    expect_exit 0 "$deskew" -o page.tif --crop "$crop" paper/2025-07-04/p2.tif
    [ ! -s err.txt ] || { cat err.txt; fail "messages for a good page"; }
    near "$(value skew_degrees)" "$skew" 0.05
    [ "$(value scan_width)" = 9572 ] && [ "$(value scan_height)" = 6618 ] || fail "not the size of the whole scan"
    near "$(strings -n 100 page.tif | sed -n 's/.*"to_scan":\[\([^]]*\)\].*/\1/p' |
        awk -F, '{ print 2393 * $1 + 3309 * $2 + $3 }')" "$middle" 150
    cp page.tif kept.tif
    expect_exit 0 "$deskew" -o page.tif --crop "$crop" paper/2025-07-04/p2.tif
    cmp page.tif kept.tif || fail "not the same twice"
done <crops.txt 3<<'END'
-0.1907 2393
-0.6380 7179
END

# What is no part of the scan.
rm page.tif
expect_exit 2 "$deskew" -o page.tif --crop "0,0 9,0 9,9" paper/2025-07-04/p2.tif
expect_exit 2 "$deskew" -o page.tif --crop "9,9 0,9 0,0 9,0" paper/2025-07-04/p2.tif
expect_exit 3 "$deskew" -o page.tif --crop "0,0 9572,0 9572,9 0,9" paper/2025-07-04/p2.tif
expect_message 'p2.tif: has 9572 x 6618 pixels, and its page is said to reach beyond'
[ ! -e page.tif ] || fail "output in spite of an error"

# A wide image that cannot be decoded is one frame: that it is damaged is for backissue-deskew to say.
mkdir damaged
"$TEST_BIN/issue-spread" "$pages/p02.tif" "$pages/p03.tif" damaged/p1.tif 0
dd if=/dev/zero of=damaged/p1.tif bs=1000 seek=500 count=100 conv=notrunc 2>dd.txt
expect_exit 0 "$BIN/backissue-intake" -o damaged.json damaged
[ "$(grep -c '"number"' damaged.json)" -eq 1 ] || fail "a damaged scan is not one frame"
expect_exit 3 "$deskew" -o page.tif damaged/p1.tif
expect_nothing_left .
