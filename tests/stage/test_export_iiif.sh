#!/bin/bash
# backissue export iiif: manifests, text and jumps as the archive has them, every image that a viewer may ask for.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/small_issue.sh"
backissue=$BIN/backissue
base=https://archive.example/papers
for date in 2025-07-11 2025-07-04; do
    small_issue "issue $date" $date
    cp "$SOURCE/tests/data/article/a.tif" "issue $date/0001/2-deskew.tif"
    load_small "issue $date" archive.db || fail "load"
done
export BACKISSUE_ARCHIVE=archive.db

expect_exit 2 "$backissue" export iiif -o ex
grep -q 'iiif needs --base-url' err.txt || fail "an address is not asked for"
[ ! -e ex ] || fail "something was exported"

# Of page 2 there is no image: it is there all the same, with what was read on it.
expect_exit 0 "$backissue" export iiif,text,csv -o ex --base-url $base/
[ "$(grep -c 'page without its image' err.txt)" -eq 2 ] || fail "missing images are not reported"
folder=ex/linjiang/2025-07-04/iiif

# json QUERY: asks SQLite; m is the manifest, url the address of its folder.
json() {
    sqlite3 -readonly archive.db "WITH here AS (SELECT CAST(readfile('$folder/manifest.json') AS TEXT) AS m,
        '$base/linjiang/2025-07-04' AS url) $1"
}

# expect QUERY VALUE
expect() {
    got=$(json "$1")
    [ "$got" = "$2" ] || fail "$1: '$got', not '$2'"
}
expect "SELECT m ->> 'id' = url || '/iiif/manifest.json' FROM here" 1
expect "SELECT m ->> '$.label.zh[0]' || '|' || (m ->> '$.label.en[0]') FROM here" '临江新报 2025年7月4日|临江新报, 4 July 2025'
expect "SELECT m ->> 'navDate' FROM here" 2025-07-04T00:00:00Z
expect "SELECT group_concat(value ->> '$.width' || 'x' || (value ->> '$.height') || ' ' || (value ->> '$.label.zh[0]') || ' ' ||
    json_array_length(value, '$.items'), ', ') FROM here, json_each(m, '$.items')" '1000x2000 第1版 要闻 1, 1000x2000 第2版 0'
expect "SELECT group_concat(value ->> '$.label.zh[0]' || '=' || coalesce(value ->> '$.value.none[0]', value ->> '$.value.zh[0]'), ' ')
    FROM here, json_each(m, '$.metadata')" '报纸=临江新报 日期=2025年7月4日 星期=星期五 期号=26 总期号=1495 版数=2'

# What every resource must have: an address and a type, and no two the same address; labels in languages.
expect "SELECT count(*) FROM here, json_tree(m) WHERE type = 'object' AND value ->> 'type' IS NULL AND
    key NOT IN ('label', 'value') AND path NOT LIKE '$.metadata' AND parent IS NOT NULL" 0
expect "SELECT count(*) FROM here, json_tree(m) WHERE key = 'id' AND value NOT LIKE '$base/%'" 0
expect "SELECT count(*) - count(DISTINCT t.value ->> 'id') FROM here, json_tree(m) t WHERE t.type = 'object' AND
    t.value ->> 'type' IN ('Range', 'Annotation', 'AnnotationPage')" 0
expect "SELECT count(*) FROM here, json_tree(m) l, json_each(l.value) t WHERE l.key IN ('label', 'value') AND l.type = 'object'
    AND (t.key NOT IN ('zh', 'en', 'none') OR t.type != 'array')" 0

# Ranges: each article, on all its pages, as archive_article_page has them.
sqlite3 -readonly archive.db "SELECT printf('%06d %04d %d,%d,%d,%d', article_id, page_number, x, y, w, h) FROM archive_article_page
    JOIN archive_issue USING (issue_id) WHERE issue_date = '2025-07-04' ORDER BY article_id, part_order" >parts.txt
json "SELECT printf('%s %s', substr(r.value ->> 'id', -6),
        replace(substr(c.value ->> 'id', length(url || '/iiif/canvas/') + 1), '#xywh=', ' '))
    FROM here, json_tree(m, '$.structures') r, json_each(r.value, '$.items') c
    WHERE r.type = 'object' AND r.value ->> 'type' = 'Range' AND c.value ->> 'type' = 'Canvas'" >ranges.txt
