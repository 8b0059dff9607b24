#!/bin/sh
# backissue-ocr as a user runs it.
. "$SOURCE/tests/stage/lib.sh"
ocr=$BIN/backissue-ocr
lines=$SOURCE/tests/data/ocr/lines

# line_text PAGE ID: the text of a line.
line_text() {
    xmllint --xpath "string(//*[local-name()='TextLine'][@id='$2']/*[local-name()='TextEquiv']/*[local-name()='Unicode'])" "$1"
}

# expect_line ID TEXT
expect_line() {
    text=$(line_text out.xml "$1")
    [ "$text" = "$2" ] || fail "$1 is read as '$text', not '$2'"
}

expect_exit 0 "$ocr" --help
expect_exit 0 "$ocr" --version
grep -q '^backissue-ocr (backissue) [0-9]' out.txt || fail "version line"
expect_exit 2 "$ocr"
expect_exit 2 "$ocr" -o out.xml "$lines.tif"
expect_exit 2 "$ocr" "$lines.tif" "$lines.page.xml"
expect_exit 2 "$ocr" -o out.xml "$lines.tif" "$lines.page.xml" more

# Headlines, body, reversed and vertical type.
expect_exit 0 "$ocr" -o out.xml "$lines.tif" "$lines.page.xml"
[ ! -s out.txt ] || fail "says something on stdout"
[ ! -s err.txt ] || fail "says something on stderr"
expect_line headline 把群众的事办到心坎里
expect_line body1 '本报讯(记者 沈若'
expect_line body2 '溪)6月17日上午，临江区'
expect_line body3 召开年中民生实事项目推
expect_line jump 下转4版
expect_line reversed 高温天，这样喝水才科学
expect_line vertical 菜市小记
case $(line_text out.xml byline) in
'本报记者 梅'*) ;;
*) fail "the space of the byline is lost: $(line_text out.xml byline)" ;;
esac

# Where there is nothing to read nothing is invented, and no old text is left.
for id in white black point away; do
    expect_line $id ''
done
! grep -q stale out.xml || fail "old text is left"

# Every character has its place: the headline's third one is between 242 and 343.
x=$(xmllint --xpath "string((//*[local-name()='TextLine'][@id='headline']//*[local-name()='Glyph'])[3]/*[local-name()='Coords']/@points)" out.xml)
x=${x%%,*}
[ "$x" -ge 235 ] || fail "the third character is at $x"
[ "$x" -le 260 ] || fail "the third character is at $x"
grep -q 'chi_sim_news:[0-9a-f]\{64\}' out.xml || fail "the model is not recorded"

# The same input gives the same bytes, however many threads are allowed and whatever was there.
expect_exit 0 env OMP_THREAD_LIMIT=2 "$ocr" -o again.xml "$lines.tif" "$lines.page.xml"
cmp -s out.xml again.xml || fail "another output for the same input"
expect_exit 0 "$ocr" -o read.xml "$lines.tif" out.xml
[ "$(line_text read.xml body3)" = 召开年中民生实事项目推 ] || fail "a page that was read before is read otherwise"

# Bad input.
: >empty.tif
echo text >text.tif
head -c 3000 "$lines.tif" >cut.tif
expect_exit 3 "$ocr" -o bad.xml missing.tif "$lines.page.xml"
expect_message 'missing\.tif: '
for bad in empty text cut; do
    expect_exit 3 "$ocr" -o bad.xml $bad.tif "$lines.page.xml"
    expect_message "$bad\.tif: "
done
expect_exit 3 "$ocr" -o bad.xml "$lines.tif" missing.page.xml
expect_message 'missing\.page\.xml: '
expect_exit 3 "$ocr" -o bad.xml "$lines.tif" text.tif
expect_message 'text\.tif:1: '
sed 's/imageWidth="1240"/imageWidth="1241"/' "$lines.page.xml" >other.page.xml
expect_exit 3 "$ocr" -o bad.xml "$lines.tif" other.page.xml
expect_message 'other\.page\.xml: .*1240 x 700.*1241 x 700'

