#!/bin/bash
# backissue run: what it runs and what it leaves out, and that nothing is lost however a step or the run itself ends.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/driver.sh"

make_programs programs
make_issue scans/paper/2025-07-04 p1.tif p2.tif p3.tif
make_issue scans/paper/2025-07-11 p1.tif
run() {
    "$backissue" run scans --archive archive.db --programs programs --jobs 2 "$@"
}
first="deskew.0001 deskew.0001 deskew.0002 deskew.0003 intake intake load load ocr.0001 ocr.0001 ocr.0002 ocr.0003"
first="$first segment.0001 segment.0001 segment.0002 segment.0003 stitch stitch"

# --- usage
expect_exit 0 "$backissue" run --help
expect_exit 2 "$backissue" run
expect_exit 2 "$backissue" run --archive archive.db
expect_exit 2 "$backissue" run scans
expect_exit 2 run --jobs 0
expect_exit 2 run --page 0
expect_exit 2 run --page 1
expect_message 'needs one issue'
expect_exit 3 "$backissue" run nowhere --archive archive.db
expect_message 'nowhere: cannot be read'
mkdir -p nothing/below/here/at/all
expect_exit 3 "$backissue" run nothing --archive archive.db
expect_message 'nothing: holds no issues'
expect_exit 4 run --programs nowhere
expect_message 'backissue-intake: is not an executable program in .*nowhere'
expect_steps ""
[ ! -e archive.db ] || fail "an archive out of nothing"

# --- a dry run tells and does nothing
rm -rf work
expect_exit 0 run --dry-run
grep -q '^paper 2025-07-04: 1-intake would run: it has not run yet$' out.txt || fail "dry run does not tell"
[ ! -e work ] || fail "dry run made a work folder"

# --- the first run does everything, the second nothing
expect_exit 0 run
expect_steps "$first"
grep -q '^4 pages read; 2 issues loaded: ' out.txt || { cat out.txt; fail "summary"; }
grep -q '^paper 2025-07-04: page 3 of 3 read (' err.txt || { cat err.txt; fail "progress"; }
[ "$(query 'SELECT count(*) FROM archive_page')" -eq 4 ] || fail "pages in the archive"
[ "$(query "SELECT count(*) FROM archive_run WHERE stage = '2-deskew' AND exit_code = 0 AND seconds > 0")" -eq 4 ] ||
    fail "runs in the archive"
expect_nothing_left .
took=1000
for _ in 1 2 3; do # the machine may be busy with something else
    begin=$(date +%s%N)
    expect_exit 0 run --explain
    took=$((($(date +%s%N) - begin) / 1000000))
    [ $took -ge 1000 ] || break
done
[ $took -lt 1000 ] || fail "a run with nothing to do took $took ms"
expect_steps ""
grep -q '^0 pages read, 4 up to date; 0 issues loaded, 2 up to date; ' out.txt || { cat out.txt; fail "summary"; }
grep -q '^paper 2025-07-04: page 2 of 3: 4-ocr does not run: up to date$' out.txt || fail "not explained"
[ "$(grep -c 'does not run: up to date' out.txt)" -eq 18 ] || fail "not every step explained"

# --- nothing but content counts: not the time of a file, not where the scans are
touch scans/paper/2025-07-04/p1.tif
cp -p scans/paper/2025-07-04/p2.tif copy && mv copy scans/paper/2025-07-04/p2.tif
expect_exit 0 run
expect_steps ""
mkdir elsewhere && mv scans elsewhere
expect_exit 0 "$backissue" run elsewhere/scans --archive archive.db --programs programs
expect_steps "intake intake load load stitch stitch"
mv elsewhere/scans .
expect_exit 0 run
steps >/dev/null

# --- what changed is done again, and why is told
make_issue scans/paper/2025-07-04 p2.tif
expect_exit 0 run --explain
expect_steps "deskew.0002 intake load ocr.0002 segment.0002 stitch"
grep -q '^paper 2025-07-04: 1-intake runs: file p2.tif changed$' out.txt || { cat out.txt; fail "not explained"; }
grep -q '^paper 2025-07-04: page 2 of 3: 2-deskew runs: scan changed$' out.txt || { cat out.txt; fail "not explained"; }
echo changed >>work/paper/2025-07-04/0003/4-ocr.page.xml
rm work/paper/2025-07-11/0001/3-segment.page.xml
expect_exit 0 run --explain
expect_steps "ocr.0003 segment.0001"
grep -q 'page 3 of 3: 4-ocr runs: its output was changed by something else$' out.txt || fail "not explained"
grep -q 'page 1 of 1: 3-segment runs: its output is missing$' out.txt || fail "not explained"
echo "# another version" >>programs/backissue-segment
expect_exit 0 run --explain
expect_steps "segment.0001 segment.0001 segment.0002 segment.0003"
grep -q '3-segment runs: program changed$' out.txt || fail "not explained"

