/*
 * The yardstick of the benchmark: the least that a libmicrohttpd server can do and still be one.
 *
 * Every request gets the same static bytes, read from a file once, with one Content-Type header and the
 * status given; a request body is read and thrown away. There is no routing, no JSON, no store and no log,
 * so what this program reaches is the ceiling for duvo-mock with the same library, the same mode and the
 * same number of threads.
 *
 *     bare --body FILE [--status 200] [--threads 2] [--turbo] [--tls-cert FILE --tls-key FILE]
 *
 * Listens on a free port of 127.0.0.1, prints "bare ready url=http://127.0.0.1:PORT" (https with --tls-cert) and
 * serves until SIGTERM or SIGINT.
 */
#include <arpa/inet.h>
#include <getopt.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { BODY_MAX = 64 * 1024 * 1024, THREADS_MAX = 64 };

struct options {
    const char *body, *cert, *key;
    unsigned status, threads;
    unsigned flags;
};

struct answer {
    struct MHD_Response *response;
    unsigned status;
};

static enum MHD_Result answer_request(void *cls, struct MHD_Connection *connection, const char *url,
                                      const char *method, const char *version, const char *upload,
                                      size_t *upload_size, void **state)
{
    const struct answer *answer = cls;

    (void)url, (void)method, (void)version, (void)upload;
    if (!*state) {                  /* headers only: answering a POST here would cut its body off */
        *state = cls;
        return MHD_YES;
    }
    if (*upload_size > 0) {
        *upload_size = 0;
        return MHD_YES;
    }
    return MHD_queue_response(connection, answer->status, answer->response);
}

/* The whole file in memory with a NUL behind it, owned by the caller; NULL when it cannot be read or is too large. */
static char *file_read(const char *path, size_t *ret_size)
{
    struct stat st;
    char *bytes = NULL;
    FILE *f = fopen(path, "rb");

    if (!f)
        return NULL;
    if (fstat(fileno(f), &st) == 0 && st.st_size > 0 && st.st_size <= BODY_MAX)
        bytes = malloc((size_t)st.st_size + 1);
    if (bytes && fread(bytes, 1, (size_t)st.st_size, f) == (size_t)st.st_size) {
        bytes[st.st_size] = '\0';
        *ret_size = (size_t)st.st_size;
    } else {
        free(bytes);
        bytes = NULL;
    }
    fclose(f);
    return bytes;
}

static unsigned number(const char *text, unsigned min, unsigned max)
{
    char *end = NULL;
    unsigned long n = strtoul(text, &end, 10);

    if (end == text || *end || n < min || n > max) {
        fprintf(stderr, "bare: %s is not a number from %u to %u\n", text, min, max);
        exit(2);
    }
    return (unsigned)n;
}

static struct options options_parse(int argc, char **argv)
{
    static const struct option names[] = {
        {"body", required_argument, NULL, 'b'},    {"status", required_argument, NULL, 's'},
        {"threads", required_argument, NULL, 't'}, {"turbo", no_argument, NULL, 'T'},
        {"tls-cert", required_argument, NULL, 'c'}, {"tls-key", required_argument, NULL, 'k'},
        {NULL, 0, NULL, 0},
    };
    struct options o = {.status = MHD_HTTP_OK, .threads = 2, .flags = MHD_USE_EPOLL_INTERNAL_THREAD};
    int c;

    while ((c = getopt_long(argc, argv, "", names, NULL)) != -1) {
        if (c == 'b')
            o.body = optarg;
        else if (c == 's')
            o.status = number(optarg, 200, 599);
        else if (c == 't')
            o.threads = number(optarg, 1, THREADS_MAX);
        else if (c == 'T')
            o.flags |= MHD_USE_TURBO;
        else if (c == 'c')
            o.cert = optarg;
        else if (c == 'k')
            o.key = optarg;
        else
            exit(2);
    }
    if (!o.body || !o.cert != !o.key || optind != argc) {
        fprintf(stderr, "usage: bare --body FILE [--status N] [--threads N] [--turbo]"
                        " [--tls-cert FILE --tls-key FILE]\n");
        exit(2);
    }
    return o;
}

static struct MHD_Daemon *daemon_start(const struct options *o, struct answer *answer)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct MHD_OptionItem tls[3] = {{MHD_OPTION_END, 0, NULL}};
    unsigned flags = o->flags;

    if (o->cert) {                  /* the daemon keeps what it is given */
        size_t size;

        flags |= MHD_USE_TLS;
        tls[0] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, file_read(o->cert, &size)};
        tls[1] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, file_read(o->key, &size)};
        tls[2] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
    }
    return MHD_start_daemon(flags, 0, NULL, NULL, answer_request, answer, MHD_OPTION_SOCK_ADDR, &address,
                            MHD_OPTION_THREAD_POOL_SIZE, o->threads, MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
}

static void signals_block(sigset_t *ret_set)
{
    sigemptyset(ret_set);
    sigaddset(ret_set, SIGTERM);
    sigaddset(ret_set, SIGINT);
    sigprocmask(SIG_BLOCK, ret_set, NULL);
    signal(SIGPIPE, SIG_IGN);
}

int main(int argc, char **argv)
{
    struct options o = options_parse(argc, argv);
    struct answer answer = {.status = o.status};
    struct MHD_Daemon *daemon;
    sigset_t set;
    size_t size = 0;
    int sig = 0;
    char *body = file_read(o.body, &size);

    if (!body) {
        fprintf(stderr, "bare: cannot read %s\n", o.body);
        return 1;
    }
    signals_block(&set);
    answer.response = MHD_create_response_from_buffer(size, body, MHD_RESPMEM_PERSISTENT);
    MHD_add_response_header(answer.response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/json; charset=utf-8");
    daemon = daemon_start(&o, &answer);
    if (!daemon) {
        fprintf(stderr, "bare: cannot start the daemon\n");
        return 1;
    }
    printf("bare ready url=%s://127.0.0.1:%u\n", o.cert ? "https" : "http",
           (unsigned)MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    sigwait(&set, &sig);
    MHD_stop_daemon(daemon);
    MHD_destroy_response(answer.response);
    free(body);
    return 0;
}
