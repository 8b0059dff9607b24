#!/bin/sh
# An issue with every kind of bad file among good ones: each fault is named, the good pages are archived.
. "$SOURCE/tests/stage/lib.sh"

issue=scans/paper/2025-07-04
mkdir -p $issue
good="$SOURCE/scans/linjiang/2025-07-04"
cp "$good/p01.tif" $issue/p01.tif
: >$issue/p02.tif
head -c 100000 "$good/p02.tif" >$issue/p03.tif
head -c 500000 "$SOURCE/scans/linjiang/2025-06-20/p04.jpg" >$issue/p04.jpg
echo "no image at all" >$issue/p05.tif
# A header that promises 60,000 x 60,000 pixels: little-endian TIFF, one directory with width, height and one strip.
printf 'II*\0\010\0\0\0\005\0\0\001\003\0\001\0\0\0\140\352\0\0\001\001\003\0\001\0\0\0\140\352\0\0\021\001\004\0\001\0\0\0\010\0\0\0\026\001\003\0\001\0\0\0\140\352\0\0\027\001\004\0\001\0\0\0\010\0\0\0\0\0\0\0' >$issue/p06.tif
cp "$good/p04.tif" $issue/p07.jpg # the name lies, the contents are read
echo "notes of the scanner" >$issue/readme.txt

expect_exit 3 "$BIN/backissue" run scans --archive archive.db
for name in p02.tif p03.tif p04.jpg p05.tif p06.tif; do
    grep -q "$name" err.txt out.txt || { cat err.txt; fail "nothing was said of $name"; }
done
[ "$(sqlite3 archive.db "SELECT count(*) FROM archive_page WHERE status = 'ok'")" -eq 2 ] || fail "the good pages are not in"
[ "$(sqlite3 archive.db 'SELECT count(*) FROM archive_article')" -gt 5 ] || fail "no articles"
[ "$(sqlite3 archive.db "SELECT count(*) FROM archive_problem WHERE kind = 'unreadable-page'")" -ge 5 ] ||
    { sqlite3 archive.db 'SELECT * FROM archive_problem'; fail "bad pages are not among the problems"; }
expect_nothing_left .

# A mended page is read by the next run, and only that.
cp "$good/p02.tif" $issue/p02.tif
expect_exit 3 "$BIN/backissue" run scans --archive archive.db --explain
[ "$(sqlite3 archive.db "SELECT count(*) FROM archive_page WHERE status = 'ok'")" -eq 3 ] || fail "the mended page is not in"

# Folders without images, and no folder at all.
mkdir empty
expect_exit 3 "$BIN/backissue" run empty --archive other.db
expect_exit 3 "$BIN/backissue" run nowhere --archive other.db

# An archive that is none is left as it is.
echo "my diary" >diary.db
cp diary.db copy.db
got=0
"$BIN/backissue" run scans --archive diary.db --work work >out.txt 2>err.txt || got=$?
[ "$got" -ne 0 ] || fail "a file that is no archive was accepted"
grep -q diary.db err.txt || { cat err.txt; fail "the file is not named"; }
cmp diary.db copy.db || fail "a file that is no archive was changed"

# A model that is missing stops everything, and is named.
mkdir no-models
expect_exit 4 "$BIN/backissue" run scans --archive third.db --tessdata no-models
grep -q no-models err.txt || { cat err.txt; fail "the missing model is not named"; }