# --- an archive that was deleted, or another one, is filled again without reading a page
rm archive.db*
expect_exit 0 run --explain
expect_steps "load load"
grep -q '6-load runs: the archive does not hold it$' out.txt || fail "not explained"
expect_exit 0 "$backissue" run scans --archive other.db --programs programs
expect_steps "load load"
expect_exit 0 run
expect_steps ""

# --- single pages
issue="scans/paper/2025-07-04"
expect_exit 0 "$backissue" run $issue --archive archive.db --programs programs --page 1,3 --force
expect_steps "deskew.0001 deskew.0003 ocr.0001 ocr.0003 segment.0001 segment.0003" # and the same came out
expect_exit 2 "$backissue" run $issue --archive archive.db --programs programs --page 2-4
expect_message 'has 3 pages, there is no page 4'
expect_exit 0 run
expect_steps ""

# --- how well pages are read: title.ini says it, and an option wins
printf '[title]\nprofile = best\n' >scans/paper/title.ini
expect_exit 0 run --explain
grep -q "page 1 of 3: 4-ocr runs: setting ocr.profile is new" out.txt ||
    { cat out.txt; fail "the profile of title.ini"; }
expect_exit 0 run --explain --profile fast
grep -q "page 1 of 3: 4-ocr runs: setting ocr.profile changed from 'best' to 'fast'" out.txt ||
    { cat out.txt; fail "the profile of the command line"; }
rm scans/paper/title.ini
expect_exit 0 run
steps >/dev/null

# --- a page that fails: named, the rest goes on, not tried again until something changes or --retry
echo bad >faults/segment.0002
echo crash >faults/ocr.0003
expect_exit 3 run --force
steps >/dev/null
grep -q '^paper 2025-07-04: page 2 of 3 (p2.tif) failed in 3-segment: segment.0002: is bad$' err.txt ||
    { cat err.txt; fail "failure not told"; }
grep -q '  paper 2025-07-04: page 3 of 3 (p3.tif) failed in 4-ocr: killed by signal 11 (Segmentation fault)$' out.txt ||
    { cat out.txt; fail "failure not in the summary"; }
grep -q '^2 pages read, 2 failed; 2 issues loaded: ' out.txt || { cat out.txt; fail "summary"; }
[ "$(query "SELECT count(*) FROM archive_page WHERE status = 'ok'")" -eq 2 ] || fail "good pages of the archive"
[ "$(query "SELECT count(*) FROM archive_run WHERE exit_code = 3")" -ge 1 ] || fail "failed run not in the archive"
expect_exit 3 run
expect_steps ""
grep -q '^Failed before, and nothing changed since' out.txt || { cat out.txt; fail "old failures not told"; }
expect_exit 3 run --quiet
[ ! -s err.txt ] || fail "quiet run told of an old failure"
rm faults/segment.0002
expect_exit 3 run --retry
expect_steps "load ocr.0002 ocr.0003 segment.0002 stitch" # what a failed page had been is not kept
rm faults/ocr.0003
make_issue scans/paper/2025-07-04 p3.tif
expect_exit 0 run --quiet
expect_steps "deskew.0003 intake load ocr.0003 segment.0003 stitch"
[ ! -s err.txt ] || fail "quiet run is not quiet"

# --- out of time, out of memory, ended without output
echo hang >faults/deskew.0001
expect_exit 3 "$backissue" run scans/paper/2025-07-11 --archive archive.db --programs programs --force --timeout 3
grep -q 'failed in 2-deskew: timed out after 3 s$' err.txt || { cat err.txt; fail "time"; }
expect_nothing_left .
echo greedy >faults/deskew.0001
if ! grep -q __asan_init "$backissue"; then # a driver built so sets no limits
    expect_exit 3 "$backissue" run scans/paper/2025-07-11 --archive archive.db --programs programs --retry --memory 64
