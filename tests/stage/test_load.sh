#!/bin/sh
# backissue-load as a user runs it: an issue whole or not at all, whatever happens.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/small_issue.sh"

count() { "$BIN/backissue" search --archive "$1" --count "$2"; }
issues() { "$BIN/backissue" list --archive "$1" 2>/dev/null | wc -l; }
sum() { sha256sum <"$1"; }

# ---- an issue goes in, and in again
small_issue a 2025-07-04
expect_exit 0 load_small a archive.db
[ "$(cat out.txt err.txt)" = "" ] || fail "says something"
[ "$(count archive.db 菜场)" -eq 2 ] || fail "articles not found"
"$BIN/backissue" list --archive archive.db 2025-07-04 >before.txt
[ "$(wc -l <before.txt)" -eq 2 ] || fail "articles not listed"
expect_exit 0 load_small a archive.db
"$BIN/backissue" list --archive archive.db 2025-07-04 >after.txt
cmp before.txt after.txt || fail "loading again changed ids"
[ "$(issues archive.db)" -eq 1 ] || fail "one issue twice"
small_issue b 2025-07-11
expect_exit 0 load_small b archive.db
[ "$(issues archive.db)" -eq 2 ] || fail "second issue missing"
expect_exit 0 "$BIN/backissue" verify --archive archive.db
expect_nothing_left .

