#!/bin/bash
# export pdf: the issue and its articles as PDF/A-2u, with text that can be searched and copied.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/small_issue.sh"
. "$SOURCE/tests/stage/export_pdf.sh"
backissue=$BIN/backissue
for date in 2025-07-04 2025-07-11; do
    small_issue "issue $date" $date
done
# One with images, grey and of one bit; the other's are none.
cp "$SOURCE/scans/linjiang/2025-06-20/p01.jpg" "issue 2025-07-04/0001/2-deskew.tif"
cp "$SOURCE/scans/linjiang/2025-07-04/p01.tif" "issue 2025-07-04/0002/2-deskew.tif"
for date in 2025-07-04 2025-07-11; do
    load_small "issue $date" archive.db || fail "load"
done
export BACKISSUE_ARCHIVE=archive.db
article=$(sqlite3 -readonly archive.db "SELECT article_id FROM article JOIN issue USING (issue_id)
    WHERE kind = 'article' AND name = '2025-07-04'")
name=$(printf %06d "$article").pdf

expect_exit 0 "$backissue" export pdf -o ex
grep -q '2-deskew.tif: ' err.txt || fail "a bad image is not told"
first=ex/linjiang/2025-07-04/pdf
second=ex/linjiang/2025-07-11/pdf
# Advertisements have no document of their own.
[ "$(find ex -name '*.pdf' | wc -l)" -eq 4 ] || fail "documents"
for document in ex/*/*/pdf/*.pdf; do
    check_pdfa "$document"
done
check_bodies archive.db ex
pdfinfo $first/issue.pdf | grep -qx 'Pages:  *2' || fail "pages"
# 1000 x 2000 pixels at 300 dpi.
pdfinfo $first/issue.pdf | grep -q 'Page size:  *240 x 480 pts' || fail "size of a page"
pdfimages -list $first/issue.pdf >images.txt
[ "$(sed 1,2d images.txt | awk '{ print $3, $6, $8, $9 }' | tr '\n' ';')" = 'image gray 8 jpeg;image gray 1 ccitt;' ] ||
    { cat images.txt; fail "images"; }
[ -z "$(pdfimages -list $second/issue.pdf | sed 1,2d)" ] || fail "an image of nothing"
# The rare characters of the body, of which its lines have only some.
pdftotext $first/"$name" - | tr -d '\n' | grep -q '系统，𠮷祥如意😀。' || fail "characters beyond the first plane"
for issue in 1 2; do
    iou=$(boxes archive.db "$(dirname ex/linjiang/2025-07-*/pdf | sed -n ${issue}p)/pdf/issue.pdf" $issue)
    awk -v iou="$iou" 'BEGIN { exit !(iou >= 0.8) }' || fail "words lie on $iou of the lines"
done

# Bookmarks, page labels, and the jump, in the issue and in the article.
qpdf --qdf --object-streams=disable $first/issue.pdf objects.pdf
grep -aq "/Title <feff8001$(printf 83dc573a5f0095e88fce5ba2)>" objects.pdf || fail "the article's bookmark"
grep -aq '/P <feff7b2c00327248>' objects.pdf || fail "the label of page 2"
for document in $first/issue.pdf $first/"$name"; do
    qpdf --qdf --object-streams=disable "$document" objects.pdf
    [ "$(grep -ac '/Subtype /Link' objects.pdf)" -eq 1 ] || fail "$document: the jump is no link"
    page=$(grep -a -A 2 '^  /Dest \[' objects.pdf | tail -1)
    grep -aq "^%% Page 2\$" objects.pdf || fail "no page 2"
    awk '/^%% Page 2$/ { found = 1 } found && / 0 obj$/ { print $1, 0, "R"; exit }' objects.pdf >second.txt
    grep -a -B 3 -A 4 '/Contents' objects.pdf | grep -aq "$(cat second.txt)" || fail "$document: the jump leads elsewhere ($page)"
done

# The same bytes twice; other options make other images.
expect_exit 0 "$backissue" export pdf -o again
diff -r ex/linjiang again/linjiang || fail "not the same twice"
expect_exit 0 "$backissue" export pdf -o small --dpi 75 --quality 20 --issue 2025-07-04
[ "$(stat -c %s small/linjiang/2025-07-04/pdf/issue.pdf)" -lt "$(stat -c %s $first/issue.pdf)" ] || fail "--dpi, --quality"
expect_exit 0 "$backissue" export pdf -o one --article "$article"
[ "$(find one -name '*.pdf' -printf %f)" = "$name" ] || fail "one article"
pdftotext one/linjiang/2025-07-04/pdf/"$name" - | cmp - <(pdftotext $first/"$name" -) || fail "an article alone is another"

# Hostile text, pages without size, an article without anything.
hostile='(\\)) Tj ET <41> %% & </x:xmpmeta> ‏عر ́ 𠮷'
# The index of texts is left alone: the shell's sqlite has not its tokenizer.
sqlite3 archive.db "$(sqlite3 archive.db "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_master
    WHERE type = 'trigger' AND tbl_name = 'article'")" || fail "triggers"
sqlite3 archive.db "UPDATE line SET text = '$hostile' || char(7, 10, 65279) || text;
    UPDATE line SET text = replace(hex(zeroblob(20000)), '00', '长') WHERE line_order = 2 AND page_id = 1;
    UPDATE article SET headline = '$hostile', body = '$hostile' || char(10) || body WHERE kind = 'article';
    UPDATE page SET width = NULL, height = NULL, dpi = NULL WHERE page_id = 2;
    UPDATE article SET body = '', headline = '' WHERE article_id = (SELECT max(article_id) FROM article WHERE kind = 'article');
    DELETE FROM article_part WHERE article_id = (SELECT max(article_id) FROM article WHERE kind = 'article');
    UPDATE line SET article_id = NULL WHERE page_id > 2;
    UPDATE page SET image_path = 'missing/2-deskew.tif' WHERE page_id = 1" || fail "hostile"
expect_exit 0 "$backissue" export pdf -o hostile
for document in hostile/*/*/pdf/*.pdf; do
    check_pdfa "$document"
done
pdftotext -raw hostile/linjiang/2025-07-04/pdf/issue.pdf - | grep -Fq '(\\)) Tj ET <41> %% & </x:xmpmeta>' || fail "hostile text"
sqlite3 archive.db "DELETE FROM line; DELETE FROM article_part; DELETE FROM link; DELETE FROM problem; DELETE FROM page" ||
    fail "no pages"
expect_exit 0 "$backissue" export pdf -o none
check_pdfa none/linjiang/2025-07-04/pdf/issue.pdf
echo passed
