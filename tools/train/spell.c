#include "spell.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

#include "base/cleanup.h"

#define RUNES 0x20000
#define MAX_WAYS 8
#define MAX_CODES 9
/* Outputs of chi_sim for the keys a … y at the first four places, and the one that tells characters of the
 * same keys apart; read off its recoder, whose spellings agree with Wubi 86 in nine characters of ten. */
static const int PLACES[4] = {121, 146, 171, 197};
#define KEYS 25
#define ANOTHER 222

struct spelling {
    int count;
    int32_t codes[MAX_CODES];
};

struct book {
    struct bi_arena arena;
    struct spelling *spellings; /* all that are taken */
    size_t count, capacity;
    uint8_t *known;                /* by rune */
    const char *(*keys)[MAX_WAYS]; /* by rune: ways to spell it, as the wubi text has them */
    int highest;
};

static bool is_taken(const struct book *book, const struct spelling *spelling)
{
    for (size_t i = 0; i < book->count; i++)
        if (book->spellings[i].count == spelling->count &&
            memcmp(book->spellings[i].codes, spelling->codes,
                   sizeof *spelling->codes * (size_t)spelling->count) == 0)
            return true;
    return false;
}

static void take(struct book *book, const struct spelling *spelling)
{
    book->spellings =
        bi_arena_grow(&book->arena, book->spellings, book->count, &book->capacity, sizeof *book->spellings);
    book->spellings[book->count++] = *spelling;
    for (int i = 0; i < spelling->count; i++)
        book->highest = spelling->codes[i] > book->highest ? spelling->codes[i] : book->highest;
}

/* Every spelling of the recoder; false if it is none. */
static bool read_recoder(struct book *book, struct bytes *recoder, uint32_t *count)
{
    *count = (uint32_t)bytes_unsigned(recoder, 4);
    for (uint32_t i = 0; i < *count; i++) {
        struct spelling spelling = {0};
        bytes_unsigned(recoder, 1);
        spelling.count = bytes_int32(recoder);
        if (recoder->bad || spelling.count < 1 || spelling.count > MAX_CODES)
            return false;
        for (int k = 0; k < spelling.count; k++)
            spelling.codes[k] = bytes_int32(recoder);
        take(book, &spelling);
    }
    return !recoder->bad;
}

