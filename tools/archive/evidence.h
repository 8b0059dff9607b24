/* What an archive knows about how an article was put together, beside its links (article.h). */
#ifndef ARCHIVE_EVIDENCE_H
#define ARCHIVE_EVIDENCE_H

#include "archive/article.h"

/* How much of its page a part takes: the lines of the article on that page, and the regions they are in. Two
 * parts on one page share the count. */
struct archive_part_evidence {
    int lines, regions;
};

struct archive_problem {
    int page; /* 0: the whole issue */
    const char *kind, *severity, *detail;
    bool closed; /* a person has settled it */
};

struct archive_evidence {
    struct archive_part_evidence *parts; /* as many as the article has */
    struct archive_problem *problems;    /* of the article */
    size_t problem_count;
};

int archive_evidence_read(const struct archive *archive, const struct archive_article *article,
                          struct bi_arena *arena, struct archive_evidence *evidence, struct bi_error *err);

#endif
