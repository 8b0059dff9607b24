#!/bin/bash
# backissue serve --edit: who may correct; lines and articles corrected, in the archive after the run and after every
# later one; undo, two editors at once, hostile texts, a full disk, a kill in the middle.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/driver.sh"

# Recognition that reads made words, another for each line, with what $faults/reading says behind.
make_programs programs
cat >programs/backissue-ocr <<END
#!/bin/bash
faults='$faults'
END
cat >>programs/backissue-ocr <<'END'
[ "${1:-}" = --version ] && { echo "backissue-ocr (backissue) 0.1.0"; exit; }
for last; do :; done
page=${2%/*}
awk -v seed="${page##*/}" -v other="$(cat "$faults/reading" 2>/dev/null)" 'BEGIN {
    split("天 地 玄 黄 宇 宙 洪 荒 日 月 盈 昃 辰 宿 列 张 寒 来 暑 往 秋 收 冬 藏 闰 余 成 岁 律 吕 调 阳", han, " ")
    seed = seed * 7919 + 17
}
{
    while ((at = index($0, "</TextLine>")) > 0) {
        text = ""
        for (i = 0; i < 14; i++) {
            seed = (seed * 69069 + 1) % 4294967296
            text = text han[1 + int(seed / 65536) % 32]
        }
        printf "%s<TextEquiv conf=\"0.8\"><Unicode>%s%s</Unicode></TextEquiv></TextLine>", substr($0, 1, at - 1), text, other
        $0 = substr($0, at + 11)
    }
    print
}' "$last" >"$2.made" && mv "$2.made" "$2"
END
export BACKISSUE_PROGRAMS=$PWD/programs
make_issue scans/paper/2025-07-04 p1.tif p2.tif
run() {
    "$backissue" run scans --archive archive.db --quiet --jobs 2 "$@"
}
expect_exit 0 run
kept=corrections/paper/2025-07-04

# open_room [OPTION...]: serves, under what $under says.
open_room() {
    : >where.txt
    ${under:-} "$backissue" serve -l 127.0.0.1:0 --edit "$@" archive.db >where.txt 2>>room.txt &
    room=$!
    trap 'kill $room 2>/dev/null' EXIT
    wait_for [ -s where.txt ]
    at=$(sed 's|/[?].*$||; s|/$||' where.txt)
    token=$(sed -n 's|.*token=||p' where.txt)
}
close_room() {
    kill "$room"
    wait "$room" || fail "did not end well"
}
# ask CODE PATH [OPTION...]: with the cookies in $jar; the answer in body.txt, its headers in head.txt.
jar=jar.txt
ask() {
    got=$(curl -s -o body.txt -D head.txt -w '%{http_code}' --path-as-is -b $jar -c $jar "${@:3}" "$at$2")
    [ "$got" = "$1" ] || { cat body.txt; fail "$2: $got, not $1"; }
}
# send CODE PATH [OPTION...]: a form from a page of the room, with its mark.
send() {
    ask "$1" "$2" -H "Origin: $at" --data-urlencode "mark=$mark" "${@:3}"
}
# sign_in NAME
sign_in() {
    ask 303 "/?token=$token"
    ask 200 /edit/name
    mark=$(field mark)
    [ "$mark" ] || fail "no mark"
    send 303 /edit/name --data-urlencode "name=$1"
}
# well_formed: the page in body.txt, with nothing inline and nothing from elsewhere.
well_formed() {
    xmllint --html --noout body.txt 2>errors.txt
    ! grep 'parser error' errors.txt | grep -v 'Tag .* invalid' || fail "not well formed"
    ! grep -Eo '(src|href|action)="[^"]*"' body.txt | grep -Ev '="(/|#|\?)' || fail "asks for something elsewhere"
    ! grep -Eq '<script>|<style|style="| on[a-z]+="' body.txt || fail "something inline"
}
# field NAME: the value of a field of the forms in body.txt, the first of that name.
field() {
    grep -o "<input [^>]*name=\"$1\"[^>]*>" body.txt | head -n 1 | sed -n 's/.* value="\([^"]*\)".*/\1/p'
}
# line_field N: $id, $was and $text of the N-th line of the form in body.txt; $line what is to be sent of it but the text.
line_field() {
    id=$(field "line\.$1")
    was=$(field "was\.$1")
    text=$(field "text\.$1")
    [ "$id" ] && [ "$was" ] || fail "no line $1"
    line=(--data-urlencode "line.$1=$id" --data-urlencode "was.$1=$was")
}
query() { sqlite3 -readonly archive.db "$1"; }
has_text() { # FRAME LINE TEXT
    [ "$(query "SELECT text FROM line JOIN page USING (page_id) WHERE frame = $1 AND line_id = '$2'")" = "$3" ]
}
run_ended() { ask 200 /edit/history/1 && ! grep -Eq '等待重新编入|正在重新编入|稍后再编入' body.txt; }

