#!/bin/bash
# Nothing is lost whatever happens: loads and migrations that are killed or run out of disk at any call that changes a
# file, readers beside them, and the same content whatever the order.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/small_issue.sh"

backissue=$BIN/backissue
seed=${SEED:-1}
RANDOM=$seed
kills=200 mutations=80
if grep -q __asan_init "$backissue"; then # ten times slower, and there for other faults
    kills=20 mutations=20
fi
trap 'code=$?; [ $code -eq 0 ] || echo "SEED=$seed" >&2' EXIT

# with_fault NAME=VALUE... COMMAND...: the command under the faults of tests/faults/faults.c.
with_fault() {
    env LD_PRELOAD="$TEST_BIN/faults.so" ASAN_OPTIONS=verify_asan_link_order=0 "$@"
}
load_issue() { # DIR ARCHIVE: the command that loads it, as words
    echo "$BIN/backissue-load" -o "$2" "$1/issue.json" "$1/articles.json" "$1"/*/4-ocr.page.xml
}
# state ARCHIVE: what it holds, as one word.
state() {
    "$backissue" dump --archive "$1" | sha256sum | cut -c1-64
}
# calls COMMAND...: how many calls of the command change files.
calls() {
    with_fault FAULT_COUNT=calls.txt "$@" >/dev/null || fail "$*"
    cat calls.txt
}
expect_whole() { # ARCHIVE BEFORE AFTER: verify is clean, and it holds the one or the other
    with_fault "$backissue" verify --no-files --archive "$1" >out.txt 2>&1 || { cat out.txt; fail "verify after $what"; }
    now=$(state "$1")
    [ "$now" = "$2" ] || [ "$now" = "$3" ] || fail "half an issue after $what"
}

# ---- an issue is loaded again with other text, and killed: the old text or the new, and the next load completes it
small_issue a 2025-07-04
small_issue b 2025-07-11
large_issue large 2026-01-01 12
for issue in a b large; do
    expect_exit 0 $(load_issue $issue archive.db)
done
"$backissue" verify --no-files --archive archive.db >/dev/null # leaves no write-ahead log
sed -i 's/天/地/; s/第7篇/第七篇/' large/articles.json
before=$(state archive.db)
cp archive.db new.db
count=$(calls $(load_issue large new.db))
after=$(state new.db)
[ "$before" != "$after" ] || fail "the load changes nothing"
[ "$count" -gt 50 ] || fail "only $count calls"
olds=0
for _ in $(seq $kills); do
    at=$((1 + (RANDOM * 32768 + RANDOM) % count))
    what="kill at call $at of $count"
    rm -f new.db*
    cp archive.db new.db
    with_fault FAULT_KILL=$at $(load_issue large new.db) >out.txt 2>&1
    [ $? -eq 137 ] || fail "no $what"
    expect_whole new.db "$before" "$after"
    [ "$now" = "$after" ] || olds=$((olds + 1))
    with_fault $(load_issue large new.db) || fail "the next load after $what"
    [ "$(state new.db)" = "$after" ] || fail "the next load did not complete the issue after $what"
done
[ $olds -gt 0 ] && [ $olds -lt $kills ] || fail "$olds of $kills kills before the commit"

# ---- killed while the archive is made: an archive or nothing
count=$(calls $(load_issue a made.db))
after=$(state made.db)
none=0
for at in 1 2 3 4 5 6 7 8 $((1 + RANDOM % count)) $((1 + RANDOM % count)) $((1 + RANDOM % count)) "$count"; do
    what="kill at call $at of $count of the first load"
    rm -f made.db* .made.db*
    with_fault FAULT_KILL="$at" $(load_issue a made.db) >out.txt 2>&1
    [ $? -eq 137 ] || fail "no $what"
    if [ -e made.db ]; then
        expect_whole made.db "$(state made.db)" "$after"
    else
        none=$((none + 1))
    fi
    with_fault $(load_issue a made.db) || fail "the next load after $what"
    [ "$(state made.db)" = "$after" ] || fail "the next load did not complete the archive after $what"
done
[ $none -gt 0 ] || fail "an archive was there before it was made"

# ---- the disk is full from a moment on: a message, the archive as it was, and the next load completes it
cp archive.db new.db
count=$(calls $(load_issue large new.db))
after=$(state new.db)
full=0
for _ in $(seq 20); do
    at=$((1 + RANDOM % count))
    what="a full disk from call $at of $count"
    rm -f new.db*
    cp archive.db new.db
    got=0
    with_fault FAULT_FULL=$at $(load_issue large new.db) >out.txt 2>err.txt || got=$?
    if [ $got -ne 0 ]; then
        full=$((full + 1))
        [ $got -eq 1 ] || { cat err.txt; fail "exit $got, not 1, after $what"; }
        expect_message 'new.db: the disk is full'
        expect_whole new.db "$before" "$before"
    else # only the checkpoint after the commit found no room
        expect_whole new.db "$after" "$after"
    fi
    with_fault $(load_issue large new.db) || fail "the next load after $what"
    [ "$(state new.db)" = "$after" ] || fail "the next load did not complete the issue after $what"
done
[ $full -gt 0 ] || fail "the disk was never full"
rm -f new.db*
cp archive.db new.db
expect_exit 1 with_fault FAULT_FULL=1 $(load_issue large new.db)

# ---- an archive of schema 1: a migration that is killed or out of disk, and loading into it
gzip -dc "$SOURCE/tests/data/archive/schema-1.db.gz" >kept.db
cp kept.db old.db
expect_exit 0 "$backissue" show --archive old.db 1 --history
grep -q '老菜场今日开门迎客' out.txt || fail "no article of schema 1"
grep -q '老菜场开门迎客' out.txt || fail "no earlier version of schema 1"
after=$(state old.db)
[ "$(sqlite3 kept.db 'PRAGMA user_version')" -eq 1 ] || fail "the kept archive is not of schema 1"
cp kept.db old.db
count=$(calls "$backissue" list --archive old.db)
[ "$count" -gt 20 ] || fail "only $count calls"
for kind in KILL FULL; do
    for _ in $(seq 15); do
        at=$((1 + RANDOM % count))
        what="$kind at call $at of $count of a migration"
        rm -f old.db*
        cp kept.db old.db
        with_fault FAULT_$kind=$at "$backissue" list --archive old.db >out.txt 2>err.txt && [ $kind = KILL ] &&
            fail "no $what"
        case $(sqlite3 old.db 'PRAGMA user_version; PRAGMA integrity_check' | tr '\n' ' ') in
        '1 ok ' | [2-9]' ok ') ;;
        *) fail "the archive after $what" ;;
        esac
        expect_whole old.db "$after" "$after"
    done
done
small_issue a 2025-07-04
expect_exit 0 $(load_issue a old.db)
[ "$(sqlite3 old.db 'SELECT article_id FROM archive_article WHERE issue_id = 1 ORDER BY ordinal' | tr '\n' ' ')" = '1 2 ' ] ||
    fail "ids of a migrated archive"

# ---- the same content in any order, twice, and after one page was read again
small_issue c 2025-07-18
sed -i 's/"total": 1495/"total": 1497/' c/articles.json
for order in 'a b c' 'c b a' 'b c a' 'a a b c c b' 'c a b'; do
    rm -f order.db*
    for issue in $order; do
        expect_exit 0 $(load_issue $issue order.db)
    done
    state order.db >"state-${order// /}"
done
[ "$(cat state-* | sort -u | wc -l)" -eq 1 ] || fail "the order of loading shows"
grep -q issue-gap <("$backissue" dump --archive order.db) || fail "no problem that depends on neighbours"
for file in articles.json 0002/4-ocr.page.xml; do # a page that could not be read, and then could
    sed -i.good 's/招租/拓租/; s/菜场旁旺铺/菜功傍旺铺/; s/"status": "ok", "lines": \[{"line": "l9"/&/' b/$file
done
rm -f order.db*
for issue in a b c; do
    expect_exit 0 $(load_issue $issue order.db)
done
[ "$(state order.db)" != "$(cat state-abc)" ] || fail "another reading does not show"
for file in articles.json 0002/4-ocr.page.xml; do
    mv b/$file.good b/$file
done
expect_exit 0 $(load_issue b order.db)
[ "$(state order.db)" = "$(cat state-abc)" ] || fail "a page read again leaves its traces"
expect_exit 0 "$backissue" dump --history --archive order.db
grep -q '"is":"version".*拓租' out.txt || fail "the earlier reading is not in the history"

# ---- a reader beside a load: never turned away, and sees all of it or nothing
rm -f new.db*
cp archive.db new.db
before=$(state new.db)
large_issue more 2026-01-08 200
$(load_issue more new.db) &
child=$!
seen=$before
while kill -0 $child 2>/dev/null; do
    now=$(state new.db) || fail "a reader was turned away"
    [ "$now" = "$before" ] || [ "$seen" = "$before" ] || [ "$now" = "$seen" ] || fail "a reader saw half an issue"
    seen=$now
done
wait $child || fail "the load beside a reader"
[ "$(state new.db)" != "$before" ] || fail "the issue is not there"
[ "$seen" = "$before" ] || [ "$seen" = "$(state new.db)" ] || fail "a reader saw half an issue"

# ---- on a network file system: done, and told
expect_exit 0 with_fault FAULT_NETWORK=1 $(load_issue a net.db)
expect_message 'net.db: is on a network file system'

# ---- files edited by hand into nonsense: a message and the archive as it was, or they still mean something
rm -f new.db*
for issue in a b; do
    expect_exit 0 $(load_issue $issue new.db)
done
"$backissue" verify --archive new.db >/dev/null
before=$(state new.db)
refused=0
for file in issue.json articles.json 0001/4-ocr.page.xml; do
    cp a/$file good
    for _ in $(seq $mutations); do
        mutation=$RANDOM
        what="$file mutated by $mutation"
        "$TEST_BIN/mutate" good $mutation >a/$file || fail "mutate $mutation"
        cmp -s good a/$file && continue
        cp new.db some.db
        got=0
        with_fault $(load_issue a some.db) >out.txt 2>err.txt || got=$?
        case $got in
        0) expect_whole some.db "$(state some.db)" "$before" ;;
        3)
            refused=$((refused + 1))
            expect_message "^backissue-load: a/"
            expect_whole some.db "$before" "$before"
            ;;
        *) cat err.txt; fail "exit $got: $what" ;;
        esac
        rm -f some.db*
    done
    cp good a/$file
done
[ $refused -gt $mutations ] || fail "only $refused of $((3 * mutations)) were refused"
