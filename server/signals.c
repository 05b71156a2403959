#include "signals.h"

#include "base/limit.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static struct {
    sigset_t set;
    sem_t asked;
    pthread_t thread;
    _Atomic(const char *) port_file;
    atomic_bool stopped;
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

void signals_wait(void)
{
    while (sem_wait(&stop.asked) != 0 && errno == EINTR)
        ;
}

void signals_stopped(void)
{
    stop.stopped = true;
    pthread_kill(stop.thread, SIGTERM); /* for that thread alone, which waits for one */
    pthread_join(stop.thread, NULL);
}
