#include "prose.h"

#include <stdio.h>

static const char *const NOUNS[] = {
    "工程",   "项目",   "企业",   "市场", "学校",   "学生",   "教师",   "医院",   "医生",   "病人", "居民",
    "社区",   "街道",   "公园",   "道路", "桥梁",   "车站",   "公交",   "地铁",   "机场",   "港口", "码头",
    "货轮",   "渔船",   "农田",   "水稻", "小麦",   "果园",   "茶叶",   "蔬菜",   "种子",   "化肥", "农民",
    "合作社", "乡镇",   "村庄",   "河流", "水库",   "大坝",   "雨水",   "台风",   "气温",   "天气", "森林",
    "树木",   "草地",   "湿地",   "候鸟", "鱼苗",   "空气",   "垃圾",   "污水",   "电厂",   "电网", "电价",
    "煤炭",   "天然气", "太阳能", "电池", "汽车",   "零件",   "机床",   "工厂",   "车间",   "工人", "工资",
    "合同",   "订单",   "出口",   "关税", "银行",   "贷款",   "存款",   "股票",   "基金",   "保险", "税收",
    "预算",   "财政",   "物价",   "房价", "住房",   "租金",   "小区",   "电梯",   "消防",   "火灾", "警方",
    "案件",   "法院",   "律师",   "证据", "法官",   "规定",   "条例",   "制度",   "改革",   "会议", "代表",
    "委员",   "提案",   "选举",   "干部", "党员",   "支部",   "志愿者", "老人",   "儿童",   "妇女", "家庭",
    "婚礼",   "春节",   "灯会",   "庙会", "戏曲",   "剧团",   "演员",   "舞台",   "电影",   "导演", "音乐",
    "乐团",   "歌手",   "画家",   "展览", "博物馆", "文物",   "古城",   "城墙",   "寺庙",   "石刻", "竹简",
    "图书馆", "书店",   "作家",   "小说", "诗歌",   "读者",   "报纸",   "记者",   "照片",   "比赛", "球队",
    "教练",   "运动员", "冠军",   "足球", "篮球",   "乒乓球", "游泳",   "马拉松", "体育馆", "门票", "游客",
    "酒店",   "餐馆",   "厨师",   "早餐", "面条",   "豆腐",   "米酒",   "糖果",   "超市",   "商场", "快递",
    "包裹",   "仓库",   "物流",   "火车", "铁路",   "隧道",   "高速",   "司机",   "乘客",   "事故", "交警",
    "红绿灯", "自行车", "软件",   "芯片", "网络",   "手机",   "数据",   "机器人", "卫星",   "火箭", "实验室",
    "教授",   "论文",   "专利",   "疫苗", "药品",   "药店",   "护士",   "病房",   "手术",   "营养", "睡眠",
    "血压",   "癌症",   "考试",   "成绩", "课程",   "食堂",   "宿舍",   "奖学金", "毕业生", "招聘", "岗位",
    "技能",   "培训",   "师傅",   "木匠", "刺绣",   "瓷器",   "铁锅",   "灯笼",   "风筝",   "剪纸", "皮影",
    "渡口",   "灯塔",   "岛屿",   "沙滩", "珊瑚",   "矿山",   "钢材",   "水泥",   "玻璃",   "布料", "服装",
    "鞋子",   "家具",   "地板",   "油漆", "花卉",   "盆景",
};
static const char *const VERBS[] = {
    "建设", "完成", "推进", "开展", "参加", "举行", "组织", "提供", "增加", "减少", "改善", "提高",
    "降低", "保护", "发现", "解决", "检查", "管理", "介绍", "表示", "认为", "希望", "要求", "支持",
    "帮助", "带来", "吸引", "接受", "成立", "制定", "实施", "公布", "启动", "关闭", "修复", "扩大",
    "投入", "购买", "出售", "生产", "使用", "研究", "讨论", "同意", "反对", "打算", "准备", "继续",
    "恢复", "改变", "经过", "面对", "记录", "收集", "整理", "赠送",
};
static const char *const ADVERBS[] = {
    "去年", "今年", "近日", "昨天", "上午", "下午", "目前", "随后", "同时", "此外",
    "当时", "如今", "正在", "已经", "将要", "不断", "逐步", "全面", "共同", "积极",
    "首次", "再次", "至今", "平均", "大约", "分别", "主要", "特别",
};
static const char *const ADJECTIVES[] = {
    "新的",   "重要的", "普通的", "年轻的", "附近的", "传统的", "现代的", "便宜的",
    "安全的", "旧的",   "长期的", "严重的", "漂亮的", "著名的", "当地的", "有关的",
    "第一批", "不少",   "许多",   "部分",   "全部的", "各类",   "这些",   "另外的",
};
static const char *const LINKS[] = {
    "因为", "所以", "但是", "而且", "如果", "虽然", "为了", "通过", "根据", "随着", "对于", "除了",
};
static const char *const PLACES[] = {
    "东门", "西河", "南湾", "北山", "石桥", "柳林", "清溪", "白沙", "长岭", "龙潭",   "新塘", "老街",
    "双井", "黄坡", "青石", "梅园", "荷塘", "松岗", "金滩", "古渡", "云台", "凤凰岭", "大坪", "小洲",
};
static const char *const SURNAMES[] = {"王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴",
                                       "徐", "孙", "马", "朱", "胡", "郭", "何", "高", "林", "罗"};
