#!/bin/bash
# backissue run: the log for programs and for people, and the status line of a terminal of any width.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/driver.sh"

make_programs programs
make_issue scans/paper/2025-07-04 p1.tif p2.tif
make_issue "scans/paper/b\"
c" "$(printf 'p\377.tif')"
run() {
    "$backissue" run scans --archive archive.db --programs programs --jobs 1 "$@"
}
# of FILE SQL: of its lines, each an object `line`.
of() {
    sed "s/'/''/g; s/.*/INSERT INTO log VALUES ('&');/" "$1" >log.sql
    { echo 'CREATE TABLE log (line TEXT);'; cat log.sql; echo "$2"; } | sqlite3 :memory:
}
expect_value() { # VALUE FILE SQL
    got=$(of "$2" "$3") || fail "no JSON"
    [ "$got" = "$1" ] || { cat "$2"; fail "'$got', not '$1': $3"; }
}
count="SELECT count(*) FROM log WHERE line ->> 'event' ="

# --- JSON on stderr takes the place of the lines there; the summary stays on stdout
echo bad >faults/segment.0002
expect_exit 2 run --log-format xml
expect_exit 3 run --log-format json
expect_value 0 err.txt "SELECT count(*) FROM log WHERE NOT json_valid(line) OR line ->> 'time' NOT LIKE '20__-__-__T__:__:__.______Z'"
expect_value begin err.txt "SELECT line ->> 'event' FROM log LIMIT 1"
expect_value "end|3|2|1|2" err.txt "SELECT line ->> 'event', line ->> 'exit_code', line ->> 'pages_read', line ->> 'pages_failed',
    line ->> 'issues_loaded' FROM log ORDER BY rowid DESC LIMIT 1"
expect_value 2 err.txt "$count 'issue'"
expect_value 2 err.txt "$count 'page'"
expect_value "paper 2025-07-04|2|p2.tif|3-segment|segment.0002: is bad|0" err.txt "SELECT line ->> 'issue', line ->> 'page',
    line ->> 'scan', line ->> 'stage', line ->> 'message', line ->> 'before' FROM log WHERE line ->> 'event' = 'failure'"
expect_value 14 err.txt "$count 'step'"
expect_value 0 err.txt "SELECT count(*) FROM log WHERE line ->> 'event' = 'step'
    AND (line ->> 'seconds' <= 0 OR line ->> 'peak_memory_bytes' < 1000 OR line ->> 'exit_code' IS NULL)"
grep -q '^2 pages read, 1 failed; 2 issues loaded: ' out.txt || { cat out.txt; fail "summary"; }

# --- in a file, with --quiet too, one run after the other; stderr as ever
rm faults/*
expect_exit 0 run --retry --quiet --log run.json --log-format json
[ ! -s err.txt ] || { cat err.txt; fail "quiet run is not quiet"; }
expect_exit 0 run --log run.json --log-format json --explain
expect_value 2 run.json "$count 'begin'"
expect_value 2 run.json "$count 'end'"
[ "$(of run.json "$count 'explain'")" -eq "$(wc -l <out.txt)" ] || [ "$(of run.json "$count 'explain'")" -gt 10 ] || fail "explain"
expect_exit 0 run --force --log run.log
grep -Eq '^20..-..-..T..:..:..Z paper 2025-07-04: page 1 of 2 read \(' run.log || { cat run.log; fail "text"; }
tail -1 run.log | grep -Eq 'Z ended with 0: 3 pages read, 0 failed, 2 issues loaded, 0 failed; ' || { cat run.log; fail "end"; }
expect_exit 4 run --log nowhere/run.log
expect_message 'nowhere/run.log: cannot be written'
if [ -w /dev/full ]; then # a log without room stops nothing
    expect_exit 0 run --force --log /dev/full
fi
echo lack >faults/ocr.0001
expect_exit 4 run --force --log lack.json --log-format json
expect_value "4|backissue-ocr: ocr.0001: no such model" lack.json "SELECT line ->> 'exit_code', line ->> 'message' FROM log
    WHERE line ->> 'event' = 'end'"
rm faults/*

# --- a terminal: the status line keeps to its width, and follows when that changes
command -v script >/dev/null || exit 0
# widest FILE FROM: columns of the widest status drawn from that drawing on.
widest() {
    tr '\r' '\n' <"$1" | sed -n 's/^.\[K\(page\|issue\)/\1/p' | sed -n "$2,\$p" | awk '{ if (length > most) most = length } END { print most + 0 }'
}
terminal() { # COLUMNS COMMAND: in a terminal so wide
    script -qec "stty cols $1; $2" terminal.txt >/dev/null </dev/null
}
command="$backissue run scans --archive archive.db --programs programs --jobs 1 --force"
for columns in 12 30 200; do
    terminal $columns "$command"
    wide=$(widest terminal.txt 1)
    [ "$wide" -gt 8 ] && [ "$wide" -lt $columns ] || { cat -v terminal.txt; fail "$wide columns of $columns"; }
done
tr '\r' '\n' <terminal.txt | grep -q 'page 2 of 3, [0-9.]* s left, issue . of 2, 1×' || { cat -v terminal.txt; fail "status"; }
echo hang >faults/ocr.0002
terminal 120 "($command --timeout 4) & sleep 2; stty cols 25; wait" || true
tr '\r' '\n' <terminal.txt | grep -q '^.\[J' || { cat -v terminal.txt; fail "no redrawing when the width changes"; }
after=$(tr '\r' '\n' <terminal.txt | sed -n '/^.\[J/,$p' | sed -n 's/^.\[[KJ]\(page\)/\1/p' | awk '{ if (length > most) most = length } END { print most + 0 }')
[ "$after" -gt 0 ] && [ "$after" -lt 25 ] || { cat -v terminal.txt; fail "$after columns of 25"; }
