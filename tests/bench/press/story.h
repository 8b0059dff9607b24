/* The stories of an issue: their words, and how far each has been printed. */
#ifndef PRESS_STORY_H
#define PRESS_STORY_H

#include "bench/prose.h"
#include "paper.h"
#include "record.h"
#include "setting.h"

struct story {
    const struct paper *paper;
    struct chance *chance;
    struct record *record;
    struct record_article *article;
    struct prose_topic topic;
    struct copy copy; /* the paragraph that is being printed */
    size_t at;        /* the next of its characters */
    int paragraph;    /* its number, -1 before the first */
    int part;         /* the part that is being printed, from 0 */
    bool done;
};

/* A story with headline, kicker and so on; `room` is how many characters its headline has room for. */
void story_init(struct story *story, const struct paper *paper, struct chance *chance, struct record *record,
                int room);
/* Words for what belongs to no story: has a topic, but no article in the truth. */
void story_loose(struct story *story, const struct paper *paper, struct chance *chance,
                 struct record *record);
/* Begins the next paragraph. */
void story_next(struct story *story);
/* Takes the paragraph, or what was printed of it, into the article's text. */
void story_close(struct story *story);
/* Ends the paragraph, and the story with it, after that many characters, with a stop. */
void story_cut(struct story *story, size_t count);
/* A line for a crosshead; taken into the article's text. From the record's arena. */
const char *story_crosshead(struct story *story, int most);
/* The caption of a picture. From the record's arena. */
const char *story_caption(struct story *story);

#endif
