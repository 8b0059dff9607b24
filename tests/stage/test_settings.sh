#!/bin/bash
# Settings beside the corrections: what they do, that they hold, that they are named, and what becomes of bad ones.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/driver.sh"

make_programs programs
make_issue scans/paper/2025-07-04 p1.tif p2.tif
make_issue scans/paper/2025-07-11 p1.tif
make_issue scans/sheet/2025-07-04 p1.tif
run() {
    "$backissue" run scans --archive archive.db --programs programs --jobs 2 "$@"
}
# set_in FILE LINE...: a file of settings.
set_in() {
    file=corrections/$1
    mkdir -p "${file%/*}"
    shift
    printf '%s\n' "$@" >"$file"
}
# transform PAGE KEY: what deskew made of the first paper's page.
transform() {
    strings -n 100 "work/paper/2025-07-04/$1/2-deskew.tif" | grep -o "\"$2\":[^,}]*" | head -n 1 | cut -d: -f2
}
expect_exit 0 run
steps >/dev/null

# --- of a page: only what follows from it runs, and the setting is named
set_in paper/2025-07-04/0002.ini '; lies on its side' '[deskew]' 'rotate = 180' 'skew = -0.5' 'dpi = 250' '[segment]' 'em = 30'
expect_exit 0 run --explain
expect_steps "deskew.0002 load ocr.0002 segment.0002 stitch"
grep -q 'page 2 of 2: 2-deskew runs: setting deskew.rotate is new, setting deskew.skew is new, setting deskew.dpi is new$' out.txt ||
    { cat out.txt; fail "the settings are not named"; }
[ "$(transform 0002 orientation_degrees)" = 180 ] && [ "$(transform 0002 skew_degrees)" = -0.5 ] &&
    [ "$(transform 0002 dpi)" = 250 ] || fail "the page is not as it was set"
[ "$(transform 0001 orientation_degrees)" = 0 ] || fail "another page is turned too"
grep -q 'value="em=30"' work/paper/2025-07-04/0002/3-segment.page.xml || grep -q 'em=30' work/paper/2025-07-04/0002/3-segment.page.xml ||
    fail "the layout does not say how it was made"
expect_exit 0 run
expect_steps ""
set_in paper/2025-07-04/0002.ini '[segment]' 'direction = vertical'
expect_exit 0 run --explain
grep -q 'page 2 of 2: 2-deskew runs: setting deskew.rotate is gone' out.txt || { cat out.txt; fail "a setting taken back"; }
expect_steps "deskew.0002 load ocr.0002 segment.0002 stitch"

# --- of an issue and of a title: the narrower wins, name by name
set_in paper/settings.ini '[ocr]' 'profile = best' '[deskew]' 'dpi = 300'
set_in paper/2025-07-04/settings.ini '[ocr]' 'profile = fast'
expect_exit 0 run --explain --profile standard
expect_steps "deskew.0001 deskew.0001 deskew.0002 load load ocr.0001 ocr.0001 ocr.0001 ocr.0002 segment.0001 segment.0001 segment.0002 stitch stitch"
grep -q '^paper 2025-07-04: page 1 of 2: 4-ocr runs: .*setting ocr.profile is new' out.txt || { cat out.txt; fail "profile of the issue"; }
grep -q '"--profile fast"' work/paper/2025-07-04/0001/4-ocr.run.json || fail "the issue's profile does not win"
grep -q '"--profile best"' work/paper/2025-07-11/0001/4-ocr.run.json || fail "the title's profile does not hold"
grep -q '"--profile standard"' work/sheet/2025-07-04/0001/4-ocr.run.json || fail "the command line's profile does not hold"
rm corrections/paper/settings.ini corrections/paper/2025-07-04/settings.ini
expect_exit 0 run
steps >/dev/null

# --- bad ones fail their page or issue with file and line, and the rest goes on
# expect_bad FILE MESSAGE LINE...
expect_bad() {
    where=$1 message=$2
    shift 2
    set_in "$where" "$@"
    expect_exit 3 run
    grep -Eq "failed in corrections: .*/corrections/$where: line $message" err.txt || { cat err.txt; fail "bad $where"; }
    rm "corrections/$where"
}
expect_bad paper/2025-07-04/0001.ini '3: deskew.turn is no setting' '[deskew]' 'skew = 1' 'turn = 1'
[ "$(query "SELECT count(*) FROM archive_page WHERE status = 'ok'")" -eq 3 ] || fail "other pages of a bad setting"
expect_bad paper/2025-07-04/0001.ini '2: deskew.skew is .16., and should be an angle' '[deskew]' 'skew = 16'
expect_bad paper/2025-07-04/0001.ini '2: deskew.rotate is .45.' '[deskew]' 'rotate = 45'
expect_bad paper/2025-07-04/0001.ini '2: deskew.crop is ' '[deskew]' 'crop = 0,0 0,9 9,9 9,0'
expect_bad paper/2025-07-04/0001.ini '3: segment.em is set twice' '[segment]' 'em = 20' 'em = 30'
expect_bad paper/2025-07-04/0001.ini '1 is neither' 'em = 20'
expect_bad paper/2025-07-04/0001.ini '2 is neither' '[segment]' 'em' '[ocr]' 'x = y'
expect_bad paper/2025-07-04/settings.ini '2: ocr.profile is .splendid.' '[ocr]' 'profile = splendid'
expect_bad paper/settings.ini '2: ocr.model is .klingon.' '[ocr]' 'model = klingon'
grep -q '^paper 2025-07-11: failed in corrections' err.txt || fail "a bad setting of the title"
printf '[title]\nprofile = splendid\n' >scans/paper/title.ini
expect_exit 3 run
grep -q "failed in 4-ocr: title.ini: profile is 'splendid'" err.txt || { cat err.txt; fail "bad profile of title.ini"; }
rm scans/paper/title.ini
expect_exit 0 run
steps >/dev/null

# --- a layout drawn by hand takes the place of the one found, and text is read in it
mkdir -p corrections/paper/2025-07-11
drawn=corrections/paper/2025-07-11/0001.segment.page.xml
folder=work/paper/2025-07-11/0001
sed 's/<PcGts/<!-- by hand --><PcGts/' $folder/3-segment.page.xml >$drawn
expect_exit 0 run --explain
expect_steps "load ocr.0001 stitch"
grep -q "page 1 of 1: its layout is taken from .*$drawn" out.txt || { cat out.txt; fail "drawn layout not explained"; }
grep -q 'by hand' $folder/4-ocr.page.xml || fail "text was not read in the drawn layout"
[ ! -e $folder/3-segment.page.xml ] || fail "the layout that was found is still there"
expect_exit 0 run
expect_steps ""
echo bad >$drawn
expect_exit 3 run
grep -q "failed in corrections: .*$drawn" err.txt || { cat err.txt; fail "bad layout"; }
rm $drawn
expect_exit 0 run
expect_steps "load load ocr.0001 segment.0001 stitch stitch"
[ ! -e $folder/3-corrected.page.xml ] || fail "the copy outlived the drawn layout"
