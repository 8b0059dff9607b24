#!/bin/bash
# backissue export: ALTO, METS, PAGE-XML and hOCR.
. "$SOURCE/tests/stage/lib.sh"
. "$SOURCE/tests/stage/export_xml.sh"
backissue=$BIN/backissue

# ---- an issue by hand, with everything that makes lines and texts differ

# glyphs ID TEXT X Y: the characters of a line as glyphs of 40 pixels, one below the other with `down`.
glyphs() {
    local text=$2 x=$3 y=$4 n=0 i char
    for ((i = 0; i < ${#text}; i++)); do
        char=${text:i:1}
        if [ "$char" != ' ' ]; then
            n=$((n + 1))
            case $char in
            '<') char='&lt;' ;;
            '&') char='&amp;' ;;
            esac
            echo "<Glyph id=\"$1g$n\"><Coords points=\"$x,$y $((x + 39)),$y $((x + 39)),$((y + 39)) $x,$((y + 39))\"/>"
            echo "<TextEquiv index=\"0\" conf=\"0.9\"><Unicode>$char</Unicode></TextEquiv>"
            [ "$char" != 未 ] || echo '<TextEquiv index="1" conf="0.05"><Unicode>末</Unicode></TextEquiv>'
            echo "</Glyph>"
        fi
        if [ "$5" = down ]; then y=$((y + 40)); else x=$((x + 40)); fi
    done
}

# line ID TEXT X Y [down]: a line of a region, with glyphs unless its id begins with k.
line() {
    local w=$((40 * ${#2})) h=40 way= baseline=
    [ "${5-}" != down ] || { h=$w; w=40; way=' readingDirection="top-to-bottom"'; }
    local ampersand='&amp;' less='&lt;'
    local escaped=${2//&/"$ampersand"}
    escaped=${escaped//</"$less"}
    [ "${5-}" = down ] || baseline="<Baseline points=\"$3,$(($4 + 33)) $(($3 + w - 1)),$(($4 + 35))\"/>"
    echo "<TextLine id=\"$1\"$way><Coords points=\"$3,$4 $(($3 + w - 1)),$4 $(($3 + w - 1)),$(($4 + h - 1)) $3,$(($4 + h - 1))\"/>$baseline"
    [ "${1#k}" != "$1" ] || echo "<Word id=\"$1w\"><Coords points=\"$3,$4 $(($3 + w - 1)),$(($4 + h - 1))\"/>" \
        "$(glyphs "$1" "$2" "$3" "$4" "${5-}")<TextEquiv conf=\"0.9\"><Unicode>$escaped</Unicode></TextEquiv></Word>"
    echo "<TextEquiv conf=\"0.9\"><Unicode>$escaped</Unicode></TextEquiv></TextLine>"
}

page() {
    echo '<?xml version="1.0" encoding="UTF-8"?>'
    echo '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Metadata><Creator>x</Creator>'
    echo '<Created>1970-01-01T00:00:00Z</Created><LastChange>1970-01-01T00:00:00Z</LastChange></Metadata>'
    echo '<Page imageFilename="2-deskew.tif" imageWidth="2000" imageHeight="3000">'
    cat
    echo '</Page></PcGts>'
}

region() {
    echo "<TextRegion id=\"$1\"><Coords points=\"100,100 1899,100 1899,2899 100,2899\"/>"
    cat
    echo '</TextRegion>'
}

date=2025-07-04
scans=scans/linjiang/$date
mkdir -p $scans work/{0001,0002,0003}
for n in 1 2 3; do
    printf 'scan %s' $n >$scans/p$n.tif
    printf 'image %s' $n >work/000$n/2-deskew.tif
done
{
    region r1 < <(line l1 临江新报 100 100)
    region r2 < <(line l2 老菜场 100 200; line l3 开门迎客 100 240)
    region r3 < <(line l4 '本报讯(记者' 100 300; line l5 '苏禾)老菜场' 100 340; line k6 '改造<7>个月&未完，用上' 100 380
        line l7 '了 Linux infor-' 100 420; line l8 'mation of' 100 460; line l9 'systems 和系统' 100 500)
    region r4 < <(line l10 '左栏二行 | 右栏一行' 900 300)
    region r5 < <(line l11 '(下转第2版)' 900 400)
    region r6 < <(line l12 竖排未了一行 1500 300 down)
    region r7 < <(line l13 '>>>刊2版' 100 2000; line l14 '>>>刊2版' 100 2100)
    echo '<ImageRegion id="i1"><Coords points="100,1000 999,1000 999,1499 100,1499"/></ImageRegion>'
    echo '<SeparatorRegion id="s1"><Coords points="100,1600 1899,1610 1899,1615 100,1605"/></SeparatorRegion>'
} | page >work/0001/4-ocr.page.xml
{
    region r1 < <(line l1 老菜场 100 100; line l2 的新系统，𠮷祥。 100 200; line l3 שלום 100 300; line l4 图为菜场 100 400)
    echo '<TableRegion id="t1"><Coords points="100,500 999,500 999,999 100,999"/>'
    region t1t < <(line l5 电话1234 100 500; line l6 招　租 100 600)
    echo '</TableRegion>'
} | page >work/0002/4-ocr.page.xml
hash() { sha256sum <"$1" | cut -c1-64; }
cat >work/issue.json <<END
{"format": "backissue-issue/1", "folder": "$PWD/$scans", "title": "linjiang", "date": "$date", "settings": [], "frames": [
$(for n in 1 2 3; do
    echo "{\"number\": $n, \"scan\": \"p$n.tif\", \"sha256\": \"$(hash $scans/p$n.tif)\", \"size\": 6, \"index\": 0,
  \"format\": \"tiff\", \"width\": 2000, \"height\": 3000, \"bits\": 8, \"dpi\": 300, \"problem\": null}"
    [ $n = 3 ] || echo ,
done)]}
END
say() { echo "{\"line\": \"$1\", \"role\": \"$2\", \"article\": $3}"; }
cat >work/articles.json <<END
{"format": "backissue-articles/1",
 "issue": {"paper": "临江新报", "date": "$date", "weekday": "星期五", "number": 26, "total": 1495, "pages": 3},
 "pages": [
  {"frame": 1, "page_number": 1, "section": "要闻", "confidence": 0.9, "status": "ok", "lines": [
   $(say l1 masthead null), $(say l2 headline 0), $(say l3 headline 0), $(say l4 body 0), $(say l5 body 0),
   $(say k6 body 0), $(say l7 body 0), $(say l8 body 0), $(say l9 body 0), $(say l10 body 0), $(say l11 jump 0),
   $(say l12 body 1), $(say l13 teaser null), $(say l14 teaser null)]},
  {"frame": 2, "page_number": 2, "section": null, "confidence": 0.8, "status": "ok", "lines": [
   $(say l1 headline 0), $(say l2 body 0), $(say l3 body 1), $(say l4 caption 0), $(say l5 ad 2), $(say l6 ad 2)]},
  {"frame": 3, "page_number": 3, "section": null, "confidence": 0, "status": "failed: is black", "lines": []}],
 "articles": [
  {"id": "a1", "kind": "article", "section": "要闻", "kicker": "", "headline": "老菜场开门迎客", "subhead": "",
   "byline": "本报讯(记者苏禾)", "body": "本报讯(记者苏禾)老菜场改造<7>个月&未完，用上了 Linux information of systems 和系统左栏二行\n右栏一行的新系统，𠮷祥。",
   "confidence": 0.9, "parts": [
    {"page_number": 1, "box": [100, 200, 1200, 400], "regions": []},
    {"page_number": 2, "box": [100, 100, 400, 400], "regions": []}]},
  {"id": "a2", "kind": "article", "section": "要闻", "kicker": "引<题>", "headline": "改过的标题", "subhead": "", "byline": "",
   "body": "竖排未了一行\nשלום\n哪里也没有印的一段", "confidence": 0.9, "parts": [
    {"page_number": 1, "box": [1500, 300, 40, 240], "regions": []},
    {"page_number": 2, "box": [100, 300, 200, 40], "regions": []}]},
  {"id": "a3", "kind": "ad", "section": null, "kicker": "", "headline": "招　租", "subhead": "", "byline": "",
   "body": "电话1234", "confidence": 0.9, "parts": [{"page_number": 2, "box": [100, 500, 900, 500], "regions": []}]},
  {"id": "a4", "kind": "photo", "section": null, "kicker": "", "headline": "无字的照片", "subhead": "", "byline": "",
   "body": "", "confidence": 0.9, "parts": [{"page_number": 3, "box": [0, 0, 9, 9], "regions": []}]}],
 "links": [
  {"kind": "continuation", "source_page": 1, "marker": "(下转第2版)", "source_article": 0, "target_page": 2,
   "target_article": 0, "status": "linked", "score": 0.9, "reason": "the only continuation on page 2"},
  {"kind": "teaser", "source_page": 1, "marker": ">>>刊2版", "source_article": null, "target_page": 2,
   "target_article": 2, "status": "linked", "score": 0.9, "reason": "said so"},
  {"kind": "continuation", "source_page": 2, "marker": "(下转第9版)", "source_article": 1, "target_page": 9,
   "target_article": null, "status": "dangling", "score": 0, "reason": "page 9 is not in this issue"}],
 "problems": [], "steps": []}
END
"$BIN/backissue-load" -o archive.db work/issue.json work/articles.json work/000[12]/4-ocr.page.xml || fail "load"
export BACKISSUE_ARCHIVE=archive.db

expect_exit 0 "$backissue" export alto,mets,page,hocr -o ex
issue=ex/linjiang/$date

# ---- ALTO
expect_valid alto-4-4.xsd $issue/alto/*.xml $issue/mets/alto/*.xml
diff -r -x export.json $issue/alto $issue/mets/alto || fail "two kinds of ALTO"
expect_same_lines archive.db $date alto $issue/alto/*.xml
alto() { xmllint --xpath "$1" $issue/alto/$2.xml 2>/dev/null | sed 's#<!\[CDATA\[##'; }
local_name() { echo "//*[local-name()='$1']"; }
# A run of Chinese is one String, and a space is printed where the line has one.
[ "$(alto "count($(local_name SP))" 0001)" = 6 ] || fail "SP"
[ "$(alto "count($(local_name String))" 0001)" = 20 ] || fail "String"
[ "$(alto "count($(local_name Glyph)[@CONTENT='𠮷'])" 0002)" = 1 ] || fail "a rare character"
[ "$(alto "string($(local_name TextLine)[@BASEDIRECTION='ttb']/*/@CONTENT)" 0001)" = 竖排未了一行 ] || fail "vertical"
[ "$(alto "string($(local_name Variant)/@VC)" 0001)" = 0.05 ] || fail "what else a character could be"
[ "$(alto "string($(local_name HYP)/../*[local-name()='String'][last()]/@SUBS_CONTENT)" 0001)" = information ] || fail "HYP"
[ "$(alto "string($(local_name String)[@SUBS_TYPE='HypPart2']/@CONTENT)" 0001)" = mation ] || fail "the rest of a word"
[ "$(alto "count($(local_name TextLine)[contains(@TAGREFS,'JOIN_SPACE')])" 0001)" = 1 ] || fail "joined with a space"
[ "$(alto "string($(local_name String)[@CONTENT='Linux']/@LANG)" 0001)" = und-Latn ] || fail "LANG"
[ "$(alto "string($(local_name Page)/@LANG)" 0001)" = zh ] || fail "LANG of the page"
[ "$(alto "string($(local_name Illustration)/@WIDTH)" 0001)" = 900 ] || fail "a picture"
[ "$(alto "string($(local_name TextLine)[@ID='L2']/@BASELINE)" 0001)" = 100,233\ 219,235 ] || fail "BASELINE"
[ "$(alto "count($(local_name GraphicalElement)/*[local-name()='Shape'])" 0001)" = 1 ] || fail "a rule"
[ "$(alto "count($(local_name ComposedBlock)/*[local-name()='TextBlock'])" 0002)" = 1 ] || fail "a table"
[ "$(alto "string($(local_name TextLine)[@ID='L2']/../@TAGREFS)" 0001)" = 'ROLE_headline A1' ] || fail "TAGREFS"
[ "$(alto "count($(local_name ElementRef))" 0001)" = "$(alto "count($(local_name TextBlock))" 0001)" ] || fail "ReadingOrder"
[ "$(alto "string($(local_name Page)/@QUALITY_DETAIL)" 0003)" = 'failed: is black' ] || fail "a page without text"
[ "$(alto "string($(local_name fileIdentifier)[@fileIdentifierLocation='scan-sha256'])" 0002)" = "$(hash $scans/p2.tif)" ] ||
    fail "checksum of the scan"

# ---- METS
expect_valid mets-1.12.1.xsd $issue/mets/mets.xml
expect_valid none $issue/mets/premis.xml
expect_same_articles archive.db $date $issue/mets/mets.xml
expect_whole_mets $issue/mets
grep -q 'xlink:from="LOG_A1_1" xlink:to="LOG_A1_2" xlink:arcrole="urn:backissue:continuation"' $issue/mets/mets.xml ||
    fail "the continuation"
grep -q 'xlink:from="LOG_P0001_13" xlink:to="LOG_A3" xlink:arcrole="urn:backissue:teaser"' $issue/mets/mets.xml || fail "the teaser"
# A paragraph without lines is there in words; one that its lines make is not said twice.
[ "$(grep -c 'TYPE="paragraph" LABEL=' $issue/mets/mets.xml)" -eq 1 ] || fail "paragraphs in words"
grep -q 'TYPE="paragraph" LABEL="哪里也没有印的一段"' $issue/mets/mets.xml || fail "a paragraph that is not printed"
grep -q 'TYPE="paragraph-continued"' $issue/mets/mets.xml || fail "a paragraph over two pages"
grep -q '<mods:number>1495</mods:number>' $issue/mets/mets.xml || fail "the total number"
grep -q "href=\"../../../../$scans/p1.tif\"" $issue/mets/mets.xml || fail "the way to a scan"

# ---- PAGE-XML: the files of the stages, but for the image that they name
expect_valid pagecontent-2019-07-15.xsd $issue/page/*.xml
expect_same_lines archive.db $date page $issue/page/*.xml
image=../../../../work/0001/2-deskew.tif
grep -q "imageFilename=\"$image\"" $issue/page/0001.page.xml && [ -f $issue/page/$image ] || fail "the image"
bare() { xmllint --c14n "$1" | sed 's/ imageFilename="[^"]*"//'; }
bare work/0001/4-ocr.page.xml >bare.xml
bare $issue/page/0001.page.xml | cmp - bare.xml || fail "another page"
# What a stage wrote since, or nobody has any more, is not what the archive says: then the archive is.
mv work/0001/4-ocr.page.xml kept.xml
sed 's/老菜场/新菜场/' work/0002/4-ocr.page.xml >new.xml && mv new.xml work/0002/4-ocr.page.xml
expect_exit 0 "$backissue" export page -o made
expect_valid pagecontent-2019-07-15.xsd made/linjiang/$date/page/*.xml
expect_same_lines archive.db $date page made/linjiang/$date/page/*.xml
grep -q 'index="1" conf="0.0500"' made/linjiang/$date/page/0001.page.xml || fail "what else a character could be"
grep -q 'readingDirection="top-to-bottom"' made/linjiang/$date/page/0001.page.xml || fail "vertical"
# A page corrected by hand comes before what was recognised.
mv kept.xml work/0001/4-corrected.page.xml
sed 's/临江新报/临江晚报/' work/0001/4-corrected.page.xml >work/0001/4-ocr.page.xml
expect_exit 0 "$backissue" export page -o corrected
cmp $issue/page/0001.page.xml corrected/linjiang/$date/page/0001.page.xml || fail "not the corrected page"
mv work/0001/4-corrected.page.xml work/0001/4-ocr.page.xml
sed -i 's/新菜场/老菜场/' work/0002/4-ocr.page.xml

# ---- hOCR
expect_valid none $issue/hocr/*.html
expect_same_lines archive.db $date hocr $issue/hocr/*.html
hocr() { xmllint --nonet --xpath "$1" $issue/hocr/0001.html 2>/dev/null; }
[ "$(hocr "string(//*[@class='ocr_page']/@title)")" = "image \"$image\"; bbox 0 0 2000 3000; ppageno 0; lpageno 1; scan_res 300 300" ] ||
    fail "title of the page"
[ "$(hocr "string(//*[@id='line_1_12']/@title)")" = 'bbox 1500 300 1540 540; x_size 40.0; textangle 270; x_wconf 90' ] ||
    fail "title of a line"
[ "$(hocr "string(//*[@id='line_1_2']/@title)")" = 'bbox 100 200 220 240; baseline 0.017 -7; x_size 40.0; x_wconf 90' ] ||
    fail "title of a line with a baseline"
[ "$(hocr "count(//*[@class='ocrx_word'])")" = "$(alto "count($(local_name String))" 0001)" ] || fail "words"
[ "$(hocr "count(//*[@class='ocr_title']//*[@class='ocr_line'])")" = 2 ] || fail "the headline"
[ "$(hocr "count(//*[@class='ocr_photo'])")" = 1 ] || fail "a picture"
[ "$(hocr "count(//*[@class='ocr_separator'])")" = 1 ] || fail "a rule"

# The same again, and under an address.
expect_exit 0 "$backissue" export alto,mets,page,hocr -o again
diff -r ex again || fail "not the same twice"
expect_exit 0 "$backissue" export mets -o web --base-url https://example.org/a%20b/
grep -q "href=\"https://example.org/a%20b/linjiang/$date/mets/alto/0001.xml\"" web/linjiang/$date/mets/mets.xml || fail "URL"
# With IIIF its services are what a viewer is to show.
expect_exit 0 "$backissue" export iiif,mets -o services --base-url https://example.org
expect_valid mets-1.12.1.xsd services/linjiang/$date/mets/mets.xml
expect_whole_mets services/linjiang/$date/mets
grep -A2 'USE="DEFAULT"' services/linjiang/$date/mets/mets.xml |
    grep -q "href=\"https://example.org/linjiang/$date/iiif/0001/info.json\"" || fail "the image services"
# One article: its pages, and the lines of the others without theirs.
expect_exit 0 "$backissue" export mets -o one --article 3
expect_valid mets-1.12.1.xsd one/linjiang/$date/mets/mets.xml
[ "$(ls one/linjiang/$date/mets/alto)" = 0002.xml ] || fail "pages of one article"
expect_whole_mets one/linjiang/$date/mets

# Texts that XML cannot hold, and a scan with a hostile name. The index has no part in it.
sqlite3 archive.db "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_master WHERE type = 'trigger'" | sqlite3 archive.db
sqlite3 archive.db "UPDATE line SET text = 'a' || char(1) || 'b' || char(65535) || ']]>' WHERE page_id = 1 AND line_order = 2;
    UPDATE article SET headline = char(27) || '<&\"''>', body = char(8) WHERE article_id = 2;
    UPDATE issue SET paper = char(31), weekday_printed = char(2) || '&';
    UPDATE page SET scan_path = 'a b%/\"&.pdf', scan_index = 4 WHERE page_id = 2" || fail "hostile texts"
expect_exit 0 "$backissue" export alto,mets,page,hocr -o hostile
expect_valid alto-4-4.xsd hostile/linjiang/$date/mets/alto/*.xml
expect_valid mets-1.12.1.xsd hostile/linjiang/$date/mets/mets.xml
expect_valid pagecontent-2019-07-15.xsd hostile/linjiang/$date/page/*.xml
expect_valid none hostile/linjiang/$date/hocr/*.html
grep -q 'href="a%20b%25/%22%26.pdf#page=5"' hostile/linjiang/$date/mets/mets.xml || fail "a hostile name"
echo passed
