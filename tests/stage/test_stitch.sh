#!/bin/bash
# backissue-stitch as a user runs it, on small hand-written pages.
. "$SOURCE/tests/stage/lib.sh"

issue() { # issue FRAMES [SETTINGS]
    printf '{"format":"backissue-issue/1","folder":"x/2025-07-04","title":"x","date":"2025-07-04","settings":[%s],"frames":[' "${2-}"
    for n in $(seq "$1"); do
        [ "$n" -eq 1 ] || printf ','
        printf '{"number":%d,"scan":"p%d.jpg","sha256":"","size":1,"index":0,"format":"jpeg","width":3000,"height":4200,"bits":8,"dpi":300,"problem":null}' "$n" "$n"
    done
    printf ']}\n'
}

# A page: regions on stdin as "ROLE|X|Y|EM|TEXT", one line of type each; lines of body with one X form a column.
page() {
    printf '<?xml version="1.0" encoding="UTF-8"?>\n<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">'
    printf '<Metadata><Creator>test</Creator><Created>1970-01-01T00:00:00</Created><LastChange>1970-01-01T00:00:00</LastChange></Metadata>'
    printf '<Page imageFilename="p.tif" imageWidth="3000" imageHeight="4200">\n'
    n=0
    while IFS='|' read -r role x y em text; do
        n=$((n + 1))
        right=$((x + ${#text} * em))
        bottom=$((y + em))
        coords="<Coords points=\"$x,$y $right,$y $right,$bottom $x,$bottom\"/>"
        printf '<TextRegion id="r%d" custom="structure {type:%s;}">%s' "$n" "$role" "$coords"
        printf '<TextLine id="l%d" custom="structure {type:%s;} backissue {em:%s;}">%s' "$n" "$role" "$em" "$coords"
        printf '<TextEquiv conf="0.9"><Unicode>%s</Unicode></TextEquiv></TextLine></TextRegion>\n' "$text"
    done
    printf '</Page></PcGts>\n'
}

issue 2 >issue.json
page >1.xml <<'END'
masthead|200|150|150|临江新报
masthead|1200|160|40|2025年7月4日 星期五 第26期 (总第1495期) 本期 2 版
headline|200|600|80|老船厂变身
body|280|760|40|废弃多年的红星船厂近日
body|200|816|40|换上新装，曾经停泊巨轮的
body|200|872|40|船坞被改成广场；高大的龙
body|440|928|38|（下转第2版）
body|1200|3900|46|小满时节
body|1200|3960|40|>>>刊2版
END
page >2.xml <<'END'
header|200|150|60|2
header|1200|160|38|2025年7月4日 星期五 责任编辑：石磊 临江新报
headline|200|600|80|小满时节
body|280|760|40|菜市里卖豆腐的妇人起得
body|200|816|40|最早，天还黑着。
body|1200|900|38|（上接第1版）
body|1200|956|40|门吊保留原位，成为船厂园
body|1200|1012|40|区的标志。
END

# ---- an issue
expect_exit 0 "$BIN/backissue-stitch" -o articles.json issue.json 1.xml 2.xml
[ "$(cat out.txt err.txt)" = "" ] || fail "says something"
grep -q '"body": "废弃多年的红星船厂近日换上新装，曾经停泊巨轮的船坞被改成广场；高大的龙门吊保留原位，成为船厂园区的标志。"' articles.json ||
    fail "the article is not whole"
grep -q '"reason": "p1 says 下转第2版, p2 says 上接第1版, sentence continues' articles.json || fail "no reason"
grep -q '"kind": "teaser"' articles.json || fail "no teaser"
grep -q '"paper": "临江新报"' articles.json || fail "no paper"
grep -q '"number": 26' articles.json || fail "no number"
grep -q '"total": 1495' articles.json || fail "no total number"
grep -q '"stage": "5-stitch"' articles.json || fail "no provenance"
grep -q dangling articles.json && fail "something dangles"

# ---- the same bytes again
expect_exit 0 "$BIN/backissue-stitch" -o again.json issue.json 1.xml 2.xml
cmp articles.json again.json || fail "another result"

# ---- a page that failed keeps its place, and what points there dangles
expect_exit 0 "$BIN/backissue-stitch" -o one.json issue.json 1.xml
grep -q '"status": "failed: ' one.json || fail "the missing page is not told"
grep -q '下转第2版: page 2 has no text' one.json || fail "the jump does not dangle"
expect_exit 0 "$BIN/backissue-stitch" -o none.json issue.json

# ---- a page that is no PAGE-XML: told, and nothing made (the driver leaves out pages that failed)
echo '<PcGts' >bad.xml
expect_exit 3 "$BIN/backissue-stitch" -o rest.json issue.json 1.xml bad.xml
expect_message 'bad\.xml:'
[ ! -e rest.json ] || fail "output in spite of an error"
expect_exit 3 "$BIN/backissue-stitch" -o more.json issue.json 1.xml 2.xml 2.xml
expect_message '2\.xml: '
[ ! -e more.json ] || fail "output in spite of an error"

# ---- PAGE-XML without roles and sizes
sed 's/ custom="[^"]*"//g' 1.xml >plain1.xml
sed 's/ custom="[^"]*"//g' 2.xml >plain2.xml
expect_exit 0 "$BIN/backissue-stitch" -o plain.json issue.json plain1.xml plain2.xml
grep -q '高大的龙门吊保留原位' plain.json || fail "pages without roles are not joined"

# ---- PAGE-XML as other programs write it: with their versions, prefixes, roles and reading orders, or without
for program in transkribus escriptorium ocrd; do
    foreign=$SOURCE/tests/data/foreign/$program
    expect_exit 0 "$BIN/backissue-stitch" -o $program.json issue.json "$foreign/1.xml" "$foreign/2.xml"
    grep -q '"body": "废弃多年的红星船厂近日换上新装，曾经停泊巨轮的船坞如今被改造成广场；高大的龙门吊保留原位，成为船厂园区的标志。船坞里的水仍旧连着江面。"' \
        $program.json || fail "$program: the article is not whole"
    grep -q '"body": "从七月起，夜市将对二百个摊位实行星级管理，管理员每晚巡查两次。"' $program.json ||
        fail "$program: the article beside it is not whole"
    [ "$(grep -c '"headline": "老船厂变身"\|"headline": "夜市升级"\|"headline": "小满时节"' $program.json)" -eq 3 ] ||
        fail "$program: not all headlines"
    grep -q '"reason": "p1 says 下转第2版, p2 says 上接第1版' $program.json || fail "$program: no reason"
done

# ---- a title's own wordings
sed 's/（下转第2版）/（续见二版）/; s/（上接第1版）/（续自一版）/' 1.xml >own1.xml
sed 's/（下转第2版）/（续见二版）/; s/（上接第1版）/（续自一版）/' 2.xml >own2.xml
issue 2 '{"section":"jumps","name":"to","value":"续见{N}版"},{"section":"jumps","name":"from","value":"续自{N}版"}' >own.json
expect_exit 0 "$BIN/backissue-stitch" -o out.json own.json own1.xml own2.xml
grep -q 'p1 says 续见二版, p2 says 续自一版' out.json || fail "own wordings are not read"
issue 2 '{"section":"jumps","name":"to","value":"续见二版"}' >own.json
expect_exit 3 "$BIN/backissue-stitch" -o wrong.json own.json own1.xml own2.xml
expect_message 'title\.ini'

# ---- what a person says of the articles
cat >corrections.json <<'END'
{"format": "backissue-corrections/1", "corrections": [
 {"do": "split", "at": {"page": 2, "text": "门吊保留原位"}},
 {"do": "title", "article": {"page": 1, "text": "废弃多年的红星船厂"}, "headline": "红星船厂换新装"},
 {"do": "title", "article": {"page": 2, "text": "从未印过的一段话"}, "headline": "x"}]}
END
expect_exit 0 "$BIN/backissue-stitch" --corrections corrections.json -o corrected.json issue.json 1.xml 2.xml
grep -q '"headline": "红星船厂换新装"' corrected.json || fail "the title was not corrected"
grep -q '高大的龙门吊' corrected.json && fail "the join was not undone"
grep -q '"kind": "correction-unapplied"' corrected.json || fail "a correction was dropped"
grep -q 'correction 3 (title) of articles.json does not apply: no article on page 2 prints 「从未印过的一段话」' corrected.json ||
    fail "no word of the correction that does not apply"
grep -q '"parameters": "--corrections [0-9a-f]*"' corrected.json || fail "the corrections are not recorded"
echo '{"format": "backissue-corrections/1", "corrections": [{"do": "glue"}]}' >corrections.json
expect_exit 3 "$BIN/backissue-stitch" --corrections corrections.json -o wrong.json issue.json 1.xml 2.xml
expect_message 'corrections\.json: correction 1: "do" is not one of'
[ ! -e wrong.json ] || fail "output in spite of an error"
expect_exit 3 "$BIN/backissue-stitch" --corrections no.json -o wrong.json issue.json 1.xml 2.xml
expect_message 'no\.json'

# ---- wrong use, wrong input, a machine that lacks the table
expect_exit 2 "$BIN/backissue-stitch" issue.json 1.xml
expect_exit 2 "$BIN/backissue-stitch" -o x.json
expect_exit 3 "$BIN/backissue-stitch" -o x.json missing.json 1.xml
expect_message 'missing\.json: '
: >empty.json
expect_exit 3 "$BIN/backissue-stitch" -o x.json empty.json 1.xml
expect_message 'empty\.json: '
mkdir tables
expect_exit 4 "$BIN/backissue-stitch" --tables tables -o x.json issue.json 1.xml
expect_message 'jumps\.ini'
expect_exit 0 "$BIN/backissue-stitch" --tables "$SOURCE/tessdata" -o x.json issue.json 1.xml 2.xml
cmp articles.json x.json || fail "--tables gives another result"
expect_exit 4 "$BIN/backissue-stitch" -o no/such/folder/x.json issue.json 1.xml
expect_exit 0 "$BIN/backissue-stitch" --version
expect_nothing_left .
