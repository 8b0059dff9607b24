#!/bin/sh
# backissue explain, as a user runs it.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/small_issue.sh"

backissue=$BIN/backissue
small_issue a 2025-07-04
# A second pointer that leads nowhere, an announcement, and a problem of the article itself.
sed -e 's/"reason": "the only continuation on page 2"}\]/"reason": "the only continuation on page 2"},\
  {"kind": "continuation", "source_page": 2, "marker": "下转第5版", "source_article": 0, "target_page": 5,\
   "target_article": -1, "status": "dangling", "score": 0, "reason": "下转第5版: page 5 is not in this issue"},\
  {"kind": "teaser", "source_page": 2, "marker": ">>>刊1版", "source_article": -1, "target_page": 1,\
   "target_article": 0, "status": "linked", "score": 0.8, "reason": "the headline is announced"}]/' \
    -e 's/"problems": \[/"problems": [{"page_number": 2, "article": 0, "kind": "dangling-jump", "severity": "warning",\
  "detail": "下转第5版: page 5 is not in this issue"},/' a/articles.json >changed
cp changed a/articles.json
load_small a archive.db || fail "load"

expect_output() {
    grep -Fq -- "$1" out.txt || { cat out.txt err.txt; fail "no '$1' in the output"; }
}

expect_exit 0 "$backissue" explain 1
expect_output '老菜场开门迎客'
expect_output '临江新报  2025-07-04  article'
expect_output 'part 0: p. 1, 400×300 at 100,100; 3 lines in 1 region'
expect_output 'part 1: p. 2, 400×100 at 100,100; 1 line in 1 region'
expect_output 'Joined because:'
expect_output 'p. 1 -> p. 2  下转第2版'
expect_output 'linked, score 0.90: the only continuation on page 2'
expect_output 'Pointers that lead nowhere, or elsewhere:'
expect_output 'dangling, score 0.00: 下转第5版: page 5 is not in this issue'
expect_output 'Announced by:'
expect_output 'linked, score 0.80: the headline is announced'
expect_output 'warning, dangling-jump: 下转第5版: page 5 is not in this issue'
[ ! -s err.txt ] || fail "messages about nothing"

# What stands on one page has nothing to be joined for, and says so.
expect_exit 0 "$backissue" explain 2
expect_output '招租'
expect_output 'It stands on one page: nothing had to be joined.'
expect_output 'note, low-confidence: faint print'
grep -q 'Joined because' out.txt && fail "a reason for what was not joined"

expect_exit 0 "$backissue" explain --json 1
[ "$(wc -l <out.txt)" -eq 1 ] || fail "not one line of JSON"
expect_output '"parts":[{"page":1,"box":[100,100,400,300],"lines":3,"regions":1},{"page":2'
expect_output '"joins":[{"source_page":1,"source_article":1,"target_page":2,"target_article":1,"marker":"下转第2版"'
expect_output '"other_pointers":[{"source_page":2,"source_article":1,"target_page":5,"target_article":null'
expect_output '"teasers":[{"source_page":2,"source_article":null'
expect_output '"problems":[{"page":2,"kind":"dangling-jump"'

expect_exit 3 "$backissue" explain 99
expect_message 'has no article 99'
expect_exit 2 "$backissue" explain
expect_exit 2 "$backissue" explain first
expect_exit 3 "$backissue" explain 1 --archive missing.db
expect_exit 0 "$backissue" explain --help
expect_output 'backissue explain'
