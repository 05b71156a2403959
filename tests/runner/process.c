#include "process.h"

#include "timing.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static bool descriptor_set(int to, const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC, 0600);
    return fd >= 0 && dup2(fd, to) == to;
}

static _Noreturn void child_run(const struct launch *l)
{
    const int append = O_WRONLY | O_CREAT | O_APPEND;
    bool ok = descriptor_set(0, "/dev/null", O_RDONLY) && descriptor_set(1, l->output, append) &&
              descriptor_set(2, l->errors, append) && (l->directory == NULL || chdir(l->directory) == 0);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    if (ok)
        execve(l->argv[0], l->argv, l->environment);
    dprintf(2, "run: cannot start %s: %s\n", l->argv[0], strerror(errno));
    _exit(127);
}

pid_t process_start(const struct launch *l)
{
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(127);
        if (l->group)
            setpgid(0, 0);
        child_run(l);
    }
    if (pid > 0 && l->group)
        setpgid(pid, pid); /* here too, so that it holds before anybody signals the group */
    return pid;
}

bool process_wait(pid_t pid, int64_t deadline, int *ret_status)
{
    for (;;) {
        pid_t got = waitpid(pid, ret_status, WNOHANG);
        if (got == pid)
            return true;
        if ((got < 0 && errno != EINTR) || now_ms() >= deadline)
            return false;
        sleep_ms(1);
    }
}

int process_exit_code(int status)
{
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

const char *process_describe(int status)
{
    if (WIFSIGNALED(status))
        return keep_f("signal %d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
    return keep_f("exit code %d", WEXITSTATUS(status));
}

static bool configures_server(const char *entry)
{
    return str_starts(entry, "DUVO_MOCK_") || str_starts(entry, "PORT=");
}

/* Replaces an entry of the same name, so that no program sees two. */
static void environment_put(struct strings *list, char *entry)
{
    size_t name = strcspn(entry, "=") + 1;
    for (size_t i = 0; i < list->count; i++) {
        if (strncmp(list->at[i], entry, name) == 0) {
            list->at[i] = entry;
            return;
        }
    }
    strings_add(list, entry);
}

struct strings environment_make(const struct strings *extra, const char *bin)
{
    struct strings list = { 0 };
    for (char **e = environ; *e != NULL; e++)
        if (!configures_server(*e))
            strings_add(&list, *e);
    for (size_t i = 0; extra != NULL && i < extra->count; i++)
        environment_put(&list, extra->at[i]);
    const char *path = getenv("PATH");
    if (bin != NULL)
        environment_put(&list, keep_f("PATH=%s:%s", bin, path == NULL ? "/usr/bin:/bin" : path));
    return list;
}

const char *sanitizer_line(const struct text *errors)
{
    static const char *const marks[] = {
        "ERROR: AddressSanitizer",
        "LeakSanitizer",
        "WARNING: ThreadSanitizer",
        "runtime error:",
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks && errors->len > 0; i++) {
        const char *at = memmem(errors->data, errors->len, marks[i], strlen(marks[i]));
        if (at == NULL)
            continue;
        const char *from = at;
        while (from > errors->data && from[-1] != '\n')
            from--;
        return keep_copy(from, strcspn(from, "\n"));
    }
    return NULL;
}

bool directory_make(const char *path)
{
    return mkdir(path, 0700) == 0 || errno == EEXIST;
}

static int entry_remove(const char *path, const struct stat *info, int kind, struct FTW *at)
{
    (void)info;
    (void)kind;
    (void)at;
    remove(path);
    return 0;
}

void directory_remove(const char *path)
{
    nftw(path, entry_remove, 16, FTW_DEPTH | FTW_PHYS);
}
