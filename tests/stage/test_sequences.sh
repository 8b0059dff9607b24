#!/bin/bash
# Whatever was edited, deleted and done again, in whatever order: work folder and archive are what a run from nothing
# makes, byte for byte and row for row, and the run after does nothing. SEED and ROUNDS for more of them.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/driver.sh"
. "$SOURCE/tests/stage/sequences.sh"

rounds=${ROUNDS:-6}
RANDOM=${SEED:-1}
make_reading_programs
mkdir -p corrections/paper/2025-07-04 corrections/paper/2025-07-11 a
make_issue $title/2025-07-04 p1.tif p2.tif p3.tif
make_issue $title/2025-07-11 p1.tif p2.tif
run_it run scans
keep_pages
: >steps.txt
for round in $(seq "$rounds"); do
    echo "# round $round" >>steps.txt
    for _ in $(seq $((RANDOM % 3 + 1))); do
        for _ in $(seq $((RANDOM % 4 + 1))); do step; done
        do_over
    done
    # An issue that fails as a whole stays in the archive as it was: each has a page that can be read.
    for date in $issues; do
        first=$(scans_of "$date" | head -n 1)
        cp "$SOURCE/tests/data/article/a.tif" "$first"
    done
    # What failed is not tried again by itself.
    run_it run scans --retry
    steps >/dev/null
    run_it run scans
    ran=$(steps)
    [ -z "$ran" ] || { tail -n 40 steps.txt; fail "round $round: the run after the last ran $ran"; }
    rm -rf b
    mkdir b
    "$backissue" run scans --archive b/archive.db --programs programs --jobs 2 >out.txt 2>err.txt
    state a >a.txt
    state b >b.txt
    cmp -s a.txt b.txt || { tail -n 40 steps.txt; diff a.txt b.txt | head -n 40; fail "round $round: not what a run from nothing makes"; }
    expect_exit 0 "$backissue" verify --archive a/archive.db
    keep_pages
    steps >/dev/null
done
echo "$rounds rounds, $(grep -vc '^#' steps.txt) steps"
