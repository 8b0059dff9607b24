#!/bin/bash
# backissue serve in a real browser: walking through it, with and without scripts, and Mirador beside it.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/small_issue.sh"
for program in node npm chromium; do
    command -v $program >/dev/null || { echo "skipped: there is no $program"; exit 77; }
done
packages=$TEST_BIN/../packages
"$SOURCE/tests/viewer/fetch" "$packages" || { echo "skipped: the packages cannot be had"; exit 77; }

# row WHITE BLACK: 1000 pixels, dark stripes from 100 to 500.
white() { head -c "$1" /dev/zero | tr '\0' '\377'; }
stripes() { yes "$(printf 'xxxx')" | head -c 400 | tr 'x\n' '\0\377'; }
{ white 100; stripes; white 500; } >print.row
white 1000 >paper.row
small_issue issue 2025-07-04
{
    printf 'P5\n1000 2000\n255\n'
    for line in $(seq 0 39); do # a line of print in the first 40 of 50 rows where the page has lines
        for row in $(seq 50); do
            if [ "$line" -ge 2 ] && [ "$line" -le 4 ] && [ "$row" -le 40 ]; then cat print.row; else cat paper.row; fi
        done
    done
} >page.pgm
ppm2tiff -c zip -R 300 page.pgm issue/0001/2-deskew.tif || fail "image"
cp issue/0001/2-deskew.tif issue/0002/2-deskew.tif
load_small issue archive.db || fail "load"
"$BIN/backissue" serve -l 127.0.0.1:0 archive.db >where.txt 2>room.txt &
room=$!
trap 'kill $room 2>/dev/null' EXIT
for _ in $(seq 100); do
    [ -s where.txt ] && break
    sleep 0.1
done
node "$SOURCE/tests/viewer/room.mjs" "$(sed 's|/$||' where.txt)" "$packages" $((20000 + $$ % 20000)) || fail "room"
kill -TERM $room
wait $room || fail "did not end well"
[ ! -s room.txt ] || { cat room.txt; fail "said something"; }
