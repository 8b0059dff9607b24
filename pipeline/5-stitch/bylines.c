/* Who wrote it: signatures on lines of their own, and the opening of a report. */
#include <string.h>

#include "stitch.h"
#include "words.h"

#define MAX_BYLINE_RUNES 18

bool st_is_byline(struct bi_arena *arena, const char *text)
{
    static const char *const signs[] = {"□", "■", "◇", "◆", "○", "●", "☆", "★", "▢", "◻", "口"};
    static const char *const openings[] = {
        "本报记者", "本报通讯员", "本报评论员", "特约评论员", "本刊记者", "记者",  "通讯员", "特约记者",
        "实习记者", "见习记者",   "文/",        "文|",        "撰文",     "作者:", "整理:",  "编译:"};
    static const char *const endings[] = {"供稿", "评论员", "来稿", "编译", "综合报道", "整理", "撰稿"};
    const char *s = st_folded(arena, text);
    size_t length = bi_rune_count(s);
    if (length < 2 || length > MAX_BYLINE_RUNES || st_ends_sentence(s))
        return false;
    for (const char *p = s; *p;) {
        uint32_t rune = bi_rune_next(&p);
        if (rune == ',' || rune == 0x3001 || rune == ';' || rune == '"')
            return false;
    }
    uint32_t last = st_last_rune(s);
    if (last == ':')
        return false;
    for (size_t i = 0; i < ST_COUNT(signs); i++)
        if (st_starts_with(s, signs[i]) && length <= 12) {
            /* 口 is what recognition makes of □; as a word it is not followed by a space. */
            const char *printed = text;
            bi_rune_next(&printed);
            if (strcmp(signs[i], "口") != 0 || bi_rune_is_space(bi_rune_next(&printed)))
                return true;
        }
    for (size_t i = 0; i < ST_COUNT(openings); i++)
        if (st_starts_with(s, openings[i]) && length <= bi_rune_count(openings[i]) + 9)
            return !st_ends_with(s, "摄") && !strchr(s, '(');
    for (size_t i = 0; i < ST_COUNT(endings); i++)
        if (st_ends_with(s, endings[i]))
            return true;
    return false;
}

/* A dateline that was taken for two paragraphs is one all the same. */
static const char *one_line(struct bi_arena *arena, const char *text)
{
    char *line = bi_arena_strdup(arena, text), *end = line;
    for (const char *s = text; *s; s++)
        if (*s != '\n')
            *end++ = *s;
    *end = '\0';
    return line;
}

char *st_dateline(struct bi_arena *arena, const char *text)
{
    static const char *const agencies[] = {"本报",     "新华社", "中新社",  "据新华社",
                                           "人民日报", "本刊",   "综合报道"};
    static const char *const plain[] = {"本报综合报道", "本报综合消息", "综合报道"};
    struct st_runes runes = st_runes_of(arena, one_line(arena, text));
    bool agency = false;
    for (size_t i = 0; i < ST_COUNT(agencies); i++)
        agency = agency || st_starts_with(text, agencies[i]);
    if (!agency)
        return NULL;
    size_t open = 0;
    for (size_t i = 2; i < runes.count && i < 40; i++) {
        if ((runes.data[i] == '(' || runes.data[i] == 0xFF08) && i <= 20)
            open = open ? open : i;
        if ((runes.data[i] == ')' || runes.data[i] == 0xFF09) && open)
            return st_runes_text(arena, runes.data, i + 1);
        if (!open && (st_rune_ends_sentence(runes.data[i]) || runes.data[i] == 0xFF0C))
            break;
    }
    for (size_t i = 0; i < ST_COUNT(plain); i++)
        if (st_starts_with(text, plain[i]))
            return bi_arena_strdup(arena, plain[i]);
    if (st_starts_with(text, "本报讯"))
        return bi_arena_strdup(arena, "本报讯");
    return NULL;
}