[ -s parts.txt ] && cmp parts.txt ranges.txt || fail "ranges"
expect "SELECT group_concat(t.value ->> '$.label.zh[0]', ' ') FROM here, json_tree(m, '$.structures') t
    WHERE t.type = 'object' AND t.value ->> 'type' = 'Range'" '目录 要闻 老菜场开门迎客 招租'
expect "SELECT group_concat(t.value ->> '$.rendering[0].id', ' ') = url || '/text/' || group_concat(
    substr(t.value ->> 'id', -6), '.md ' || url || '/text/') || '.md' FROM here, json_tree(m, '$.structures') t
    WHERE t.type = 'object' AND t.value ->> '$.rendering[0].id' IS NOT NULL" 1

# Text: the lines of archive_line, in their places.
for page in 1 2; do
    sqlite3 -readonly archive.db "SELECT text || ' ' || printf('%d,%d,%d,%d', x, y, w, h) FROM archive_line JOIN archive_issue
        USING (issue_id) WHERE issue_date = '2025-07-04' AND page_number = $page ORDER BY line_order" >lines.txt
    json "SELECT (value ->> '$.body.value') || ' ' || substr(value ->> 'target',
            length(url || '/iiif/canvas/000$page#xywh=') + 1) FROM here,
        json_each(CAST(readfile('$folder/annotations/000$page.json') AS TEXT), '$.items')
        WHERE value ->> 'motivation' = 'supplementing'" >annotations.txt
    [ -s lines.txt ] && cmp lines.txt annotations.txt || fail "text of page $page"
done
expect "SELECT group_concat(value ->> '$.annotations[0].id' = url || '/iiif/annotations/000' || (key + 1) || '.json', '')
    FROM here, json_each(m, '$.items')" 11

# The jump leads from where it is printed to the article's part on the other page.
expect "SELECT value ->> 'target' = url || '/iiif/canvas/0001#xywh=100,200,400,40' AND
    value ->> '$.body.id' = url || '/iiif/canvas/0002#xywh=100,100,400,100' AND value ->> 'motivation' = 'linking'
    FROM here, json_each(CAST(readfile('$folder/links/0001.json') AS TEXT), '$.items')" 1
[ ! -e $folder/links/0002.json ] || fail "a link from nowhere"

# Every tile and size that info.json names is there as a viewer asks for it, and nothing else.
sqlite3 :memory: "WITH RECURSIVE info(w, h, side, j) AS (SELECT j ->> 'width', j ->> 'height', j ->> '$.tiles[0].width', j
        FROM (SELECT CAST(readfile('$folder/0001/info.json') AS TEXT) AS j)),
    tile(s, x, y) AS (SELECT value, 0, 0 FROM info, json_each(j, '$.tiles[0].scaleFactors')
        UNION ALL SELECT s, iif(x + side * s < w, x + side * s, 0), iif(x + side * s < w, y, y + side * s)
        FROM tile, info WHERE x + side * s < w OR y + side * s < h),
    piece AS (SELECT s, x, y, min(side * s, w - x) AS pw, min(side * s, h - y) AS ph, w, h FROM tile, info)
    SELECT iif(pw = w AND ph = h, 'full', printf('%d,%d,%d,%d', x, y, pw, ph)) || '/' ||
        iif(pw = w AND ph = h AND s = 1, 'max', printf('%d,%d', (pw + s - 1) / s, (ph + s - 1) / s)) || '/0/default.jpg' FROM piece
    UNION SELECT printf('full/%d,%d/0/default.jpg', value ->> 'width', value ->> 'height') FROM info, json_each(j, '$.sizes')
    UNION SELECT 'full/max/0/default.jpg' UNION SELECT 'info.json'" | sort >wanted.txt
(cd $folder/0001 && find . -type f | sed 's/^..//' | sort) | cmp - wanted.txt || fail "tiles"
[ "$(wc -l <wanted.txt)" -ge 5 ] || fail "few tiles"
expect "SELECT value ->> '$.items[0].items[0].body.id' = url || '/iiif/0001/full/max/0/default.jpg' AND
    value ->> '$.items[0].items[0].body.service[0].id' = url || '/iiif/0001' FROM here, json_each(m, '$.items') LIMIT 1" 1
[ ! -e $folder/0002 ] || fail "an image out of nothing"

