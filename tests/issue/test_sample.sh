#!/bin/sh
# The sample in scans/ from nothing to a search, with floors under its accuracy; then that a second run does nothing.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/export_xml.sh"
. "$SOURCE/tests/stage/export_pdf.sh"

expect_exit 0 "$BIN/backissue" run "$SOURCE/scans" --archive archive.db
cat err.txt out.txt

# What two networks read better than one: the second comes from npm, which a machine may lack.
if [ -f "$SOURCE/tessdata/models/chi_sim_400.traineddata" ]; then
    bitonal_line=0.006 bitonal_article=0.005 grey_line=0.0055 grey_article=0.005 exact=0.88
else
    bitonal_line=0.018 bitonal_article=0.016 grey_line=0.015 grey_article=0.014 exact=0.76
fi

echo "== accuracy of the bitonal issue"
"$TEST_BIN/issue-accuracy" archive.db "$SOURCE/tests/data/truth/linjiang-2025-07-04.json" \
    --min metadata=5 --max line_cer=$bitonal_line --max article_cer=$bitonal_article --min jump_f1=1 \
    --min headline_exact=$exact ||
    fail "accuracy of 2025-07-04"
echo "== accuracy of the four grey pages"
"$TEST_BIN/issue-accuracy" archive.db "$SOURCE/tests/data/truth/linjiang-2025-06-20.json" \
    --min metadata=5 --max line_cer=$grey_line --max article_cer=$grey_article --min jump_f1=1 --min headline_exact=$exact ||
    fail "accuracy of 2025-06-20"

echo "== PDF: bodies of articles, words on their lines, sizes"
expect_exit 0 "$BIN/backissue" export pdf -o exported --archive archive.db
check_bodies archive.db exported
for issue in $(sqlite3 -readonly archive.db 'SELECT issue_id FROM archive_issue'); do
    document=exported/linjiang/$(sqlite3 -readonly archive.db "SELECT name FROM issue WHERE issue_id = $issue")/pdf/issue.pdf
    check_pdfa "$document"
    iou=$(boxes archive.db "$document" "$issue")
    size=$(stat -c %s "$document")
    echo "$document: words lie on $iou of their lines, $size bytes"
    awk -v iou="$iou" -v size="$size" 'BEGIN { exit !(iou >= 0.9 && size < 4 * 750000) }' || fail "$document: boxes or size"
done

echo "== layout"
"$TEST_BIN/issue-layout" work/linjiang/2025-07-04 "$SOURCE/tests/data/truth/linjiang-2025-07-04.json" \
    --min-found 0.985 --max-skew 0.03 || fail "layout of 2025-07-04"
"$TEST_BIN/issue-layout" work/linjiang/2025-06-20 "$SOURCE/tests/data/truth/linjiang-2025-06-20.json" \
    --page 1=1 --page 4=2 --page 5=3 --page 8=4 --min-found 0.985 --max-skew 0.03 || fail "layout of 2025-06-20"

# Page 6 was not scanned: the jump that leads there is said, not lost, and not joined to something else.
"$BIN/backissue" problems --archive archive.db >problems.txt || fail "problems"
grep -q "下转第6版: page 6 is not in this issue" problems.txt || { cat problems.txt; fail "the jump to page 6"; }

echo "== a search by two characters finds the article, and only whole ones"
expect_exit 0 "$BIN/backissue" search 公园 --archive archive.db
grep -q 2025-07-04 out.txt || fail "search does not find the article"

echo "== what is exported says what the archive says"
expect_exit 0 "$BIN/backissue" export alto,mets,page,hocr -o exported --archive archive.db
for issue in 2025-07-04 2025-06-20; do
    folder=exported/linjiang/$issue
    expect_valid alto-4-4.xsd $folder/alto/*.xml
    expect_valid mets-1.12.1.xsd $folder/mets/mets.xml
    expect_valid pagecontent-2019-07-15.xsd $folder/page/*.xml
    expect_same_lines archive.db $issue alto $folder/alto/*.xml
    expect_same_lines archive.db $issue page $folder/page/*.xml
    expect_same_lines archive.db $issue hocr $folder/hocr/*.html
    expect_same_articles archive.db $issue $folder/mets/mets.xml
    expect_whole_mets $folder/mets
done

# Nothing changed, so nothing may be written: not a byte of the work folder or of the archive. The cache of hashes
# alone may, since it does not trust a file that was written a moment before it was hashed.
state() {
    find work archive.db -type f ! -name '.*' ! -name hashes.txt -printf '%p %T@ %s\n' | sort
}
state >before.txt
expect_exit 0 "$BIN/backissue" run "$SOURCE/scans" --archive archive.db
state >after.txt
diff before.txt after.txt || fail "a second run wrote something"

echo "== one page again keeps every id"
sqlite3 archive.db 'SELECT article_id, headline, body FROM archive_article ORDER BY 1' >articles-before.txt
expect_exit 0 "$BIN/backissue" run "$SOURCE/scans/linjiang/2025-07-04" --archive archive.db --work work --page 2 --force
sqlite3 archive.db 'SELECT article_id, headline, body FROM archive_article ORDER BY 1' >articles-after.txt
diff articles-before.txt articles-after.txt || fail "a rerun of one page changed what it should not"

expect_exit 0 "$BIN/backissue" verify --archive archive.db
