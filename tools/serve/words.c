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
    [SERVE_WORD_REREAD] = {"重新识别此版", "Read this page again"},
    [SERVE_WORD_REREAD_LONG] = {"校对过的版面不再重新识别。重新识别后，仍需定夺的校对列在“待定校对”中。",
                                "A page that was corrected is not read again. If it is, corrections that no "
                                "longer hold are listed as corrections in doubt."},
    [SERVE_WORD_CLEAR] = {"识别结果与校对时相同的行：", "Lines that are read as when they were corrected:"},
    [SERVE_WORD_KEEP_CLEAR] = {"保留这些校对", "Keep these corrections"},
    [SERVE_WORD_ENTER] = {"进入校对", "Sign in to correct"},
    [SERVE_WORD_ENTER_LONG] = {"校对需要口令，由本馆管理员给出。",
                               "Correcting needs the token that the keeper of the archive gives."},
    [SERVE_WORD_ENTER_WRONG] = {"口令不对。", "This is not the token."},
    [SERVE_WORD_TOKEN] = {"口令", "Token"},
    [SERVE_WORD_FORBIDDEN] = {"没有保存", "Not saved"},
    [SERVE_WORD_FORBIDDEN_LONG] =
        {"登录已过期，或表单不是本阅览室的页面。请重新进入；返回上一页，所写的文字还在。",
         "The session has ended, or the form is not from a page of this room. Sign in again; what was "
         "written is still there one page back."},
    [SERVE_WORD_NAME_TITLE] = {"署名", "Your name"},
    [SERVE_WORD_NAME_LONG] = {"校对记录会注明是谁、何时所改。",
                              "Each correction is kept with who made it and when."},
    [SERVE_WORD_NAME] = {"姓名", "Name"},
    [SERVE_WORD_SAVE] = {"保存", "Save"},
    [SERVE_WORD_SAVE_ANYWAY] = {"仍然保存", "Save all the same"},
    [SERVE_WORD_CORRECT] = {"校对", "Correct"},
    [SERVE_WORD_EDIT_LINES] = {"校对文字", "Correct the text"},
    [SERVE_WORD_EDIT_ARTICLE] = {"校对文章", "Correct the article"},
    [SERVE_WORD_HISTORY] = {"校对记录", "History of corrections"},
    [SERVE_WORD_NO_HISTORY] = {"还没有校对过", "Nothing has been corrected"},
    [SERVE_WORD_NO_LINES] = {"此处没有可校对的行", "There are no lines to correct here"},
    [SERVE_WORD_LINE] = {"行", "line"},
    [SERVE_WORD_LINE_IMAGE] = {"此行的图像", "The line as it is printed"},
    [SERVE_WORD_TOO_LONG] = {"一行不能超过1000字。", "A line has no more than 1000 characters."},
    [SERVE_WORD_NOT_SAVED] = {"没有保存", "Not saved"},
    [SERVE_WORD_SAVE_FAILED] =
        {"没有保存，所写的文字在下面或上一页。原因：",
         "This could not be saved; what was written is below, or one page back. The reason:"},
    [SERVE_WORD_CONFLICT_LONG] =
        {"这些行在您打开页面之后被别人改过。请对照后再保存。",
         "These lines were changed by somebody else since you opened the page. Compare before you save."},
    [SERVE_WORD_CONFLICT_ARTICLES] = {"本期的校对文件在您打开页面之后被别人改过。请对照后再保存。",
                                      "The issue's corrections were changed by somebody else since you "
                                      "opened the page. Compare before you save."},
    [SERVE_WORD_THEIRS] = {"现有的校对", "The corrections as they are now"},
    [SERVE_WORD_YOURS] = {"您所写的", "What you wrote"},
    [SERVE_WORD_READ_THEN] = {"当时识别", "Read then"},
    [SERVE_WORD_READ_NOW] = {"现在", "Now"},
    [SERVE_WORD_WRITTEN] = {"校对为", "Corrected to"},
    [SERVE_WORD_LINE_GONE] = {"（找不到此行）", "(the line is not found)"},
    [SERVE_WORD_KEEP] = {"保留校对", "Keep the correction"},
    [SERVE_WORD_DROP] = {"放弃校对", "Drop the correction"},
    [SERVE_WORD_CONFLICTS] = {"待定校对", "Corrections in doubt"},
    [SERVE_WORD_CONFLICTS_LONG] = {"这些行校对之后又被重新识别或另行修改，校对没有生效。",
                                   "These lines were read again or changed otherwise after they had been "
                                   "corrected, and the corrections no longer hold."},
    [SERVE_WORD_NO_CONFLICTS] = {"所有校对都有效", "All corrections hold"},
    [SERVE_WORD_UNDO] = {"撤销", "Undo"},
    [SERVE_WORD_UNDONE] = {"已撤销", "undone"},
    [SERVE_WORD_UNDO_CONFLICT] = {"此后又有改动，没有保存。",
                                  "It has been changed since; nothing was saved."},
    [SERVE_WORD_SETTLED] = {"已处理", "Settled"},
    [SERVE_WORD_KICKER] = {"引题", "Kicker"},
    [SERVE_WORD_HEADLINE] = {"标题", "Headline"},
    [SERVE_WORD_SUBHEAD] = {"副题", "Subhead"},
    [SERVE_WORD_BYLINE] = {"署名作者", "Byline"},
    [SERVE_WORD_ACCEPT] = {"接得对", "Belongs together"},
    [SERVE_WORD_REJECT] = {"接错了", "Does not belong here"},
    [SERVE_WORD_SPLIT] = {"拆成两篇", "Split in two"},
    [SERVE_WORD_SPLIT_AT] = {"另一篇从这一行开始", "The other article begins at"},
    [SERVE_WORD_JOIN] = {"接上另一篇", "Join with another"},
    [SERVE_WORD_JOIN_WITH] = {"本文由此篇接续", "This article goes on in"},
    [SERVE_WORD_RUN_QUEUED] = {"已保存，等待重新编入。",
                               "Saved; the issue is about to be put together again."},
    [SERVE_WORD_RUN_WAITING] =
        {"已保存；本馆正在另一次运行中，稍后再编入。",
         "Saved; another run is at work on the archive, the issue's turn comes after it."},
    [SERVE_WORD_RUN_RUNNING] = {"已保存，正在重新编入。", "Saved; the issue is being put together again."},
    [SERVE_WORD_RUN_DONE] = {"校对已编入馆藏。", "The corrections are in the archive."},
    [SERVE_WORD_RUN_FAILED] =
        {"校对已保存，但编入时出错：",
         "The corrections are kept, but the run that puts them into the archive failed:"},
    [SERVE_WORD_RUN_KEPT] =
        {"校对已保存，等下一次运行编入（此处不能写入馆藏）。",
         "The corrections are kept and wait for the next run: the archive cannot be written from here."},
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
