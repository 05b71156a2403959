#include "jobs.h"

#include "cli_run.h"
#include "http_run.h"
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct worker {
    pid_t pid; /* 0: free */
    size_t file;
};

static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
    (void)number;
    interrupted = 1;
}

static bool is_cli(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot != NULL && strcmp(dot, ".cli") == 0;
}

const char *file_summary(const char *path)
{
    struct report unused = { 0 };
    struct reader rd;
    const char *summary = "";
    if (!reader_open(&rd, path, &unused) || !reader_summary(&rd, &summary))
        summary = "";
    text_free(&unused.out);
    return summary;
}

static size_t http_cases(const char *path, struct report *report)
{
    struct http_case hc;
    size_t cases = 0;
    bool valid = http_case_parse(&hc, path, report);
    for (const struct action *a = valid ? hc.actions : NULL; a != NULL; a = a->next)
        cases += a->kind == ACTION_STEP;
    http_case_free(&hc);
    return cases;
}

static size_t cli_cases(const char *path, struct report *report)
{
    struct cli_case cc;
    size_t cases = 0;
    bool valid = cli_case_parse(&cc, path, report);
    for (const struct cli_action *a = valid ? cc.actions : NULL; a != NULL; a = a->next)
        cases += a->kind == CLI_COMMAND || a->kind == CLI_BACKGROUND;
    return cases;
}

size_t file_cases(const char *path)
{
    struct report unused = { 0 };
    size_t cases = is_cli(path) ? cli_cases(path, &unused) : http_cases(path, &unused);
    text_free(&unused.out);
    return cases;
}

static void coverage_append(const struct jobs *jobs)
{
    struct text lines = { 0 };
    for (const struct operation *op = jobs->contract->operations; op != NULL; op = op->next)
        if (op->hit)
            text_addf(&lines, "%s %s %s\n", op->id, op->method, op->path);
    int fd = open(jobs->coverage_path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    if (lines.len > 0 && (fd < 0 || write(fd, lines.data, lines.len) != (ssize_t)lines.len))
        fprintf(stderr, "run: %s cannot be written: %s\n", jobs->coverage_path, strerror(errno));
    if (fd >= 0)
        close(fd);
    text_free(&lines);
}

static char *report_path(const struct jobs *jobs, size_t file)
{
    return keep_f("%s/%zu.report", jobs->root, file);
}

static _Noreturn void worker_main(const struct jobs *jobs, size_t file)
{
    struct report report = { 0 };
    const char *path = jobs->files->at[file];
    char *scratch = keep_f("%s/%zu", jobs->root, file);
    if (!directory_make(scratch))
        report_fail(&report, 0, "%s cannot be made: %s", scratch, strerror(errno));
    else if (is_cli(path))
        cli_file_run(path, keep_f("%s/bin", jobs->root), scratch, jobs->contract, &report);
    else
        http_file_run(path, jobs->program, scratch, jobs->contract, &report);
    coverage_append(jobs);
    directory_remove(scratch);
    bool written = file_write(report_path(jobs, file), text_str(&report.out), report.out.len);
    bool ok = report.failures == 0 && written;
    text_free(&report.out);
    exit(ok ? 0 : 1);
}

static void worker_start(const struct jobs *jobs, struct worker *w, size_t file)
{
    pid_t parent = getpid();
    fflush(NULL);
    w->file = file;
    w->pid = fork();
    if (w->pid != 0)
        return;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    worker_main(jobs, file);
}

static void worker_end(const struct jobs *jobs, const struct worker *w, int status, struct totals *totals)
{
    struct text report = { 0 };
    const char *path = jobs->files->at[w->file];
    if (status == 0) {
        totals->passed++;
        totals->cases += file_cases(path);
        return;
    }
    totals->failed++;
    if (isatty(2))
        fputs("\r\033[K", stderr);
    printf("FAIL %s: %s\n", path, file_summary(path));
    if (file_read(report_path(jobs, w->file), &report) && report.len > 0)
        fwrite(text_str(&report), 1, report.len, stdout);
    else
        printf("  the test's process ended without a report: %s\n", process_describe(status));
    fflush(stdout);
    text_free(&report);
}

static void progress(const struct jobs *jobs, const struct totals *totals)
{
    if (isatty(2))
        fprintf(stderr, "\r[%zu/%zu]%s", totals->passed + totals->failed, jobs->files->count,
                totals->passed + totals->failed == jobs->files->count ? "\r\033[K" : "");
}

static struct worker *worker_find(struct worker *workers, size_t count, pid_t pid)
{
    for (size_t i = 0; i < count; i++)
        if (workers[i].pid == pid)
            return &workers[i];
    return NULL;
}

/* Waits for any worker; false when a signal came instead. */
static bool worker_collect(const struct jobs *jobs, struct worker *workers, struct totals *totals)
{
    int status = 0;
    pid_t pid = waitpid(-1, &status, 0);
    struct worker *w = pid > 0 ? worker_find(workers, jobs->at_once, pid) : NULL;
    if (w == NULL)
        return !interrupted;
    worker_end(jobs, w, status, totals);
    progress(jobs, totals);
    w->pid = 0;
    return !interrupted;
}

static void workers_kill(struct worker *workers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (workers[i].pid > 0) {
            kill(workers[i].pid, SIGKILL);
            waitpid(workers[i].pid, NULL, 0);
        }
    }
}

static bool signals_watch(void)
{
    const struct sigaction action = { .sa_handler = on_signal };
    return sigaction(SIGINT, &action, NULL) == 0 && sigaction(SIGTERM, &action, NULL) == 0;
}

bool jobs_run(const struct jobs *jobs, struct totals *totals)
{
    struct worker *workers = keep_alloc(jobs->at_once * sizeof *workers);
    size_t next = 0, done = 0, before = totals->passed + totals->failed;
    bool ok = signals_watch();
    while (ok && done < jobs->files->count) {
        struct worker *idle = next < jobs->files->count ? worker_find(workers, jobs->at_once, 0) : NULL;
        if (idle != NULL)
            worker_start(jobs, idle, next++);
        else
            ok = worker_collect(jobs, workers, totals);
        if (idle != NULL && idle->pid < 0) {
            fprintf(stderr, "run: no process can be started: %s\n", strerror(errno));
            ok = false;
        }
        done = totals->passed + totals->failed - before;
    }
    workers_kill(workers, jobs->at_once);
    return ok;
}