fi
echo nothing >faults/deskew.0001
expect_exit 3 "$backissue" run scans/paper/2025-07-11 --archive archive.db --programs programs --force
grep -q 'failed in 2-deskew: ended well but left no output$' err.txt || { cat err.txt; fail "no output"; }
rm faults/*
expect_exit 0 run --retry
steps >/dev/null

# --- what no page can do without stops the run, and is no page's failure
echo lack >faults/ocr.0001
expect_exit 4 run --force
grep -q '^backissue: backissue-ocr: ocr.0001: no such model$' err.txt || { cat err.txt; fail "lack not told"; }
echo full >faults/ocr.0001
expect_exit 1 run --force
grep -q '^backissue: backissue-ocr: ocr.0001: No space left on device' err.txt || { cat err.txt; fail "full disk"; }
rm faults/*
expect_exit 0 run
steps >/dev/null
expect_exit 0 run
expect_steps ""

# --- a bad load leaves the archive as it was
before=$(query 'SELECT count(*) FROM archive_page')
echo crash >faults/load
make_issue scans/paper/2025-07-11 p2.tif
expect_exit 3 run
grep -q '^paper 2025-07-11: failed in 6-load: killed by signal 11' err.txt || { cat err.txt; fail "load"; }
[ "$(query 'SELECT count(*) FROM archive_page')" -eq "$before" ] || fail "half an issue in the archive"
rm faults/*
expect_exit 0 run
expect_steps "load"
# Everything that ran is known, also what failed and was done again since.
[ "$(query "SELECT count(*) FROM archive_run WHERE stage = '6-load' AND exit_code = 139 AND message LIKE 'killed by%'")" -eq 1 ] ||
    fail "the failed load is not in the archive"
[ "$(query "SELECT count(*) FROM archive_run WHERE stage = '3-segment' AND message = 'segment.0002: is bad'")" -ge 1 ] ||
    fail "a failure that was mended is not in the archive"
[ "$(query "SELECT count(DISTINCT started) FROM archive_run WHERE stage = '4-ocr' AND page_number = 1 AND exit_code = 0")" -ge 3 ] ||
    fail "earlier recognitions are not in the archive"
[ "$(query "SELECT count(*) - count(run_id) FROM archive_line")" -eq 0 ] || fail "a line that nobody read"
echo "my diary" >diary.db
expect_exit 4 "$backissue" run scans --archive diary.db --programs programs
expect_message 'diary.db: is not a SQLite database, so not an archive'
expect_steps ""

# --- an archive that could not be loaded into is found out before a page is read
gzip -dc "$SOURCE/tests/data/archive/schema-1.db.gz" >newer.db
sqlite3 newer.db 'PRAGMA user_version = 99'
expect_exit 4 "$backissue" run scans --archive newer.db --work fresh --programs programs
expect_message 'newer.db: is an archive of schema 99, newer than'
gzip -dc "$SOURCE/tests/data/archive/schema-1.db.gz" | head -c 70000 >cut.db
expect_exit 4 "$backissue" run scans --archive cut.db --work fresh --programs programs
expect_message 'cut.db: is damaged'
expect_steps ""
expect_exit 0 env LD_PRELOAD="$TEST_BIN/faults.so" ASAN_OPTIONS=verify_asan_link_order=0 FAULT_NETWORK=1 \
    "$backissue" run scans --archive archive.db --programs programs
grep -q 'archive.db: is on a network file system' err.txt || fail "no word of the network"
steps >/dev/null

# --- two runs at once, Ctrl-C, SIGTERM, and kill -9: no process and nothing half done is left, the next run goes on
for signal in INT TERM KILL; do
    rm -rf work archive.db* faults/*
    echo hang >faults/segment.0002
    # Without job control a background process would ignore SIGINT, and so would its children.
    set -m
    "$backissue" run scans --archive archive.db --programs programs --jobs 2 >run.txt 2>&1 &
    driver=$!
    set +m
    wait_for test -s faults/hanging
    wait_for test -e work/paper/2025-07-11/0001/4-ocr.run.json
    expect_exit 4 run
    expect_message "archive.db: another run is at work on it \(process $driver\)"
    expect_exit 4 "$backissue" run scans --archive second.db --work work --programs programs
    expect_message "work: another run is at work on it \(process $driver\)"
    kill -$signal $driver
    got=0
    wait $driver 2>/dev/null || got=$?
    [ "$got" -eq $((128 + $(kill -l $signal))) ] || fail "exit $got of a run ended by SIG$signal"
    expect_gone "$(cat faults/hanging)"
    if [ $signal != KILL ]; then
        [ "$(grep -c '^backissue: stopped by signal' run.txt)" -eq 1 ] || { cat run.txt; fail "no word of the signal"; }
        expect_nothing_left .
    fi
    rm faults/segment.0002
    steps >/dev/null
    expect_exit 0 run
    ran=$(steps)
    case $ran in
    *deskew.0001*) fail "finished steps were not kept: $ran" ;;
    esac
    case $ran in
    *segment.0002*) ;;
    *) fail "the step that was stopped was not done again: $ran" ;;
    esac
    expect_nothing_left .
    [ "$(query "SELECT count(*) FROM archive_page WHERE status = 'ok'")" -eq 5 ] || fail "not all pages after SIG$signal"
done

# --- hand corrections win, live elsewhere, and are taken back by removing them
mkdir -p corrections/paper/2025-07-11
cp work/paper/2025-07-11/0001/4-ocr.page.xml recognised.page.xml
sed 's/<PcGts/<!-- by hand --><PcGts/' recognised.page.xml \
    >corrections/paper/2025-07-11/0001.page.xml
expect_exit 0 run --explain
expect_steps "load stitch"
grep -q '^paper 2025-07-11: page 1 of 2: is taken from .*corrections/paper/2025-07-11/0001.page.xml$' out.txt ||
    fail "correction not explained"
grep -q 'by hand' work/paper/2025-07-11/0001/4-corrected.page.xml || fail "no copy beside the page image"
[ "$(query "SELECT DISTINCT stage FROM archive_line JOIN archive_run USING (run_id)
    WHERE archive_run.issue_id = (SELECT issue_id FROM archive_issue WHERE issue_date = '2025-07-11')
    AND archive_run.page_number = 1")" = 4-correction ] || fail "the lines do not know that they were corrected by hand"
expect_exit 0 run
expect_steps ""
echo "no page" >corrections/paper/2025-07-11/0001.page.xml
expect_exit 3 run
grep -q 'page 1 of 2 (p1.tif) failed in corrections: .*0001.page.xml' err.txt || { cat err.txt; fail "bad correction"; }
sed 's/frame&quot;:1,/frame\&quot;:2,/' recognised.page.xml \
    >corrections/paper/2025-07-11/0001.page.xml
expect_exit 3 run
grep -q 'failed in corrections: .*0001.page.xml: is of page 2 by its metadata$' err.txt || { cat err.txt; fail "mix-up"; }
rm corrections/paper/2025-07-11/0001.page.xml
expect_exit 0 run
steps >/dev/null
cat >corrections/paper/2025-07-11/articles.json <<'END'
{"format": "backissue-corrections/1", "corrections": [
 {"do": "title", "article": {"page": 1, "text": "not printed anywhere"}, "headline": "x"}]}
END
expect_exit 0 run --explain
expect_steps "load stitch"
grep -q '5-stitch runs: input corrections is new' out.txt || { cat out.txt; fail "articles.json not explained"; }
[ "$(query "SELECT count(*) FROM archive_problem WHERE kind = 'correction-unapplied'")" -eq 1 ] ||
    fail "a correction that does not apply is not told"
expect_exit 0 run
expect_steps ""
expect_exit 0 run --force
[ "$(query "SELECT count(*) FROM archive_problem WHERE kind = 'correction-unapplied'")" -eq 1 ] ||
    fail "the correction did not survive"
steps >/dev/null
echo '{' >corrections/paper/2025-07-11/articles.json
expect_exit 3 run
grep -q '^paper 2025-07-11: failed in 5-stitch: .*articles.json' err.txt || { cat err.txt; fail "bad articles.json"; }
steps >/dev/null
rm -r corrections
expect_exit 0 run
cmp -s recognised.page.xml work/paper/2025-07-11/0001/4-ocr.page.xml || fail "the page is not what it was before"
[ ! -e work/paper/2025-07-11/0001/4-corrected.page.xml ] || fail "the copy outlived its correction"
steps >/dev/null

# --- bad files and missing deliveries
: >scans/paper/2025-07-11/p3.tif
mkdir scans/paper/2025-07-18
expect_exit 3 run
grep -q '^paper 2025-07-11: page 3 of 3 (p3.tif) failed in 1-intake: is empty$' err.txt || { cat err.txt; fail "empty file"; }
grep -q '^paper 2025-07-18: failed in 1-intake: ' err.txt || { cat err.txt; fail "empty folder"; }
grep -q '^2 pages read\|^0 pages read' out.txt || { cat out.txt; fail "summary"; }
expect_exit 3 run
grep -q '^Failed before' out.txt || fail "old failures"

# --- an archive among the scans is no scan
steps >/dev/null
make_issue alone/paper/2025-07-04 p1.tif
for _ in 1 2; do
    expect_exit 0 "$backissue" run alone --archive alone/paper/2025-07-04/archive.db --programs programs
done
expect_steps "deskew.0001 intake load ocr.0001 segment.0001 stitch"

# --- names that a shell would stumble over
steps >/dev/null
odd="odd/-t i't\"le/a
b"
make_issue "$odd" "-p 1.tif" 'p"2'"'"'$x.tif' "$(printf 'p3\377.tif')" "p
4.tif"
expect_exit 0 "$backissue" run odd --archive "$PWD/-odd 'archive'.db" --work "-work" --programs programs
expect_steps "deskew.0001 deskew.0002 deskew.0003 deskew.0004 intake load ocr.0001 ocr.0002 ocr.0003 ocr.0004 segment.0001 segment.0002 segment.0003 segment.0004 stitch"
[ "$(sqlite3 "$PWD/-odd 'archive'.db" "SELECT count(*) FROM archive_page WHERE status = 'ok'")" -eq 4 ] ||
    fail "pages with odd names"
expect_exit 0 "$backissue" run odd --archive "$PWD/-odd 'archive'.db" --work "-work" --programs programs
expect_steps ""
