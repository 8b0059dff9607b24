/* What the reading room says, in Chinese and in English. */
#ifndef SERVE_WORDS_H
#define SERVE_WORDS_H

enum serve_language { SERVE_CHINESE, SERVE_ENGLISH, SERVE_LANGUAGES };

enum serve_word {
    SERVE_WORD_READING_ROOM,
    SERVE_WORD_SKIP,
    SERVE_WORD_SEARCH,
    SERVE_WORD_QUERY,
    SERVE_WORD_OTHER_LANGUAGE,
    SERVE_WORD_PAPER,
    SERVE_WORD_PAPERS,
    SERVE_WORD_ALL,
    SERVE_WORD_FROM,
    SERVE_WORD_TO,
    SERVE_WORD_SECTION,
    SERVE_WORD_KIND,
    SERVE_WORD_ORDER,
    SERVE_WORD_BEST_FIRST,
    SERVE_WORD_NEWEST_FIRST,
    SERVE_WORD_FUZZY,
    SERVE_WORD_FOUND,
    SERVE_WORD_FOUND_NOTHING,
    SERVE_WORD_PROBABLE,
    SERVE_WORD_PREVIOUS,
    SERVE_WORD_NEXT,
    SERVE_WORD_BEFORE_PAGE, /* "p. 3", 第3版: what stands before a page's number */
    SERVE_WORD_BEHIND_PAGE,
    SERVE_WORD_PAGES,
    SERVE_WORD_ISSUES,
    SERVE_WORD_ARTICLES,
    SERVE_WORD_NO_HEADLINE,
    SERVE_WORD_WITHOUT_DATE,
    SERVE_WORD_MISSING,
    SERVE_WORD_MISSING_LEGEND,
    SERVE_WORD_WHOLE_ARTICLE,
    SERVE_WORD_ON_PAGE,
    SERVE_WORD_PART,
    SERVE_WORD_JUMPS,
    SERVE_WORD_LINKED,
    SERVE_WORD_DANGLING,
    SERVE_WORD_REASON,
    SERVE_WORD_CONFIDENCE,
    SERVE_WORD_UNREADABLE,
    SERVE_WORD_IMAGE_OF_HIT,
    SERVE_WORD_TEXT_OF_PAGE,
    SERVE_WORD_ZOOM_IN,
    SERVE_WORD_ZOOM_OUT,
    SERVE_WORD_WHOLE_PAGE,
    SERVE_WORD_OUTLINES,
    SERVE_WORD_PROBLEMS,
    SERVE_WORD_NO_PROBLEMS,
    SERVE_WORD_SEVERITY,
    SERVE_WORD_WHERE,
    SERVE_WORD_WHAT,
    SERVE_WORD_NOT_FOUND,
    SERVE_WORD_NOT_FOUND_LONG,
    SERVE_WORD_BAD_QUERY,
    SERVE_WORD_WHOLE_ISSUE,
    SERVE_WORD_KIND_ARTICLE,
    SERVE_WORD_KIND_AD,
    SERVE_WORD_KIND_NOTICE,
    SERVE_WORD_KIND_PHOTO,
    SERVE_WORD_KIND_MASTHEAD,
    SERVE_WORD_KIND_OTHER,
    SERVE_WORDS
};

const char *serve_word(enum serve_language language, enum serve_word word);
/* "zh-Hans", "en": for the attribute lang. */
const char *serve_language_tag(enum serve_language language);
/* The language of a tag's beginning ("zh", "en-GB"); -1 for others. */
int serve_language_of(const char *tag);
/* The word for a kind of article; the kind itself if there is none. */
const char *serve_word_of_kind(enum serve_language language, const char *kind);

#endif
