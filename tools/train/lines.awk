# Makes printed lines of running text, of words strung together, and of what newspapers have between their articles.
# First file: all characters of GB 2312 in its order. Second: runs of text. Third: words with their frequency and, where
# known, their kind as jieba has it (n noun, v verb, a adjective, ns place, nt institution, nr person). For gawk, which
# counts in characters.
function below(n) { return int(rand() * n) }
function pick(list, between,   parts, n) { n = split(list, parts, between ? "[" between "]" : " "); return parts[1 + below(n)] }
function word(   i, low, high, at) { # by the square root of its frequency, so that rare ones come too
    at = rand() * total; low = 1; high = words
    while (low < high) { i = int((low + high) / 2); if (upto[i] < at) low = i + 1; else high = i }
    return text[low]
}
function of(kind,   a, b) { # the more frequent of two
    a = 1 + below(kins[kind]); b = 1 + below(kins[kind])
    return weight[kind, a] > weight[kind, b] ? kin[kind, a] : kin[kind, b]
}
function simplified(s,   c, n) { # no traditional or still rarer characters
    for (n = split(s, c, ""); n > 0; n--) if (c[n] >= "㐀" && c[n] < "ꀀ" && !(c[n] in known)) return 0
    return 1
}
function rare() { return han[1 + below(hans)] }
function common() { return han[1 + below(LEVEL_1)] }
function name() {
    if (below(3) == 0) return of("nr")
    return substr(SURNAMES, 1 + below(length(SURNAMES)), 1) (below(4) ? common() : rare()) (below(3) ? common() : "")
}
function number() { return pick("年 亿元 万人 个 公里 吨 % 元 岁 户 次 万亩 米 ℃ ㎡") }
function figure(   n) { n = below(5); return n == 0 ? below(100) "." below(100) : n == 1 ? 1900 + below(130) : below(10 ^ (1 + below(6))) }
function latin(   s, i, n) {
    n = 2 + below(8); s = ""
    for (i = 0; i < n; i++) s = s substr("etaoinshrdlcumwfgypbvkxjqz", 1 + int(26 * rand() * rand()), 1)
    return below(3) ? (below(2) ? toupper(substr(s, 1, 1)) substr(s, 2) : s) : toupper(s)
}
function byline() { return pick("记者 本报记者 通讯员 见习记者 实习生 特约记者 新华社记者 首席记者 本报通讯员") (below(2) ? " " : "") name() (below(3) ? "" : " " name()) }
function credit() { # under a picture
    return pick(byline() "摄|" byline() " 摄|" byline() " 摄影报道|" name() " 摄|摄影：" name() "|摄/" name() "|" name() "/摄|（" name() " 摄）|（" name() "摄）|图/" name() "|文/图 " name() "|制图：" name() "|资料图片|（资料图）|新华社发|（新华社发）|本报资料图|视觉中国供图|（" of("nt") "供图）|受访者供图|" name() " 绘|漫画：" name(), "|")
}
function day() { return (1 + below(12)) "月" (1 + below(31)) "日" }
function clause(   k) { # as news are put
    k = below(14)
    if (k == 0) return "记者从" of("ns") of("n") pick("局 委 厅 部门 公司 中心 办公室") "获悉"
    if (k == 1) return pick("近日 昨日 昨天 目前 今年以来 截至目前 日前 去年 今年上半年 当天上午 本月") "，" of("ns") of("n") of("v") of("n")
    if (k == 2) return of("n") of("v") pick("了 着 过") of("n") of("n")
    if (k == 3) return pick("同比增长 同比下降 达到 超过 累计 完成 新增 比上年增加") figure() number()
    if (k == 4) return name() pick("说 表示 介绍 告诉记者 认为 指出 强调") "，" of("n") of("v") of("n")
    if (k == 5) return "在" of("ns") of("n") "的" of("n") pick("上 里 中 前 旁")
    if (k == 6) return of("a") "的" of("n") pick("正在 已经 将 可以 不断 进一步 全面") of("v")
    if (k == 7) return pick("为了 通过 随着 根据 由于 按照 围绕 针对") of("n") of("v") "的" of("n")
    if (k == 8) return pick("推进 加强 提高 开展 推动 促进 落实 保障 完善 加快 深化 举办 组织") of("n") of("vn") pick("工作 建设 发展 活动 改革 服务 管理 项目")
    if (k == 9) return day() pick("，|上午，|下午，|至" below(31) "日，|，由", "|") of("nt") of("v") of("n")
    if (k == 10) return of("n") "、" of("n") "和" of("n") "的" of("n")
    if (k == 11) return pick("据悉 据了解 据介绍 与此同时 此外 对此 因此 其中 不仅如此") "，" of("n") of("v") of("n")
    if (k == 12) return "“" of("n") of("d") of("v") "，" of("v") of("n") pick("。” ！” ”") name() pick("说 告诉记者")
    return of("n") of("d") of("v") of("n")
}
function news(   s, n) {
    s = below(4) ? "" : pick("本报讯 |（记者" name() "）|（记者 " name() "）|据新华社电 |□" byline() " |本报" of("ns") day() "电 ", "|")
    for (n = 2 + below(5); n > 0; n--) s = s clause() (n > 1 ? pick("， ， ， 。 ；") : "。")
    return s
}
function caption(   s) {
    s = pick("图为 |图为：|▲|▼|上图：|下图：|左图为|右图为|图① |图②：||||", "|")
    s = s pick(day() "，|近日，|||", "|") of("ns") of("n") pick("在|正在|、" of("n") "在", "|") of("v") of("n") pick("。 ") 
    return s (below(3) ? pick("  | ||　", "|") credit() : "")
}
function heading() { # as over articles: no mark at the end
    return pick(of("ns") of("v") of("n") of("vn") "|" of("n") of("v") of("n") " " of("n") of("v") of("n") "|让" of("n") of("a") of("v") "|" of("n") "：" of("a") of("n") of("vn") "|" of("ns") of("n") "“" of("n") "”" of("v") of("n") "|" figure() number() of("n") of("v") of("ns"), "|")
}
function made(   k) {
    k = below(30)
    if (k == 0) return (2000 + below(30)) "年" (1 + below(12)) "月" (1 + below(31)) "日 星期" pick("一 二 三 四 五 六 日") " 第" below(20000) "期"
    if (k == 1) return pick("（下转第 （上接第 上接第 下转第 紧接第 （下转 （上接") (1 + below(16)) pick("版） 版")
    if (k == 2) return pick("本报讯（|□|（|||文/|图/|本报讯 （", "|") byline() pick("）||| 报道|报道| 文/图| 摄影报道| 综合报道", "|")
    if (k == 3) return pick("责任编辑： 责编： 美编： 校对： 版式： 主编： 编辑： 组版： 值班主任： 电话： 热线： 邮箱： 新闻热线： 广告热线： 邮编： 地址：") (below(2) ? name() : "0" (10 + below(990)) "-" (10000000 + below(89999999)))
    if (k == 4) return word() figure() number() "，" word() word() figure() number()
    if (k == 5) return pick(">>> ▶ → ■ 》》") pick("刊 详见第 见 见第") (1 + below(12)) "版"
    if (k == 6) return latin() " " latin() pick(". , 、 -") latin() word() latin() figure()
    if (k == 7) return "www." tolower(latin()) "." pick("com cn org net gov.cn com.cn") (below(2) ? "/" tolower(latin()) : "") word()
    if (k == 8) return "“" word() word() "”" word() "，" word() pick("。 ； ？ ！ …… ——") word()
    if (k == 9) return "《" word() word() "》" word() "（" figure() "）" word()
    if (k == 10) return name() "·" rare() rare() rare() word() "：" word()
    if (k == 11) return pick("● ■ ▲ ★ ◆ ① ② ③ ④ ⑤ ⑥ ⑦ ⑧ ⑨ → ○ □ △ ☆ ▶ ‘ 【") word() word() word()
    if (k == 12) return word() "——" word() word() word()
    if (k == 13) return figure() "×" figure() word() "～" figure() word() figure() "%"
    if (k == 14) return name() " " name() " " name() "、" name()
    if (k == 15) return tolower(latin()) "@" tolower(latin()) ".com " word() figure() "-" figure()
    if (k == 16) return pick("第" (1 + below(24)) "版|A" (1 + below(32)) "|B" (1 + below(16)) "|国内统一连续出版物号 CN " (10 + below(55)) "-" (1000 + below(8999)) "|今日" (4 + below(28)) "版|零售每份" (1 + below(5)) "元|总第" (1000 + below(29999)) "期|邮发代号 " (1 + below(80)) "-" (1 + below(300)), "|") pick(" " of("n") "新闻| 要闻| 副刊| 文化| 体育| 经济| 国际| 社会| 广告||", "|")
    if (k < 20) return caption()
    if (k < 22) return credit()
    if (k < 26) return heading()
    if (k == 26) return latin() " " tolower(latin()) " " tolower(latin()) word() tolower(latin()) " " tolower(latin())
    return word() tolower(latin()) " " latin() pick("。 ， 、 （ ）") word() figure() word()
}
BEGIN {
    srand(seed)
    LEVEL_1 = 3755 # in the order of pronunciation; the rest are the rare ones
    SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
}
FNR == 1 { file++ }
file == 1 { han[++hans] = $0; known[$0] = 1; next }
!simplified($0) { next }
file == 2 { run[++runs] = $0; next }
{
    root = sqrt($2)
    text[++words] = $1; total += root; upto[words] = total
    if ($2 > 20 && $3 != "") { kin[$3, ++kins[$3]] = $1; weight[$3, kins[$3]] = $2 }
}
# A line of a column of a width of its own, and so on to the text's end.
function column(s, width) { while (length(s) > 4) { print substr(s, 1, width); s = substr(s, width + 1) } }
END {
    for (i = 1; i <= runs; i++) column(run[i], 10 + below(16))
    for (i = 0; i < 30000; i++) column(news(), 10 + below(16))
    for (i = 0; i < 70000; i++) print made()
    for (i = 0; i < 50000; i++) {
        width = 6 + below(20); s = ""
        while (length(s) < width) s = s (below(8) ? word() : rare()) (below(7) ? "" : pick("， 。 、 ， ； ： 的"))
        print s
    }
    for (i = 0; i < 17000; i++) { s = ""; for (n = 5 + below(14); n > 0; n--) s = s rare(); print s }
}