# --- who may
expect_exit 2 "$backissue" serve --edit --base-url example.org archive.db
echo short >token.txt
expect_exit 3 "$backissue" serve -l 127.0.0.1:0 --edit --token-file token.txt archive.db
open_room
[ ${#token} -ge 32 ] || fail "no token"
page=$(query "SELECT page_id FROM page WHERE frame = 1")
ask 200 /
! grep -q '<form method="post"' body.txt || fail "a form for readers"
ask 303 "/edit/lines/$page"
grep -qi '^location: /enter' head.txt || fail "not asked for the token"
ask 403 "/?token=wrong"
well_formed
ask 200 /enter
well_formed
ask 403 /enter -d token=$token # from nowhere
ask 403 /enter -d token=$token -H "Origin: http://evil.example"
ask 403 /enter -d token=wrong -H "Origin: $at"
ask 303 /enter -d token=$token -H "Origin: $at"
grep -qi '^set-cookie: session=.*HttpOnly; SameSite=Strict' head.txt || fail "the session's cookie"
ask 421 / -H "Host: evil.example"
ask 421 / -H "Host: 127.0.0.1.evil.example:80"
ask 200 / -H "Host: localhost:1234"
ask 303 "/edit/lines/$page"
grep -qi "^location: /edit/name?to=/edit/lines/$page" head.txt || fail "not asked for the name"
ask 200 "/edit/name?to=//evil.example/"
[ "$(field to)" = /problems ] || fail "leads elsewhere"
sign_in '王小明 <b>'
ask 405 / -H "Origin: $at" -d mark=$mark
ask 405 /article/1 -H "Origin: $at" -d mark=$mark
ask 405 /edit/name -H "Origin: $at" -H 'Content-Type: text/plain' -d mark=$mark
ask 404 /edit/lines/99999
ask 404 /edit/nothing

# --- a line
ask 200 "/edit/lines/$page"
well_formed
grep -q '王小明 &lt;b&gt;' body.txt || fail "the name is not shown as text"
line_field 1
second=$id second_text=$text
second_line=("${line[@]}")
line_field 0
first=$id first_text=$text
first_line=("${line[@]}")
has_text 1 "$first" "$first_text" || fail "the form shows '$first_text'"
change=("${line[@]}" --data-urlencode 'text.0=改过的一行 "<b>&')
ask 403 "/edit/lines/$page" -H "Origin: $at" "${change[@]}"                                   # no mark
ask 403 "/edit/lines/$page" -H "Origin: $at" --data-urlencode "mark=${mark%?}x" "${change[@]}" # a wrong one
ask 403 "/edit/lines/$page" -H "Origin: null" --data-urlencode "mark=$mark" "${change[@]}"
ask 403 "/edit/lines/$page" -H "Origin: ${at}0" --data-urlencode "mark=$mark" "${change[@]}"
ask 403 "/edit/lines/$page" -H "Origin: $at.evil.example" --data-urlencode "mark=$mark" "${change[@]}"
jar=none.txt
send 403 "/edit/lines/$page" "${change[@]}"
jar=jar.txt
[ ! -e $kept ] || fail "something was kept of what was refused"
send 303 "/edit/lines/$page" "${change[@]}"
xmllint --noout $kept/0001.page.xml || fail "no correction"
wait_for has_text 1 "$first" '改过的一行 "<b>&'
wait_for run_ended
well_formed
grep -q '校对已编入馆藏' body.txt || { cat body.txt; fail "the run's end is not told"; }
grep -q '"who":"王小明 <b>"' $kept/edits.jsonl && grep -q "\"before\":\"$first_text\"" $kept/edits.jsonl || fail "who, and from what"
has_text 1 "$second" "$second_text" || fail "another line changed"
[ "$(query "SELECT count(*) FROM run WHERE stage = '4-correction'")" -ge 1 ] || fail "not a person's run"
ask 200 "/edit/lines/$page"
grep -q '改过的一行 &quot;&lt;b&gt;&amp;' body.txt || fail "not shown"
article=$(query "SELECT article_id FROM line WHERE page_id = $page AND line_id = '$first'")
ask 200 "/edit/lines/$page?article=$article"
[ "$(field 'line\.0')" = "$first" ] || fail "the lines of an article"

# --- it survives a rerun, and a run from nothing
expect_exit 0 "$backissue" rerun scans/paper/2025-07-04 --archive archive.db --quiet
has_text 1 "$first" '改过的一行 "<b>&' || fail "lost by a rerun"
expect_exit 0 "$backissue" rerun scans/paper/2025-07-04 --archive archive.db --quiet --page 1
has_text 1 "$first" '改过的一行 "<b>&' || fail "lost by a rerun of its page"
rm -rf work archive.db*
expect_exit 0 run
has_text 1 "$first" '改过的一行 "<b>&' || fail "lost by a run from nothing"

# --- two editors: the second sees what the first has written, and nothing is overwritten unseen
send 409 "/edit/lines/$page" "${first_line[@]}" --data-urlencode 'text.0=又一种' "${second_line[@]}" --data-urlencode 'text.1=第二行'
well_formed
grep -q '又一种' body.txt && grep -q '改过的一行' body.txt || fail "not both side by side"
wait_for has_text 1 "$second" 第二行
has_text 1 "$first" '改过的一行 "<b>&' || fail "overwritten"
ask 409 "/edit/lines/$page" -H "Origin: $at" --data-urlencode "mark=$mark" "${first_line[@]}" --data-urlencode 'text.0=又一种'
line_field 0
send 303 "/edit/lines/$page" "${line[@]}" --data-urlencode "text.0=$text"
wait_for has_text 1 "$first" 又一种

# --- undo, and undoing that
wait_for run_ended
number=$(grep -n '"after":"又一种"' $kept/edits.jsonl | cut -d: -f1)
send 303 /edit/history/1 -d number=$number
wait_for has_text 1 "$first" '改过的一行 "<b>&'
wait_for run_ended
grep -q '已撤销' body.txt || fail "not shown as undone"
send 303 /edit/history/1 -d number=$(wc -l <$kept/edits.jsonl)
wait_for has_text 1 "$first" 又一种
wait_for run_ended
send 409 /edit/history/1 -d number=1 # it says something else now
send 409 /edit/history/1 -d number=999
send 409 /edit/history/1 -d number=x

# --- hostile texts
ask 200 "/edit/lines/$page"
line_field 2
third=$id
lines=$(wc -l <$kept/edits.jsonl)
send 400 "/edit/lines/$page" "${line[@]}" --data-urlencode "text.2=$(printf '字%.0s' $(seq 2000))"
well_formed
printf 'x%.0s' $(seq 70000) >large.txt
send 413 "/edit/lines/$page" "${line[@]}" --data-urlencode text.2@large.txt
send 413 "/edit/lines/$page" $(for i in $(seq 500); do echo "-d x$i=1"; done)
[ "$(wc -l <$kept/edits.jsonl)" -eq "$lines" ] || fail "something was kept of what was refused"
send 303 "/edit/lines/$page" "${line[@]}" \
    -d 'text.2=%20%3Cscript%3Ealert(1)%3C%2Fscript%3E%01%1b%E2%80%AE%E2%81%A6%EF%BB%BF%22%27%0D%0A%5D%5D%3E%20'
wait_for has_text 1 "$third" "<script>alert(1)</script>\"' ]]>"
wait_for run_ended
well_formed
ask 200 "/edit/lines/$page"
well_formed
ask 200 "/page/$page"
well_formed
close_room
trap - EXIT
echo passed
