#!/bin/bash
# backissue clean, and the room on the disk: images that can be made again go, nothing else does, and nothing is done
# again because of it; a run that has not enough room is not begun.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/driver.sh"

make_programs programs
make_issue scans/paper/2025-07-04 p1.tif p2.tif p3.tif
make_issue scans/paper/2025-07-11 p1.tif
run() {
    "$backissue" run scans --archive archive.db --programs programs --jobs 2 "$@"
}
clean() {
    "$backissue" clean --archive archive.db "$@"
}
with_fault() {
    env LD_PRELOAD="$TEST_BIN/faults.so" ASAN_OPTIONS=verify_asan_link_order=0 "$@"
}
images() {
    find work -name 2-deskew.tif | sort | tr '\n' ' '
}
content() { # of the archive without times
    "$backissue" dump --archive archive.db | sha256sum
}

# --- too little room: told before anything begins
expect_exit 4 with_fault FAULT_ROOM=4096 "$backissue" run scans --archive archive.db --programs programs
expect_message 'work: 4 pages need about [0-9.]+ .B, and the disk has room for 4.1 kB; nothing was begun'
expect_steps ""
expect_exit 0 with_fault FAULT_ROOM=4096 "$backissue" run scans --archive archive.db --programs programs --no-disk-check
steps >/dev/null
# With nothing left to do nothing is needed.
expect_exit 0 with_fault FAULT_ROOM=4096 "$backissue" run scans --archive archive.db --programs programs
expect_steps ""

# --- usage
expect_exit 2 clean more
expect_exit 2 "$backissue" clean
expect_exit 3 "$backissue" clean --work nowhere
expect_message 'nowhere: cannot be read as a work folder'

# --- a dry run tells and does nothing
before=$(content)
all=$(images)
expect_exit 0 clean --dry-run
grep -Eq '^paper 2025-07-04: 3 page images, [0-9.]+ kB$' out.txt || { cat out.txt; fail "dry run"; }
grep -Eq '^4 page images, [0-9.]+ kB would be dropped$' out.txt || { cat out.txt; fail "dry run"; }
[ "$(images)" = "$all" ] || fail "a dry run dropped something"

# --- what can be made again goes; what cannot, or is not as its step left it, stays
mv scans/paper/2025-07-11/p1.tif kept.tif
cp work/paper/2025-07-04/0003/2-deskew.tif mine.tif
printf x >>work/paper/2025-07-04/0003/2-deskew.tif
expect_exit 0 clean
grep -q '^2 page images, ' out.txt || { cat out.txt; fail "clean"; }
[ "$(images)" = "work/paper/2025-07-04/0003/2-deskew.tif work/paper/2025-07-11/0001/2-deskew.tif " ] || fail "$(images)"
mv kept.tif scans/paper/2025-07-11/p1.tif
cp mine.tif work/paper/2025-07-04/0003/2-deskew.tif
expect_exit 0 clean
[ -z "$(images)" ] || fail "$(images)"
expect_exit 0 clean
grep -q '^0 page images, 0.0 kB dropped$' out.txt || { cat out.txt; fail "clean again"; }

# --- nothing is done again for it, verify is content, and an issue loaded again is the same
expect_exit 0 run --explain
expect_steps ""
grep -q '^paper 2025-07-04: page 2 of 3: 2-deskew does not run: up to date, its image was dropped$' out.txt ||
    { cat out.txt; fail "explain"; }
expect_exit 0 "$backissue" verify --archive archive.db
rm archive.db*
expect_exit 0 run
expect_steps "load load"
[ "$(content)" = "$before" ] || fail "the archive is another without the images"

# --- a step that needs the image gets it made, of that page alone, and the others' stay away
echo bad >faults/ocr.0002
printf x >>work/paper/2025-07-04/0002/4-ocr.page.xml
expect_exit 3 run
expect_steps "deskew.0002 load ocr.0002 stitch"
rm faults/*
expect_exit 0 run --retry
expect_steps "load ocr.0002 stitch"
[ "$(images)" = "work/paper/2025-07-04/0002/2-deskew.tif " ] || fail "$(images)"
[ ! -e work/paper/2025-07-04/0002/2-deskew.tif.sha256 ] || fail "the stand-in outlived its image"
[ "$(content)" = "$before" ] || fail "the archive is another"

# --- a scan that was replaced, and an image of a page that has not been read
make_issue scans/paper/2025-07-04 p2.tif
echo bad >faults/ocr.0002
expect_exit 3 run
expect_exit 0 clean
[ "$(images)" = "work/paper/2025-07-04/0002/2-deskew.tif " ] || fail "dropped what a failed step needs"
rm faults/*
expect_exit 0 run --retry
steps >/dev/null

# --- killed at any call that changes files: a next clean completes it, and nothing is done again
expect_exit 0 run --force
steps >/dev/null
with_fault FAULT_COUNT=calls.txt "$backissue" clean --archive archive.db --dry-run >/dev/null
cp -a work whole
with_fault FAULT_COUNT=calls.txt "$backissue" clean --archive archive.db >/dev/null || fail "clean"
count=$(cat calls.txt)
[ "$count" -ge 8 ] || fail "only $count calls"
for at in $(seq "$count"); do
    rm -rf work
    cp -a whole work
    with_fault FAULT_KILL="$at" "$backissue" clean --archive archive.db >/dev/null 2>&1
    [ $? -eq 137 ] || fail "no kill at call $at"
    expect_exit 0 run
    expect_steps ""
    expect_exit 0 clean
    [ -z "$(images)" ] || fail "left after a kill at call $at: $(images)"
    expect_exit 0 run
    expect_steps ""
done

# --- not while a run is at work
echo hang >faults/ocr.0001
run --force >/dev/null 2>&1 &
wait_for test -s faults/hanging
expect_exit 4 clean
expect_message 'work: another run is at work on it'
kill $!
wait
