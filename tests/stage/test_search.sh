#!/bin/sh
# The verbs that work on a finished archive, as a user runs them.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/small_issue.sh"

backissue=$BIN/backissue
small_issue a 2025-07-04
small_issue b 2025-07-11
load_small a archive.db || fail "load"
load_small b archive.db || fail "load"

expect_output() {
    grep -Fq -- "$1" out.txt || { cat out.txt err.txt; fail "no '$1' in the output"; }
}
# expect_count N QUERY: so many articles.
expect_count() {
    expect_exit 0 "$backissue" search --count -- "$2"
    [ "$(cat out.txt)" = "$1" ] || fail "found $(cat out.txt), not $1: $2"
}

# ---- which archive: the usual one, the environment's, the option's
expect_exit 0 "$backissue" search 菜场
mv archive.db other.db
expect_exit 3 "$backissue" search 菜场
expect_message 'archive.db: there is no such archive'
BACKISSUE_ARCHIVE=other.db expect_exit 0 "$backissue" search 菜场
mv other.db archive.db
BACKISSUE_ARCHIVE=missing.db expect_exit 0 "$backissue" search --archive archive.db 菜场

# ---- what is found, and how it is shown
expect_exit 0 "$backissue" search 菜场 --from 2025-07-04 --to 2025-07-04 --kind article
expect_output '2025-07-04  临江新报  p. 1, 2  [1]'
expect_output '老【菜场】开门迎客'
expect_output '老【菜场】改造７个月'
[ ! -s err.txt ] || fail "messages about nothing"
expect_exit 0 "$backissue" search --no-highlight 菜场
expect_output '老菜场开门迎客'
expect_exit 0 "$backissue" search --json -n 1 菜场
[ "$(wc -l <out.txt)" -eq 1 ] || fail "not one line of JSON"
expect_output '"article_id":1,"paper":"临江新报","date":"2025-07-04","pages":[1,2],"kind":"article"'
expect_output '"headline":"老菜场开门迎客","headline_matches":[[1,2]]'
expect_exit 0 "$backissue" search -n 1 --offset 1 菜场
expect_message '1 of 4 articles'
expect_exit 0 "$backissue" search 没有的词
expect_message 'nothing found'
[ ! -s out.txt ] || fail "output about nothing"
expect_count 0 没有的词

# ---- one character and more; folding; operators
expect_count 4 菜
expect_count 4 菜场
expect_count 2 '菜场 Linux'
expect_count 2 '"７个月，用上"'
expect_count 2 linux系统
expect_count 2 LINUX
expect_count 2 7
expect_count 2 門迎
expect_count 2 𠮷
expect_count 2 😀
expect_count 4 '招租 OR 苏禾'
expect_count 2 '菜场 -旺铺'
expect_count 2 '菜场 NOT 旺铺'
expect_count 4 '(菜场 -旺铺) OR 招租'
expect_count 2 'lin*'
expect_count 0 'inux*'
expect_exit 0 "$backissue" search --order date --json -n 1 --fuzzy --confidence 0.01 菜场
expect_output '"date":"2025-07-11"'
expect_output '"probable":false'

# ---- queries that mean harm, or nothing
for query in "'" '"""' "'); DROP TABLE article; --" '*' '(' 'NEAR(菜 场)' 'headline:菜' '{' '^菜' '菜*' 'AND' 'OR OR' \
    '\' '%' '_' "$(printf '\377\376')菜" "$(printf '\346\234')菜" '；；；' '，'; do
    got=0
    "$backissue" search --count -- "$query" >out.txt 2>err.txt || got=$?
    case $got in
    0 | 2) ;;
    *) cat err.txt; fail "exit $got: $query" ;;
    esac
done
expect_count 4 "$(printf '\377')菜"
for query in '' ' ' '""' '　' '-菜'; do
    expect_exit 2 "$backissue" search -- "$query"
    expect_message 'the query'
done
expect_exit 2 "$backissue" search -- "$(head -c 100000 /dev/zero | tr '\0' x)"
expect_message 'has 100000 characters'
expect_exit 2 "$backissue" search
expect_exit 2 "$backissue" search 菜 --limit many
expect_exit 2 "$backissue" search 菜 --from yesterday
expect_exit 2 "$backissue" search 菜 --kind poem
expect_exit 2 "$backissue" search 菜 --order length
expect_exit 2 "$backissue" search 菜 --confidence 2
"$backissue" verify >/dev/null || fail "a query did harm"

# ---- show
expect_exit 0 "$backissue" show 1
expect_output '临江新报  2025-07-04  第26期  总第1495期'
expect_output '本报记者 苏禾'
expect_output '用上了Ｌｉｎｕｘ 系统，𠮷祥如意😀。'
expect_output '-> continuation on page 1: 下转第2版 -> page 2, linked (0.90): the only continuation on page 2'
expect_exit 0 "$backissue" show 1 --json
expect_output '"body":"老菜场改造７个月，\n用上了'
expect_exit 3 "$backissue" show 99
expect_message 'has no article 99, and never had'
expect_exit 2 "$backissue" show first
sed 's/老菜场开门迎客/老菜场今日开门迎客/' a/articles.json >changed
cp changed a/articles.json
load_small a archive.db || fail "load"
expect_exit 0 "$backissue" show --history 1
expect_output '老菜场今日开门迎客'
expect_output '---- version 2, loaded 20'
expect_output '---- version 1, loaded 20'
grep -q '^老菜场开门迎客$' out.txt || fail "the earlier headline"
expect_exit 0 "$backissue" show --history --json 1
expect_output '"version":2,"loaded":"20'
expect_output '"history":[{"version":1,"loaded":"20'
expect_output '"headline":"老菜场开门迎客"'
expect_exit 0 "$backissue" show 1
! grep -q '^老菜场开门迎客$' out.txt || fail "history without being asked"

