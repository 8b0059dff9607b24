#!/bin/bash
# backissue rebuild: the archive anew from the work folders, row for row, or not at all.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/driver.sh"

make_programs programs
run() {
    "$backissue" run scans --archive archive.db --programs programs --jobs 2 "$@"
}
rebuild() {
    "$backissue" rebuild --archive archive.db --programs programs "$@"
}
# rows ARCHIVE: every row of every table, but for what a rebuild may change: see the manual page.
rows() {
    for table in $(sqlite3 "$1" "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'
        AND name NOT GLOB '*_fts_*' AND name NOT GLOB 'sqlite_*' ORDER BY name"); do
        echo "-- $table"
        case $table in
        run) sqlite3 -quote "$1" "SELECT * FROM run WHERE stage <> '6-load' ORDER BY run_id" ;;
        issue) sqlite3 -quote "$1" "SELECT issue_id, title, name, paper, issue_date, page_count, folder FROM issue" ;;
        link) sqlite3 -quote "$1" "SELECT issue_id, kind, source_page, marker_text, source_article_id, target_page,
            target_article_id, status, score, reason FROM link ORDER BY link_id" ;;
        *) sqlite3 -quote "$1" "SELECT * FROM $table ORDER BY 1, 2, 3" ;;
        esac
    done
}

# ---- an archive with a life behind it: loaded in another order, texts that changed, problems settled, a page by hand
make_issue scans/paper/2025-07-11 p1.tif p2.tif
make_issue later/paper/2025-07-04 p1.tif p2.tif p3.tif
: >later/paper/2025-07-04/p4.tif
mkdir later/paper/2025-07-18 # nothing was delivered
expect_exit 0 run
mv later/paper/2025-07-04 later/paper/2025-07-18 scans/paper/
echo bad >faults/segment.0003
expect_exit 3 run
rm faults/segment.0003
expect_exit 3 run --retry
# Recognition is left out here: text comes by hand.
page=$PWD/page.xml
cp work/paper/2025-07-11/0001/4-ocr.page.xml "$page"
mkdir -p corrections/paper/2025-07-11 corrections/paper/2025-07-04
with_text() {
    awk -v text="$1" '/<\/TextLine>/ { print "<TextEquiv conf=\"0.9\"><Unicode>" text (++n) "</Unicode></TextEquiv>" } { print }' $page
}
with_text 新桥今日通车 >corrections/paper/2025-07-04/0001.page.xml
with_text 老菜场开门迎客 >corrections/paper/2025-07-11/0001.page.xml
expect_exit 3 run
with_text 老菜场今日迎客 >corrections/paper/2025-07-11/0001.page.xml
expect_exit 3 run
"$backissue" problems --archive archive.db --json >problems.txt
id=$(sed -n 's/.*"problem_id":\([0-9]*\).*/\1/p' problems.txt | head -n 1)
[ -n "$id" ] || fail "no problem to settle"
"$backissue" problems --archive archive.db --close "$id" || fail "close"
[ "$(query 'SELECT count(*) FROM article_version')" -gt 0 ] || fail "no earlier version"

# ---- row for row
sum=$(sha256sum <archive.db)
expect_exit 0 rebuild new.db
grep -q '^new.db: 2 issues; 0 articles read otherwise' out.txt || { cat out.txt; fail "what was made is not told"; }
[ "$(sha256sum <archive.db)" = "$sum" ] || fail "the archive was changed"
rows archive.db >old.txt
rows new.db >new.txt
cmp old.txt new.txt || { diff old.txt new.txt | head; fail "the new archive is another"; }
[ "$(wc -l <old.txt)" -gt 40 ] || fail "nothing was compared"
[ "$("$backissue" dump --archive new.db | sha256sum)" = "$("$backissue" dump --archive archive.db | sha256sum)" ] ||
    fail "the new archive says something else"
expect_exit 0 "$backissue" verify --archive new.db
[ "$("$backissue" search --archive new.db --count 今日迎客)" -gt 0 ] || fail "not to be searched"
expect_nothing_left .
[ "$(query 'SELECT seq FROM sqlite_sequence WHERE name = "article"')" = \
    "$(sqlite3 new.db 'SELECT seq FROM sqlite_sequence WHERE name = "article"')" ] || fail "ids would be given again"
# The next run has nothing to do.
steps >/dev/null
expect_exit 3 "$backissue" run scans --archive new.db --work work --programs programs
expect_steps ""

# ---- without the archive: the same content
expect_exit 0 "$backissue" rebuild --fresh --archive lost.db --work work --programs programs fresh.db
"$backissue" dump --archive fresh.db | grep -v '"is":"problem"' >fresh.txt
"$backissue" dump --archive archive.db | grep -v '"is":"problem"' >old.txt
cmp old.txt fresh.txt || fail "the fresh archive says something else"
[ "$(sqlite3 fresh.db 'SELECT count(closed) FROM archive_problem')" -eq 0 ] || fail "a settled problem out of nothing"

# ---- where the archive was damaged, the work folder wins, and what it said is kept
cp archive.db damaged.db
rm -f damaged.db-*
sqlite3 damaged.db ".load $BIN/../lib/backissue/backissue_fts" \
    "UPDATE article SET headline = '乱码' WHERE article_id = (SELECT min(article_id) FROM article)" 2>/dev/null &&
    {
        expect_exit 0 "$backissue" rebuild --archive damaged.db --work work --programs programs mended.db
        grep -q '; 1 article reads otherwise' out.txt || { cat out.txt; fail "what differs is not told"; }
        "$backissue" dump --archive mended.db | cmp - <("$backissue" dump --archive archive.db) || fail "not mended"
        [ "$(sqlite3 mended.db "SELECT count(*) FROM archive_version WHERE headline = '乱码'")" -eq 1 ] ||
            fail "what it said is not kept"
    }

# ---- what cannot be, and then there is nothing
expect_exit 3 rebuild new.db
expect_message 'new.db: is there already'
expect_exit 2 "$backissue" rebuild
expect_exit 3 rebuild --work nowhere none.db
expect_message 'nowhere: cannot be read'
expect_exit 3 "$backissue" rebuild --archive lost.db --work work --programs programs none.db
expect_message 'lost.db: there is no such archive; --fresh'
mv work/paper/2025-07-04 away
expect_exit 3 rebuild none.db
expect_message 'work: lacks paper 2025-07-04'
mv away work/paper/2025-07-04
cp work/paper/2025-07-11/articles.json kept
sed -i 's/迎客/送客/' work/paper/2025-07-11/articles.json
expect_exit 3 rebuild none.db
expect_message '2025-07-11/articles.json: has changed since'
cp kept work/paper/2025-07-11/articles.json
mv work/paper/2025-07-11/0001/4-corrected.page.xml kept
expect_exit 3 rebuild none.db
expect_message '2025-07-11/0001: has no longer the page'
mv kept work/paper/2025-07-11/0001/4-corrected.page.xml
echo full >faults/load
expect_exit 1 rebuild none.db
expect_message 'cannot be loaded: load: No space left on device'
rm faults/load
gzip -dc "$SOURCE/tests/data/archive/schema-1.db.gz" | head -c 70000 >cut.db
expect_exit 4 "$backissue" rebuild --archive cut.db --work work --programs programs none.db
expect_message 'cut.db: is damaged.*--fresh'
[ -z "$(ls -A | grep -v '\.txt$' | grep none)" ] || fail "something is left of an archive that could not be made"
expect_nothing_left .

expect_exit 0 "$backissue" rebuild --help
grep -q 'backissue rebuild' out.txt || fail "help"
