#!/bin/bash
# backissue serve: every kind of address, hostile texts and requests, and the end of it.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/small_issue.sh"
backissue=$BIN/backissue
small_issue a 2025-07-04
small_issue b 2025-07-11
small_issue c 2025-07-18
small_issue d 2025-08-01
sed -i 's/"headline": "招租"/"headline": "<script>alert(1)<\/script>\\"\x27\\u202e招租"/' a/articles.json
for issue in a b c d; do load_small $issue archive.db || fail "load"; done

expect_exit 0 "$backissue" serve --help
expect_exit 2 "$backissue" serve -l nowhere archive.db
expect_exit 2 "$backissue" serve -l 127.0.0.1:70000 archive.db
expect_exit 2 "$backissue" serve -l example:0 archive.db
expect_exit 3 "$backissue" serve -l 127.0.0.1:0 missing.db
expect_exit 3 "$backissue" serve -l 127.0.0.1:0 a/issue.json

"$backissue" serve -l 127.0.0.1:0 archive.db >where.txt 2>room.txt &
room=$!
trap 'kill $room 2>/dev/null' EXIT
for _ in $(seq 100); do
    [ -s where.txt ] && break
    sleep 0.1
done
at=$(sed 's|/$||' where.txt)
[ "$at" ] || fail "does not listen"

# ask CODE PATH [OPTION...]: the answer in body.txt, its headers in head.txt.
ask() {
    want=$1
    got=$(curl -s -o body.txt -D head.txt -w '%{http_code}' --path-as-is "${@:3}" "$at$2")
    [ "$got" = "$want" ] || { cat body.txt; fail "$2: $got, not $want"; }
}
# ask_page PATH: a whole page of HTML without a mark-up error that asks for nothing elsewhere.
ask_page() {
    ask 200 "$@"
    grep -qi '^content-type: text/html; charset=utf-8' head.txt || fail "$1: type"
    grep -qi "^content-security-policy: default-src 'none'" head.txt || fail "$1: policy"
    xmllint --html --noout body.txt 2>errors.txt
    ! grep 'parser error' errors.txt | grep -v 'Tag .* invalid' || fail "$1: not well formed"
    ! grep -Eo '(src|href|action)="[^"]*"' body.txt | grep -Ev '="(/|#|\?)' || fail "$1: asks for something elsewhere"
    ! grep -Eq '<script>|<style|style="| on[a-z]+="' body.txt || fail "$1: something inline"
}
id() { sqlite3 -readonly archive.db "$1"; }

ask_page /
grep -q '临江新报' body.txt || fail "no papers"
ask_page '/search?q=%E8%8F%9C%E5%9C%BA'
[ "$(grep -c '<mark>菜场</mark>' body.txt)" -ge 4 ] || fail "hits are not marked"
grep -q 'class="clip"' body.txt || fail "no clip of a hit"
ask_page '/search?q=%E8%8F%9C%E5%9C%BA&from=2025-08&kind=article&paper=linjiang&order=date'
[ "$(grep -c '<h2>' body.txt)" -eq 1 ] || fail "filters"
ask_page '/search?q=%E8%8F%9C%E5%9C%BA&page=99'
ask_page '/search'
ask_page '/search?q=-%E8%8F%9C'
ask_page "/search?q=$(printf 'x%.0s' $(seq 3000))"
ask_page /paper/linjiang
grep -q '<td class="issue"><a href="/issue/1">4</a>' body.txt || fail "calendar"
grep -q '<td class="missing">25 ' body.txt || fail "a gap is not shown"
ask 404 /paper/none
ask_page /issue/1
grep -q '↳ <a href="/article/1">' body.txt || fail "a continuation on its page"
ask 404 /issue/77
ask 404 /issue/x
article=$(id "SELECT min(article_id) FROM article WHERE kind = 'article'")
ask_page "/article/$article?q=%E8%8F%9C%E5%9C%BA"
[ "$(grep -c '<figure>' body.txt)" -eq 2 ] || fail "parts of an article"
grep -q '下转第2版' body.txt && grep -q 'the only continuation' body.txt || fail "a jump and its reason"
grep -q '<p lang="zh">老<mark>菜场</mark>改造７个月，</p>' body.txt || fail "body"
sqlite3 archive.db "UPDATE line SET vertical = 1 WHERE article_id = $article" || fail "vertical"
ask_page "/article/$article"
grep -q '<div class="body vertical" tabindex="0">' body.txt || fail "vertical text"
ask 404 /article/999
ask_page '/page/1?q=%E8%8F%9C%E5%9C%BA'
grep -q '<span class="hit" data-box="' body.txt || fail "hits on the page"
grep -q 'class="outline" data-box="100,100,400,300"' body.txt || fail "outlines"
ask 404 /page/99999999999999999999
ask_page /problems
ask 404 /nothing
ask 200 /assets/style.css
ask 404 /assets/../tools.txt
ask 404 /assets/..%2f..%2fetc%2fpasswd

# The language of the browser, and the one chosen, which stays.
ask_page / -H 'Accept-Language: fr, en-GB;q=0.8, zh;q=0.5'
grep -q '<html lang="en">' body.txt || fail "English"
ask_page / -H 'Accept-Language: fr'
grep -q '<html lang="zh-Hans">' body.txt || fail "Chinese"
ask_page '/?lang=en'
grep -qi '^set-cookie: lang=en;' head.txt || fail "choice is not kept"
ask_page / -H 'Cookie: lang=en' -H 'Accept-Language: zh'
grep -q '<html lang="en">' body.txt || fail "chosen English"

