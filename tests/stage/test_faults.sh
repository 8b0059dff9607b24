#!/bin/bash
# The fault table of pipeline/FAULTS.md: whatever happens to a run, nothing is lost and nothing is half, and the next run
# makes what a run from nothing makes. KILLS=500 tries as many kills as the table says; OCR=real reads the pages, too.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/driver.sh"

seed=${SEED:-1}
RANDOM=$seed
kills=${KILLS:-30}
grep -q __asan_init "$backissue" && kills=10
trap 'code=$?; [ $code -eq 0 ] || echo "SEED=$seed" >&2; for pid in $(jobs -p); do kill "$pid" 2>/dev/null; done' EXIT

make_programs scripts
mkdir programs
for stage in intake deskew segment ocr stitch load; do
    ln -s "$BIN/backissue-$stage" programs/
done
if [ "${OCR:-}" != real ]; then
    rm programs/backissue-ocr
    cp scripts/backissue-ocr programs/
fi
make_issue scans/paper/2025-07-04 p1.tif p2.tif
everyone="backissue backissue-intake backissue-deskew backissue-segment backissue-ocr backissue-stitch backissue-load"

run() { # [NAME=VALUE...] -- OPTION...: a run under these faults
    under=()
    while [ "$1" != -- ]; do
        under+=("$1")
        shift
    done
    shift
    ${exec:-} env LD_PRELOAD="$TEST_BIN/faults.so" ASAN_OPTIONS=verify_asan_link_order=0 "${under[@]}" \
        "$backissue" run scans --archive archive.db --programs "${programs:-programs}" --jobs 2 "$@"
}
# state: all that a run makes, without when and how long.
state() {
    "$backissue" dump --archive archive.db || fail "dump"
    find work -type f ! -name '*.log' ! -name '*.run.json' ! -name '*.jsonl' ! -name hashes.txt ! -name .lock -print0 |
        sort -z | xargs -0 sha256sum
}
expect_as_new() { # the next run completes, and its result is that of a run from nothing
    expect_exit 0 run -- --retry
    state >state.txt
    cmp -s state.txt new.txt || { diff state.txt new.txt | cut -c1-300; fail "not as a run from nothing after $what"; }
    expect_nothing_left .
    expect_exit 0 run -- --explain
    ! grep -q ' runs' out.txt || { cat out.txt; fail "something to do after $what and a run"; }
}
expect_whole() { # what is there under its final name is whole
    if [ -s archive.db ]; then
        "$backissue" verify --no-files --archive archive.db >out.txt || { cat out.txt; fail "the archive after $what"; }
    fi
    for file in $(find work -name '*.xml' 2>/dev/null); do
        xmllint --noout "$file" || fail "$file is half after $what"
    done
}
clear() {
    rm -rf work archive.db* faults/*
}
between() { # FROM TO: a random number
    echo $(($1 + (RANDOM * 32768 + RANDOM) % ($2 - $1 + 1)))
}

begin=$(date +%s%N)
expect_exit 0 run --
took=$((($(date +%s%N) - begin) / 1000)) # microseconds
state >new.txt
[ "$(grep -c '  work.*2-deskew.tif$' new.txt)" -eq 2 ] || fail "no images"

# --- every program killed, at calls that change files and at any moment
declare -A killed
for ((i = 0; i < kills; i++)); do
    clear
    set -- $everyone
    shift $((i % $#))
    if [ $((i / 7 % 2)) -eq 0 ]; then how="FAULT_KILL=$(between 1 8)"; else how="FAULT_KILL_AFTER=$(between 1000 $((took / 4)))"; fi
    [ "$1" != backissue ] || how="FAULT_KILL=$(between 1 60)"
    what="$how of $1"
    run FAULT_PROGRAM="$1" "$how" -- >killed.txt 2>&1
    got=$?
    [ $got -eq 0 ] || killed[$1]=$((${killed[$1]:-0} + 1))
    case $got in
    0 | 3 | 137) ;;
    *) cat killed.txt; fail "exit $got after $what" ;;
    esac
    expect_whole
    expect_as_new
done
counts= all=0
for program in $everyone; do
    counts="$counts $program ${killed[$program]:-0}"
    all=$((all + ${killed[$program]:-0}))
done
echo "killed:$counts"
# A kill may come after the last call of its program, or its end.
[ $((3 * all)) -ge "$kills" ] || fail "only $all of $kills kills came in time"

# --- Ctrl-C and SIGTERM at any moment
for ((i = 0; i < kills / 3; i++)); do
    clear
    set -- INT TERM HUP
    shift $((i % 3))
    what="SIG$1"
    set -m
    exec=exec run -- >stopped.txt 2>&1 & # in place of the shell, so that $! is the run
    set +m
    sleep "$(printf '0.%06d' "$(between 1000 $((took < 900000 ? took : 900000)))")"
    kill -"$1" $! 2>/dev/null
    wait $!
    got=$?
    [ $got -eq 0 ] || [ $got -eq $((128 + $(kill -l "$1"))) ] || { cat stopped.txt; fail "exit $got after $what"; }
    expect_nothing_left .
    expect_whole
    expect_as_new
done

# --- the disk is full from a call of any program on
full=0
for program in $everyone; do
    for at in 1 2 3 $(between 4 12) $(between 4 40); do
        clear
        what="a full disk from call $at of $program"
        run FAULT_PROGRAM="$program" FAULT_FULL="$at" -- >full.txt 2>&1
        got=$?
        case $got in
        0) ;;
        1) full=$((full + 1)); grep -Eq 'No space left on device|the disk is full' full.txt || { cat full.txt; fail "$what is not told"; } ;;
        *) cat full.txt; fail "exit $got after $what" ;;
        esac
        expect_whole
        expect_as_new
    done
done
[ $full -ge 6 ] || fail "the disk was full only $full times"
echo "full disks: $full"

# --- nothing can be written
clear
what="a read-only disk"
expect_exit 4 run FAULT_READONLY=1 --
expect_message 'Read-only file system'
expect_as_new

# --- pages that cannot be read or go away, memory, time
programs=scripts
clear
what="a scan that goes away"
echo vanish >faults/deskew.0002
expect_exit 3 run --
grep -q 'page 2 of 2 (p2.tif) failed in 2-deskew: .*p2.tif: ' err.txt || { cat err.txt; fail "$what"; }
expect_exit 0 run --
mv faults/vanished scans/paper/2025-07-04/p2.tif
rm -f faults/*
expect_as_new
what="a scan that cannot be read"
mv scans/paper/2025-07-04/p2.tif kept.tif
ln -s p2.tif scans/paper/2025-07-04/p2.tif
expect_exit 3 run --
grep -q 'p2.tif) failed in 1-intake: ' err.txt || { cat err.txt; fail "$what"; }
rm scans/paper/2025-07-04/p2.tif
mv kept.tif scans/paper/2025-07-04/p2.tif
expect_as_new
for fault in crash hang greedy nothing bad; do
    [ $fault != greedy ] || ! grep -q __asan_init "$backissue" || continue
    for step in deskew.0001 segment.0002 ocr.0001 stitch load intake; do
        [ $fault != nothing ] || [ $step != load ] || continue
        [ $fault != hang ] || [ $step = segment.0002 ] || continue
        clear
        what="$fault of $step"
        echo $fault >faults/$step
        expect_exit 3 run -- --timeout 3 --memory 100
        grep -q " failed in [1-6]-${step%.*}: " err.txt || { cat err.txt; fail "$what is not told"; }
        expect_nothing_left .
        expect_whole
        rm -f faults/*
        expect_as_new
    done
done
programs=programs

# --- the clock goes backwards while a scan is replaced by another of its size
clear
what="a clock that was set back"
expect_exit 0 run FAULT_CLOCK=100000 --
cp scans/paper/2025-07-04/p1.tif kept.tif
head -c -2 kept.tif >scans/paper/2025-07-04/p1.tif
echo X >>scans/paper/2025-07-04/p1.tif
expect_exit 0 run FAULT_CLOCK=-100000 -- --explain
grep -q '1-intake runs: .*p1.tif changed' out.txt || { cat out.txt; fail "$what"; }
cp kept.tif scans/paper/2025-07-04/p1.tif
expect_exit 0 run FAULT_CLOCK=-200000 --
expect_as_new

# --- two runs at once, and a lock that was left by a machine that went down
for _ in 1 2 3 4 5; do
    clear
    what="two runs at once"
    run -- >one.txt 2>&1 &
    run -- >two.txt 2>&1
    two=$?
    wait $!
    one=$?
    case "$one $two" in
    "0 4" | "4 0" | "0 0") ;;
    *) cat one.txt two.txt; fail "exits $one and $two of two runs" ;;
    esac
    expect_as_new
done
clear
what="a lock left over"
mkdir work
echo 1 >archive.db.lock
echo 1 >work/.lock
expect_as_new
