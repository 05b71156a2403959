/* Replay: every input of a corpus, then inputs that are made of them in a fixed way, so that each run does the same
 * whatever compiler made it. Usage: FUZZ_TARGET=NAME replay RUNS SECONDS FILE…
 * Ends after RUNS made inputs or SECONDS, whichever comes first, and prints how many there were. An input that ends
 * the program stands in FUZZ_INPUT then, where that is a path. */
#include "fuzz.h"

#include "base/clock.h"
#include "base/secret.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- random numbers, the same every time ---------------------------------------------------------------- */

static uint64_t state = 0x9e3779b97f4a7c15;

static size_t below(size_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return n ? (size_t)((state * 0x2545f4914f6cdd1d) >> 33) % n : 0;
}

/* ---- inputs -------------------------------------------------------------------------------------------- */

struct input {
    size_t n;
    char p[FUZZ_MAX];
};

static struct input *corpus;
static size_t corpus_size;

static void read_input(const char *path, struct input *ret)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(2);
    }
    ret->n = fread(ret->p, 1, FUZZ_MAX, file);
    fclose(file);
}

/* Each puts something at `at` in place of the `n` bytes there. */
static void replace(struct input *in, size_t at, size_t n, const char *by, size_t by_n)
{
    const size_t rest = in->n - at - n;
    if (at + by_n + rest > FUZZ_MAX)
        return;
    memmove(in->p + at + by_n, in->p + at + n, rest);
    if (by_n)
        memcpy(in->p + at, by, by_n);
    in->n = at + by_n + rest;
}

static void flip_bit(struct input *in)
{
    if (in->n)
        in->p[below(in->n)] ^= (char)(1 << below(8));
}

static void put_byte(struct input *in)
{
    static const char likely[] = "\0\n\r\t \"\\/:;,=%#?&{}[]<>@.-+*09azAZ\x7f\x80\xc3\xff";
    const char one = likely[below(sizeof likely - 1)];
    replace(in, below(in->n + 1), 0, &one, 1);
}

static void set_byte(struct input *in)
{
    if (in->n)
        in->p[below(in->n)] = (char)below(256);
}

static void drop_some(struct input *in)
{
    const size_t at = below(in->n), n = below(1 + (in->n - at) / 2);
    replace(in, at, n, "", 0);
}

static void cut_off(struct input *in)
{
    in->n = below(in->n + 1);
}

static void put_number(struct input *in)
{
    static const char *const numbers[] = { "0", "-1", "1", "4294967296", "9223372036854775807", "9223372036854775808",
                                           "1e308", "0.1", "00", "-0" };
    const char *one = numbers[below(sizeof numbers / sizeof numbers[0])];
    replace(in, below(in->n + 1), 0, one, strlen(one));
}

/* A piece of some input, in place of as much or of nothing. */
static void graft(struct input *in)
{
    static char piece[FUZZ_MAX];
    const struct input *from = &corpus[below(corpus_size)];
    const size_t at = below(from->n), n = below(1 + from->n - at), to = below(in->n + 1);
    memcpy(piece, from->p + at, n);
    replace(in, to, below(2) && n <= in->n - to ? n : 0, piece, n);
}

static void change(struct input *in)
{
    static void (*const ways[])(struct input *) = { flip_bit, put_byte, set_byte, drop_some, cut_off, put_number,
                                                    graft,   graft };
    for (size_t times = 1 + below(6); times; times--)
        ways[below(sizeof ways / sizeof ways[0])](in);
}

/* ---- running ------------------------------------------------------------------------------------------- */

static const struct input *running;

/* Of a process that is about to end. */
static void keep_input(int signal_number)
{
    const char *path = getenv("FUZZ_INPUT");
    const int fd = path && running ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666) : -1;
    if (fd < 0 || write(fd, running->p, running->n) < 0)
        running = NULL;
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

/* Its memory ends with the input, so that reading past it is noticed. */
static void run(const struct fuzz_target *target, const struct input *in)
{
    char *copy = malloc(in->n ? in->n : 1);
    if (!copy)
        abort();
    memcpy(copy, in->p, in->n);
    running = in;
    fuzz_one(target, (struct text){ copy, in->n });
    running = NULL;
    free(copy);
}

static size_t run_changed(const struct fuzz_target *target, size_t runs, int64_t until_us)
{
    static struct input in;
    size_t done = 0;
    for (; done < runs && clock_steady_us() < until_us; done++) {
        in = corpus[below(corpus_size)];
        change(&in);
        run(target, &in);
    }
    return done;
}

int main(int argc, char **argv)
{
    const struct fuzz_target *target = fuzz_chosen();
    if (argc < 4 || !secret_start()) {
        fprintf(stderr, "usage: FUZZ_TARGET=NAME replay RUNS SECONDS FILE...\n");
        return 2;
    }
    signal(SIGABRT, keep_input);
    signal(SIGTERM, keep_input); /* it took too long */
    corpus_size = (size_t)argc - 3;
    corpus = calloc(corpus_size, sizeof *corpus);
    if (!corpus)
        abort();
    for (size_t i = 0; i < corpus_size; i++) {
        read_input(argv[i + 3], &corpus[i]);
        run(target, &corpus[i]);
    }
    const int64_t until_us = clock_steady_us() + 1000000 * strtoll(argv[2], NULL, 10);
    const size_t made = run_changed(target, strtoul(argv[1], NULL, 10), until_us);
    printf("%s: %zu inputs of the corpus, %zu made of them\n", target->name, corpus_size, made);
    free(corpus);
    arena_trim();
    return 0;
}
