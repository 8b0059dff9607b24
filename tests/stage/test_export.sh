#!/bin/bash
# backissue export: choosing, folders that appear whole, text, JSON lines, tables, bags.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/small_issue.sh"
backissue=$BIN/backissue
for date in 2025-07-04 2025-07-11 2025-08-01; do
    small_issue "issue $date" $date
    load_small "issue $date" archive.db || fail "load"
done
export BACKISSUE_ARCHIVE=archive.db

expect_exit 0 "$backissue" export --help
grep -q '^  text ' out.txt || fail "formats are not listed"
expect_exit 2 "$backissue" export -o ex
expect_exit 2 "$backissue" export text
expect_exit 2 "$backissue" export text,words -o ex
expect_exit 2 "$backissue" export text --dpi 100 -o ex
expect_exit 2 "$backissue" export text --base-url ftp://x -o ex
expect_exit 3 "$backissue" export text --issue 2025-07-05 -o ex
expect_message "has no issue '2025-07-05'"
expect_exit 3 "$backissue" export text --article 1000 -o ex
expect_message 'has no article 1000'
expect_exit 3 "$backissue" export text -a "issue 2025-07-04/issue.json" -o ex
[ -z "$(find ex -type f)" ] || fail "something was exported"

# A folder an issue, each with its record.
expect_exit 0 "$backissue" export text,jsonl,csv -o ex
[ "$(cat out.txt)" = '3 issues exported to ex' ] || fail "summary"
[ "$(find ex -name export.json | wc -l)" -eq 3 ] || fail "three folders"
first=ex/linjiang/2025-07-04/text
article=$(sqlite3 -readonly archive.db "SELECT article_id FROM article JOIN issue USING (issue_id)
    WHERE headline LIKE '老菜场%' AND name = '2025-07-04'")
file=$first/$(printf %06d "$article").md
grep -qx 'title: "老菜场开门迎客"' "$file" || fail "front matter"
grep -qx 'pages: \[1, 2\]' "$file" || fail "pages"
grep -qx '# 老菜场开门迎客' "$file" || fail "headline"
# The body is what the archive says, paragraph by paragraph.
sed '1,/^---$/{1d}' "$file" | sed '1,/^---$/d' | sed 's/\\\(.\)/\1/g' | grep -v -e '^#' -e '^$' -e '^本报记者 苏禾$' >body.txt
sqlite3 -readonly archive.db "SELECT body FROM article WHERE article_id = $article" | cmp - body.txt || fail "body"
while read -r sum name; do
    [ "$(sha256sum <"$first/$name" | cut -c1-64)" = "$sum" ] || fail "$name: not as recorded"
done < <(tr -d ' ",' <$first/export.json | awk -F: '$1 == "path" {p = $2} $1 == "sha256" && p {print $2, p}')

# JSON lines and tables say what the views say.
expect_exit 0 "$backissue" show --json "$article"
sed 's/.*"body":"\([^"]*\)".*/\1/' out.txt >body.json
grep "\"article_id\":$article," ex/articles.jsonl | sed 's/.*"body":"\([^"]*\)".*/\1/' | cmp - body.json || fail "articles.jsonl"
sqlite3 -readonly archive.db "SELECT text FROM archive_line JOIN archive_issue USING (issue_id)
    ORDER BY title, issue_date, page_number, line_order" >lines.txt
sed 's/.*"text":"\([^"]*\)".*/\1/' ex/lines.jsonl | cmp - lines.txt || fail "lines.jsonl"
[ "$(head -c 3 ex/articles.csv | od -An -tx1 | tr -d ' ')" = efbbbf ] || fail "byte order mark"
sqlite3 :memory: ".import --csv ex/articles.csv a" "ATTACH 'archive.db' AS b" \
    "SELECT count(*) FROM a JOIN b.article USING (article_id) WHERE a.body = b.article.body AND a.headline = b.article.headline" \
    >out.txt || fail "articles.csv"
[ "$(cat out.txt)" = 6 ] || fail "articles.csv: $(cat out.txt) of 6 articles"
[ "$(wc -l <ex/issues.csv)" -eq 4 ] || fail "issues.csv"

# What has not changed is left as it is; what has is made anew, whole.
touch -d 2020-01-01 $first/export.json
expect_exit 0 "$backissue" export text -o ex
[ "$(cat out.txt)" = '3 issues exported to ex, 3 of them unchanged' ] || fail "unchanged"
[ "$(stat -c %Y $first/export.json)" -eq "$(date -d 2020-01-01 +%s)" ] || fail "was written again"
sed -i 's/开门迎客/重新开张/' "issue 2025-07-04/articles.json"
load_small "issue 2025-07-04" archive.db || fail "load"
expect_exit 0 "$backissue" export text -o ex
[ "$(cat out.txt)" = '3 issues exported to ex, 2 of them unchanged' ] || fail "one changed"
grep -qx '# 老菜场重新开张' "$file" || fail "changed headline"
expect_exit 0 "$backissue" export text,jsonl,csv -o again
diff -r ex/linjiang again/linjiang || fail "not the same twice"

# Choosing.
expect_exit 0 "$backissue" export text -o some --from 2025-07 --to 2025-07 --paper 临江新报
[ "$(ls some/linjiang | tr '\n' ' ')" = '2025-07-04 2025-07-11 ' ] || fail "by date"
expect_exit 0 "$backissue" export text,jsonl -o one --article "$article"
[ "$(find one -name '*.md')" = "one/linjiang/2025-07-04/text/$(basename "$file")" ] || fail "one article"
[ "$(wc -l <one/articles.jsonl)" -eq 1 ] || fail "one article, rows"
# An issue is not replaced by an article of it, nor somebody's folder by an issue.
expect_exit 3 "$backissue" export text -o ex --article "$article"
grep -q 'was exported with other articles' err.txt || fail "an issue was replaced"
rm ex/linjiang/2025-07-11/text/export.json
expect_exit 3 "$backissue" export text -o ex
grep -q 'was not made by an export' err.txt || fail "a folder was replaced"
grep -q '1 of 3 issues could not be exported' err.txt || fail "failures are not counted"

# A bag: sha256sum finds every file of the payload unchanged, and no other.
for turn in first second; do
    expect_exit 0 "$backissue" export text,csv --bag -o bag
    (cd bag && sha256sum --quiet -c manifest-sha256.txt tagmanifest-sha256.txt) || fail "manifest ($turn)"
    [ "$(wc -l <bag/manifest-sha256.txt)" -eq "$(find bag/data -type f | wc -l)" ] || fail "files not listed ($turn)"
done
grep -qx "Payload-Oxum: $(find bag/data -type f -printf '%s\n' | awk '{n += $1} END {print n}').$(find bag/data -type f | wc -l)" \
    bag/bag-info.txt || fail "Payload-Oxum"
grep -qx 'BagIt-Version: 1.0' bag/bagit.txt || fail "bagit.txt"
expect_exit 3 "$backissue" export text --bag -o ex
expect_message 'is no bag'

# Killed at any moment, an export leaves whole folders, and the next one completes it.
for n in 1 2 3 4 5 6 7 8; do
    rm -rf killed
    timeout -s KILL 0.0$n "$backissue" export text -o killed >out.txt 2>err.txt
    for folder in killed/*/*/text; do
        [ ! -e "$folder" ] || [ -s "$folder/export.json" ] || fail "half a folder"
    done
    expect_exit 0 "$backissue" export text -o killed
    diff -r killed/linjiang again/linjiang || fail "not completed"
    [ -z "$(find killed -name '.*.tmp')" ] || fail "left behind"
done
# Two at a time into one folder would be in each other's way.
exec 9<killed
flock 9
expect_exit 4 "$backissue" export text -o killed
expect_message 'another export is at work'
exec 9<&-

# Hostile names stay below the folder.
sqlite3 archive.db "UPDATE issue SET title = '../../up', name = '.' WHERE name = '2025-08-01'" || fail "renaming"
expect_exit 0 "$backissue" export text -o hostile
[ "$(find hostile -name '%2E.%2F..%2Fup')" ] || fail "folder of a hostile title"
[ ! -e ../up ] && [ ! -e up ] || fail "climbed up"
echo passed
