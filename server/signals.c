#include "signals.h"

#include "base/limit.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static struct {
    sigset_t set;
    sem_t asked;
    pthread_t thread;
    _Atomic(const char *) port_file;
    atomic_bool stopped;
    struct {
        pthread_t thread;
        bool watched;
        int stopped; /* becomes readable when the watching is over */
    } input;
} stop;

void signals_port_file(const char *path)
{
    stop.port_file = path;
}

void signals_remove_port_file(void)
{
    const char *file = atomic_exchange(&stop.port_file, NULL);
    if (file)
        unlink(file);
}

/* Nothing is closed, and nothing has to be: what was committed is in the database, and the kernel does the rest. The
 * system call itself, because a sanitizer's _exit waits for threads that are stuck. */
_Noreturn static void end_now(int code)
{
    signals_remove_port_file();
    syscall(SYS_exit_group, code);
    _exit(code);
}

static void *wait_for_signals(void *unused)
{
    static const struct timespec longest = { LIMIT_STOP_MS / 1000, LIMIT_STOP_MS % 1000 * 1000000L };
    int caught;
    (void)unused;
    sigwait(&stop.set, &caught);
    if (stop.stopped)
        return NULL;
    sem_post(&stop.asked);
    const bool second = sigtimedwait(&stop.set, NULL, &longest) > 0;
    if (!stop.stopped)
        end_now(second ? EXIT_FAILURE : EXIT_SUCCESS);
    return NULL;
}

static bool is_ignored(int number)
{
    struct sigaction action;
    return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

bool signals_start(void)
{
    sigemptyset(&stop.set);
    sigaddset(&stop.set, SIGTERM);
    sigaddset(&stop.set, SIGINT);
    if (!is_ignored(SIGHUP))
        sigaddset(&stop.set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &stop.set, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of the write */
    sem_init(&stop.asked, 0, 0);
    return pthread_create(&stop.thread, NULL, wait_for_signals, NULL) == 0;
}

/* ---- stdin --------------------------------------------------------------------------------------------- */

/* Whatever comes is thrown away. A descriptor that somebody else made non-blocking stays so: it is theirs, too. */
static bool input_has_ended(void)
{
    char buffer[4096];
    const ssize_t n = read(STDIN_FILENO, buffer, sizeof buffer);
    return n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN);
}

static void *wait_for_end_of_input(void *unused)
{
    struct pollfd fds[] = { { .fd = stop.input.stopped, .events = POLLIN }, { .fd = STDIN_FILENO, .events = POLLIN } };
    (void)unused;
    do {
        if (poll(fds, 2, -1) < 0)
            continue;
        if (fds[0].revents)
            return NULL;
    } while (!fds[1].revents || !input_has_ended());
    sem_post(&stop.asked);
    if (poll(fds, 1, LIMIT_STOP_MS) == 0 && !stop.stopped)
        end_now(EXIT_SUCCESS);
    return NULL;
}

/* What stdin is, if waiting for its end makes no sense; NULL if it does. */
static const char *why_not_watched(void)
{
    struct stat input, null;
    if (fstat(STDIN_FILENO, &input) != 0)
        return "is closed";
    if (S_ISREG(input.st_mode))
        return "is a file, which is at its end from the start";
    if (S_ISCHR(input.st_mode) && stat("/dev/null", &null) == 0 && input.st_rdev == null.st_rdev)
        return "is /dev/null, which is at its end from the start";
    return S_ISDIR(input.st_mode) ? "is a folder" : NULL;
}

bool signals_from_stdin(char *reterr, size_t reterr_size)
{
    const char *why = why_not_watched();
    if (why) {
        snprintf(reterr, reterr_size, "--exit-with-stdin: standard input %s; give it a pipe that stays open", why);
        return false;
    }
    stop.input.stopped = eventfd(0, EFD_CLOEXEC);
    stop.input.watched = stop.input.stopped >= 0 &&
                         pthread_create(&stop.input.thread, NULL, wait_for_end_of_input, NULL) == 0;
    if (!stop.input.watched)
        snprintf(reterr, reterr_size, "--exit-with-stdin: cannot wait for standard input: %s", strerror(errno));
    return stop.input.watched;
}

static void stop_watching_input(void)
{
    if (!stop.input.watched)
        return;
    eventfd_write(stop.input.stopped, 1);
    pthread_join(stop.input.thread, NULL);
    close(stop.input.stopped);
}

/* ---- the main thread ----------------------------------------------------------------------------------- */

void signals_wait(void)
{
    while (sem_wait(&stop.asked) != 0 && errno == EINTR)
        ;
}

void signals_stopped(void)
{
    stop.stopped = true;
    stop_watching_input();
    pthread_kill(stop.thread, SIGTERM); /* for that thread alone, which waits for one */
    pthread_join(stop.thread, NULL);
}
