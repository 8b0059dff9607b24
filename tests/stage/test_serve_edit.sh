#!/bin/bash
# backissue serve --edit: who may correct; lines and articles corrected, in the archive after the run and after every
# later one; undo, two editors at once, hostile texts, a full disk, a kill in the middle.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/driver.sh"

make_programs programs
make_reader programs
export BACKISSUE_PROGRAMS=$PWD/programs
make_issue scans/paper/2025-07-04 p1.tif p2.tif
run() {
    "$backissue" run scans --archive archive.db --quiet --jobs 2 "$@"
}
expect_exit 0 run
kept=corrections/paper/2025-07-04

came_up() { [ -s where.txt ] || ! kill -0 "$room" 2>/dev/null; }
# open_room [OPTION...]: serves, under what $under says.
open_room() {
    : >where.txt
    ${under:-} "$backissue" serve -l 127.0.0.1:0 --edit "$@" archive.db >where.txt 2>>room.txt &
    room=$!
    trap 'kill $room 2>/dev/null' EXIT
    wait_for came_up
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

# --- articles: headline, kind
article_on() { query "SELECT article_id FROM article_part JOIN page USING (page_id) WHERE page_number = $1 AND part_order = 0 ORDER BY 1 LIMIT 1"; }
about() { query "SELECT $2 FROM article WHERE article_id = $1"; }
is_about() { [ "$(about "$1" "$2")" = "$3" ]; }
count_is() { [ "$(query "SELECT count(*) FROM article")" -eq "$1" ]; }
# change ARTICLE CODE [FIELD=VALUE...]: sends a form of the article's page, based on what stands there.
change() {
    ask 200 "/edit/article/$1"
    well_formed
    fields=()
    for given in "${@:3}"; do fields+=(--data-urlencode "$given"); done
    based=$(field based)
    send "$2" "/edit/article/$1" -d based=$based "${fields[@]}"
}
before=$(query "SELECT count(*) FROM article")
second_article=$(article_on 2)
first_article=$(article_on 1)
[ "$second_article" ] && [ "$first_article" ] || fail "no articles"
headline=$(about $second_article headline)
change $second_article 303 do=title was.headline="$headline" 'headline=新标题 <i>"' was.byline= byline=苏禾 was.kicker=x kicker=x
wait_for is_about $second_article headline '新标题 <i>"'
is_about $second_article byline 苏禾 || fail "byline"
grep -q '"note": "王小明 <b>, 20' $kept/articles.json || fail "who and when"
! grep -q '"kicker"' $kept/articles.json || fail "a field that was not changed"
change $second_article 303 do=kind kind=notice
wait_for is_about $second_article kind notice
change $second_article 303 do=kind kind=notice # as it is: nothing to write
change $second_article 303 do=kind kind=nonsense
change $second_article 303 do=nonsense
[ "$(grep -c '"do"' $kept/articles.json)" -eq 2 ] || fail "something was written of nothing"

# --- split at a line, taken back, and another joined: two parts of one article
wait_for run_ended
middle=$(query "SELECT line_order FROM line WHERE page_id = $page AND article_id = $first_article AND role = 'body' ORDER BY 1 LIMIT 1 OFFSET 5")
change $first_article 303 do=split line=$page.$middle
wait_for count_is $((before + 1))
wait_for run_ended
send 303 /edit/history/1 -d number=$(wc -l <$kept/edits.jsonl)
wait_for count_is $before
wait_for run_ended
change $first_article 303 do=join with=$second_article
wait_for count_is $((before - 1))
wait_for run_ended
joined=$(query "SELECT article_id FROM article_part WHERE part_order = 1")
[ "$(query "SELECT reason FROM link WHERE source_article_id = $joined" | grep -c '^joined by hand: 王小明')" -eq 1 ] || fail "not said to be joined by hand"

# --- the jump rejected, that taken back, accepted; two editors at once
ask 200 "/edit/article/$joined"
old=$(field based)
change $joined 303 do=jump part=1 answer=reject
wait_for count_is $before
wait_for run_ended
send 303 /edit/history/1 -d number=$(wc -l <$kept/edits.jsonl)
wait_for count_is $((before - 1))
wait_for run_ended
joined=$(query "SELECT article_id FROM article_part WHERE part_order = 1")
cp $kept/articles.json others.json
sed 's/"corrections": \[/"corrections": [ {"do": "kind", "article": {"page": 1, "point": [300, 80]}, "kind": "other"},/' others.json >$kept/articles.json
send 409 "/edit/article/$joined" -d do=jump -d part=1 -d answer=accept -d based=$old
well_formed
grep -q '&quot;kind&quot;: &quot;other&quot;' body.txt && grep -q 'accepted' body.txt || fail "not both side by side"
! grep -q accepted $kept/articles.json || fail "overwritten"
send 303 "/edit/article/$joined" -d do=jump -d part=1 -d answer=accept -d based=$(field based)
grep -q '"note": "王小明 <b>, 20[^"]*: accepted"' $kept/articles.json && grep -q '"other"' $kept/articles.json || fail "not accepted"
wait_for run_ended
count_is $((before - 1)) || fail "an accepted jump is parted"
change $joined 303 do=jump part=7 answer=reject
cp $kept/articles.json good.json
echo '{"format": ' >$kept/articles.json
lines=$(wc -l <$kept/edits.jsonl)
change $joined 507 do=kind kind=ad
well_formed
grep -q 'is not JSON' body.txt || fail "why it was not saved"
[ "$(cat $kept/articles.json)" = '{"format": ' ] && [ "$(wc -l <$kept/edits.jsonl)" -eq "$lines" ] || fail "a broken file was touched"
sed 's/"corrections": \[/"corrections": [ {"do": "kind", "article": {"page": 2, "text": "无人印过的字句"}, "kind": "ad"},/' good.json >$kept/articles.json
rm -rf work archive.db*
expect_exit 0 run
count_is $((before - 1)) || fail "joined parts lost by a run from nothing"

# --- settled problems
ask 200 /problems
well_formed
grep -q 'correction-unapplied' body.txt && grep -q '<a href="/edit/history/1">' body.txt || fail "a correction that does not apply"
problem=$(field id)
[ "$problem" ] || fail "no problem"
send 303 /edit/problem -d id=$problem
[ "$(query "SELECT closed IS NOT NULL FROM problem WHERE problem_id = $problem")" = 1 ] || fail "not settled"
ask 405 /edit/problem -X PUT
send 404 /edit/problem -d id=9999

# --- read again, otherwise: what persons wrote is beside it, to be kept or dropped
again() { # has the page read again, and waits for that
    ask 200 "/edit/lines/$page"
    send 303 "/edit/lines/$page" -d do=reread
    wait_for run_ended
    [ ! -e $kept/0001.page.xml ] || fail "not put aside"
}
again
send 303 /edit/history/1 -d number=$(wc -l <$kept/edits.jsonl) # taken back: as it was
wait_for run_ended
has_text 1 "$first" 又一种 || fail "what was put aside is lost"
again
ask 200 /edit/conflicts
well_formed
[ "$(grep -c 'name="answer" value="keep"' body.txt)" -eq 3 ] || fail "conflicts of a page that is read as before"
send 303 /edit/conflicts -d issue=1 -d answer=clear
wait_for run_ended
has_text 1 "$first" 又一种 || fail "what was clear is not kept"
ask 200 /edit/conflicts
! grep -q 'name="answer"' body.txt || fail "still in doubt"
echo 改 >$faults/reading
rm $kept/0001.page.xml
expect_exit 0 "$backissue" rerun scans/paper/2025-07-04 --archive archive.db --quiet --page 1
ask 200 /edit/conflicts
well_formed
[ "$(grep -c 'name="answer" value="keep"' body.txt)" -eq 3 ] || fail "conflicts"
grep -q '又一种' body.txt && grep -q '&lt;script&gt;' body.txt || fail "what was written"
grep -q "<dd lang=\"zh\">${second_text}改</dd>" body.txt && grep -q "<dd lang=\"zh\">$second_text</dd>" body.txt || fail "what was and is read"
was=$(field was)
send 409 /edit/conflicts -d issue=1 -d number=$(field number) -d was=${was%?}x -d answer=keep
send 303 /edit/conflicts -d issue=1 -d number=$(field number) -d was=$was -d answer=keep
ask 200 /edit/conflicts
[ "$(grep -c 'name="answer" value="keep"' body.txt)" -eq 2 ] || fail "a kept one is still in doubt"
send 303 /edit/conflicts -d issue=1 -d number=$(field number) -d was=$(field was) -d answer=drop
ask 200 /edit/conflicts
[ "$(grep -c 'name="answer" value="keep"' body.txt)" -eq 1 ] || fail "a dropped one is still in doubt"
wait_for run_ended

# --- where the scans are not at hand, a correction waits for whoever runs next; so does one while another run works
mv scans elsewhere
ask 200 "/edit/lines/$page"
line_field 3
send 303 "/edit/lines/$page" "${line[@]}" --data-urlencode text.3=等待
ask 200 "/edit/lines/$page"
grep -q '等下一次运行编入' body.txt || fail "not said to wait"
mv elsewhere scans
expect_exit 0 run
has_text 1 "$id" 等待 || fail "what waited is lost"
exec 7>archive.db.lock
flock 7
line_field 4
send 303 "/edit/lines/$page" "${line[@]}" --data-urlencode text.4=有人在忙
waits() { ask 200 "/edit/lines/$page" && grep -q '稍后再编入' body.txt; }
wait_for waits
exec 7>&-
wait_for has_text 1 "$id" 有人在忙

# --- a run that fails is told of, and what was corrected stays
echo '#!/bin/sh
echo "backissue-stitch: a fault of the test" >&2; exit 1' >faulty
chmod +x faulty
mv programs/backissue-stitch stitch && mv faulty programs/backissue-stitch
line_field 5
send 303 "/edit/lines/$page" "${line[@]}" --data-urlencode text.5=出错
told() { ask 200 "/edit/lines/$page" && grep -q '编入时出错' body.txt && grep -q 'a fault of the test' body.txt; }
wait_for told
mv stitch programs/backissue-stitch

# --- a session does not outlive the process, nor a form
close_room
echo 0123456789abcdefghij >token.txt
open_room --token-file token.txt --editor 馆员
[ -z "$token" ] || fail "a kept token is printed"
token=$(cat token.txt)
send 403 "/edit/lines/$page" "${line[@]}" --data-urlencode text.5=又来
ask 303 "/?token=$token"
ask 303 /edit/name
ask 200 "/edit/lines/$page"
mark=$(field mark)
line_field 5
[ "$text" = 出错 ] || fail "what was corrected before the failed run is '$text'"
send 303 "/edit/lines/$page" "${line[@]}" --data-urlencode text.5=再试
wait_for has_text 1 "$id" 再试
grep -q '"who":"馆员"' $kept/edits.jsonl || fail "who by --editor"
close_room

# --- a full disk and a kill at any moment: nothing is lost of what was said to be saved, nothing is half
export ASAN_OPTIONS=verify_asan_link_order=0
faulty_save() { # NAME=VALUE TEXT: saves line 6 of the page in a room with this fault; its answer in $got, "" if it came not so far
    got=
    under="env LD_PRELOAD=$TEST_BIN/faults.so FAULT_PROGRAM=backissue $1"
    rm -f jar.txt
    open_room --token-file token.txt --editor 馆员
    token=$(cat token.txt)
    : >body.txt
    [ "$at" ] && curl -s -o body.txt -c jar.txt "$at/?token=$token" && curl -s -o body.txt -b jar.txt "$at/edit/lines/$page"
    mark=$(field mark)
    [ "$mark" ] || { kill $room 2>/dev/null; wait $room 2>/dev/null; under=; return; }
    line_field 6
    kept_before=$(cat $kept/0001.page.xml | sha256sum) lines=$(wc -l <$kept/edits.jsonl)
    got=$(curl -s -o body.txt -b jar.txt -w '%{http_code}' -H "Origin: $at" -d "mark=$mark" "${line[@]}" --data-urlencode "text.6=$2" "$at/edit/lines/$page")
    kill $room 2>/dev/null
    wait $room 2>/dev/null
    under=
    xmllint --noout $kept/0001.page.xml || fail "$1: a correction is half"
}
faulty_save FAULT_COUNT=$PWD/count.txt 数数
[ "$got" = 303 ] || fail "without a fault: $got"
calls=$(cat count.txt) # that change files, from the start of the room to its end
for at_call in $(seq $calls); do
    faulty_save FAULT_FULL=$at_call "满$at_call"
    case $got in
    "") ;;
    303) grep -q "满$at_call" $kept/0001.page.xml && grep -q "满$at_call" $kept/edits.jsonl || fail "FAULT_FULL=$at_call: lost" ;;
    507)
        [ "$(cat $kept/0001.page.xml | sha256sum)" = "$kept_before" ] && [ "$(wc -l <$kept/edits.jsonl)" -eq "$lines" ] ||
            fail "FAULT_FULL=$at_call: half"
        grep -q "满$at_call" body.txt || fail "FAULT_FULL=$at_call: what was typed is lost"
        full=1
        ;;
    *) fail "FAULT_FULL=$at_call: $got" ;;
    esac
    expect_nothing_left $kept
done
[ "${full:-}" ] || fail "the disk was never full"
for at_call in $(seq $calls); do
    faulty_save FAULT_KILL=$at_call "杀$at_call"
    case $got in
    "") ;;
    303) grep -q "杀$at_call" $kept/0001.page.xml && grep -q "杀$at_call" $kept/edits.jsonl || fail "FAULT_KILL=$at_call: lost" ;;
    000) killed=1 ;;
    *) fail "FAULT_KILL=$at_call: $got" ;;
    esac
done
[ "${killed:-}" ] || fail "was never killed"
rm -f jar.txt $kept/.*.tmp
open_room --token-file token.txt --editor 馆员
token=$(cat token.txt)
ask 303 "/?token=$token"
ask 200 "/edit/lines/$page"
mark=$(field mark)
line_field 6
send 303 "/edit/lines/$page" "${line[@]}" --data-urlencode text.6=好了
wait_for has_text 1 "$id" 好了
ask 200 /edit/conflicts
close_room
trap - EXIT
echo passed