# ---- archive, work folder and scans move together
mkdir moved
mv a b archive.db moved/
expect_exit 0 "$BIN/backissue" verify --archive moved/archive.db
mv moved/* .

# ---- executions are recorded
cat >runs.jsonl <<'END'
{"frame":1,"stage":"4-ocr","program_version":"1","parameters":"p","model_sha256":"m","started":"2026-01-01T00:00:00Z","seconds":1.5,"exit_code":0}
{"frame":null,"stage":"5-stitch","program_version":"1","parameters":"","model_sha256":"","started":"2026-01-01T00:00:09Z","seconds":0.1,"exit_code":0}
END
expect_exit 0 load_small a archive.db --runs runs.jsonl
echo 'nonsense' >>runs.jsonl
expect_exit 3 load_small a archive.db --runs runs.jsonl
expect_message 'runs.jsonl: line 3 is no run'

# ---- input that is bad
for file in issue.json articles.json 0001/4-ocr.page.xml; do
    cp "a/$file" kept
    for bad in missing empty cut text; do
        rm "a/$file"
        case $bad in
        missing) ;;
        empty) : >"a/$file" ;;
        cut) head -c 100 kept >"a/$file" ;;
        text) echo hello >"a/$file" ;;
        esac
        expect_exit 3 load_small a archive.db
        expect_message "a/$file"
        cp kept "a/$file"
    done
done
sed 's/"l3"/"l77"/' a/articles.json >kept
cp kept a/articles.json
expect_exit 3 load_small a archive.db
expect_message 'articles.json: names line l77'
small_issue a 2025-07-04
expect_exit 2 "$BIN/backissue-load" a/issue.json a/articles.json
expect_exit 2 "$BIN/backissue-load" -o archive.db a/issue.json
expect_exit 0 "$BIN/backissue" verify --archive archive.db

# ---- a bad first issue makes no archive
expect_exit 3 "$BIN/backissue-load" -o new.db a/issue.json a/issue.json
[ ! -e new.db ] || fail "an archive without an issue"

# ---- files that are no archive of ours stay as they are
printf 'Dear diary, nothing of note.' >diary.txt
before=$(sum diary.txt)
expect_exit 4 load_small a diary.txt
expect_message 'diary.txt: is not a SQLite database'
[ "$(sum diary.txt)" = "$before" ] || fail "a stranger's file was changed"
# The application id is at byte 68, the schema version at byte 60 of a SQLite file.
"$BIN/backissue" verify --archive archive.db >/dev/null # leaves no write-ahead log
cp archive.db other.db
printf '\1\2\3\4' | dd of=other.db bs=1 seek=68 conv=notrunc 2>/dev/null
before=$(sum other.db)
expect_exit 4 load_small a other.db
expect_message "other.db: is another program's SQLite database"
[ "$(sum other.db)" = "$before" ] || fail "a stranger's database was changed"
cp archive.db newer.db
printf '\0\0\0\143' | dd of=newer.db bs=1 seek=60 conv=notrunc 2>/dev/null
expect_exit 4 load_small a newer.db
expect_message 'newer.db: is an archive of schema 99'
expect_exit 4 "$BIN/backissue" search --archive newer.db 菜场
expect_exit 4 load_small a missing/archive.db
expect_message 'missing/archive.db'

# ---- a full disk: files may not grow past a limit, from nearly nothing to nearly enough
large_issue large 2026-01-01 300
cp archive.db full.db
limits=0
for blocks in 1 8 64 200 400 600 900 1200 1600 2000 2600 3200; do
    rm -f full.db-wal full.db-shm
    got=0
    (ulimit -f $blocks && load_large large full.db) >out.txt 2>err.txt || got=$?
    [ $got -eq 0 ] && break
    limits=$((limits + 1))
    [ $got -eq 1 ] || { cat err.txt; fail "exit $got, not 1, with $blocks blocks"; }
    expect_message 'full.db'
    expect_exit 0 "$BIN/backissue" verify --no-files --archive full.db
    [ "$(issues full.db)" -eq 2 ] || fail "half an issue on a full disk"
    (ulimit -f $blocks && load_large large fresh.db) >out.txt 2>err.txt && fail "fits in $blocks blocks"
    [ ! -e fresh.db ] || expect_exit 0 "$BIN/backissue" verify --no-files --archive fresh.db
    rm -f fresh.db*
    expect_nothing_left .
done
[ $limits -ge 5 ] || fail "only $limits limits were reached"
expect_exit 0 load_large large full.db
[ "$(issues full.db)" -eq 3 ] || fail "the next load did not complete the issue"

# ---- killed at any moment, the issue is whole or absent, and the next load completes it
started=$(date +%s%N)
expect_exit 0 load_large large timed.db
took=$((($(date +%s%N) - started) / 1000000))
killed=0
for part in 2 5 8 12 17 23 30 38 46 54 62 70 76 82 87 91 94 96 98 99 100 101; do
    rm -f killed.db*
    cp archive.db killed.db
    "$BIN/backissue-load" -o killed.db large/issue.json large/articles.json large/0001/4-ocr.page.xml &
    child=$!
    sleep "$(awk "BEGIN { print $took * $part / 100000 }")"
    kill -9 $child 2>/dev/null && killed=$((killed + 1))
    wait $child 2>/dev/null
    expect_exit 0 "$BIN/backissue" verify --no-files --archive killed.db
    case $("$BIN/backissue" list --archive killed.db 2026-01-01 2>/dev/null | wc -l) in
    0) [ "$(issues killed.db)" -eq 2 ] || fail "an issue without its articles" ;;
    300) ;;
    *) fail "half an issue after kill at $part %" ;;
    esac
    expect_exit 0 load_large large killed.db
    [ "$(issues killed.db)" -eq 3 ] || fail "the load after a kill is not complete"
done
[ $killed -ge 5 ] || fail "only $killed loads were killed in their middle"

# ---- killed while the archive is made, there is an archive or nothing
for part in 1 10 20 40; do
    rm -f made.db* .made.db*
    "$BIN/backissue-load" -o made.db a/issue.json a/articles.json a/0001/4-ocr.page.xml a/0002/4-ocr.page.xml &
    child=$!
    sleep "0.0$part"
    kill -9 $child 2>/dev/null
    wait $child 2>/dev/null
    expect_exit 0 load_small a made.db
    expect_exit 0 "$BIN/backissue" verify --archive made.db
done

# ---- readers are never blocked and never see half an issue
cp archive.db read.db
load_large large read.db &
child=$!
while kill -0 $child 2>/dev/null; do
    found=$(count read.db 篇) || fail "a reader was turned away"
    case $found in
    0 | 300) ;;
    *) fail "a reader saw $found articles" ;;
    esac
done
wait $child || fail "the load beside readers failed"
[ "$(count read.db 篇)" -eq 300 ] || fail "the issue is not there"

# ---- two loads at once wait for each other
rm -f both.db*
load_small a both.db &
child=$!
load_small b both.db || fail "second of two loads"
wait $child || fail "first of two loads"
[ "$(issues both.db)" -eq 2 ] || fail "one of two loads is lost"
expect_exit 0 "$BIN/backissue" verify --archive both.db

for option in --help --version; do
    expect_exit 0 "$BIN/backissue-load" $option
    grep -q backissue-load out.txt || fail "$option"
done
