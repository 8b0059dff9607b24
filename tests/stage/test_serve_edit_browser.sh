#!/bin/bash
# backissue serve --edit in a real browser: a line and a headline corrected, a rerun, undo; without scripts, on a phone.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/driver.sh"
for program in node npm chromium; do
    command -v $program >/dev/null || { echo "skipped: there is no $program"; exit 77; }
done
packages=$TEST_BIN/../packages
"$SOURCE/tests/viewer/fetch" "$packages" || { echo "skipped: the packages cannot be had"; exit 77; }

make_programs programs
make_reader programs
export BACKISSUE_PROGRAMS=$PWD/programs
make_issue scans/paper/2025-07-04 p1.tif p2.tif
expect_exit 0 "$backissue" run scans --archive archive.db --quiet
"$backissue" serve -l 127.0.0.1:0 --edit archive.db >where.txt 2>room.txt &
room=$!
trap 'kill $room 2>/dev/null' EXIT
wait_for [ -s where.txt ]
RERUN="$backissue rerun scans/paper/2025-07-04 --archive archive.db --quiet" \
    node "$SOURCE/tests/viewer/desk.mjs" "$(cat where.txt)" "$packages" || { cat room.txt; fail "room"; }
kill -TERM $room
wait $room || fail "did not end well"
[ ! -s room.txt ] || { cat room.txt; fail "said something"; }
trap - EXIT
echo passed
