#!/bin/bash
# Completion for bash: every verb and every option that --help lists, and what options take.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tools/completion/backissue"
backissue=$BIN/backissue

# complete_words WORD...: what is offered for the last of them, sorted, one a line in offered.txt.
complete_words() {
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    COMPREPLY=()
    _backissue "$backissue" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    printf '%s\n' "${COMPREPLY[@]}" | sort >offered.txt
}
# expect_offered TEXT: exactly these words.
expect_offered() {
    [ "$(tr '\n' ' ' <offered.txt)" = "$1 " ] || { cat offered.txt; fail "not offered: $1"; }
}
offers() {
    grep -qx -e "$1" offered.txt
}

"$backissue" --help >help.txt
complete_words backissue ""
verbs=$(awk '/^  [a-z]/ { print $1 }' help.txt)
[ "$(echo "$verbs" | wc -l)" -ge 14 ] || fail "the help has lost its verbs"
for verb in $verbs; do
    offers "$verb" || fail "verb $verb is not completed"
done
complete_words backissue reru
expect_offered rerun

# The options, taken from the help in another way than the completion takes them.
for verb in $verbs; do
    "$backissue" "$verb" --help >help.txt
    complete_words backissue "$verb" -
    options=$(grep -Eo '^ +(-[a-zA-Z?], )?--[a-z][-a-z]*' help.txt | grep -o -e '--.*'
        grep -Eo '^  -[a-zA-Z?]' help.txt | tr -d ' ')
    [ -n "$options" ] || fail "the help of $verb has no options"
    for option in $options; do
        offers "$option" || { cat offered.txt; fail "$verb $option is not completed"; }
    done
    [ "$(echo "$options" | sort -u | wc -l)" -eq "$(sort -u offered.txt | wc -l)" ] ||
        { cat offered.txt; fail "more is offered for $verb than there is"; }
done
complete_words backissue run --dry
expect_offered --dry-run

# What options take.
mkdir -p folder/below
: >folder.txt
complete_words backissue run --work fold
expect_offered folder
complete_words backissue run --work = fold
expect_offered folder
complete_words backissue run -a fold
expect_offered "folder folder.txt"
complete_words backissue run fold
expect_offered "folder folder.txt"
complete_words backissue rerun --from s
expect_offered "segment stitch"
complete_words backissue rerun --profile =
expect_offered "best fast standard"
complete_words backissue search --from ""
expect_offered "" # a date

# Every setting there is.
complete_words backissue rerun --set ""
sed -n 's/^\.It Sy \[\(deskew\|segment\|ocr\)\] \([a-z]*\) .*/\1.\2=/p' "$SOURCE/tools/backissue.ini.5" | sort >settings.txt
cmp settings.txt offered.txt || { diff settings.txt offered.txt; fail "settings"; }
mkdir -p scans/paper/2025-07-04
cp "$SOURCE/tests/data/article/a.tif" scans/paper/2025-07-04
while read -r setting; do
    expect_exit 0 "$backissue" rerun scans/paper/2025-07-04 --archive archive.db --dry-run --set "$setting"
done <settings.txt
expect_exit 2 "$backissue" rerun scans/paper/2025-07-04 --archive archive.db --dry-run --set deskew.turn=
complete_words backissue export te
expect_offered text
