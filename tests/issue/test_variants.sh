#!/bin/sh
# A page of the sample as other scanners and hands would have delivered it: turned, skewed, coarser and finer, cut
# tight, with the lid around it, with a resolution that is wrong. Each is to be read as well as the original, set
# upright and straight.
. "$SOURCE/tests/stage/lib.sh"
export OMP_THREAD_LIMIT=1

MAX_LOSS=1 # points of line CER, against the original
MAX_SKEW_ERROR=0.05
failed=

# make_variant NAME CHANGE...: makes it of $scan, sets it upright and segments it.
make_variant() {
    name=$1
    shift
    cp "$scan" variant.tif
    [ $# -eq 0 ] || "$TEST_BIN/issue-variant" "$scan" variant.tif "$@" || fail "$name: cannot be made"
    "$BIN/backissue-deskew" -o 2-deskew.tif variant.tif 2>messages.txt &&
        "$BIN/backissue-segment" -o 3-segment.page.xml 2-deskew.tif 2>>messages.txt ||
        { cat messages.txt; fail "$name: cannot be segmented"; }
}

# read_variant NAME TURNED SKEWED CHANGE...: makes it, reads it, prints its row; found is then
# "CER skew-error orientation-error dpi".
read_variant() {
    name=$1 turned=$2 skewed=$3
    shift 3
    make_variant "$name" "$@"
    "$BIN/backissue-ocr" -o 4-ocr.page.xml 2-deskew.tif 3-segment.page.xml || fail "$name: cannot be read"
    found=$("$TEST_BIN/issue-text" 4-ocr.page.xml "$truth" "$page" --turned "$turned" --skewed "$skewed") ||
        fail "$name: cannot be measured"
    # shellcheck disable=SC2086 # four words
    printf '%-28s %8s %8s %6s %6s\n' "$name" $found
    # To look at: KEEP_VARIANTS=1.
    [ -z "${KEEP_VARIANTS:-}" ] || { mkdir -p "$page/$name" && cp variant.tif 2-deskew.tif ./*.page.xml "$page/$name"; }
}

# holds EXPRESSION: of c, s, o, d, the figures found, and b, the original's CER.
holds() {
    echo "$found" | awk -v b="$original" "{ c = \$1; s = \$2 < 0 ? -\$2 : \$2; o = \$3; d = \$4; exit !($1) }"
}

# expect_variant NAME DPI TURNED SKEWED CHANGE...: as above, and it must not be worse than the original. DPI is what
# the upright page has: what the scan truly has, which may be estimated, or 300 if it is finer than reading needs.
expect_variant() {
    dpi=$2
    variant=$1
    shift 2
    read_variant "$variant" "$@"
    holds "c <= b + $MAX_LOSS" || failed="$failed, $variant: text"
    holds "s <= $MAX_SKEW_ERROR" || failed="$failed, $variant: skew"
    holds "o == 0" || failed="$failed, $variant: orientation"
    holds "d > 0.8 * $dpi && d < 1.25 * $dpi" || failed="$failed, $variant: resolution"
}

# expect_pixels NAME CHANGE...: what differs from the original in its resolution tag only comes out as the original,
# pixel by pixel, with the resolution told from the type.
expect_pixels() {
    make_variant "$@"
    [ "$(pixels)" = "$pixels" ] || failed="$failed, $name: pixels or resolution"
    printf '%-28s     same\n' "$name"
}

# Of the upright page: the pixels, and the resolution.
pixels() {
    "$TEST_BIN/issue-variant" 2-deskew.tif bare.tif bare= && sha256sum <bare.tif
}

start() {
    scan=$SOURCE/scans/linjiang/$1 truth=$SOURCE/tests/data/truth/linjiang-$2.json page=$3
    echo "== $1"
    printf '%-28s %8s %8s %6s %6s\n' variant CER% skew turn dpi
    read_variant original 0 0
    original=${found%% *} pixels=$(pixels)
}

start 2025-07-04/p03.tif 2025-07-04 3
for turn in 90 180 270; do
    expect_variant "turn $turn" 300 $turn 0 turn=$turn
done
for skew in -10 10; do
    expect_variant "skew $skew" 300 0 $skew skew=$skew
done
read_variant "150 dpi (not judged)" 0 0 dpi=150
for dpi in 200 400; do
    expect_variant "$dpi dpi" $dpi 0 0 dpi=$dpi
done
expect_variant "600 dpi" 300 0 0 dpi=600
expect_variant "tight, black" 300 0 0 "tight=$truth:$page" surround=black
for colour in black white; do
    expect_variant "$colour" 300 0 0 surround=$colour
    expect_variant "$colour, turn 90, skew -5" 300 90 -5 surround=$colour skew=-5 turn=90
done
for tag in 0 1 72; do
    expect_pixels "tag $tag" tag=$tag
done
expect_variant "600 dpi, tag 72" 300 0 0 dpi=600 tag=72

start 2025-06-20/p04.jpg 2025-06-20 4
expect_variant "turn 270" 300 270 0 turn=270
expect_variant "skew 10" 300 0 10 skew=10
read_variant "150 dpi (not judged)" 0 0 dpi=150
expect_variant "200 dpi, tag 0" 200 0 0 dpi=200 tag=0
expect_variant "600 dpi, black, skew -10" 300 0 -10 dpi=600 surround=black skew=-10
expect_variant "folded, a third darker" 300 0 0 folds=0.3
expect_variant "folded, more than half" 300 0 0 folds=0.6
expect_variant "ink at a third" 300 0 0 ink=0.3
expect_variant "lit from one corner" 300 0 0 light=0.35
expect_variant "bent into the gutter" 300 0 0 curl=20
expect_variant "bent far into it" 300 0 0 curl=70
# Left bent, it would be read nearly three times as badly as the original.
holds "c <= b + 0.4" || failed="$failed, $variant: not straightened"
expect_variant tight 300 0 0 "tight=$truth:$page"
expect_variant "black, turn 180, skew -10" 300 180 -10 surround=black skew=-10 turn=180
expect_variant "white, skew 3" 300 0 3 surround=white skew=3

[ -z "$failed" ] || fail "worse than the original${failed#,}"
