# Makes printed lines of running text, of words strung together, and of what newspapers have between their articles.
# First file: runs of text. Second: words with their frequency. For gawk, which counts in characters.
function below(n) { return int(rand() * n) }
function pick(list, parts, n) { n = split(list, parts, " "); return parts[1 + below(n)] }
function word(   i, low, high, at) { # by the square root of its frequency, so that rare ones come too
    at = rand() * total; low = 1; high = words
    while (low < high) { i = int((low + high) / 2); if (upto[i] < at) low = i + 1; else high = i }
    return text[low]
}
function rare() { return han[1 + below(hans)] }
function name(   i) { return substr(SURNAMES, 1 + below(length(SURNAMES)), 1) rare() (below(3) ? rare() : "") }
function number() { return pick("年 亿元 万人 个 公里 吨 % 元 岁 户 次 万亩 米 ℃ ㎡") }
function figure(   n) { n = below(5); return n == 0 ? below(100) "." below(100) : n == 1 ? 1900 + below(130) : below(10 ^ (1 + below(6))) }
function latin(   s, i, n) {
    n = 2 + below(8); s = ""
    for (i = 0; i < n; i++) s = s substr("etaoinshrdlcumwfgypbvkxjqz", 1 + int(26 * rand() * rand()), 1)
    return below(3) ? (below(2) ? toupper(substr(s, 1, 1)) substr(s, 2) : s) : toupper(s)
}
function made(   k) {
    k = below(16)
    if (k == 0) return (2000 + below(30)) "年" (1 + below(12)) "月" (1 + below(31)) "日 星期" pick("一 二 三 四 五 六 日") " 第" below(20000) "期"
    if (k == 1) return pick("（下转第 （上接第 上接第 下转第 紧接第") (1 + below(16)) pick("版） 版") 
    if (k == 2) return pick("本报讯（记者 □本报记者 本报记者 通讯员 见习记者 （记者 文/记者 图/ 摄影") " " name() pick("） 、 报道") (below(2) ? name() : "")
    if (k == 3) return pick("责任编辑： 责编： 美编： 校对： 版式： 电话： 热线： 邮箱：") (below(2) ? name() : "0" (10 + below(990)) "-" (10000000 + below(89999999)))
    if (k == 4) return word() figure() number() "，" word() word() figure() number()
    if (k == 5) return ">>>" pick("刊 详见第 见") (1 + below(12)) "版"
    if (k == 6) return latin() " " latin() pick(". , 、 -") latin() word() latin() figure()
    if (k == 7) return "www." tolower(latin()) "." pick("com cn org net") (below(2) ? "/" tolower(latin()) : "") word()
    if (k == 8) return "“" word() word() "”" word() "，" word() pick("。 ； ？ ！ …… ——") word()
    if (k == 9) return "《" word() word() "》" word() "（" figure() "）" word()
    if (k == 10) return name() "·" rare() rare() rare() word() "：" word()
    if (k == 11) return pick("● ■ ▲ ★ ◆ ① ② ③ ④ ⑤ ⑥ ⑦ ⑧ ⑨ → ○ □ △ ☆ ▶ ‘ 【") word() word() word()
    if (k == 12) return word() "——" word() word() word()
    if (k == 13) return figure() "×" figure() word() "～" figure() word() figure() "%"
    if (k == 14) return name() " " name() " " name() "、" name()
    return tolower(latin()) "@" tolower(latin()) ".com " word() figure() "-" figure()
}
BEGIN {
    srand(seed)
    SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
}
FNR == NR { run[++runs] = $0; next }
{
    root = sqrt($2)
    text[++words] = $1; total += root; upto[words] = total
    n = split($1, c, "")
    for (i = 1; i <= n; i++) if (!(c[i] in seen)) { seen[c[i]] = 1; han[++hans] = c[i] }
}
END {
    for (i = 1; i <= runs; i++) { # cut as a column of a width of its own cuts it
        width = 10 + below(16); s = run[i]
        while (length(s) > 4) { print substr(s, 1, width); s = substr(s, width + 1) }
    }
    for (i = 0; i < 40000; i++) print made()
    for (i = 0; i < 60000; i++) {
        width = 6 + below(20); s = ""
        while (length(s) < width) s = s (below(8) ? word() : rare()) (below(7) ? "" : pick("， 。 、 ， ； ： 的"))
        print s
    }
    for (i = 0; i < 40000; i++) { s = ""; for (n = 5 + below(14); n > 0; n--) s = s rare(); print s }
}
