#!/bin/sh
# The four bitonal pages of the sample as a scanner of whole sheets delivers them: the outer sheet, pages 4 and 1, flat
# and bitonal, the inner one, pages 2 and 3, grey, askew on a black bed with a shadow in the fold. The same text is to
# be read, on the same pages, as from the pages scanned one by one.
. "$SOURCE/tests/stage/lib.sh"
pages=$SOURCE/scans/linjiang/2025-07-04
truth=$SOURCE/tests/data/truth/linjiang-2025-07-04.json
issue=spreads/linjiang/2025-07-04
mkdir -p $issue
cp "$SOURCE/scans/linjiang/title.ini" spreads/linjiang/
"$TEST_BIN/issue-spread" "$pages/p04.tif" "$pages/p01.tif" $issue/1.tif || fail "the outer sheet cannot be made"
"$TEST_BIN/issue-spread" "$pages/p02.tif" "$pages/p03.tif" $issue/2.tif 1.3 || fail "the inner sheet cannot be made"

expect_exit 0 "$BIN/backissue" run "$pages" --archive single.db --work work-single
expect_exit 0 "$BIN/backissue" run spreads --archive spread.db --work work-spread
cat err.txt
[ "$(sqlite3 spread.db 'SELECT group_concat(page_number) FROM (SELECT page_number FROM archive_page ORDER BY frame)')" = 4,1,2,3 ] ||
    fail "not the pages 4, 1, 2, 3"
[ "$(sqlite3 spread.db 'SELECT count(DISTINCT scan_sha256) FROM archive_page')" = 2 ] || fail "not two scans"

echo "== pages scanned one by one"
"$TEST_BIN/issue-accuracy" single.db "$truth" | tee single.txt
echo "== two pages on each scan"
"$TEST_BIN/issue-accuracy" spread.db "$truth" --min metadata=5 --min jump_f1=0.8 >spread.txt || { cat spread.txt; fail "facts of the issue"; }
cat spread.txt
figure() {
    awk -v name="$2" '$1 == name { print $2 }' "$1"
}
for name in line_cer article_cer; do
    awk -v a="$(figure single.txt $name)" -v b="$(figure spread.txt $name)" 'BEGIN { exit !(b <= a + 0.01) }' ||
        fail "$name is more than a point worse"
done

"$BIN/backissue" verify --archive spread.db >verify.txt || { cat verify.txt; fail "verify"; }

# Nothing changed, nothing runs.
expect_exit 0 "$BIN/backissue" run spreads --archive spread.db --work work-spread
grep -q '^0 pages read, 4 up to date' out.txt || { cat out.txt; fail "a second run read pages"; }
