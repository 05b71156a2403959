#include "cli_run.h"

#include "pattern.h"
#include "server.h"
#include "timing.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

enum { BACKGROUND_MAX = 8, OUTPUT_WAIT_MS = 2000, POLL_MS = 20 };

/* A server in the background. */
struct background {
    pid_t pid;
    const char *out, *err;
    int line;
};

struct cli_run {
    const struct contract *contract;
    const char *scratch, *directory;
    struct report *report, notes;
    struct vars vars;
    struct strings environment;
    struct background running[BACKGROUND_MAX];
    size_t count;
    unsigned launches;
};

/* Reports the action with the notes on it; always false. */
static bool action_fail(struct cli_run *run, const struct cli_action *a, const char *what)
{
    static const char *const marks[] = { [CLI_FILE] = "file",
                                         [CLI_COMMAND] = "$",
                                         [CLI_BACKGROUND] = "&",
                                         [CLI_STOP] = "stop",
                                         [CLI_SAME_FILE] = "same-file",
                                         [CLI_COVERS] = "covers" };
    report_fail(run->report, a->line, "%s %s%s", marks[a->kind], a->text, what);
    text_add(&run->report->out, text_str(&run->notes.out), run->notes.out.len);
    text_reset(&run->notes.out);
    return false;
}

/* The text with its placeholders filled in, in kept memory; NULL, and reported, when that cannot be. */
static char *filled_in(struct cli_run *run, const struct cli_action *a, const char *s)
{
    struct text out = { 0 }, why = { 0 };
    bool ok = pattern_expand(s, strlen(s), 0, &run->vars, &out, &why);
    char *copy = ok ? keep_copy(text_str(&out), out.len) : NULL;
    if (!ok)
        report_fail(run->report, a->line, "mistake in the data file: %s", text_str(&why));
    text_free(&out);
    text_free(&why);
    return copy;
}

static pid_t shell_start(struct cli_run *run, char *command, struct background *ret)
{
    char *const argv[] = { keep_str("/bin/sh"), keep_str("-c"), command, NULL };
    unsigned number = ++run->launches;
    ret->out = keep_f("%s/out.%u", run->scratch, number);
    ret->err = keep_f("%s/err.%u", run->scratch, number);
    const struct launch launch = { .argv = argv,
                                   .environment = run->environment.at,
                                   .directory = run->directory,
                                   .output = ret->out,
                                   .errors = ret->err,
                                   .group = true };
    ret->pid = process_start(&launch);
    return ret->pid;
}

