#include "serve/words.h"

#include <string.h>
#include <strings.h>

static const char *const WORDS[SERVE_WORDS][SERVE_LANGUAGES] = {
    [SERVE_WORD_READING_ROOM] = {"阅览室", "Reading room"},
    [SERVE_WORD_SKIP] = {"跳到正文", "Skip to content"},
    [SERVE_WORD_SEARCH] = {"搜索", "Search"},
    [SERVE_WORD_QUERY] = {"搜索词", "Words to search for"},
    [SERVE_WORD_OTHER_LANGUAGE] = {"English", "中文"},
    [SERVE_WORD_PAPER] = {"报纸", "Newspaper"},
    [SERVE_WORD_PAPERS] = {"报纸", "Newspapers"},
    [SERVE_WORD_ALL] = {"全部", "All"},
    [SERVE_WORD_FROM] = {"起始日期", "From"},
    [SERVE_WORD_TO] = {"截止日期", "To"},
    [SERVE_WORD_SECTION] = {"版面名称", "Section"},
    [SERVE_WORD_KIND] = {"类别", "Kind"},
    [SERVE_WORD_ORDER] = {"排序", "Order"},
    [SERVE_WORD_BEST_FIRST] = {"按相关度", "Best first"},
    [SERVE_WORD_NEWEST_FIRST] = {"按日期", "Newest first"},
    [SERVE_WORD_FUZZY] = {"包括可能识别有误的字", "Also where characters may be misread"},
    [SERVE_WORD_FOUND] = {"篇结果", "articles found"},
    [SERVE_WORD_FOUND_NOTHING] = {"没有找到", "Nothing was found"},
    [SERVE_WORD_PROBABLE] = {"可能", "probable"},
    [SERVE_WORD_PREVIOUS] = {"上一页", "Previous"},
    [SERVE_WORD_NEXT] = {"下一页", "Next"},
    [SERVE_WORD_BEFORE_PAGE] = {"第", "p. "},
    [SERVE_WORD_BEHIND_PAGE] = {"版", ""},
    [SERVE_WORD_PAGES] = {"个版", "pages"},
    [SERVE_WORD_ISSUES] = {"期", "issues"},
    [SERVE_WORD_ARTICLES] = {"篇", "articles"},
    [SERVE_WORD_NO_HEADLINE] = {"（无标题）", "(without headline)"},
    [SERVE_WORD_WITHOUT_DATE] = {"日期不详", "Without a date"},
    [SERVE_WORD_MISSING] = {"缺", "missing"},
    [SERVE_WORD_MISSING_LEGEND] = {"应出版而本馆未藏的日期",
                                   "Days on which an issue should have appeared and is not here"},
    [SERVE_WORD_WHOLE_ARTICLE] = {"阅读全文", "Read the whole article"},
    [SERVE_WORD_ON_PAGE] = {"在版面上查看", "Show on the page"},
    [SERVE_WORD_PART] = {"部分", "Part"},
    [SERVE_WORD_JUMPS] = {"转版", "Jumps"},
    [SERVE_WORD_LINKED] = {"已接", "linked"},
    [SERVE_WORD_DANGLING] = {"未接", "dangling"},
    [SERVE_WORD_REASON] = {"依据", "because"},
    [SERVE_WORD_CONFIDENCE] = {"识别可信度", "Confidence"},
    [SERVE_WORD_UNREADABLE] = {"此版没有文字", "This page has no text"},
    [SERVE_WORD_IMAGE_OF_HIT] = {"命中处的版面图像", "The hit as it is printed"},
    [SERVE_WORD_TEXT_OF_PAGE] = {"本版文章", "Articles on this page"},
    [SERVE_WORD_ZOOM_IN] = {"放大", "Zoom in"},
    [SERVE_WORD_ZOOM_OUT] = {"缩小", "Zoom out"},
    [SERVE_WORD_WHOLE_PAGE] = {"整版", "Whole page"},
    [SERVE_WORD_OUTLINES] = {"文章轮廓", "Outlines"},
    [SERVE_WORD_PROBLEMS] = {"待查问题", "Problems"},
    [SERVE_WORD_NO_PROBLEMS] = {"没有待查的问题", "There is nothing to look at"},
    [SERVE_WORD_SEVERITY] = {"程度", "Severity"},
    [SERVE_WORD_WHERE] = {"位置", "Where"},
    [SERVE_WORD_WHAT] = {"内容", "What"},
    [SERVE_WORD_NOT_FOUND] = {"没有这一页", "Not found"},
    [SERVE_WORD_NOT_FOUND_LONG] = {"馆藏中没有这个地址。", "The archive has nothing under this address."},
    [SERVE_WORD_BAD_QUERY] = {"无法搜索", "This cannot be searched for"},
    [SERVE_WORD_WHOLE_ISSUE] = {"全期", "the whole issue"},
    [SERVE_WORD_KIND_ARTICLE] = {"文章", "article"},
    [SERVE_WORD_KIND_AD] = {"广告", "advertisement"},
    [SERVE_WORD_KIND_NOTICE] = {"启事", "notice"},
    [SERVE_WORD_KIND_PHOTO] = {"图片", "photograph"},
    [SERVE_WORD_KIND_MASTHEAD] = {"报头", "masthead"},
    [SERVE_WORD_KIND_OTHER] = {"其他", "other"},
};

static const char *const TAGS[SERVE_LANGUAGES] = {"zh-Hans", "en"};

const char *serve_word(enum serve_language language, enum serve_word word)
{
    return WORDS[word][language];
}

const char *serve_language_tag(enum serve_language language)
{
    return TAGS[language];
}

int serve_language_of(const char *tag)
{
    return strncasecmp(tag, "zh", 2) == 0   ? SERVE_CHINESE
           : strncasecmp(tag, "en", 2) == 0 ? SERVE_ENGLISH
                                            : -1;
}

const char *serve_word_of_kind(enum serve_language language, const char *kind)
{
    static const char *const KINDS[] = {"article", "ad", "notice", "photo", "masthead", "other"};
    for (int i = 0; i < (int)(sizeof KINDS / sizeof *KINDS); i++)
        if (strcmp(KINDS[i], kind) == 0)
            return serve_word(language, (enum serve_word)(SERVE_WORD_KIND_ARTICLE + i));
    return kind;
}
