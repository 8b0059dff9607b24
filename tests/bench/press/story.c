#include "story.h"

#include <string.h>

#include "bench/prose_latin.h"

/* What the stock of words lacks: Latin letters, per cent, titles of books, dates, decades. */
static const char *const MIXED[] = {
    "GDP同比增长6.3%，高于2019年同期1.8个百分点。",
    "5G基站达到1280座，Wi-Fi覆盖全部站点。",
    "他用Python和Linux搭了一个小系统，取名“Harbour”。",
    "条例第12条、第34条与《城市规划法》一致。",
    "PM2.5平均值为35微克/立方米，CO₂排放下降。",
    "NBA、CBA的转播权归同一家公司（Sports Media）所有。",
    "20世纪80年代，这里还是一片芦苇；2008年5月12日以后才建起学校。",
    "《读者》《收获》等刊物——包括电子版——都可以借阅……",
};
#define MIXED_SHARE 0.12 /* of sentences */

static const char *kept(struct story *story, struct bi_text *text)
{
    const char *copy = bi_arena_strdup(&story->record->arena, bi_text_get(text));
    bi_text_release(text);
    return copy;
}

static const char *headline(struct story *story, int most)
{
    struct bi_text text = {0};
    if (story->paper->latin)
        latin_headline(story->chance, most, &text);
    else
        prose_headline(story->chance, &story->topic, most, &text);
    while (text.length >= 3 && strcmp(text.data + text.length - 3, "　") == 0)
        text.data[text.length -= 3] = '\0';
    if (!text.length)
        bi_text_add(&text, story->paper->latin ? "News" : story->topic.nouns[0]);
    return kept(story, &text);
}

void story_init(struct story *story, const struct paper *paper, struct chance *chance, struct record *record,
                int room)
{
    *story = (struct story){.paper = paper, .chance = chance, .record = record, .paragraph = -1};
    story->article = record_add_article(record);
    prose_topic(chance, &story->topic);
    story->article->headline = headline(story, room);
    if (chance_is(chance, paper->kickers))
        story->article->kicker = headline(story, paper->latin ? 30 : chance_between(chance, 6, 14));
    if (chance_is(chance, paper->subheads))
        story->article->subhead = headline(story, paper->latin ? 44 : chance_between(chance, 9, 20));
    if (!chance_is(chance, paper->bylines))
        return;
    struct bi_text byline = {0};
    if (paper->latin)
        latin_byline(chance, &byline);
    else
        bi_text_printf(&byline, "%s%s", chance_is(chance, 0.5) ? "本报记者　" : "□　", story->topic.names[2]);
    story->article->byline = kept(story, &byline);
}

void story_loose(struct story *story, const struct paper *paper, struct chance *chance, struct record *record)
{
    *story = (struct story){.paper = paper, .chance = chance, .record = record, .part = -1};
    story->article = bi_arena_alloc(&record->arena, sizeof *story->article);
    prose_topic(chance, &story->topic);
}

void story_next(struct story *story)
{
    struct chance *chance = story->chance;
    struct bi_text text = {0};
    size_t bold = 0;
    story->paragraph++;
    if (story->paper->latin) {
        latin_paragraph(chance, &text);
    } else {
        if (story->paragraph == 0 && !story->article->byline && chance_is(chance, 0.7)) {
            bi_text_printf(&text, "本报讯（记者 %s）", story->topic.names[2]);
            bold = bi_rune_count(bi_text_get(&text));
            story->article->byline = bi_arena_strdup(&story->record->arena, bi_text_get(&text));
        }
        for (int sentences = chance_between(chance, 1, 4); sentences > 0; sentences--) {
            if (chance_is(chance, MIXED_SHARE))
                bi_text_add(&text, MIXED[chance_below(chance, (int)(sizeof MIXED / sizeof *MIXED))]);
            else
                prose_sentence(chance, &story->topic, &text);
        }
    }
    story->copy = setting_copy(&story->record->arena, bi_text_get(&text));
    story->copy.bold = bold;
    story->at = 0;
    bi_text_release(&text);
}

void story_close(struct story *story)
{
    struct bi_text *text = &story->article->text;
    for (size_t i = 0; i < story->copy.count; i++)
        bi_text_add_rune(text, story->copy.runes[i]);
    bi_text_add(text, "\n");
    story->copy.count = story->at = 0;
}

void story_cut(struct story *story, size_t count)
{
    struct copy *copy = &story->copy;
    if (story->paper->latin) /* not within a word */
        while (count > story->at + 1 && count < copy->count && copy->runes[count] != ' ')
            count--;
    while (count > story->at + 1 && (copy->runes[count - 1] == ' ' || copy->runes[count - 1] == 0xFF0C ||
                                     copy->runes[count - 1] == 0x3002 || copy->runes[count - 1] == '.' ||
                                     copy->runes[count - 1] == ','))
        count--;
    copy->runes[count] = story->paper->latin ? '.' : 0x3002;
    copy->count = count + 1;
    story->done = true;
}

const char *story_crosshead(struct story *story, int most)
{
    const char *words = headline(story, most);
    bi_text_printf(&story->article->text, "%s\n", words);
    return words;
}

const char *story_caption(struct story *story)
{
    struct bi_text text = {0};
    struct chance *chance = story->chance;
    if (story->paper->latin) {
        latin_sentence(chance, &text);
        return kept(story, &text);
    }
    if (chance_is(chance, 0.5))
        bi_text_printf(&text, "%s的%s。", story->topic.place, story->topic.nouns[1]);
    else
        prose_sentence(chance, &story->topic, &text);
    if (chance_is(chance, 0.7))
        bi_text_printf(&text, "　%s%s", story->topic.names[0], chance_is(chance, 0.5) ? " 摄" : " 摄影报道");
    return kept(story, &text);
}
