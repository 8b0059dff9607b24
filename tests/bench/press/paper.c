#include "paper.h"

#include <string.h>

#define SONG                                                                                                 \
    {                                                                                                        \
        "Noto Serif CJK SC", 400                                                                             \
    }
#define SONG_BOLD                                                                                            \
    {                                                                                                        \
        "Noto Serif CJK SC", 700                                                                             \
    }
#define SONG_BLACK                                                                                           \
    {                                                                                                        \
        "Noto Serif CJK SC", 900                                                                             \
    }
#define HEI                                                                                                  \
    {                                                                                                        \
        "Noto Sans CJK SC", 400                                                                              \
    }
#define HEI_BOLD                                                                                             \
    {                                                                                                        \
        "Noto Sans CJK SC", 700                                                                              \
    }
#define HEI_BLACK                                                                                            \
    {                                                                                                        \
        "Noto Sans CJK SC", 900                                                                              \
    }
#define KAI                                                                                                  \
    {                                                                                                        \
        "AR PL UKai CN", 400                                                                                 \
    }
#define WENKAI                                                                                               \
    {                                                                                                        \
        "LXGW WenKai", 400                                                                                   \
    }
#define MING                                                                                                 \
    {                                                                                                        \
        "AR PL UMing CN", 400                                                                                \
    }
#define BAOSONG                                                                                              \
    {                                                                                                        \
        "AR PL SungtiL GB", 400                                                                              \
    }
#define ZENHEI                                                                                               \
    {                                                                                                        \
        "WenQuanYi Zen Hei", 400                                                                             \
    }

