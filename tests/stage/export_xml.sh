# Checks of the XML that issues are exported as: source after lib.sh.

# The schemas of ALTO, METS and PAGE-XML lie beside the project, where they are.
schemas=${BACKISSUE_SCHEMAS:-$SOURCE/../shared/schemas}
[ -d "$schemas" ] || echo "no schemas in $schemas: what is exported is not validated" >&2

# expect_valid SCHEMA FILE...: against an official schema, else that it is XML at all.
expect_valid() {
    schema=$schemas/$1
    shift
    if [ -f "$schema" ]; then
        xmllint --nonet --noout --schema "$schema" "$@" 2>xmllint.txt
    else
        xmllint --nonet --noout "$@" 2>xmllint.txt
    fi || { head -n 20 xmllint.txt >&2; fail "not valid"; }
}

# expect_same_lines ARCHIVE ISSUE FORMAT FILE...: the files, ALTO, hOCR or PAGE-XML, say line for line what archive_line
# says; PAGE-XML in its own order. ALTO has but one kind of space.
expect_same_lines() {
    archive=$1
    date=$2
    format=$3
    shift 3
    "$TEST_BIN/export-text" $format "$@" >lines-exported.txt || fail "reading $format"
    sqlite3 -readonly "$archive" "SELECT text FROM archive_line JOIN archive_issue USING (issue_id) WHERE name = '$date'
        ORDER BY page_number, line_order" >lines-archived.txt
    [ -s lines-archived.txt ] || fail "no lines in $date"
    [ $format != alto ] || sed -i 's/　/ /g' lines-archived.txt
    [ $format != page ] || sort -o lines-exported.txt lines-exported.txt
    [ $format != page ] || sort -o lines-archived.txt lines-archived.txt
    diff lines-archived.txt lines-exported.txt || fail "the lines of $date as $format"
}

# expect_same_articles ARCHIVE ISSUE METS: the articles built again from METS and ALTO are those of archive_article.
expect_same_articles() {
    "$TEST_BIN/export-text" mets "$3" | sort >articles-exported.txt || fail "reading METS"
    sqlite3 -readonly "$1" "SELECT replace(article_id || x'1f' || kicker || x'1f' || headline || x'1f' || subhead ||
        x'1f' || byline || x'1f' || body, x'0a', x'1e') FROM archive_article JOIN archive_issue USING (issue_id)
        WHERE name = '$2'" | sort >articles-archived.txt
    [ -s articles-archived.txt ] || fail "no articles in $2"
    diff articles-archived.txt articles-exported.txt || fail "the articles of $2"
}

# expect_whole_mets FOLDER: every id that is referred to is there, once; files are as their checksums say.
expect_whole_mets() {
    (
        cd "$1" || exit 1
        grep -ho ' \(ID\|xmlID\)="[^"]*"' mets.xml | sort | uniq -d | grep . && exit 1
        grep -o ' ID="[^"]*"' mets.xml | sed 's/.*"\(.*\)"/\1/' | sort >"$TMP/ids.txt"
        grep -o ' \(DMDID\|ADMID\|FILEID\|xlink:from\|xlink:to\)="[^"]*"' mets.xml | sed 's/.*"\(.*\)"/\1/' | sort -u |
            comm -23 - "$TMP/ids.txt" | grep . && exit 1
        sed -n 's/.*<mets:file .*CHECKSUM="\([0-9a-f]*\)".*/\1/p; s/.*<mets:FLocat .*href="\([^"]*\)".*/\1/p' mets.xml |
            paste - - | while read -r sum file; do
                [ ! -f "$file" ] || [ "$(sha256sum <"$file" | cut -c1-64)" = "$sum" ] || exit 1
            done
    ) || fail "$1: not whole"
}
