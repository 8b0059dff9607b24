#!/bin/bash
# backissue run --slurm, with a real controller and two nodes: what a local run makes comes out, whatever becomes of the
# jobs on the way.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/driver.sh"
. "$SOURCE/tests/stage/slurm.sh"
[ "$(id -u)" -eq 0 ] && command -v slurmctld slurmd munged >/dev/null || exit 77
trap 'for pid in $(jobs -p); do kill "$pid" 2>/dev/null; done; slurm_stop' EXIT

programs=$PWD/programs
make_programs programs
odd="scans/a paper/2025 07
04%j"
make_issue scans/paper/2025-07-04 p1.tif p2.tif p3.tif
make_issue scans/paper/2025-07-11 p1.tif
make_issue "$odd" 'one 1.tif' '-two.tif'
run() {
    "$backissue" run scans --archive archive.db --work work --programs "$programs" "$@"
}
# The archive, but for the name of its work folder.
dump() {
    "$backissue" dump -a "$1" | sed 's#"image_path":"local/#"image_path":"work/#'
}
submit() {
    expect_exit 0 run --slurm "$@"
}
first=$(for stage in deskew segment ocr; do
    for page in 0001 0001 0001 0002 0002 0003; do echo "$stage.$page"; done
done; for stage in intake stitch load; do for _ in 1 2 3; do echo $stage; done; done)
first=$(echo "$first" | sort | tr '\n' ' ')

# --- what a local run makes, to compare with
expect_exit 0 "$backissue" run scans --archive local.db --work local --programs "$programs"
steps >/dev/null

# --- without Slurm there is a message, and nothing is submitted
expect_exit 4 run --slurm
grep -q 'Slurm does not answer' err.txt || { cat err.txt; fail "no message"; }
expect_exit 2 run --slurm --dry-run
expect_exit 2 run --slurm --page 1
expect_exit 2 run --task pages:nowhere
rm -rf work archive.db
steps >/dev/null
slurm_start

# --- three jobs after one another; while they are in the queue no other run begins
submit --slurm-pages 2 '--slurm=--begin=now+2  --comment=night'
[ "$(grep -c '^Slurm job' err.txt)" -eq 3 ] || { cat err.txt; fail "not three jobs"; }
grep -q '^Slurm job 1: reads pages, in 3 tasks$' err.txt || { cat err.txt; fail "tasks"; }
expect_exit 4 run
expect_message 'an earlier run is at work on it in Slurm: scancel 1 2 3 ends it'
expect_exit 0 "$backissue" status --archive archive.db --work work
grep -q '^Slurm, pages: job 1, [0-3] tasks\? running, [0-3] waiting$' out.txt || { cat out.txt; fail "status"; }
grep -q '^Slurm, load: job 3, 0 tasks running, 1 waiting$' out.txt || { cat out.txt; fail "status"; }
wait_for slurm_idle
expect_steps "${first% }"
diff <(dump local.db) <(dump archive.db) || fail "not what a local run makes"
for file in $(cd local && find paper -name '*.xml' -o -name '*.tif' -o -name 'articles.json'); do
    cmp "local/$file" "work/$file" || fail "$file differs"
done
[ "$(query "SELECT count(*) FROM archive_run WHERE stage = '2-deskew'")" -eq 6 ] || fail "runs in the archive"
expect_nothing_left work
grep -q '^3 issues loaded\|; 3 issues loaded' work/.slurm/load.0.log || { cat work/.slurm/load.0.log; fail "summary"; }

# --- nothing to do is nothing to submit
submit
grep -q '6 up to date' out.txt || { cat out.txt; fail "summary"; }
slurm_idle || fail "submitted for nothing"
expect_steps ""

# --- a page that fails stops neither its task nor its issue; an array has only as many tasks as Slurm allows
make_issue scans/paper/2025-07-18 p1.tif p2.tif p3.tif p4.tif p5.tif p6.tif p7.tif
echo bad >faults/segment.0004
submit --slurm-pages 1
grep -q 'reads pages, in 4 tasks$' err.txt || { cat err.txt; fail "tasks"; }
wait_for slurm_idle
[ "$(query "SELECT count(*) FROM archive_page WHERE scan_path LIKE '%/2025-07-18/%'")" -eq 7 ] || fail "not loaded"
[ "$(query "SELECT count(*) FROM archive_problem WHERE detail LIKE 'page 4 has no text%'")" -eq 1 ] || {
    query "SELECT detail FROM archive_problem"
    fail "the failure is not in the archive"
}
steps >/dev/null
rm faults/segment.0004
expect_exit 3 run
expect_steps ""
submit --retry
wait_for slurm_idle
expect_steps "load ocr.0004 segment.0004 stitch"

# --- cancelled jobs: the next run does what they did not
make_issue scans/paper/2025-07-25 p1.tif p2.tif
echo hang >faults/deskew.0002
submit --slurm-pages 1
jobs=$(sed -n 's/^Slurm job \([0-9]*\):.*/\1/p' err.txt)
wait_for test -s faults/hanging
wait_for test -e work/paper/2025-07-25/0001/4-ocr.run.json
# shellcheck disable=SC2086 # numbers
scancel $jobs
wait_for slurm_idle
expect_gone "$(cat faults/hanging)"
rm faults/deskew.0002 faults/hanging
steps >/dev/null
submit
wait_for slurm_idle
expect_steps "deskew.0002 load ocr.0002 segment.0002 stitch"
expect_nothing_left work

# --- a task that is put back into the queue, as after a node has failed, begins where it was
make_issue scans/paper/2025-08-01 p1.tif p2.tif
echo hang >faults/segment.0002
submit
job=$(sed -n 's/^Slurm job \([0-9]*\): reads.*/\1/p' err.txt)
wait_for test -s faults/hanging
expect_exit 0 "$backissue" status --archive archive.db --work work
grep -q "^Slurm, pages: job $job, 1 task running, 0 waiting\$" out.txt || { cat out.txt; fail "status"; }
rm faults/segment.0002
scontrol requeue "${job}_0"
expect_gone "$(cat faults/hanging)"
wait_for slurm_idle
steps | tr ' ' '\n' | sort | uniq -c | grep -q '1 deskew.0002' || fail "deskew was done again"
[ "$(query "SELECT count(*) FROM archive_page WHERE scan_path LIKE '%/2025-08-01/%'")" -eq 2 ] || fail "not loaded"

# --- an option that sbatch refuses: its words, nothing in the queue, and the next run is free to begin
make_issue scans/paper/2025-08-08 p1.tif
expect_exit 4 run --slurm=--partition=nowhere
grep -q 'sbatch failed: .*partition' err.txt || { cat err.txt; fail "no message"; }
slurm_idle || fail "left in the queue"
expect_exit 0 run

# --- all together is what one local run makes
expect_exit 0 "$backissue" run scans --archive local.db --work local --programs "$programs"
diff <(dump local.db) <(dump archive.db) || fail "not what a local run makes"

# --- --force: every step once
steps >/dev/null
submit --force
wait_for slurm_idle
[ "$(steps | tr ' ' '\n' | grep -c '^ocr')" -eq 18 ] || fail "--force"

# --- without the controller a run cannot know, and says so
slurm_stop
expect_exit 4 run
expect_message 'Slurm cannot be asked'
