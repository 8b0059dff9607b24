#!/bin/sh
# backissue-intake as a user runs it.
. "$SOURCE/tests/stage/lib.sh"
intake=$BIN/backissue-intake

# A grey PNG of 1 x 1 pixels.
png() {
    echo iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg== |
        base64 -d
}

expect_exit 0 "$intake" --help
expect_exit 0 "$intake" --version
grep -q '^backissue-intake (backissue) [0-9]' out.txt || fail "version line"
expect_exit 2 "$intake"
expect_exit 2 "$intake" -o issue.json
expect_exit 2 "$intake" folder
expect_exit 2 "$intake" -o issue.json folder folder

# An issue with strange names, one bad file, one double, and things that are none of its business.
issue=paper/2025-06-20
mkdir -p "$issue/folder.tif"
png >"$issue/p10.png"
{ png; echo; } >"$issue/p2 \"two\".png"
{ png; echo 1; } >"$issue/-p1.png"
{ png; echo 2; } >"$issue/p3
line.png"
{ png; echo 3; } >"$issue/$(printf 'p4\377.png')"
cp "$issue/p10.png" "$issue/p11.png"
: >"$issue/p5.tif"
echo text >"$issue/p6.tif"
echo note >"$issue/note.txt"
echo x >"$issue/Thumbs.db"
png >"$issue/.hidden.png"
printf '[title]\npaper = 晨报\n[sections]\n1 = 要闻\n' >paper/title.ini
printf '[title]\npaper = 晨报号外\n' >"$issue/title.ini"
expect_exit 0 "$intake" -o issue.json "$issue"
[ "$(wc -l <err.txt)" -eq 3 ] || { cat err.txt >&2; fail "three warnings wanted"; }
grep -q 'p5.tif: is empty$' err.txt || fail "no warning of the empty file"
grep -q 'p6.tif: is not a TIFF' err.txt || fail "no warning of the text file"
grep -q 'p11.png: is the same file as p10.png$' err.txt || fail "no warning of the double"
grep '"scan"' issue.json >scans.txt
cat >want.txt <<'END'
   "scan": "-p1.png",
   "scan": "p2 \"two\".png",
   "scan": "p3\nline.png",
   "scan": "p4%FF.png",
   "scan": "p5.tif",
   "scan": "p6.tif",
   "scan": "p10.png",
   "scan": "p11.png",
END
diff want.txt scans.txt >&2 || fail "other scans"
grep -q '"problem": "is empty"' issue.json || fail "the empty file's frame has no problem"
grep -q '"title": "paper"' issue.json || fail "title"
grep -q '"date": "2025-06-20"' issue.json || fail "date"
grep -q '"value": "晨报号外"' issue.json || fail "title.ini of the issue"
grep -q '"value": "晨报"' issue.json && fail "title.ini of the issue does not win"
grep -q '"value": "要闻"' issue.json || fail "title.ini of the folder above"
expect_exit 0 "$intake" -o again.json "$issue"
cmp issue.json again.json || fail "not the same twice"

# A link to a scan is a scan; a folder that is no date has none; a name that begins with a dash.
mkdir -p ./-odd
ln -s "../$issue/p10.png" ./-odd/linked.png
expect_exit 0 "$intake" -o odd.json -- -odd
grep -q '"date": null' odd.json || fail "a date out of nothing"
grep -q '"width": 1' odd.json || fail "link not followed"

# Bad input: named, exit 3, and nothing written.
expect_exit 3 "$intake" -o no.json missing
expect_message 'missing: No such file'
expect_exit 3 "$intake" -o no.json "$issue/note.txt"
expect_message 'note.txt: Not a directory'
mkdir empty
expect_exit 3 "$intake" -o no.json empty
expect_message 'empty: no images or PDF in this folder'
mkdir broken
: >broken/p1.tif
expect_exit 3 "$intake" -o no.json broken
expect_message 'broken: none of its 1 images can be read: is empty'
png >broken/p2.png
printf '[title]\npaper = a\nwhat\n' >broken/title.ini
expect_exit 3 "$intake" -o no.json broken
expect_message 'broken/title.ini: line 3 '
[ ! -e no.json ] || fail "output in spite of an error"
if [ "$(id -u)" -ne 0 ]; then
    mkdir locked && chmod 0 locked
    expect_exit 3 "$intake" -o no.json locked
    expect_message 'locked: Permission denied'
fi

# Output that cannot be written.
expect_exit 4 "$intake" -o missing/issue.json "$issue"
expect_nothing_left .