# Text of strangers stays text.
ask_page '/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E%00%FF'
ad=$(id "SELECT min(article_id) FROM article WHERE headline LIKE '<script>%'")
ask_page "/article/$ad"
grep -q '&lt;script&gt;alert(1)&lt;/script&gt;' body.txt || fail "a hostile headline"
! grep -q "$(printf '\342\200\256')" body.txt || fail "a mark that turns text round"

# The image is none: told as missing, not as a fault of the reader's.
ask 404 /iiif/1/full/100,/0/default.jpg
ask 200 /iiif/1/info.json
grep -q '"profile":"level1"' body.txt || fail "info.json"
grep -qi '^access-control-allow-origin: \*' head.txt || fail "other sites' viewers"
ask 303 /iiif/1
ask 404 /iiif/99/info.json

# What IIIF viewers open: the same documents as the export's, under the room's address.
ask 200 /iiif/collection/collection.json
grep -q "\"id\":\"$at/iiif/collection/linjiang/collection.json\"" body.txt || fail "collection of papers"
ask 200 /iiif/collection/linjiang/collection.json
[ "$(grep -o '"type":"Manifest"' body.txt | wc -l)" -eq 4 ] || fail "collection of issues"
grep -q '"navDate":"2025-07-04T00:00:00Z"' body.txt || fail "dates in the collection"
ask 404 /iiif/collection/none/collection.json
ask 200 /iiif/issue/1/manifest.json
grep -qi '^access-control-allow-origin: \*' head.txt || fail "other sites' viewers"
"$backissue" export iiif --issue 1 --base-url http://x.example -o exported >out.txt || fail "export"
# sorted FILE: a document with its addresses as the export's, and what differs by nature left out.
sorted() {
    sed "s|$at/iiif/issue/1|http://x.example/linjiang/2025-07-04/iiif|g; s|$at/iiif/collection|http://x.example|g" "$1" |
        jq -S 'del(.service) | del(.. | .thumbnail?) | ."@context" |= if type == "array" then last else . end |
            .items |= map(if .type == "Canvas" then .items = [] else . end)'
}
sorted body.txt >served.json
sorted exported/linjiang/2025-07-04/iiif/manifest.json | cmp - served.json || fail "manifest is not that of the export"
for file in annotations/0001.json annotations/0002.json links/0001.json; do
    ask 200 /iiif/issue/1/$file
    sorted body.txt >served.json
    sorted exported/linjiang/2025-07-04/iiif/$file | cmp - served.json || fail "$file is not that of the export"
done
ask 404 /iiif/issue/1/annotations/0003.json
ask 404 /iiif/issue/1/0003/info.json
ask 200 /iiif/issue/1/0002/info.json
ask 200 '/iiif/issue/1/search?q=%E8%8F%9C%E5%9C%BA'
[ "$(jq -r '.items[].body.value' body.txt | sort -u | tr '\n' ' ')" = '老菜场开门迎客 老菜场改造７个月， ' ] || fail "content search"
jq -e '.items[0].target | test("canvas/0001#xywh=")' body.txt >out.txt || fail "where it was found"
ask 200 '/iiif/issue/1/search?q='
ask 404 /iiif/issue/99/manifest.json
ask 404 /iiif/issue/1/manifest.jsonx

# Only reading, and only requests of reason.
ask 405 / -X POST -d x=1
ask 405 /article/1 -X DELETE
got=$(curl -s -o body.txt -w '%{http_code}' -H "X: $(printf 'y%.0s' $(seq 60000))" "$at/")
case $got in 413 | 431 | 000) ;; *) fail "a request of 60 kB: $got" ;; esac
(exec 3<>"/dev/tcp/127.0.0.1/${at##*:}" && printf 'GET / HTTP/9\r\n\r\n\001\002' >&3 && timeout 5 cat <&3) >/dev/null 2>&1
# Half-open clients hold nothing up.
for _ in $(seq 50); do (exec 3<>"/dev/tcp/127.0.0.1/${at##*:}" && printf 'GET /sea' >&3 && sleep 5) & done 2>/dev/null
ask 200 /

# An archive that is loaded into, or replaced, is read as it is then.
small_issue e 2025-08-08
load_small e archive.db || fail "load"
ask_page /paper/linjiang?year=2025
grep -q '2025-08' body.txt && grep -q '<a href="/issue/5">8</a>' body.txt || fail "a new issue is not seen"
small_issue f 2024-01-05
load_small f other.db || fail "load"
mv other.db archive.db
rm -f archive.db-wal archive.db-shm
ask_page /paper/linjiang
grep -q '2024-01' body.txt || fail "another archive is not seen"

kill -TERM $room
wait $room || fail "did not end well"
grep -v "2-deskew.tif: cannot be read$" room.txt && fail "said something else"
grep -q "2-deskew.tif: cannot be read$" room.txt || fail "a missing image is not told of"
trap - EXIT

# The unit for systemd, where it is there: valid, and shut off from what it does not need.
if command -v systemd-analyze >/dev/null; then
    mkdir units
    sed "s|^ExecStart=[^ ]*|ExecStart=$backissue|; /^Documentation/d" "$BIN/../tools/night/backissue-serve.service" \
        >units/backissue-serve.service
    systemd-analyze verify units/backissue-serve.service >out.txt 2>&1 || { cat out.txt; fail "unit"; }
    [ ! -s out.txt ] || { cat out.txt; fail "systemd warns of the unit"; }
    systemd-analyze security --offline=true --threshold=20 units/backissue-serve.service >out.txt 2>&1 ||
        { tail -1 out.txt; fail "the service is open"; }
fi
echo passed
