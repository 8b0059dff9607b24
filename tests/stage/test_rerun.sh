#!/bin/bash
# backissue rerun: pages and issues again, from a stage on, with settings that hold; and what it would change, shown.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/driver.sh"

make_programs programs
make_issue scans/paper/2025-07-04 p1.tif p2.tif p3.tif
make_issue scans/paper/2025-07-11 p1.tif
issue=scans/paper/2025-07-04
run() {
    "$backissue" run scans --archive archive.db --programs programs --jobs 2 "$@"
}
rerun() {
    "$backissue" rerun "$@" --archive archive.db --programs programs --jobs 2
}
# tree: all that there is, by content and time.
tree() {
    find work corrections archive.db scans -type f ! -name '*.lock' ! -name .lock -printf '%p %T@ %C@ ' -exec sha256sum {} \; 2>/dev/null | sort
}

# --- usage
expect_exit 0 "$backissue" rerun --help
! grep -q -e '--slurm' -e '--force' out.txt || fail "options that are none of a rerun"
expect_exit 2 "$backissue" rerun --archive archive.db
expect_exit 2 rerun $issue scans/paper/2025-07-11
expect_exit 2 rerun $issue --from reading
expect_exit 2 rerun scans --from ocr
expect_message 'holds 2 issues'
expect_exit 3 rerun nowhere
expect_exit 0 run
steps >/dev/null
expect_exit 2 rerun $issue --set deskew.turn=90
expect_message '--set deskew.turn=90: deskew.turn is no setting'
expect_exit 2 rerun $issue --set deskew.skew
expect_exit 2 rerun $issue --profile splendid
expect_exit 2 rerun $issue --page 4 --set deskew.dpi=300
expect_message 'has 3 pages, there is no page 4'
[ ! -e corrections ] || fail "a setting of nothing was kept"
expect_steps ""

# --- from a stage on
expect_exit 0 rerun $issue
expect_steps "deskew.0001 deskew.0002 deskew.0003 intake load ocr.0001 ocr.0002 ocr.0003 segment.0001 segment.0002 segment.0003 stitch"
expect_exit 0 rerun $issue --page 2-3 --explain
expect_steps "deskew.0002 deskew.0003 ocr.0002 ocr.0003 segment.0002 segment.0003"
grep -q 'page 2 of 3: 2-deskew runs: asked for$' out.txt || { cat out.txt; fail "not explained"; }
expect_exit 0 rerun paper/2025-07-04 --page 1 --from ocr
expect_steps "ocr.0001"
expect_exit 0 rerun paper/2025-07-04 --from 3-segment --page 1
expect_steps "ocr.0001 segment.0001"
expect_exit 0 rerun paper/2025-07-04 --from stitch
expect_steps "load stitch"
expect_exit 0 rerun paper/2025-07-04 --from load
expect_steps "load"
echo bad >faults/ocr.0002
expect_exit 3 rerun $issue --page 2
rm faults/ocr.0002
expect_exit 3 run # it failed before, and nothing changed
steps >/dev/null
expect_exit 0 rerun $issue --page 2 --from load # but who asks again wants it tried again
steps >/dev/null
expect_exit 0 run
expect_steps ""

# --- settings are kept, and hold
expect_exit 0 rerun $issue --page 2 --set deskew.rotate=180 --set segment.em=30
expect_steps "deskew.0002 load ocr.0002 segment.0002 stitch"
expect_exit 0 run
expect_steps ""
printf '[segment]\nem = 30\n' >expected.ini
grep -q '^rotate = 180$' corrections/paper/2025-07-04/0002.ini && grep -q '^em = 30$' corrections/paper/2025-07-04/0002.ini ||
    fail "settings were not kept"
[ ! -e corrections/paper/2025-07-04/0001.ini ] || fail "another page has it too"
expect_exit 0 rerun $issue --profile best
expect_steps "ocr.0001 ocr.0002 ocr.0003"
grep -q '^profile = best$' corrections/paper/2025-07-04/settings.ini || fail "the issue's profile was not kept"
expect_exit 0 run --profile fast
expect_steps "ocr.0001" # of the other issue
expect_exit 0 run
steps >/dev/null
expect_exit 0 rerun $issue --set ocr.profile=
[ ! -e corrections/paper/2025-07-04/settings.ini ] || fail "nothing is set, and the file is there"
expect_exit 0 rerun $issue --page 2 --set deskew.rotate= --set segment.em=
[ ! -e corrections/paper/2025-07-04/0002.ini ] || fail "nothing is set, and the file is there"
steps >/dev/null
expect_exit 0 run
expect_steps ""

# --- what would change is shown, and nothing is changed
page=$PWD/page.xml
mkdir -p corrections/paper/2025-07-04
cp work/paper/2025-07-04/0001/4-ocr.page.xml "$page"
with_text() {
    awk -v text="$1" -v conf="$2" '/<\/TextLine>/ { print "<TextEquiv conf=\"" conf "\"><Unicode>" text (++n) "</Unicode></TextEquiv>" } { print }' "$page"
}
with_text 新桥今日通车 0.9 >corrections/paper/2025-07-04/0001.page.xml
expect_exit 0 run
steps >/dev/null
# The hashes of files that have just been made are remembered only once they are old enough.
sleep 2.1
expect_exit 0 run
tree >before.txt
mkdir temporary
export TMPDIR=$PWD/temporary
expect_exit 0 rerun $issue --compare --from intake
[ "$(cat out.txt)" = "nothing would change" ] || { cat out.txt; fail "something would change"; }
expect_exit 0 rerun $issue --compare --page 2 --set deskew.rotate=90
grep -q '^page 2: [0-9]* of [0-9]* lines differ\|^article ' out.txt || { cat out.txt; fail "a page on its side would change nothing"; }
grep -q 'archive' err.txt && { cat err.txt; fail "it speaks of the archive"; }
tree >after.txt
cmp -s before.txt after.txt || { diff before.txt after.txt; fail "comparing changed something"; }
[ -z "$(ls temporary)" ] || fail "the folder it was tried in is left"
sed 's/新桥今日通车3</老桥今日通车3</; s/conf="0.9"/conf="0.8"/' corrections/paper/2025-07-04/0001.page.xml >new.xml
cp new.xml corrections/paper/2025-07-04/0001.page.xml
tree >before.txt
expect_exit 0 rerun $issue --compare
grep -q '^page 1: 2 of [0-9]* lines differ, confidence 0.9000 before, 0.8000 after$' out.txt || { cat out.txt; fail "page"; }
grep -q '^  - 新桥今日通车3$' out.txt && grep -q '^  + 老桥今日通车3$' out.txt || { cat out.txt; fail "lines"; }
grep -q '^article was: .* (p. 1), ' out.txt && grep -q '^article is : .* (p. 1), ' out.txt || { cat out.txt; fail "articles"; }
tree >after.txt
cmp -s before.txt after.txt || { diff before.txt after.txt; fail "comparing changed something"; }
echo bad >faults/segment.0002
expect_exit 3 rerun $issue --compare --page 2 --from segment
grep -q '^page 2: could not be read any more$' out.txt || { cat out.txt; fail "a page that would fail"; }
rm faults/segment.0002
tree >after.txt
cmp -s before.txt after.txt || { diff before.txt after.txt; fail "comparing changed something"; }
expect_exit 3 "$backissue" rerun $issue --compare --archive other/archive.db --programs programs
grep -q 'there is nothing to compare with' err.txt || { cat err.txt; fail "nothing to compare with"; }
[ ! -e other ] || fail "comparing made an archive's folder"