# Collections: papers, and their issues by date; those of earlier exports stay in them.
small_issue "issue 2024-12-31" 2024-12-31
load_small "issue 2024-12-31" archive.db || fail "load"
expect_exit 0 "$backissue" export iiif -o ex --base-url $base --issue 2024-12-31
sqlite3 :memory: "SELECT group_concat(value ->> 'id' || ' ' || (value ->> 'navDate'), ' ') FROM
    json_each(CAST(readfile('ex/linjiang/collection.json') AS TEXT), '$.items')" >out.txt
[ "$(cat out.txt)" = "$(for date in 2024-12-31 2025-07-04 2025-07-11; do
    echo "$base/linjiang/$date/iiif/manifest.json ${date}T00:00:00Z"; done | tr '\n' ' ' | sed 's/ $//')" ] || fail "collection"
sqlite3 :memory: "SELECT value ->> 'id' || (value ->> '$.label.zh[0]') FROM
    json_each(CAST(readfile('ex/collection.json') AS TEXT), '$.items')" >out.txt
[ "$(cat out.txt)" = "$base/linjiang/collection.json临江新报" ] || fail "top collection"
expect "SELECT m ->> '$.partOf[0].id' FROM here" "$base/linjiang/collection.json"

# The same twice, and anew for another address, other formats beside it or another quality.
expect_exit 0 "$backissue" export iiif,text,csv -o again --base-url $base --from 2025
diff -r $folder again/linjiang/2025-07-04/iiif || fail "not the same twice"
expect_exit 0 "$backissue" export iiif,text,csv -o again --base-url $base --from 2025
[ "$(cat out.txt)" = '2 issues exported to again, 2 of them unchanged' ] || fail "unchanged"
expect_exit 0 "$backissue" export iiif -o again --base-url http://other --quality 30 --issue 2025-07-04
grep -q '"http://other/linjiang/2025-07-04/iiif/manifest.json"' again/linjiang/2025-07-04/iiif/manifest.json || fail "address"
! grep -rq '"rendering"' again/linjiang/2025-07-04/iiif/manifest.json || fail "a link to what is not exported"
[ "$(cat again/linjiang/2025-07-04/iiif/0001/full/max/0/default.jpg | wc -c)" -lt \
    "$(cat $folder/0001/full/max/0/default.jpg | wc -c)" ] || fail "quality"
# A lower resolution: the same canvas with a smaller image.
sqlite3 archive.db "UPDATE page SET dpi = 300" || fail "resolution"
expect_exit 0 "$backissue" export iiif -o again --base-url http://other --dpi 100 --issue 2025-07-04
sqlite3 :memory: "SELECT round(3.0 * (j ->> 'width') / (i ->> 'width'), 2) || ' ' || (m ->> '$.items[0].width') FROM (SELECT
    CAST(readfile('again/linjiang/2025-07-04/iiif/0001/info.json') AS TEXT) AS j, CAST(readfile('$folder/0001/info.json') AS TEXT) AS i,
    CAST(readfile('again/linjiang/2025-07-04/iiif/manifest.json') AS TEXT) AS m)" >out.txt
[ "$(cat out.txt)" = '1.0 1000' ] || fail "resolution: $(cat out.txt)"

# One article: its pages alone.
article=$(sqlite3 -readonly archive.db "SELECT article_id FROM archive_article JOIN archive_issue USING (issue_id)
    WHERE headline = '招租' AND issue_date = '2025-07-04'")
expect_exit 0 "$backissue" export iiif -o one --base-url $base --article "$article"
folder=one/linjiang/2025-07-04/iiif
expect "SELECT group_concat(value ->> 'id', ' ') FROM here, json_each(m, '$.items')" "$base/linjiang/2025-07-04/iiif/canvas/0002"

# A bag holds the collections too; hostile names are escaped in addresses.
sqlite3 archive.db "UPDATE issue SET title = '../a b?' WHERE name = '2025-07-11'" || fail "renaming"
expect_exit 0 "$backissue" export iiif --bag -o bag --base-url $base
(cd bag && sed 's/%25/%/g' manifest-sha256.txt | sha256sum --quiet -c) || fail "bag"
grep -q ' data/linjiang/collection.json$' bag/manifest-sha256.txt || fail "collection in a bag"
grep -q "\"$base/%252E.%252Fa%20b%3F/collection.json\"" bag/data/collection.json || fail "hostile title"
expect_nothing_left bag
echo passed
