#!/bin/bash
# backissue export iiif in a real viewer: Mirador in Chromium shows contents, text and tiles.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/small_issue.sh"
for program in node npm chromium; do
    command -v $program >/dev/null || { echo "skipped: there is no $program"; exit 77; }
done
packages=$TEST_BIN/../packages
"$SOURCE/tests/viewer/fetch" "$packages" || { echo "skipped: the packages cannot be had"; exit 77; }

small_issue issue 2025-07-04
"$BIN/backissue-deskew" -o issue/0001/2-deskew.tif "$SOURCE/tests/data/article/a.tif" || fail "deskew"
cp issue/0001/2-deskew.tif issue/0002/2-deskew.tif
load_small issue archive.db || fail "load"
port=$((20000 + $$ % 20000))
site=http://localhost:$port
expect_exit 0 "$BIN/backissue" export iiif -a archive.db -o site --base-url $site
node "$SOURCE/tests/viewer/mirador.mjs" site "$packages" $port $site/linjiang/2025-07-04/iiif/manifest.json \
    '临江新报 2025年7月4日' canvas:老菜场开门迎客 canvas:招租 annotations:老菜场改造７个月 annotations:下转第2版 || fail "viewer"