# ---- an article that has gone can still be read, and the runs that made it are told
small_issue gone 2025-08-01
sed -i 's/"total": 1495/"total": 1498/; s/"steps": \[\]/"steps": [{"stage": "5-stitch", "version": "7.7", "parameters": "--old", "models": ""}]/' \
    gone/articles.json
load_small gone other.db || fail "load"
without_advertisement gone
load_small gone other.db || fail "load without the advertisement"
expect_exit 3 "$backissue" show --archive other.db 2
expect_message 'article 2 is not in its issue since 20.*--history tells'
expect_exit 0 "$backissue" show --archive other.db --history 2
expect_output 'not in its issue since 20'
expect_output 'made by run'
expect_output '5-stitch, 7.7, --old'
expect_output '菜场旁旺铺'
expect_exit 0 "$backissue" show --archive other.db --history --json 2
expect_output '"gone":"20'
expect_exit 3 "$backissue" show --archive other.db --history 3
expect_message 'has no article 3, and never had'
rm other.db*

# ---- list and problems
expect_exit 0 "$backissue" list
[ "$(wc -l <out.txt)" -eq 2 ] || fail "not two issues"
head -n 1 out.txt | grep -q '^2025-07-04  临江新报  第26期  2 pages  1 articles  1 problems' || fail "issue's line"
expect_exit 0 "$backissue" list 2025-07-11 --json
[ "$(wc -l <out.txt)" -eq 2 ] || fail "not two articles"
expect_exit 0 "$backissue" problems --issue 2025-07-04
expect_output 'low-confidence: faint print'
expect_exit 0 "$backissue" problems --close 1
expect_exit 0 "$backissue" problems --issue 2025-07-04
expect_message 'no problems'
load_small a archive.db || fail "load"
expect_exit 0 "$backissue" problems --issue 2025-07-04
expect_message 'no problems'
expect_exit 0 "$backissue" problems --reopen 1
expect_exit 0 "$backissue" problems --issue 2025-07-04
expect_output 'faint print'
expect_exit 3 "$backissue" problems --close 99

# ---- gaps in the calendar: the numbers tell, else the days of the week
expect_exit 0 "$backissue" list --gaps
expect_message 'no gaps'
for date in 2025-07-25 2025-08-01 2025-08-15; do
    small_issue gap $date
    sed -i 's/"number": 26, "total": 1495/"number": 0, "total": 0/' gap/articles.json
    [ $date != 2025-07-25 ] || sed -i 's/"total": 0/"total": 1498/' gap/articles.json
    [ $date != 2025-08-01 ] || sed -i 's/"total": 0/"total": 1499/' gap/articles.json
    load_small gap gaps.db || fail "load"
done
cp a/articles.json kept
load_small a gaps.db || fail "load"
sed 's/"number": 26, "total": 1495/"number": 27, "total": 1496/' kept >b/articles.json
sed -i 's/2025-07-04/2025-07-11/' b/articles.json
load_small b gaps.db || fail "load"
expect_exit 0 "$backissue" list --archive gaps.db --gaps
[ "$(cat out.txt)" = '2025-07-11 - 2025-07-25  临江新报  1 missing  总第1497期  2025-07-18
2025-08-01 - 2025-08-15  临江新报  1 missing  2025-08-08' ] || { cat out.txt; fail "gaps"; }
expect_exit 0 "$backissue" list --archive gaps.db --gaps --json --from 2025-08
[ "$(cat out.txt)" = '{"paper":"临江新报","after":"2025-08-01","before":"2025-08-15","missing":1,"by":"weekday","numbers":null,"days":["2025-08-08"]}' ] ||
    { cat out.txt; fail "gaps as JSON"; }
expect_exit 0 "$backissue" list --archive gaps.db --gaps --to 2025-07 --paper linjiang
[ "$(wc -l <out.txt)" -eq 1 ] || fail "gaps of some months"
expect_exit 2 "$backissue" list --gaps 2025-07-04

# ---- verify
expect_exit 0 "$backissue" verify
expect_output 'no faults'
printf x >>a/scans/linjiang/2025-07-04/p1.tif
rm b/0002/2-deskew.tif
expect_exit 3 "$backissue" verify
[ "$(wc -l <out.txt)" -eq 2 ] || fail "not two faults"
expect_output 'linjiang 2025-07-04, page 1, scan'
expect_output 'linjiang 2025-07-11, page 2, page image'
expect_message 'has 2 faults'
expect_exit 0 "$backissue" verify --no-files
size=$(wc -c <archive.db)
head -c $((size / 2)) archive.db >cut.db
got=0
"$backissue" verify --archive cut.db >out.txt 2>err.txt || got=$?
[ $got -eq 3 ] || [ $got -eq 4 ] || fail "exit $got for an archive cut in half"
expect_message 'cut.db'
printf 'Dear diary' >diary.txt
expect_exit 3 "$backissue" verify --archive diary.txt

for verb in search show list problems verify; do
    expect_exit 0 "$backissue" $verb --help
    expect_output "backissue $verb"
done

# ---- the stock shell can read the views as they are, and search with the extension
command -v sqlite3 >/dev/null || exit 0
[ "$(sqlite3 archive.db 'SELECT count(*) FROM archive_article')" -eq 4 ] || fail "views in the stock shell"
extension=$BIN/../lib/backissue/backissue_fts
grep -q __asan_init "$extension.so" && exit 0 # needs the sanitizer's runtime, which the shell has not
[ "$(sqlite3 archive.db ".load $extension" \
    "SELECT count(*) FROM article_fts WHERE article_fts MATCH '門迎'")" -eq 2 ] || fail "the extension"
