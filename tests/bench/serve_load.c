/* Asks a reading room at a steady rate, whether it keeps up or not, and prints how long answers take: each
 * from the moment at which its request was due. Paths are taken from a file, one a line, at random.
 *
 *     serve-load [-r RATE] [-s SECONDS] [-H HALF_OPEN] PORT PATHS */
#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/process.h"

enum { THREADS = 64, MOST_PATHS = 100000, SEED = 1 };

struct load {
    struct sockaddr_in server;
    char *paths[MOST_PATHS];
    size_t path_count;
    double rate, began;
    size_t count;
    atomic_size_t next;
    double *seconds; /* of each request */
    int *statuses;   /* 0: no answer */
    size_t *path_of;
};

static int connect_to(const struct load *load)
{
    int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct timeval limit = {.tv_sec = 30};
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (connection >= 0 &&
        connect(connection, (const struct sockaddr *)&load->server, sizeof load->server) != 0) {
        close(connection);
        return -1;
    }
    return connection;
}

/* The status of the answer, all of which is read; 0 without one. */
static int ask(const struct load *load, const char *path)
{
    BI_CLEANUP(bi_descriptor_closep) int connection = connect_to(load);
    if (connection < 0)
        return 0;
    dprintf(connection, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", path);
    char buffer[65536];
    int status = 0;
    for (ssize_t got; (got = read(connection, buffer, sizeof buffer)) > 0;)
        if (!status && got > 12)
            status = atoi(buffer + 9);
    return status;
}

static void sleep_until(double due)
{
    double left = due - bi_process_clock();
    if (left <= 0)
        return;
    struct timespec time = {.tv_sec = (time_t)left, .tv_nsec = (long)((left - (double)(time_t)left) * 1e9)};
    nanosleep(&time, NULL);
}

static void *work(void *data)
{
    struct load *load = data;
    for (size_t i; (i = atomic_fetch_add(&load->next, 1)) < load->count;) {
        double due = load->began + (double)i / load->rate;
        sleep_until(due);
        load->statuses[i] = ask(load, load->paths[load->path_of[i]]);
        load->seconds[i] = bi_process_clock() - due;
    }
    return NULL;
}

static void read_paths(struct load *load, const char *path)
{
    BI_CLEANUP(bi_file_closep) FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t room = 0;
    for (ssize_t length;
         file && load->path_count < MOST_PATHS && (length = getline(&line, &room, file)) > 0;) {
        line[length - (line[length - 1] == '\n')] = '\0';
        load->paths[load->path_count++] = bi_xstrdup(line);
    }
    free(line);
    if (load->path_count)
        return;
    fprintf(stderr, "serve-load: %s: has no paths\n", path);
    exit(BI_EXIT_INPUT);
}

static int compare(const void *a, const void *b)
{
    double one = *(const double *)a, two = *(const double *)b;
    return one < two ? -1 : one > two;
}

static void print(struct load *load)
{
    size_t good = 0, slowest = 0;
    for (size_t i = 0; i < load->count; i++) {
        good += load->statuses[i] == 200;
        if (load->seconds[i] > load->seconds[slowest])
            slowest = i;
    }
    printf("%zu requests, %zu answered 200, slowest %s\n", load->count, good,
           load->paths[load->path_of[slowest]]);
    qsort(load->seconds, load->count, sizeof *load->seconds, compare);
    printf("p50 %.1f  p95 %.1f  p99 %.1f  longest %.1f ms\n", 1e3 * load->seconds[load->count / 2],
           1e3 * load->seconds[load->count * 95 / 100], 1e3 * load->seconds[load->count * 99 / 100],
           1e3 * load->seconds[load->count - 1]);
}

int main(int argc, char **argv)
{
    static struct load load = {.rate = 50};
    double seconds = 60;
    int half_open = 0;
    for (int option; (option = getopt(argc, argv, "r:s:H:")) != -1;) {
        if (option == 'r')
            load.rate = atof(optarg);
        else if (option == 's')
            seconds = atof(optarg);
        else if (option == 'H')
            half_open = atoi(optarg);
        else
            return BI_EXIT_USAGE;
    }
    if (argc - optind != 2 || load.rate <= 0 || seconds <= 0) {
        fputs("usage: serve-load [-r RATE] [-s SECONDS] [-H HALF_OPEN] PORT PATHS\n", stderr);
        return BI_EXIT_USAGE;
    }
    load.server = (struct sockaddr_in){.sin_family = AF_INET,
                                       .sin_port = htons((uint16_t)atoi(argv[optind])),
                                       .sin_addr = {htonl(INADDR_LOOPBACK)}};
    read_paths(&load, argv[optind + 1]);
    load.count = (size_t)(load.rate * seconds);
    load.seconds = bi_xcalloc(load.count, sizeof *load.seconds);
    load.statuses = bi_xcalloc(load.count, sizeof *load.statuses);
    load.path_of = bi_xcalloc(load.count, sizeof *load.path_of);
    srandom(SEED);
    for (size_t i = 0; i < load.count; i++)
        load.path_of[i] = (size_t)random() % load.path_count;
    /* Clients that begin a request and never end it. */
    for (int i = 0; i < half_open; i++) {
        int connection = connect_to(&load);
        if (connection >= 0)
            dprintf(connection, "GET /search?q=");
    }
    load.began = bi_process_clock();
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, work, &load);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    print(&load);
    return BI_EXIT_DONE;
}
