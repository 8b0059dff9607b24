#!/bin/bash
# backissue run --inbox: what is taken and what is left, whatever the clock says, and what the mail of cron has.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/driver.sh"

make_programs programs
mkdir inbox

# later SECONDS OPTION...: a run so long after now.
later() {
    after=$1
    shift
    env LD_PRELOAD="$TEST_BIN/faults.so" ASAN_OPTIONS=verify_asan_link_order=0 FAULT_CLOCK="$after" \
        "$backissue" run --inbox inbox --archive archive.db --programs programs "$@"
}
issues() {
    [ ! -e archive.db ] || query "SELECT group_concat(d, ' ') FROM (SELECT issue_date AS d FROM archive_issue ORDER BY 1)"
}

# --- usage
expect_exit 2 later 0 more
expect_exit 2 later 0 --settled soon
expect_exit 2 later 0 --settled -1
expect_exit 3 "$backissue" run --inbox nowhere --archive archive.db --programs programs
expect_message 'nowhere: cannot be read'

# --- an empty inbox, and a title without an issue yet, are nothing to tell
for _ in 1 2; do
    expect_exit 0 later 0 --quiet
    [ ! -s out.txt ] && [ ! -s err.txt ] || fail "quiet run told of an empty inbox"
    mkdir -p inbox/paper
done
expect_steps ""

# --- what was just written is left; ten minutes later it is taken
make_issue inbox/paper/2025-07-04 p1.tif
expect_exit 0 later 0
expect_steps ""
grep -Eq '^paper 2025-07-04: left for a later run, as it may still be written: changed [0-9.]+ s ago$' err.txt ||
    { cat err.txt; fail "not told what was left"; }
grep -A1 '^Left for a later run' out.txt | grep -q '^  paper 2025-07-04: changed' || { cat out.txt; fail "summary"; }
expect_exit 0 later 500 --quiet
[ ! -s out.txt ] && [ ! -s err.txt ] || fail "quiet run told of a folder being written"
expect_exit 0 later 700 --dry-run
expect_exit 0 later 700
expect_steps "deskew.0001 intake load ocr.0001 segment.0001 stitch"
grep -A1 '^Taken:' out.txt | grep -q '^  paper 2025-07-04: in the archive with' || { cat out.txt; fail "not told what it took"; }
[ "$(issues)" = 2025-07-04 ] || fail "$(issues)"

# --- one that is ready beside one that is still being written; a mail for the night, and none for the next
make_issue inbox/paper/2025-07-11 p1.tif
find inbox/paper -exec touch -d '2 days ago' {} + # as rsync -t and cp -p do: nobody is fooled
expect_exit 0 later 5 --settled 10m
expect_steps ""
make_issue inbox/paper/2025-07-18 p1.tif
sleep 2
: >inbox/paper/2025-07-18/.p2.tif.Xy3a9 # a copy on its way, under a name that is hidden
expect_exit 0 later 0 --settled 2s --quiet
expect_steps "deskew.0001 intake load ocr.0001 segment.0001 stitch"
[ "$(issues)" = "2025-07-04 2025-07-11" ] || fail "$(issues)"
grep -A1 '^Taken:' out.txt | grep -q '^  paper 2025-07-11: ' || { cat out.txt; fail "the night is not told"; }
grep -A1 '^Left for a later run' out.txt | grep -q '^  paper 2025-07-18: ' || { cat out.txt; fail "what is left is not told"; }
grep -q '^1 page read, 1 up to date; 1 issue loaded, 1 up to date: ' out.txt || { cat out.txt; fail "summary"; }
[ ! -s err.txt ] || { cat err.txt; fail "quiet run is not quiet"; }
rm inbox/paper/2025-07-18/.p2*
expect_exit 0 later 0 --settled 1m --quiet
[ ! -s out.txt ] || { cat out.txt; fail "told twice"; }

# --- a file from the future (a scanner whose clock is wrong) does not keep its folder waiting
touch -d '2090-01-01' inbox/paper/2025-07-18/p1.tif
expect_exit 0 later 700
expect_steps "deskew.0001 intake load ocr.0001 segment.0001 stitch"

# --- the clock was set back: what has just been written is not taken at once, nor left for ever
make_issue inbox/paper/2025-07-25 p1.tif
expect_exit 0 later -90000
expect_steps ""
grep -q 'paper 2025-07-25: left for a later run, .*: its time of change lies ahead of the clock$' err.txt ||
    { cat err.txt; fail "clock"; }
expect_exit 0 later -89800
expect_steps ""
expect_exit 0 later -89000
expect_steps "deskew.0001 intake load ocr.0001 segment.0001 stitch"
# One that goes on being written is not taken, and neither is one when the clock went back once more.
make_issue inbox/paper/2025-08-01 p1.tif
expect_exit 0 later -88000
echo more >>inbox/paper/2025-08-01/p1.tif
expect_exit 0 later -87000
expect_exit 0 later -95000
expect_steps ""
expect_exit 0 later -94000
expect_steps "deskew.0001 intake load ocr.0001 segment.0001 stitch"

# --- originals are as they were, and --quiet tells of a failure
: >inbox/paper/2025-08-01/p2.tif
expect_exit 3 later 700 --quiet
grep -q '^paper 2025-08-01: page 2 of 2 (p2.tif) failed in 1-intake: is empty$' err.txt || { cat err.txt; fail "failure"; }
[ "$(find inbox -type f | wc -l)" -eq 6 ] || fail "files of the inbox were changed"

# --- the units for systemd, where it is there: valid, and the service shut off from what it does not need
if command -v systemd-analyze >/dev/null; then
    mkdir units
    sed "s|^ExecStart=[^ ]*|ExecStart=$backissue|; /^Documentation/d" "$BIN/../tools/night/backissue.service" \
        >units/backissue.service
    sed '/^Documentation/d' "$SOURCE/tools/night/backissue.timer" >units/backissue.timer
    systemd-analyze verify units/backissue.service units/backissue.timer >out.txt 2>&1 || { cat out.txt; fail "units"; }
    [ ! -s out.txt ] || { cat out.txt; fail "systemd warns of the units"; }
    systemd-analyze security --offline=true --threshold=20 units/backissue.service >out.txt 2>&1 ||
        { tail -1 out.txt; fail "the service is open"; }
fi
