#!/bin/bash
# backissue report: one HTML page on an issue, whatever became of it.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/driver.sh"

make_programs programs
odd="scans/a <script>paper/2025-07-04 & \"more\""
make_issue "$odd" 'p1 <b>.tif' p2.tif p3.tif
head -c 3000 "$SOURCE/tests/data/article/a.tif" >"$odd/p4.tif"
echo bad >faults/segment.0002
expect_exit 3 "$backissue" run scans --archive archive.db --programs programs
folder="work/${odd#scans/}"

expect_exit 0 "$backissue" report --help
expect_exit 2 "$backissue" report "$folder"
expect_exit 2 "$backissue" report -o out.html
expect_exit 2 "$backissue" report -o out.html -w 10 "$folder"
expect_exit 2 "$backissue" report -o out.html "$folder" more
expect_exit 3 "$backissue" report -o out.html work
expect_message 'issue.json: '
[ ! -e out.html ] || fail "a report on nothing"

expect_exit 0 "$backissue" report -o out.html "$folder"
[ "$(grep -c '<section class="page"' out.html)" -eq 4 ] || fail "not four pages"
# Two pages were read, the third was straightened; the fourth has no picture.
[ "$(grep -c 'href="data:image/jpeg;base64,/9j/' out.html)" -eq 3 ] || fail "pictures"
grep -q '<p class="error">3-segment failed: segment.0002: is bad</p>' out.html || fail "failure of segment"
grep -q '<p class="error">1-intake: ' out.html || fail "failure of intake"
grep -q '<polygon points="[0-9, ]*" class="unread">' out.html || fail "regions"
grep -q 'exit 3</b>' out.html || fail "timings"
grep -q 'unreadable-page' out.html || fail "problems"
! grep -q '<script' out.html && ! grep -q '<b>.tif' out.html || fail "a name became markup"
grep -q 'a &lt;script&gt;paper' out.html || fail "the name is not there"
# Nothing is asked for from elsewhere.
! grep -Eo '(src|href)="[^"#][^"]{0,4}' out.html | grep -v '"data:$' || fail "an outside reference"
xmllint --html --noout out.html 2>err.txt
! grep 'parser error' err.txt | grep -v 'Tag .* invalid' || fail "not well formed"
expect_exit 0 "$backissue" report -o again.html "$folder"
cmp out.html again.html || fail "not the same twice"

# Half an issue, and one whose images are gone.
rm "$folder/articles.json" "$folder"/000[12]/2-deskew.tif
expect_exit 0 "$backissue" report -o half.html "$folder"
grep -q 'have not been put together yet' half.html || fail "half an issue"
[ "$(grep -c 'is not in the work folder any more' half.html)" -eq 1 ] || fail "missing image"
expect_exit 4 "$backissue" report -o nowhere/out.html "$folder"
expect_nothing_left .
