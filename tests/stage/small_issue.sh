# Issues by hand for the tests of load and of what works on an archive: source after lib.sh.

# small_issue DIR DATE: two pages, an article over both with a pointer, an advertisement, a rare character.
small_issue() {
    dir=$1
    date=$2
    scans=$dir/scans/linjiang/$date
    mkdir -p "$scans" "$dir/0001" "$dir/0002"
    for page in 1 2; do
        printf 'scan %s of %s' "$page" "$date" >"$scans/p$page.tif"
        printf 'image %s' "$page" >"$dir/000$page/2-deskew.tif"
        eval "hash$page=\$(sha256sum \"$scans/p$page.tif\" | cut -c1-64)"
    done
    cat >"$dir/issue.json" <<END
{"format": "backissue-issue/1", "folder": "$scans", "title": "linjiang", "date": "$date", "settings": [], "frames": [
 {"number": 1, "scan": "p1.tif", "sha256": "$hash1", "size": 20, "index": 0, "format": "tiff", "width": 1000,
  "height": 2000, "bits": 8, "dpi": 300, "problem": null},
 {"number": 2, "scan": "p2.tif", "sha256": "$hash2", "size": 20, "index": 0, "format": "tiff", "width": 1000,
  "height": 2000, "bits": 8, "dpi": 300, "problem": null}]}
END
    cat >"$dir/articles.json" <<END
{"format": "backissue-articles/1",
 "issue": {"paper": "临江新报", "date": "$date", "weekday": "星期五", "number": 26, "total": 1495, "pages": 2},
 "pages": [
  {"frame": 1, "page_number": 1, "section": "要闻", "confidence": 0.9, "status": "ok", "lines": [
   {"line": "l1", "role": "headline", "article": 0}, {"line": "l2", "role": "body", "article": 0},
   {"line": "l3", "role": "jump", "article": 0}]},
  {"frame": 2, "page_number": 2, "section": null, "confidence": 0.8, "status": "ok", "lines": [
   {"line": "l1", "role": "body", "article": 0}, {"line": "l2", "role": "ad", "article": 1}]}],
 "articles": [
  {"id": "a1", "kind": "article", "section": "要闻", "kicker": "", "headline": "老菜场开门迎客", "subhead": "",
   "byline": "本报记者 苏禾", "body": "老菜场改造７个月，\n用上了Ｌｉｎｕｘ 系统，𠮷祥如意😀。", "confidence": 0.9, "parts": [
    {"page_number": 1, "box": [100, 100, 400, 300], "regions": []},
    {"page_number": 2, "box": [100, 100, 400, 100], "regions": []}]},
  {"id": "a2", "kind": "ad", "section": null, "kicker": "", "headline": "招租", "subhead": "", "byline": "",
   "body": "菜场旁旺铺", "confidence": 0.9, "parts": [{"page_number": 2, "box": [100, 300, 400, 100], "regions": []}]}],
 "links": [{"kind": "continuation", "source_page": 1, "marker": "下转第2版", "source_article": 0, "target_page": 2,
  "target_article": 0, "status": "linked", "score": 0.9, "reason": "the only continuation on page 2"}],
 "problems": [{"page_number": 2, "article": 1, "kind": "low-confidence", "severity": "note", "detail": "faint print"}],
 "steps": []}
END
    page_xml 1 老菜场开门迎客 老菜场改造７个月， 下转第2版 >"$dir/0001/4-ocr.page.xml"
    page_xml 2 用上了Ｌｉｎｕｘ系统 招租 >"$dir/0002/4-ocr.page.xml"
}

# without_advertisement DIR: the second article of a small issue is none any more.
without_advertisement() {
    sed -i 's/"role": "ad", "article": 1/"role": "ad", "article": null/; s/"article": 1, "kind": "low/"article": null, "kind": "low/
        s/^\( *{"page_number": 2, .*\]}\]}\),$/\1],/; /"id": "a2"/,/"body"/d' "$1/articles.json"
}

# page_xml NUMBER LINE...: a page with one region of these lines.
page_xml() {
    shift
    echo '<?xml version="1.0" encoding="UTF-8"?>'
    echo '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Metadata><Creator>x</Creator>'
    echo '<Created>1970-01-01T00:00:00Z</Created><LastChange>1970-01-01T00:00:00Z</LastChange></Metadata>'
    echo '<Page imageFilename="2-deskew.tif" imageWidth="1000" imageHeight="2000">'
    echo '<TextRegion id="r1"><Coords points="100,100 499,100 499,499 100,499"/>'
    line=0
    for text; do
        line=$((line + 1))
        y=$((50 + 50 * line))
        echo "<TextLine id=\"l$line\"><Coords points=\"100,$y 499,$y 499,$((y + 39)) 100,$((y + 39))\"/>"
        echo "<TextEquiv conf=\"0.9\"><Unicode>$text</Unicode></TextEquiv></TextLine>"
    done
    echo '</TextRegion></Page></PcGts>'
}

# large_issue DIR DATE ARTICLES: one page, many long articles, so that loading takes a while.
large_issue() {
    dir=$1
    mkdir -p "$dir/0001"
    cat >"$dir/issue.json" <<END
{"format": "backissue-issue/1", "folder": "$dir/scans/linjiang/$2", "title": "linjiang", "date": "$2", "settings": [],
 "frames": [{"number": 1, "scan": "p1.tif", "sha256": "", "size": 1, "index": 0, "format": "tiff", "width": 1000,
 "height": 2000, "bits": 8, "dpi": 300, "problem": null}]}
END
    page_xml 1 字 >"$dir/0001/4-ocr.page.xml"
    awk -v articles="$3" -v date="$2" 'BEGIN {
        split("天 地 玄 黄 宇 宙 洪 荒 日 月 盈 昃 辰 宿 列 张 寒 来 暑 往 秋 收 冬 藏 闰 余 成 岁 律 吕 调 阳", han, " ")
        printf "{\"format\": \"backissue-articles/1\", \"issue\": {\"date\": \"%s\"}, \"pages\": [{\"frame\": 1, ", date
        printf "\"page_number\": 1, \"confidence\": 1, \"status\": \"ok\", \"lines\": []}], \"articles\": ["
        seed = 1
        for (a = 1; a <= articles; a++) {
            printf "%s{\"id\": \"a%d\", \"kind\": \"article\", \"headline\": \"第%d篇\", \"body\": \"", (a > 1 ? "," : ""), a, a
            for (i = 0; i < 1500; i++) {
                seed = (seed * 69069 + 1) % 4294967296
                printf "%s", han[1 + int(seed / 65536) % 32]
            }
            printf "\", \"confidence\": 1, \"parts\": [{\"page_number\": 1, \"box\": [%d, 0, 9, 9]}]}\n", a * 10
        }
        print "], \"links\": [], \"problems\": [], \"steps\": []}"
    }' >"$dir/articles.json"
}

# load_small / load_large DIR ARCHIVE [OPTION...]: the command that loads it.
load_small() {
    dir=$1
    archive=$2
    shift 2
    "$BIN/backissue-load" -o "$archive" "$@" "$dir/issue.json" "$dir/articles.json" "$dir"/0001/4-ocr.page.xml \
        "$dir"/0002/4-ocr.page.xml
}
load_large() {
    "$BIN/backissue-load" -o "$2" "$1/issue.json" "$1/articles.json" "$1/0001/4-ocr.page.xml"
}