static void group_kill(pid_t pid)
{
    kill(-pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

static bool output_judge(struct cli_run *run, const struct cli_action *a, const struct output *o,
                         const char *what)
{
    bool ok = *what == '\0';
    const char *defect = sanitizer_line(&o->bytes[STREAM_ERR]);
    if (defect != NULL)
        report_note(&run->notes, "a sanitizer's report: %s", defect);
    ok = output_check_all(o, a->checks, &run->vars, &run->notes) && ok && defect == NULL;
    if (ok)
        return true;
    output_dump(o, &run->notes);
    return action_fail(run, a, what);
}

static bool command_run(struct cli_run *run, const struct cli_action *a)
{
    struct background shell;
    struct output o;
    int status = 0;
    const char *what = "";
    char *command = filled_in(run, a, a->text);
    if (command == NULL)
        return false;
    if (shell_start(run, command, &shell) < 0)
        return action_fail(run, a, ": no process can be started");
    if (!process_wait(shell.pid, now_ms() + a->timeout_ms, &status)) {
        group_kill(shell.pid);
        what = keep_f(": still ran after %u ms", a->timeout_ms);
    } else if (process_exit_code(status) != a->exit_code) {
        what = keep_f(": expected exit code %d, got %s", a->exit_code, process_describe(status));
    }
    kill(-shell.pid, SIGKILL); /* whatever it left behind */
    output_read(&o, shell.out, shell.err);
    bool ok = output_judge(run, a, &o, what);
    output_free(&o);
    return ok;
}

/* The ready line may come a moment after the port file: expectations are tried until time is up. */
static bool background_output(struct cli_run *run, const struct cli_action *a, const struct background *b)
{
    int64_t deadline = now_ms() + OUTPUT_WAIT_MS;
    for (;;) {
        struct output o;
        struct report unused = { 0 };
        output_read(&o, b->out, b->err);
        bool done = output_check_all(&o, a->checks, &run->vars, &unused) || now_ms() >= deadline;
        bool ok = done && output_judge(run, a, &o, "");
        text_free(&unused.out);
        output_free(&o);
        if (done)
            return ok;
        sleep_ms(POLL_MS);
    }
}

static bool background_run(struct cli_run *run, const struct cli_action *a)
{
    int port = 0, status = -1;
    struct background *b = &run->running[run->count];
    char *command = filled_in(run, a, a->text), *port_file = filled_in(run, a, a->other);
    if (command == NULL || port_file == NULL)
        return false;
    if (run->count == BACKGROUND_MAX)
        return action_fail(run, a, ": too many in the background");
    b->line = a->line;
    const char *path = *port_file == '/' ? port_file : keep_f("%s/%s", run->directory, port_file);
    remove(path);
    if (shell_start(run, keep_f("exec env %s", command), b) < 0)
        return action_fail(run, a, ": no process can be started");
    run->count++;
    if (port_file_wait(path, b->pid, now_ms() + a->timeout_ms, &port, &status)) {
        vars_set(&run->vars, "port", json_integer(port));
        return background_output(run, a, b);
    }
    struct output o;
    run->count -= status != -1;
    output_read(&o, b->out, b->err);
    bool ok =
        output_judge(run, a, &o,
                     status == -1 ? ": wrote no port file in time"
                                  : keep_f(": ended before it was ready: %s", process_describe(status)));
    output_free(&o);
    return ok;
}

static bool stop_run(struct cli_run *run, const struct cli_action *a)
{
    int status = 0;
    const char *what = "";
    if (run->count == 0)
        return action_fail(run, a, ": nothing runs in the background");
    struct background b = run->running[--run->count];
    int64_t from = now_ms();
    kill(b.pid, a->signal);
    if (!process_wait(b.pid, from + a->timeout_ms, &status)) {
        group_kill(b.pid);
        what = keep_f(": the server of line %d still ran %u ms after the signal", b.line, a->timeout_ms);
    } else if (process_exit_code(status) != a->exit_code) {
        what = keep_f(": expected exit code %d, got %s", a->exit_code, process_describe(status));
    }
    struct output o;
    output_read(&o, b.out, b.err);
    bool ok = output_judge(run, a, &o, what);
    output_free(&o);
    return ok;
}

static char *path_in(const struct cli_run *run, char *name)
{
    return *name == '/' ? name : keep_f("%s/%s", run->directory, name);
}

static void folders_make(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        directory_make(path);
        *slash = '/';
    }
}

static bool file_run(struct cli_run *run, const struct cli_action *a)
{
    char *content = filled_in(run, a, a->other);
    if (content == NULL)
        return false;
    char *path = path_in(run, a->text);
    folders_make(path);
    return file_write(path, content, strlen(content)) || action_fail(run, a, ": cannot be written");
}

static bool same_file_run(struct cli_run *run, const struct cli_action *a)
{
    char *first = filled_in(run, a, a->text), *second = filled_in(run, a, a->other);
    struct text x = { 0 }, y = { 0 };
    if (first == NULL || second == NULL)
        return false;
    bool read = file_read(path_in(run, first), &x) && file_read(path_in(run, second), &y);
    size_t same = 0;
    while (same < x.len && same < y.len && x.data[same] == y.data[same])
        same++;
    bool ok = read && x.len == y.len && same == x.len;
    const char *what =
        read ? keep_f(" %s: %zu and %zu bytes, different from byte %zu on", a->other, x.len, y.len, same + 1)
             : keep_f(" %s: one of them cannot be read", a->other);
    text_free(&x);
    text_free(&y);
    return ok || action_fail(run, a, what);
}

/* What the commands so far have seen to work. */
static bool covers_run(struct cli_run *run, const struct cli_action *a)
{
    struct operation *op = contract_find(run->contract, a->text, a->other);
    contract_note(op, 200);
    return (op != NULL && op->hit) || action_fail(run, a, ": no such operation, or it does not answer 200");
}

static bool (*const actions[])(struct cli_run *run, const struct cli_action *a) = {
    [CLI_FILE] = file_run, [CLI_COMMAND] = command_run,     [CLI_BACKGROUND] = background_run,
    [CLI_STOP] = stop_run, [CLI_SAME_FILE] = same_file_run,
    [CLI_COVERS] = covers_run,
};

/* What still runs must stop as well as if the file had said so. */
static void leftovers_stop(struct cli_run *run)
{
    while (run->count > 0) {
        const struct cli_action stop = { .kind = CLI_STOP,
                                         .line = run->running[run->count - 1].line,
                                         .text = keep_str("at the end of the file"),
                                         .signal = SIGTERM,
                                         .timeout_ms = STOP_MS };
        stop_run(run, &stop);
    }
}

void cli_file_run(const char *path, const char *bin, const char *scratch, const struct contract *contract,
                  struct report *report)
{
    struct cli_case cc;
    struct cli_run run = { .scratch = scratch, .directory = keep_f("%s/dir", scratch), .contract = contract,
                           .report = report };
    run.environment = environment_make(NULL, bin);
    vars_init(&run.vars, run.directory);
    if (cli_case_parse(&cc, path, report)) {
        bool ok = directory_make(run.directory);
        for (const struct cli_action *a = cc.actions; a != NULL && ok; a = a->next)
            ok = actions[a->kind](&run, a);
        leftovers_stop(&run);
    }
    vars_free(&run.vars);
    text_free(&run.notes.out);
}
