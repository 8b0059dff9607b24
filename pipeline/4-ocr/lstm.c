/* A .traineddata file is a table of offsets and the components one after another. The LSTM component holds
 * the network, older ones also their characters, and what training left; newer models have the characters in
 * components of their own. */
#include "lstm.h"

enum component { LSTM_NETWORK = 17, LSTM_UNICHARSET = 21, LSTM_RECODER = 22 };

#define MAX_COMPONENTS 64
/* In the flags of training: characters are spelled in codes by a recoder. */
#define FLAG_RECODING 64

/* Empty and bad if the file has not got it. */
static struct bytes component_of(const char *data, size_t size, enum component which)
{
    struct bytes file = {data, size, 0, false}, found = {data, 0, 0, true};
    uint64_t count = bytes_unsigned(&file, 4), begin = UINT64_MAX, end = size;
    if (count > MAX_COMPONENTS || which >= count)
        return found;
    for (uint64_t i = 0; i < count; i++) {
        uint64_t at = bytes_unsigned(&file, 8);
        if (i == which)
            begin = at;
        else if (begin != UINT64_MAX && at > begin && at < end)
            end = at;
    }
    if (file.bad || begin >= size)
        return found;
    return (struct bytes){data + begin, (size_t)(end - begin), 0, false};
}

/* What stands behind the network. */
struct tail {
    uint32_t flags;
    int32_t blank;
};

static struct tail read_tail(struct bytes *bytes)
{
    struct tail tail;
    bytes_take(bytes, bytes_unsigned(bytes, 4)); /* the network's specification */
    tail.flags = (uint32_t)bytes_int32(bytes);
    bytes_take(bytes, 8); /* iterations */
    tail.blank = bytes_int32(bytes);
    bytes_take(bytes, 12); /* adam's beta, learning rate, momentum */
    return tail;
}

int lstm_read(struct bi_arena *arena, const char *data, size_t size, struct lstm *lstm)
{
    struct lstm read = {0};
    struct bytes bytes = component_of(data, size, LSTM_NETWORK),
                 unicharset = component_of(data, size, LSTM_UNICHARSET),
                 recoder = component_of(data, size, LSTM_RECODER);
    if (bytes.bad || network_read(&bytes, &read.network))
        return -1;
    bool apart = !unicharset.bad && !recoder.bad;
    bool good = charset_read_runes(arena, apart ? &unicharset : &bytes, &read.charset);
    struct tail tail = read_tail(&bytes);
    good = good && !bytes.bad && tail.flags & FLAG_RECODING &&
           charset_read_codes(arena, apart ? &recoder : &bytes, network_codes(read.network), tail.blank,
                              &read.charset);
    if (!good) {
        lstm_release(&read);
        return -1;
    }
    *lstm = read;
    return 0;
}

void lstm_release(struct lstm *lstm)
{
    network_free(lstm->network);
    lstm->network = NULL;
}
