#!/bin/sh
# The maker of newspaper pages: the same call makes the same issue, and its truth says where the ink is.
set -eu
press=$TEST_BIN/press
[ -x "$press" ] || { echo "the maker is not built: pangocairo is missing"; exit 77; }

make() { "$press" --paper daily --seed 3 --pages 2 --dpi 100 --damage "$1" -o "$2" || exit $?; }

make none first
make none second
cmp first/truth.json second/truth.json
cmp first/p02.png second/p02.png
"$TEST_BIN/press-check" first

# Damage moves the page on the scan, and the truth with it.
make light third
if cmp -s first/truth.json third/truth.json; then
    echo "the truth of a damaged page is that of an undamaged one"
    exit 1
fi
"$TEST_BIN/press-check" third --least 0.98

# A number of it changed changes the scan and nothing of the truth but the damage's name.
make light,through=0.4,specks=500,streaks=2,torn=60 fourth
cmp -s third/p02.jpg fourth/p02.jpg && { echo "a changed damage makes the same scan"; exit 1; }
"$press" --paper daily --damage light,unheard-of=1 -o fifth 2>/dev/null && { echo "an unknown number passes"; exit 1; }

# A layout of such a page finds what is on it.
mkdir -p work/0001 work/0002
for page in 1 2; do
    "$BIN/backissue-deskew" -o work/000$page/2-deskew.tif first/p0$page.png
    "$BIN/backissue-segment" -o work/000$page/3-segment.page.xml work/000$page/2-deskew.tif
done
"$TEST_BIN/issue-layout" work first/truth.json --max-skew 0.1

# Bent into the gutter, on a black surround and in its shadow: straight again, and its lines found.
"$press" --paper daily --seed 3 --pages 2 --dpi 200 --damage curl -o bent
for page in 1 2; do
    "$BIN/backissue-deskew" -o work/000$page/2-deskew.tif bent/p0$page.jpg
    "$BIN/backissue-segment" -o work/000$page/3-segment.page.xml work/000$page/2-deskew.tif
done
"$TEST_BIN/issue-layout" work bent/truth.json --max-skew 0.1 --max-slope 1 --min-found 0.9

# Full of specks: nearly half of what they add to the packed upright page is gone again, and the lines are there.
"$press" --paper daily --seed 3 --pages 1 --dpi 200 --damage bitonal,specks=0 -o clean
"$press" --paper daily --seed 3 --pages 1 --dpi 200 --damage bitonal,specks=20000 -o speckled
"$BIN/backissue-deskew" -o clean.tif clean/p01.tif
rm -r work && mkdir -p work/0001
"$BIN/backissue-deskew" -o work/0001/2-deskew.tif speckled/p01.tif
without=$(wc -c <clean.tif) with=$(wc -c <work/0001/2-deskew.tif)
[ $((100 * with)) -lt $((114 * without)) ] || { echo "specks are left: $with bytes, $without without them"; exit 1; }
"$BIN/backissue-segment" -o work/0001/3-segment.page.xml work/0001/2-deskew.tif
"$TEST_BIN/issue-layout" work speckled/truth.json --max-skew 0.1 --min-found 0.97
