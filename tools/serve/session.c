#include "serve/session.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/cleanup.h"
#include "base/file.h"

enum { RANDOM_BYTES = 16, TOKEN_BYTES = 24 };

static int get_random(void *bytes, size_t size, struct bi_error *err)
{
    if (getrandom(bytes, size, 0) != (ssize_t)size)
        return bi_error_errno(err, BI_EXIT_MACHINE, "no random numbers");
    return 0;
}

static void to_hex(const unsigned char *bytes, size_t size, char *hex)
{
    for (size_t i = 0; i < size; i++)
        snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
}

/* In a time that does not tell how much of them is alike. */
static bool is_same(const char *a, const char *b)
{
    char first[BI_SHA256_HEX], second[BI_SHA256_HEX];
    bi_sha256_bytes(a, strlen(a), first);
    bi_sha256_bytes(b, strlen(b), second);
    return CRYPTO_memcmp(first, second, BI_SHA256_HEX) == 0;
}

static int read_token(const char *path, char *token, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size;
    if (bi_file_read(path, 4096, false, &data, &size, err) < 0)
        return -1;
    size_t length = strcspn(data, " \t\r\n");
    if (length < SERVE_LEAST_TOKEN || length > SERVE_MOST_TOKEN)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: its first line is no token of %d to %d characters", path,
                            SERVE_LEAST_TOKEN, SERVE_MOST_TOKEN);
    memcpy(token, data, length);
    token[length] = '\0';
    return 0;
}

int serve_keys_make(struct serve_keys *keys, const char *token_file, struct bi_error *err)
{
    unsigned char bytes[TOKEN_BYTES];
    *keys = (struct serve_keys){0};
    if (get_random(keys->key, sizeof keys->key, err) < 0 || get_random(bytes, sizeof bytes, err) < 0)
        return -1;
    if (token_file)
        return read_token(token_file, keys->token, err);
    to_hex(bytes, sizeof bytes, keys->token);
    return 0;
}

bool serve_token_is_good(const struct serve_keys *keys, const char *token)
{
    return is_same(keys->token, token);
}

/* HMAC-SHA-256 over what it is for and a text. */
static void make_mac(const struct serve_keys *keys, const char *purpose, const char *text, size_t length,
                     char mac[SERVE_MAC_SIZE])
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    char message[SERVE_SESSION_SIZE + 16];
    int used = snprintf(message, sizeof message, "%s:%.*s", purpose, (int)length, text);
    HMAC(EVP_sha256(), keys->key, sizeof keys->key, (const unsigned char *)message, (size_t)used, bytes,
         &size);
    to_hex(bytes, size, mac);
}

/* "<time in hex>.<random>.<mac over both>" */
int serve_session_make(const struct serve_keys *keys, time_t now, char session[SERVE_SESSION_SIZE],
                       struct bi_error *err)
{
    unsigned char bytes[RANDOM_BYTES];
    char random[2 * RANDOM_BYTES + 1], mac[SERVE_MAC_SIZE];
    if (get_random(bytes, sizeof bytes, err) < 0)
        return -1;
    to_hex(bytes, sizeof bytes, random);
    int length = snprintf(session, SERVE_SESSION_SIZE, "%llx.%s", (unsigned long long)now, random);
    make_mac(keys, "session", session, (size_t)length, mac);
    snprintf(session + length, SERVE_SESSION_SIZE - (size_t)length, ".%s", mac);
    return 0;
}

bool serve_session_is_good(const struct serve_keys *keys, const char *session, time_t now)
{
    const char *end = strrchr(session, '.');
    char mac[SERVE_MAC_SIZE];
    if (!end || strlen(session) >= SERVE_SESSION_SIZE)
        return false;
    make_mac(keys, "session", session, (size_t)(end - session), mac);
    if (!is_same(mac, end + 1))
        return false;
    time_t begun = (time_t)strtoull(session, NULL, 16);
    return begun <= now && now - begun < SERVE_SESSION_SECONDS;
}

void serve_mark_make(const struct serve_keys *keys, const char *session, char mark[SERVE_MAC_SIZE])
{
    make_mac(keys, "form", session, strnlen(session, SERVE_SESSION_SIZE - 1), mark);
}

bool serve_mark_is_good(const struct serve_keys *keys, const char *session, const char *mark)
{
    char good[SERVE_MAC_SIZE];
    serve_mark_make(keys, session, good);
    return is_same(good, mark);
}
