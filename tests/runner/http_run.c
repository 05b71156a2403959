#include "http_run.h"

#include "pattern.h"
#include "timing.h"

#include <string.h>
#include <sys/stat.h>

enum { LOG_WAIT_MS = 2000, LOG_QUIET_MS = 20, DUMPED_LOG = 6000 };

static bool started(struct http_run *run, int line)
{
    http_close(&run->conn);
    if (!server_start(&run->server, run->report, line))
        return false;
    vars_set(&run->vars, "port", json_integer(run->server.port));
    return true;
}

static bool action_step(struct http_run *run, const struct action *a)
{
    return step_run(run, a->step);
}

static bool action_restart(struct http_run *run, const struct action *a)
{
    return server_stop(&run->server, run->report, a->line) && started(run, a->line);
}

static bool action_kill(struct http_run *run, const struct action *a)
{
    server_kill(&run->server);
    return started(run, a->line);
}

static bool action_wait(struct http_run *run, const struct action *a)
{
    (void)run;
    sleep_ms(a->ms);
    return true;
}

/* Log lines may come a moment after their reply: waits until none has come for a while. */
static void log_settle(const struct http_run *run)
{
    struct stat before = { .st_size = -1 }, after;
    for (int i = 0; i < LOG_WAIT_MS / LOG_QUIET_MS; i++) {
        if (stat(run->server.log, &after) == 0 && after.st_size == before.st_size)
            return;
        before = after;
        sleep_ms(LOG_QUIET_MS);
    }
}

static bool log_has(struct http_run *run, const struct action *a, struct text *why)
{
    struct text log = { 0 };
    server_log_read(&run->server, &log);
    bool found = pattern_found(a->needle, text_str(&log), log.len, &run->vars, why);
    text_free(&log);
    return found;
}

static bool action_log(struct http_run *run, const struct action *a)
{
    struct text why = { 0 };
    int64_t deadline = now_ms() + LOG_WAIT_MS;
    if (a->lacks)
        log_settle(run);
    bool found = log_has(run, a, &why);
    while (!a->lacks && !found && why.len == 0 && now_ms() < deadline) {
        sleep_ms(LOG_QUIET_MS);
        found = log_has(run, a, &why);
    }
    bool ok = found != a->lacks && why.len == 0;
    if (!ok)
        report_fail(run->report, a->line, "the server's log %s `%s`", a->lacks ? "contains" : "lacks",
                    a->needle);
    report_notes(run->report, &why);
    text_free(&why);
    return ok;
}

static bool action_db_lacks(struct http_run *run, const struct action *a)
{
    static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };
    struct text needle = { 0 }, why = { 0 };
    bool ok = pattern_expand(a->needle, strlen(a->needle), 0, &run->vars, &needle, &why);
    size_t seen = 0;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes && ok; i++) {
        struct text bytes = { 0 };
        file_read(keep_f("%s%s", run->server.database, suffixes[i]), &bytes);
        seen += bytes.len;
        if (bytes.len > 0 && memmem(bytes.data, bytes.len, text_str(&needle), needle.len) != NULL) {
            text_addf(&why, "mock.db%s contains it", suffixes[i]);
            ok = false;
        }
        text_free(&bytes);
    }
    if (ok && seen == 0)
        text_add_str(&why, "there is no database to look into");
    ok = ok && seen > 0;
    if (!ok)
        report_fail(run->report, a->line, "@db-lacks %s: %s", a->needle, text_str(&why));
    text_free(&needle);
    text_free(&why);
    return ok;
}

static bool (*const actions[])(struct http_run *run, const struct action *a) = {
    [ACTION_STEP] = action_step, [ACTION_RESTART] = action_restart, [ACTION_KILL] = action_kill,
    [ACTION_WAIT] = action_wait, [ACTION_LOG] = action_log,         [ACTION_DB_LACKS] = action_db_lacks,
};

/* Words of @flags and @env may name {{dir}} and {{root}}. */
static bool words_fill_in(struct http_run *run, const struct strings *words, struct strings *ret_words)
{
    for (size_t i = 0; i < words->count; i++) {
        struct text word = { 0 }, why = { 0 };
        bool ok = pattern_expand(words->at[i], strlen(words->at[i]), 0, &run->vars, &word, &why);
        if (ok)
            strings_add(ret_words, keep_copy(text_str(&word), word.len));
        else
            report_fail(run->report, 0, "mistake in the data file: %s", text_str(&why));
        text_free(&word);
        text_free(&why);
        if (!ok)
            return false;
    }
    return true;
}

/* What must hold of every file, whatever its steps say. */
static void aftermath(struct http_run *run)
{
    struct text log = { 0 };
    if (run->conn.fd >= 0 && http_idle_state(&run->conn) == IDLE_DIRTY)
        report_fail(run->report, 0, "the last reply was followed by more bytes");
    http_close(&run->conn);
    server_stop(&run->server, run->report, 0);
    server_log_read(&run->server, &log);
    const char *defect = sanitizer_line(&log);
    if (defect != NULL)
        report_fail(run->report, 0, "the server's log holds a sanitizer's report: %s", defect);
    if (run->report->failures > 0) {
        size_t from = log.len > DUMPED_LOG && defect == NULL ? log.len - DUMPED_LOG : 0;
        report_dump(run->report, "the server's log", text_str(&log) + from, log.len - from);
    }
    text_free(&log);
}

static void case_run(struct http_run *run, const char *program, const char *scratch)
{
    struct strings flags = { 0 }, environment = { 0 };
    if (!words_fill_in(run, &run->hc->flags, &flags) ||
        !words_fill_in(run, &run->hc->environment, &environment))
        return;
    server_init(&run->server, program, scratch, &flags, &environment, run->hc->durable);
    bool ok = started(run, 0);
    for (const struct action *a = run->hc->actions; a != NULL && ok; a = a->next)
        ok = actions[a->kind](run, a);
    aftermath(run);
}

void http_file_run(const char *path, const char *program, const char *scratch, struct contract *contract,
                   struct report *report)
{
    struct http_case hc;
    struct http_run run = { .hc = &hc, .contract = contract, .report = report, .conn = { .fd = -1 } };
    vars_init(&run.vars, scratch);
    if (http_case_parse(&hc, path, report))
        case_run(&run, program, scratch);
    http_case_free(&hc);
    vars_free(&run.vars);
    text_free(&run.notes.out);
}