static const struct paper PAPERS[] = {
    /* A dense tabloid daily, narrow columns without rules between them. */
    {.name = "daily",
     .title = "东岸日报",
     .width = 850,
     .height = 1190,
     .side = 40,
     .top = 36,
     .foot = 36,
     .body_size = 9.5,
     .leading = 1.34,
     .gutter = 1.3,
     .indent = 2,
     .columns = 6,
     .body = BAOSONG,
     .bold = HEI_BOLD,
     .headline = HEI_BLACK,
     .second = SONG_BLACK,
     .script = KAI,
     .label = HEI,
     .headline_most = 46,
     .folio = FOLIO_OUTER,
     .masthead = MASTHEAD_LEFT,
     .dpi = 300,
     .jump_to = "（下转第{N}版）",
     .jump_from = "（上接第{N}版）",
     .teaser = "详见第{N}版",
     .pictures = 0.3,
     .framed = 0.2,
     .dark_headlines = 0.12,
     .vertical_headlines = 0.22,
     .crossheads = 0.4,
     .kickers = 0.3,
     .subheads = 0.35,
     .bylines = 0.3,
     .adverts = 0.12,
     .notices = 0.05,
     .tables = 0.05,
     .upright_text = 0.03,
     .open_rules = 0.5},
    /* A broadsheet evening paper: wide columns with hairlines between them, larger type, wide leading. */
    {.name = "evening",
     .title = "江城晚报",
     .width = 1080,
     .height = 1540,
     .side = 48,
     .top = 44,
     .foot = 44,
     .body_size = 10.5,
     .leading = 1.55,
     .gutter = 1.9,
     .indent = 2,
     .columns = 6,
     .column_rules = true,
     .body = SONG,
     .bold = SONG_BOLD,
     .headline = SONG_BLACK,
     .second = HEI_BOLD,
     .script = WENKAI,
     .label = HEI,
     .headline_most = 60,
     .folio = FOLIO_CENTRE,
     .masthead = MASTHEAD_CENTRE,
     .dpi = 200,
     .jump_to = "▶▶▶下转第{N}版",
     .jump_from = "◀◀◀上接第{N}版",
     .teaser = "刊{N}版",
     .pictures = 0.4,
     .framed = 0.15,
     .dark_headlines = 0.08,
     .vertical_headlines = 0.12,
     .crossheads = 0.3,
     .drop_caps = 0.3,
     .kickers = 0.4,
     .subheads = 0.3,
     .bylines = 0.5,
     .adverts = 0.12,
     .notices = 0.04,
     .tables = 0.04,
     .upright_text = 0.02,
     .open_rules = 0.3},
    /* A provincial paper in light type, vertical masthead, much in frames. */
    {.name = "county",
     .title = "云岭报",
     .width = 790,
     .height = 1110,
     .side = 36,
     .top = 34,
     .foot = 40,
     .body_size = 9,
     .leading = 1.5,
     .gutter = 1.1,
     .indent = 2,
     .columns = 5,
     .body = MING,
     .bold = ZENHEI,
     .headline = SONG_BOLD,
     .second = HEI_BOLD,
     .script = KAI,
     .label = ZENHEI,
     .headline_most = 40,
     .folio = FOLIO_RIGHT,
     .masthead = MASTHEAD_VERTICAL,
     .dpi = 300,
     .jump_to = "（下转{N}版）",
     .jump_from = "（上接{N}版）",
     .teaser = ">>>{N}版",
     .pictures = 0.3,
     .framed = 0.4,
     .dark_headlines = 0.15,
     .vertical_headlines = 0.3,
     .crossheads = 0.3,
     .drop_caps = 0.1,
     .kickers = 0.3,
     .subheads = 0.4,
     .bylines = 0.4,
     .adverts = 0.1,
     .notices = 0.1,
     .tables = 0.08,
     .upright_text = 0.1,
     .open_rules = 0.6},
    /* A newsletter on A4, two or three wide columns, sans headlines, the folio at the foot. */
    {.name = "letter",
     .title = "学会通讯",
     .width = 595,
     .height = 842,
     .side = 48,
     .top = 44,
     .foot = 52,
     .body_size = 10.5,
     .leading = 1.7,
     .gutter = 2,
     .indent = 2,
     .columns = 3,
     .body = SONG,
     .bold = HEI_BOLD,
     .headline = HEI_BOLD,
     .second = HEI_BOLD,
     .script = KAI,
     .label = HEI,
     .headline_most = 26,
     .folio = FOLIO_FOOT,
     .masthead = MASTHEAD_CENTRE,
     .dpi = 300,
     .jump_to = "（下转第{N}页）",
     .jump_from = "（上接第{N}页）",
     .teaser = "……{N}",
     .pictures = 0.35,
     .framed = 0.25,
     .dark_headlines = 0.15,
     .vertical_headlines = 0.05,
     .crossheads = 0.5,
     .drop_caps = 0.2,
     .kickers = 0.1,
     .subheads = 0.3,
     .bylines = 0.6,
     .tables = 0.15,
     .open_rules = 0.3},
    /* English in eight narrow columns with hairlines. */
    {.name = "herald",
     .title = "The Harbour Herald",
     .latin = true,
     .width = 1000,
     .height = 1420,
     .side = 44,
     .top = 40,
     .foot = 40,
     .body_size = 9,
     .leading = 1.15,
     .gutter = 1.4,
     .indent = 1,
     .columns = 6,
     .column_rules = true,
     .body = {"Nimbus Roman", 400},
     .bold = {"Nimbus Roman", 700},
     .headline = {"Nimbus Roman", 700},
     .second = {"Nimbus Sans Narrow", 700},
     .script = {"P052", 400},
     .label = {"Nimbus Sans", 400},
     .headline_most = 48,
     .folio = FOLIO_OUTER,
     .masthead = MASTHEAD_CENTRE,
     .dpi = 300,
     .jump_to = "Continued on Page {N}",
     .jump_from = "Continued from Page {N}",
     .teaser = "Page {N}",
     .pictures = 0.35,
     .framed = 0.15,
     .dark_headlines = 0.05,
     .crossheads = 0.3,
     .drop_caps = 0.3,
     .kickers = 0.2,
     .subheads = 0.4,
     .bylines = 0.6,
     .adverts = 0.12,
     .notices = 0.05,
     .tables = 0.06,
     .open_rules = 0.3},
    /* A literary weekly, small and scanned finely: vertical text, script faces, a contents box. */
    {.name = "weekly",
     .title = "读书周刊",
     .width = 620,
     .height = 880,
     .side = 40,
     .top = 40,
     .foot = 44,
     .body_size = 10,
     .leading = 1.6,
     .gutter = 2,
     .indent = 2,
     .columns = 4,
     .body = {"AR PL KaitiM GB", 400},
     .bold = HEI_BOLD,
     .headline = SONG_BOLD,
     .second = WENKAI,
     .script = WENKAI,
     .label = SONG,
     .headline_most = 34,
     .folio = FOLIO_FOOT,
     .masthead = MASTHEAD_CENTRE,
     .teasers = TEASERS_BOX,
     .dpi = 400,
     .jump_to = "→下转{N}版",
     .jump_from = "←上接{N}版",
     .teaser = "{N}版",
     .pictures = 0.3,
     .framed = 0.2,
     .dark_headlines = 0.08,
     .vertical_headlines = 0.3,
     .crossheads = 0.2,
     .drop_caps = 0.4,
     .kickers = 0.1,
     .subheads = 0.2,
     .bylines = 0.9,
     .tables = 0.03,
     .upright_text = 0.4,
     .open_rules = 0.4},
    /* A business paper: eight narrow columns with hairlines, tables, notices and advertisements, ears. */
    {.name = "gazette",
     .title = "商报",
     .width = 1000,
     .height = 1420,
     .side = 40,
     .top = 40,
     .foot = 40,
     .body_size = 8.5,
     .leading = 1.25,
     .gutter = 1,
     .indent = 2,
     .columns = 8,
     .column_rules = true,
     .body = SONG,
     .bold = HEI_BOLD,
     .headline = HEI_BOLD,
     .second = SONG_BOLD,
     .script = KAI,
     .label = HEI,
     .headline_most = 44,
     .folio = FOLIO_OUTER,
     .masthead = MASTHEAD_CENTRE,
     .teasers = TEASERS_BOX,
     .ears = true,
     .dpi = 300,
     .jump_to = "下转第{N}版",
     .jump_from = "上接第{N}版",
     .teaser = "第{N}版",
     .pictures = 0.2,
     .framed = 0.2,
     .dark_headlines = 0.1,
     .vertical_headlines = 0.12,
     .crossheads = 0.4,
     .kickers = 0.4,
     .subheads = 0.4,
     .bylines = 0.3,
     .adverts = 0.15,
     .notices = 0.14,
     .tables = 0.16,
     .open_rules = 0.4,
     .special = 0.35},
};

const struct paper *paper_at(int i)
{
    return i >= 0 && i < (int)(sizeof PAPERS / sizeof *PAPERS) ? &PAPERS[i] : NULL;
}

const struct paper *paper_find(const char *name)
{
    for (int i = 0; paper_at(i); i++)
        if (strcmp(PAPERS[i].name, name) == 0)
            return &PAPERS[i];
    return NULL;
}

const char *paper_pointer(struct bi_arena *arena, const char *wording, int page)
{
    const char *at = strstr(wording, "{N}");
    return at ? bi_arena_printf(arena, "%.*s%d%s", (int)(at - wording), wording, page, at + 3) : wording;
}
