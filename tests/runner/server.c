#include "server.h"

#include "timing.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { START_MS = 10000, PORT_POLL_MS = 1 };

static bool flag_given(const struct strings *flags, const char *flag)
{
    size_t len = strlen(flag);
    for (size_t i = 0; i < flags->count; i++)
        if (strncmp(flags->at[i], flag, len) == 0 && (flags->at[i][len] == '\0' || flags->at[i][len] == '='))
            return true;
    return false;
}

static void flag_add(struct strings *flags, const char *flag, const char *value)
{
    if (flag_given(flags, flag))
        return;
    strings_add(flags, keep_str(flag));
    strings_add(flags, keep_str(value));
}

void server_init(struct server *s, const char *program, const char *scratch, const struct strings *flags,
                 const struct strings *extra, bool durable)
{
    *s = (struct server){ .program = program, .scratch = scratch };
    s->log = keep_f("%s/server.log", scratch);
    s->port_file = keep_f("%s/port", scratch);
    s->database = durable ? keep_f("%s/mock.db", scratch) : NULL;
    s->environment = environment_make(extra, NULL);
    strings_add(&s->flags, keep_str(program));
    strings_add(&s->flags, keep_str("serve"));
    for (size_t i = 0; i < flags->count; i++)
        strings_add(&s->flags, flags->at[i]);
    flag_add(&s->flags, "--port", "0");
    flag_add(&s->flags, "--port-file", s->port_file);
    flag_add(&s->flags, "--log", "text");
    if (durable)
        flag_add(&s->flags, "--db", s->database);
}

static int port_read(const char *path)
{
    struct text t = { 0 };
    long long port = 0;
    if (file_read(path, &t) && t.len > 1 && t.data[t.len - 1] == '\n') {
        text_cut(&t, t.len - 1);
        if (!number_parse(text_str(&t), 1, 65535, &port))
            port = 0;
    }
    text_free(&t);
    return (int)port;
}

bool port_file_wait(const char *path, pid_t pid, int64_t deadline, int *ret_port, int *ret_status)
{
    for (;;) {
        *ret_port = port_read(path);
        if (*ret_port != 0)
            return true;
        if (pid != 0 && waitpid(pid, ret_status, WNOHANG) == pid)
            return false;
        if (now_ms() >= deadline) {
            *ret_status = -1;
            return false;
        }
        sleep_ms(PORT_POLL_MS);
    }
}

bool server_start(struct server *s, struct report *r, int line)
{
    const struct launch launch = { .argv = s->flags.at,
                                   .environment = s->environment.at,
                                   .output = keep_f("%s/stdout", s->scratch),
                                   .errors = s->log };
    int status = -1;
    unlink(s->port_file);
    s->pid = process_start(&launch);
    if (s->pid < 0) {
        s->pid = 0;
        report_fail(r, line, "no process can be started for the server: %s", strerror(errno));
        return false;
    }
    if (port_file_wait(s->port_file, s->pid, now_ms() + START_MS, &s->port, &status))
        return true;
    if (status == -1) {
        report_fail(r, line, "the server wrote no port file within %d ms", START_MS);
        server_kill(s);
    } else {
        report_fail(r, line, "the server ended before it was ready: %s", process_describe(status));
        s->pid = 0;
    }
    return false;
}

bool server_stop(struct server *s, struct report *r, int line)
{
    int status = 0;
    if (s->pid == 0)
        return true;
    kill(s->pid, SIGTERM);
    if (!process_wait(s->pid, now_ms() + STOP_MS, &status)) {
        report_fail(r, line, "the server still ran %d ms after SIGTERM", STOP_MS);
        server_kill(s);
        return false;
    }
    s->pid = 0;
    if (status != 0)
        report_fail(r, line, "the server was to stop with exit code 0 after SIGTERM: %s",
                    process_describe(status));
    return status == 0;
}

void server_kill(struct server *s)
{
    if (s->pid == 0)
        return;
    kill(s->pid, SIGKILL);
    waitpid(s->pid, NULL, 0);
    s->pid = 0;
}

void server_report_death(struct server *s, struct report *r)
{
    int status = 0;
    if (s->pid == 0 || !process_wait(s->pid, now_ms() + 50, &status))
        return;
    s->pid = 0;
    report_note(r, "the server has ended: %s", process_describe(status));
}

void server_log_read(const struct server *s, struct text *ret_log)
{
    file_read(s->log, ret_log);
}