static void read_wubi(struct book *book, const char *wubi)
{
    for (const char *line = wubi; *line;) {
        const char *at = line;
        uint32_t rune = bi_rune_next(&at);
        if (rune < RUNES && bi_rune_is_han(rune) && *at == '\t') {
            size_t length = strspn(++at, "abcdefghijklmnopqrstuvwxy");
            int ways = 0;
            while (ways < MAX_WAYS && book->keys[rune][ways])
                ways++;
            if (length >= 1 && length <= 4 && ways < MAX_WAYS)
                book->keys[rune][ways] = bi_arena_strndup(&book->arena, at, length);
        }
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
}

/* The shortest free spelling; false if the character has no keys. */
static bool choose_spelling(const struct book *book, uint32_t rune, struct spelling *spelling)
{
    bool found = false;
    for (size_t length = 1; length <= 4; length++)
        for (int way = 0; way < MAX_WAYS && book->keys[rune][way]; way++) {
            const char *keys = book->keys[rune][way];
            if (strlen(keys) != length)
                continue;
            found = true;
            spelling->count = (int)length;
            for (size_t i = 0; i < length; i++)
                spelling->codes[i] = PLACES[i] + keys[i] - 'a';
            if (!is_taken(book, spelling))
                return true;
        }
    while (found && is_taken(book, spelling) && spelling->count < MAX_CODES)
        spelling->codes[spelling->count++] = ANOTHER;
    return found;
}

static void put_unsigned(struct bi_text *out, uint32_t value)
{
    char bytes[4] = {(char)value, (char)(value >> 8), (char)(value >> 16), (char)(value >> 24)};
    bi_text_add_bytes(out, bytes, 4);
}

static void add_character(struct book *book, uint32_t rune, const struct spelling *spelling, uint32_t id,
                          bool han, struct bi_text *unicharset, struct bi_text *recoder)
{
    take(book, spelling);
    BI_CLEANUP(bi_text_release) struct bi_text text = {0};
    bi_text_add_rune(&text, rune);
    const char *c = text.data;
    /* character, properties, shape (unknown), script, other case, direction, mirror, normal form */
    bi_text_printf(unicharset, "%s %s 0,255,0,255,0,0,0,0,0,0 %s %u %d %u %s\t# %s [%x ]%s\n", c,
                   han ? "1" : "10", han ? "Han" : "Common", id, han ? 0 : 10, id, c, c, rune,
                   han ? "x" : "p");
    bi_text_add_bytes(recoder, "\1", 1);
    put_unsigned(recoder, (uint32_t)spelling->count);
    for (int i = 0; i < spelling->count; i++)
        put_unsigned(recoder, (uint32_t)spelling->codes[i]);
}

/* The Chinese characters of GB 2312, from the iconv of the C library. */
static int add_gb2312(struct book *book, uint32_t *id, struct bi_text *unicharset, struct bi_text *recoder,
                      struct bi_error *err)
{
    iconv_t conversion = iconv_open("UTF-8", "GB2312");
    if (conversion == (iconv_t)-1)
        return bi_error_errno(err, BI_EXIT_MACHINE, "GB2312 cannot be converted");
    int status = 0;
    for (int row = 0xB0; row <= 0xF7 && status == 0; row++)
        for (int cell = 0xA1; cell <= 0xFE && status == 0; cell++) {
            char from[2] = {(char)row, (char)cell}, to[8] = {0}, *in = from, *out = to;
            size_t in_left = sizeof from, out_left = sizeof to - 1;
            if (iconv(conversion, &in, &in_left, &out, &out_left) == (size_t)-1)
                continue; /* five places of the set are empty */
            const char *at = to;
            uint32_t rune = bi_rune_next(&at);
            struct spelling spelling;
            if (rune >= RUNES || book->known[rune])
                continue;
            if (!choose_spelling(book, rune, &spelling))
                status = bi_error_set(err, BI_EXIT_INPUT, "has no keys for %s", to);
            else
                add_character(book, rune, &spelling, (*id)++, true, unicharset, recoder);
        }
    iconv_close(conversion);
    return status;
}

int spell_add(const char *unicharset, struct bytes *recoder, const char *wubi,
              struct bi_text *more_unicharset, struct bi_text *more_recoder, int *outputs, int *added,
              struct bi_error *err)
{
    struct book book = {0};
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    book.known = bi_arena_array(&arena, RUNES, 1);
    book.keys = bi_arena_array(&arena, RUNES, sizeof *book.keys);
    uint32_t count = 0;
    size_t recoder_at = recoder->at;
    if (!read_recoder(&book, recoder, &count) || (uint32_t)atoi(unicharset) != count) {
        bi_arena_release(&book.arena);
        return bi_error_set(err, BI_EXIT_INPUT, "recoder and unicharset are not of one model");
    }
    const char *line = strchr(unicharset, '\n');
    while (line && *++line) {
        const char *at = line;
        uint32_t rune = bi_rune_next(&at);
        if (rune < RUNES && *at == ' ')
            book.known[rune] = 1;
        line = strchr(line, '\n');
    }
    read_wubi(&book, wubi);

    BI_CLEANUP(bi_text_release) struct bi_text lines = {0}, codes = {0};
    uint32_t id = count;
    int status = add_gb2312(&book, &id, &lines, &codes, err), next = book.highest + 1;
    const char *marks = SPELL_MARKS;
    for (uint32_t rune; status == 0 && (rune = bi_rune_next(&marks));)
        if (!book.known[rune])
            add_character(&book, rune, &(struct spelling){1, {next++}}, id++, false, &lines, &codes);
    if (status == 0) {
        bi_text_printf(more_unicharset, "%u\n", id);
        bi_text_add(more_unicharset, strchr(unicharset, '\n') + 1);
        bi_text_add_bytes(more_unicharset, bi_text_get(&lines), lines.length);
        put_unsigned(more_recoder, id);
        bi_text_add_bytes(more_recoder, recoder->data + recoder_at + 4, recoder->at - recoder_at - 4);
        bi_text_add_bytes(more_recoder, bi_text_get(&codes), codes.length);
        *outputs = next;
        *added = (int)(id - count);
    }
    bi_arena_release(&book.arena);
    return status;
}
