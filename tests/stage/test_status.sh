#!/bin/bash
# backissue status: pages, failures and whether an issue is in the archive.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/driver.sh"

make_programs programs
make_issue scans/paper/2025-07-04 p1.tif p2.tif
make_issue scans/paper/2025-07-11 p1.tif
: >scans/paper/2025-07-11/p2.tif
echo bad >faults/segment.0002
expect_exit 3 "$backissue" run scans --archive archive.db --programs programs

expect_exit 0 "$backissue" status --help
expect_exit 2 "$backissue" status
expect_exit 2 "$backissue" status --archive archive.db more

day='[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8} UTC'
expect_exit 0 "$backissue" status --archive archive.db
[ "$(wc -l <out.txt)" -eq 7 ] || { cat out.txt; fail "not six lines"; }
tail -n 2 out.txt | grep -q '^2 issues: 2 in the archive, 0 not; 4 pages, 2 read, 2 failed$' || { cat out.txt; fail "totals"; }
tail -n 1 out.txt | grep -Eq '^Disk: work folder [0-9.]+ .B, archive [0-9.]+ .B; [0-9.]+ .B free; about [0-9.]+ .B for 1 page to be read$' ||
    { cat out.txt; fail "disk"; }
{
    sed -n 1p out.txt | grep -Eq "^paper 2025-07-04: 2 pages, 1 read, 1 failed; in the archive; last run $day\$" &&
        sed -n 2p out.txt | grep -q '^  page 2 (p2.tif) failed in 3-segment: segment.0002: is bad$' &&
        sed -n 3p out.txt | grep -Eq "^paper 2025-07-11: 2 pages, 1 read, 1 failed; in the archive; last run $day\$" &&
        sed -n 4p out.txt | grep -q '^  page 2 (p2.tif) failed in 1-intake: is empty$'
} || { cat out.txt; fail "wrong status"; }

ran="^Run of $day: 2 pages read, 2 failed, 2 issues loaded in [0-9.]+ s, [0-9]+ pages an hour\$"
sed -n 5p out.txt | grep -Eq "$ran" || { cat out.txt; fail "last run"; }
# A run with nothing to do is none; a line that was cut off hides no other.
expect_exit 3 "$backissue" run scans --archive archive.db --programs programs
printf '{"started":"2026-' >>work/runs.jsonl
expect_exit 3 "$backissue" run scans --archive archive.db --programs programs --force
expect_exit 0 "$backissue" status --archive archive.db
[ "$(grep -Ec "$ran" out.txt)" -eq 2 ] || { cat out.txt; fail "two runs"; }

# A page by hand is no failure; an issue that was never loaded is told from one that was.
mkdir -p corrections/paper/2025-07-04
sed 's/frame&quot;:1,/frame\&quot;:2,/' work/paper/2025-07-04/0001/4-ocr.page.xml >corrections/paper/2025-07-04/0002.page.xml
echo crash >faults/load
expect_exit 3 "$backissue" run scans --archive archive.db --programs programs
expect_exit 0 "$backissue" status --archive archive.db
grep -q '^paper 2025-07-04: 2 pages, 2 read (1 by hand); not in the archive; ' out.txt || { cat out.txt; fail "by hand"; }
grep -q '^  failed in 6-load: killed by signal 11' out.txt || { cat out.txt; fail "failed load"; }

grep -Eq '^Run of .*: 0 pages read, 1 failed, 0 issues loaded, 1 failed in' out.txt || { cat out.txt; fail "a run that only failed"; }

# Other places, and what is not there.
mv work elsewhere
expect_exit 0 "$backissue" status --archive archive.db --work elsewhere
expect_exit 3 "$backissue" status --archive archive.db
expect_message 'work: cannot be read as a work folder'
echo "my diary" >diary.db
expect_exit 4 "$backissue" status --archive diary.db --work elsewhere
expect_message 'diary.db: is not a SQLite database, so not an archive'
