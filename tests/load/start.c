/*
 * Measures how long a server takes from fork to its ready line on standard output, and from SIGTERM to its
 * end.
 *
 *     start [once] COUNT PREFIX PROGRAM [ARGUMENT…]
 *
 * Runs PROGRAM COUNT times, one after the other. The first line it prints must begin with PREFIX. Prints one
 * line for each run: microseconds to the ready line, a space, microseconds to stop. Exit 1 if a run gives no
 * such line in ten seconds or does not stop in ten more. With `once` PROGRAM ends by itself. Standard error of
 * PROGRAM goes where ours goes.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_MS = 10000, RUNS_MAX = 10000, LINE = 512 };

static long long now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

/* The child dies with us: an interrupted benchmark leaves no server behind. */
static pid_t child_start(char **argv, const int pipe_ends[2])
{
    pid_t pid = fork();

    if (pid != 0)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(pipe_ends[1], STDOUT_FILENO);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    execv(argv[0], argv);
    perror(argv[0]);
    _exit(127);
}

/* One line from fd, without its newline; 0 when none came in time. */
static int line_read(int fd, char line[LINE])
{
    long long end = now_us() + PATIENCE_MS * 1000LL;
    size_t n = 0;

    while (n + 1 < LINE) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        long long left = (end - now_us()) / 1000;
        ssize_t got = 0;

        if (left <= 0 || poll(&p, 1, (int)left) != 1)
            return 0;
        got = read(fd, line + n, LINE - 1 - n);
        if (got <= 0)
            return 0;
        n += (size_t)got;
        line[n] = '\0';
        if (memchr(line, '\n', n))
            return 1;
    }
    return 0;
}

/* Waits for the child's end without blocking forever; 0 when it had to be killed or ended badly. */
static int child_stop(pid_t pid, int by_itself, long long *ret_us)
{
    struct timespec pause = {.tv_nsec = 100000};
    long long begin = now_us();
    int status = 0;

    if (!by_itself)
        kill(pid, SIGTERM);
    while (now_us() - begin < PATIENCE_MS * 1000LL) {
        if (waitpid(pid, &status, WNOHANG) == pid) {
            *ret_us = now_us() - begin;
            return WIFEXITED(status) && WEXITSTATUS(status) == 0;
        }
        nanosleep(&pause, NULL);
    }
    kill(pid, SIGKILL);
    waitpid(pid, &status, 0);
    return 0;
}

static int run_once(const char *prefix, int by_itself, char **argv)
{
    char line[LINE] = "";
    int pipe_ends[2];
    long long begin, ready, stopped = 0;
    pid_t pid;
    int good;

    if (pipe(pipe_ends) != 0)
        return 0;
    begin = now_us();
    pid = child_start(argv, pipe_ends);
    close(pipe_ends[1]);
    if (pid < 0) {
        close(pipe_ends[0]);
        return 0;
    }
    good = line_read(pipe_ends[0], line) && strncmp(line, prefix, strlen(prefix)) == 0;
    ready = now_us() - begin;
    if (!good)
        fprintf(stderr, "start: no line beginning with '%s' from %s\n", prefix, argv[0]);
    if (!child_stop(pid, by_itself, &stopped)) {
        fprintf(stderr, "start: %s did not stop with exit code 0\n", argv[0]);
        good = 0;
    }
    close(pipe_ends[0]);
    if (good)
        printf("%lld %lld\n", ready, stopped);
    return good;
}

int main(int argc, char **argv)
{
    int by_itself = argc > 1 && strcmp(argv[1], "once") == 0;
    long count;

    argc -= by_itself;
    argv += by_itself;
    count = argc > 3 ? strtol(argv[1], NULL, 10) : 0;

    if (count < 1 || count > RUNS_MAX) {
        fprintf(stderr, "usage: start [once] COUNT PREFIX PROGRAM [ARGUMENT...]\n");
        return 2;
    }
    while (count-- > 0)
        if (!run_once(argv[2], by_itself, argv + 3))
            return 1;
    return fflush(stdout) == 0 ? 0 : 1;
}
