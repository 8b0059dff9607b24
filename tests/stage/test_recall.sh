#!/bin/sh
# Search finds every article that contains a stretch of text and no other: random stretches of made articles, compared
# with instr() over the folded texts.
. "$SOURCE/tests/stage/lib.sh"

expect_exit 0 "$TEST_BIN/search-bench" --archive made.db --articles 300 --queries 10 --seed 7 --recall 400
grep -q '400 random substrings .* agree' out.txt || { cat out.txt err.txt; fail "not compared"; }

# The same after a reload of half of it: articles changed, removed and added, the index's segments overlapping.
"$BIN/backissue" verify --no-files --archive made.db >/dev/null || fail "the made archive has faults"
command -v sqlite3 >/dev/null || exit 0
extension=$BIN/../lib/backissue/backissue_fts
grep -q __asan_init "$extension.so" && exit 0 # needs the sanitizer's runtime, which the shell has not
sqlite3 made.db ".load $extension" "
    DELETE FROM article WHERE article_id % 7 = 0;
    UPDATE article SET body = substr(body, 40) || headline WHERE article_id % 3 = 0;
    INSERT INTO article (issue_id, ordinal, kind, headline, body, changed)
        SELECT issue_id, ordinal, kind, headline, substr(body, 3), '' FROM article WHERE article_id % 5 = 0;" ||
    fail "the shell cannot change the archive"
expect_exit 0 "$TEST_BIN/search-bench" --archive made.db --queries 10 --seed 8 --recall 400
grep -q '400 random substrings .* agree' out.txt || { cat out.txt err.txt; fail "not compared"; }