# Models.
mkdir models
expect_exit 4 "$ocr" --tessdata models -o bad.xml "$lines.tif" "$lines.page.xml"
expect_message 'models/chi_sim_news\.traineddata: .*SHA-256 [0-9a-f]{64}'
echo broken >models/chi_sim_news.traineddata
expect_exit 4 "$ocr" --tessdata models -o bad.xml "$lines.tif" "$lines.page.xml"
expect_message 'models/chi_sim_news\.traineddata: .*SHA-256 [0-9a-f]{64}'
echo broken >models/own.traineddata
expect_exit 4 "$ocr" --tessdata models --model own -o bad.xml "$lines.tif" "$lines.page.xml"
expect_message 'models/own\.traineddata: '
expect_exit 4 "$ocr" --model chi_sim_vert -o bad.xml "$lines.tif" "$lines.page.xml"
expect_message 'chi_sim_vert\.traineddata: .*36 pixels'
expect_exit 2 "$ocr" --model ../own -o bad.xml "$lines.tif" "$lines.page.xml"
rm models/chi_sim_news.traineddata
"$SOURCE/tessdata/install-models" -d models chi_sim chi_sim_news words >install.txt || fail "install-models"
expect_exit 0 "$ocr" --model chi_sim -o chi_sim.xml "$lines.tif" "$lines.page.xml"
expect_exit 0 "$ocr" --tessdata models --model chi_sim -o installed.xml "$lines.tif" "$lines.page.xml"
cmp -s chi_sim.xml installed.xml || fail "the installed model reads otherwise"

# Where a profile's other models are not installed it goes on with the first, and says so once.
expect_exit 0 "$ocr" --tessdata models -o alone.xml "$lines.tif" "$lines.page.xml"
expect_message 'chi_sim_400: is not installed'
[ "$(line_text alone.xml headline)" = 把群众的事办到心坎里 ] || fail "one model reads $(line_text alone.xml headline)"
echo broken >models/chi_sim_400.traineddata
expect_exit 4 "$ocr" --tessdata models -o bad.xml "$lines.tif" "$lines.page.xml"
expect_message 'models/chi_sim_400\.traineddata: .*SHA-256 [0-9a-f]{64}'
rm models/chi_sim_400.traineddata
mv models/words.txt .
expect_exit 0 "$ocr" --tessdata models --model chi_sim -o wordless.xml "$lines.tif" "$lines.page.xml"
expect_message 'words\.txt: are not installed'
echo broken >models/words.txt
expect_exit 4 "$ocr" --tessdata models --model chi_sim -o bad.xml "$lines.tif" "$lines.page.xml"
expect_message 'models/words\.txt: .*SHA-256 [0-9a-f]{64}'
mv words.txt models/

# Profiles.
for profile in fast best; do
    expect_exit 0 "$ocr" --profile $profile -o $profile.xml "$lines.tif" "$lines.page.xml"
    [ "$(line_text $profile.xml headline)" = 把群众的事办到心坎里 ] || fail "$profile: $(line_text $profile.xml headline)"
    grep -q "profile=$profile" $profile.xml || fail "the profile is not recorded"
done
expect_exit 2 "$ocr" --profile slow -o bad.xml "$lines.tif" "$lines.page.xml"
expect_message 'slow: is not a profile'

# npm's models may be left out, unless they are asked for; a path without npm is like a machine without it.
mkdir bare
for tool in sh awk sed cp mv rm mktemp mkdir dirname sha256sum cut cat grep tail head find; do
    ln -s "$(command -v $tool)" bare/
done
expect_exit 0 env PATH="$PWD/bare" "$SOURCE/tessdata/install-models" -d bare-models
grep -q 'chi_sim_400: needs npm' err.txt || fail "without npm nothing is said"
grep -q 'words: needs opencc' err.txt || fail "without opencc nothing is said"
[ -f bare-models/chi_sim.traineddata ] || fail "Debian's model is not installed without npm"
expect_exit 4 env PATH="$PWD/bare" "$SOURCE/tessdata/install-models" -d bare-models chi_sim_400
expect_exit 2 "$SOURCE/tessdata/install-models" -d models unknown

# Output appears whole or not at all.
expect_exit 4 "$ocr" -o no/such/folder/out.xml "$lines.tif" "$lines.page.xml"
[ ! -e bad.xml ] || fail "bad input left an output"
expect_nothing_left .
