#!/bin/bash
# backissue backup: whole or not at all, also while issues are loaded, and over nothing but an earlier backup.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/small_issue.sh"

backissue=$BIN/backissue
state() { "$backissue" dump --history --archive "$1" | sha256sum; }
sum() { sha256sum <"$1"; }
with_fault() {
    env LD_PRELOAD="$TEST_BIN/faults.so" ASAN_OPTIONS=verify_asan_link_order=0 "$@"
}

small_issue a 2025-07-04
small_issue b 2025-07-11
load_small a archive.db || fail "load"

# ---- a backup is the archive, as one file
expect_exit 0 "$backissue" backup --archive archive.db saved.db
grep -q '^saved.db: 1 issue, 2 articles, ' out.txt || { cat out.txt; fail "what was saved is not told"; }
[ "$(state saved.db)" = "$(state archive.db)" ] || fail "the backup is not the archive"
expect_exit 0 "$backissue" verify --archive saved.db
rm saved.db-* 2>/dev/null
mkdir media
cp saved.db media/
chmod 400 media/saved.db
chmod 500 media
expect_exit 0 "$backissue" search --archive media/saved.db 菜场
chmod 700 media

# ---- an earlier backup is replaced, and nothing else
load_small b archive.db || fail "load"
expect_exit 0 "$backissue" backup --archive archive.db saved.db
[ "$(state saved.db)" = "$(state archive.db)" ] || fail "the earlier backup was not replaced"
echo "my diary" >diary.txt
before=$(sum diary.txt)
expect_exit 3 "$backissue" backup --archive archive.db diary.txt
expect_message 'diary.txt: is not a SQLite database'
[ "$(sum diary.txt)" = "$before" ] || fail "a stranger's file was changed"
sqlite3 notes.db 'CREATE TABLE notes (text)'
expect_exit 3 "$backissue" backup --archive archive.db notes.db
expect_message "notes.db: is another program's"
expect_exit 3 "$backissue" backup --archive archive.db archive.db
expect_message 'archive.db: is the archive itself'
ln archive.db link.db
expect_exit 3 "$backissue" backup --archive archive.db link.db
expect_message 'link.db: is the archive itself'
rm link.db
small_issue c 2025-07-18
load_small c another.db || fail "load"
expect_exit 3 "$backissue" backup --archive archive.db another.db
expect_message 'another.db: holds issues that .* does not hold'
[ "$("$backissue" list --archive another.db | wc -l)" -eq 1 ] || fail "another archive was changed"
sleep 1 # times of loading count in seconds
cp archive.db newer.db
load_small a newer.db || fail "load"
expect_exit 3 "$backissue" backup --archive archive.db newer.db
expect_message 'newer.db: .* of another load'
expect_exit 4 "$backissue" backup --archive archive.db nowhere/saved.db
expect_message 'nowhere/saved.db'
expect_exit 3 "$backissue" backup --archive archive.db media
expect_message 'media: is not a regular file'
: >alone.db-wal
expect_exit 3 "$backissue" backup --archive archive.db alone.db
expect_message 'alone.db-wal: is in the way'
expect_exit 3 "$backissue" backup --archive missing.db alone2.db
expect_exit 2 "$backissue" backup --archive archive.db
expect_nothing_left .

# ---- a backup in use is no place for another
mkfifo hold
sqlite3 saved.db 'PRAGMA journal_mode = WAL; BEGIN; SELECT count(*) FROM archive_issue;' '.read hold' >/dev/null &
child=$!
exec 9>hold # the shell is in its transaction once it reads from the pipe
for _ in $(seq 100); do
    [ -e saved.db-wal ] && break
    sleep 0.05
done
expect_exit 3 "$backissue" backup --archive archive.db saved.db
expect_message 'saved.db: is in use'
exec 9>&-
wait $child
expect_exit 0 "$backissue" backup --archive archive.db saved.db

# ---- damage is not handed on
"$backissue" verify --archive archive.db >/dev/null
cp archive.db cut.db
printf '\377\377\377\377\377\377\377\377' | dd of=cut.db bs=1 seek=$((4096 * 20 + 3)) conv=notrunc 2>/dev/null
before=$(sum saved.db)
got=0
"$backissue" backup --archive cut.db saved.db >out.txt 2>err.txt || got=$?
[ $got -eq 3 ] || [ $got -eq 4 ] || fail "exit $got for a damaged archive"
expect_message 'saved.db: the backup cannot be made: '
[ "$(sum saved.db)" = "$before" ] || fail "a damaged archive replaced its backup"
expect_nothing_left .

# ---- killed or out of disk at any call: the earlier backup or the new one
load_small c archive.db || fail "load"
new=$(state archive.db)
old=$(state saved.db)
cp saved.db kept.db
with_fault FAULT_COUNT=calls.txt "$backissue" backup --archive archive.db saved.db >/dev/null || fail "backup"
calls=$(cat calls.txt)
[ "$calls" -gt 20 ] || fail "only $calls calls"
for kind in KILL FULL; do
    for at in 1 2 3 $((calls / 3)) $((calls / 2)) $((calls - 4)) $((calls - 2)) $((calls - 1)) "$calls"; do
        cp kept.db saved.db
        rm -f saved.db-* .saved.db*
        got=0
        with_fault FAULT_$kind=$at "$backissue" backup --archive archive.db saved.db >out.txt 2>err.txt || got=$?
        if [ $kind = FULL ] && [ $got -ne 0 ]; then
            grep -q 'the disk is full\|No space left' err.txt || { cat err.txt; fail "a full disk is not told"; }
            expect_nothing_left .
        fi
        case $(state saved.db) in
        "$old") [ $got -ne 0 ] || fail "no backup, and nothing said" ;;
        "$new") ;;
        *) fail "half a backup after $kind at call $at of $calls" ;;
        esac
        expect_exit 0 "$backissue" verify --no-files --archive saved.db
    done
done
rm -f .saved.db*

# ---- while an issue is loaded: the archive of before or after, and the load is not kept waiting
before=$(state archive.db)
large_issue large 2026-01-01 300
load_large large archive.db &
child=$!
made=0
while kill -0 $child 2>/dev/null; do
    rm -f busy.db
    "$backissue" backup --archive archive.db busy.db >/dev/null || fail "a backup beside a load"
    made=$((made + 1))
    count=$("$backissue" list --archive busy.db 2026-01-01 2>/dev/null | wc -l)
    [ "$count" -eq 0 ] || [ "$count" -eq 300 ] || fail "a backup of half an issue"
    [ "$count" -eq 300 ] || [ "$(state busy.db)" = "$before" ] || fail "a backup of half an issue"
done
wait $child || fail "the load beside a backup"
[ $made -gt 0 ] || fail "no backup was made beside the load"

expect_exit 0 "$backissue" backup --help
grep -q 'backissue backup' out.txt || fail "help"