static const char *const GIVEN[] = {"伟", "芳", "娜", "敏", "静", "强", "磊", "军", "洋", "勇",
                                    "艳", "杰", "涛", "明", "超", "秀", "霞", "平", "刚", "桂",
                                    "建", "国", "华", "文", "玉", "春", "红", "梅", "海", "波"};

#define PICK(chance, list) (list)[chance_below(chance, (int)(sizeof(list) / sizeof *(list)))]

void prose_topic(struct chance *chance, struct prose_topic *topic)
{
    for (size_t i = 0; i < PROSE_TOPIC_NOUNS; i++)
        topic->nouns[i] = PICK(chance, NOUNS);
    for (size_t i = 0; i < sizeof topic->verbs / sizeof *topic->verbs; i++)
        topic->verbs[i] = PICK(chance, VERBS);
    topic->place = PICK(chance, PLACES);
    for (size_t i = 0; i < PROSE_TOPIC_NAMES; i++) {
        const char *surname = PICK(chance, SURNAMES), *first = PICK(chance, GIVEN);
        snprintf(topic->names[i], sizeof topic->names[i], "%s%s%s", surname, first,
                 chance_is(chance, 0.6) ? PICK(chance, GIVEN) : "");
    }
}

/* Half of what an article speaks of is its own. */
static const char *noun(struct chance *chance, const struct prose_topic *topic)
{
    return chance_is(chance, 0.5) ? PICK(chance, topic->nouns) : PICK(chance, NOUNS);
}

static const char *verb(struct chance *chance, const struct prose_topic *topic)
{
    return chance_is(chance, 0.3) ? PICK(chance, topic->verbs) : PICK(chance, VERBS);
}

static void add_clause(struct chance *chance, const struct prose_topic *topic, struct bi_text *out)
{
    if (chance_is(chance, 0.3))
        bi_text_add(out, PICK(chance, LINKS));
    if (chance_is(chance, 0.25))
        bi_text_add(out, topic->names[chance_below(chance, PROSE_TOPIC_NAMES)]);
    else if (chance_is(chance, 0.2))
        bi_text_printf(out, "%s的%s", topic->place, noun(chance, topic));
    else
        bi_text_add(out, noun(chance, topic));
    if (chance_is(chance, 0.4))
        bi_text_add(out, PICK(chance, ADVERBS));
    bi_text_add(out, verb(chance, topic));
    bi_text_add(out, chance_is(chance, 0.4) ? "了" : "");
    if (chance_is(chance, 0.15))
        bi_text_printf(out, "%d%s", chance_between(chance, 2, 3000), chance_is(chance, 0.5) ? "个" : "万");
    if (chance_is(chance, 0.4))
        bi_text_add(out, PICK(chance, ADJECTIVES));
    bi_text_add(out, noun(chance, topic));
    if (chance_is(chance, 0.15))
        bi_text_printf(out, "和%s", noun(chance, topic));
}

void prose_sentence(struct chance *chance, const struct prose_topic *topic, struct bi_text *out)
{
    bool quoted = chance_is(chance, 0.1);
    if (quoted)
        bi_text_printf(out, "%s说：“", topic->names[chance_below(chance, PROSE_TOPIC_NAMES)]);
    for (int clause = chance_between(chance, 1, 4); clause > 0; clause--) {
        add_clause(chance, topic, out);
        if (clause > 1)
            bi_text_add(out, chance_is(chance, 0.1) ? "、" : "，");
    }
    bi_text_add(out, chance_is(chance, 0.05) ? "！" : chance_is(chance, 0.04) ? "？" : "。");
    bi_text_add(out, quoted ? "”" : "");
}

void prose_headline(struct chance *chance, const struct prose_topic *topic, int most, struct bi_text *out)
{
    const char *const words[] = {
        chance_is(chance, 0.5) ? topic->place : PICK(chance, topic->nouns),
        PICK(chance, topic->verbs),
        PICK(chance, topic->nouns),
        chance_is(chance, 0.4) ? "　" : "",
        PICK(chance, topic->nouns),
        PICK(chance, topic->verbs),
        PICK(chance, NOUNS),
    };
    size_t used = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        used += bi_rune_count(words[i]);
        if (used > (size_t)most)
            return;
        bi_text_add(out, words[i]);
    }
}

uint32_t prose_character(struct chance *chance)
{
    const char *word = PICK(chance, NOUNS);
    uint32_t first = bi_rune_next(&word), second = bi_rune_next(&word);
    return chance_is(chance, 0.5) ? first : second;
}
