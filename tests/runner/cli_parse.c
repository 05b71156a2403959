#include "cli_case.h"

#include <limits.h>
#include <signal.h>
#include <string.h>

enum { COMMAND_TIMEOUT_MS = 10000, STOP_WITHIN_MS = 5000 };

struct parse {
    struct reader rd;
    struct cli_action **last, *current; /* current: what expectations belong to; NULL: nothing */
};

struct word {
    const char *name;
    bool (*parse)(struct parse *p, char *text);
};

static bool fail(struct parse *p, const char *reason)
{
    return reader_fail(&p->rd, reader_line(&p->rd), "%s", reason);
}

static struct cli_action *action_add(struct parse *p, enum cli_kind kind, char *text)
{
    struct cli_action *a = keep_alloc(sizeof *a);
    *a = (struct cli_action){ .kind = kind, .line = reader_line(&p->rd), .text = text };
    a->timeout_ms = kind == CLI_STOP ? STOP_WITHIN_MS : COMMAND_TIMEOUT_MS;
    a->last_check = &a->checks;
    *p->last = a;
    p->last = &a->next;
    bool has_output = kind == CLI_COMMAND || kind == CLI_BACKGROUND || kind == CLI_STOP;
    p->current = has_output ? a : NULL;
    return a;
}

/* A command goes on behind a backslash at the end of its line. */
static char *command_join(struct parse *p, char *text)
{
    for (size_t len = strlen(text); len > 0 && text[len - 1] == '\\'; len = strlen(text)) {
        char *more = reader_next(&p->rd);
        text[len - 1] = '\0';
        text = keep_f("%s%s", text, more == NULL ? "" : more);
    }
    return text;
}

static bool command_parse(struct parse *p, char *text)
{
    if (*text == '\0')
        return fail(p, "a command is missing");
    struct cli_action *a = action_add(p, CLI_COMMAND, text);
    a->text = command_join(p, text);
    return true;
}

static bool background_parse(struct parse *p, char *text)
{
    struct cli_action *a = action_add(p, CLI_BACKGROUND, text);
    a->text = command_join(p, text);
    char *flag = strstr(a->text, "--port-file");
    if (flag == NULL)
        return fail(p, "a server in the background needs `--port-file NAME`");
    flag += strlen("--port-file");
    flag += strspn(flag, " =");
    a->other = keep_copy(flag, strcspn(flag, " "));
    return *a->other != '\0' || fail(p, "a server in the background needs `--port-file NAME`");
}

static bool name_valid(const char *name)
{
    return *name != '\0' && *name != '/' && strstr(name, "..") == NULL && strpbrk(name, " \t") == NULL;
}

static bool file_parse(struct parse *p, char *text)
{
    struct text content = { 0 };
    struct cli_action *a = action_add(p, CLI_FILE, text);
    if (!name_valid(text))
        return fail(p, "`file NAME` needs a name inside the test's folder");
    bool ok = reader_block(&p->rd, &content);
    a->other = keep_copy(text_str(&content), content.len);
    text_free(&content);
    return ok;
}

static bool same_file_parse(struct parse *p, char *text)
{
    struct strings names = { 0 };
    if (!strings_split(&names, text) || names.count != 2)
        return fail(p, "`same-file A B` needs two files");
    action_add(p, CLI_SAME_FILE, names.at[0])->other = names.at[1];
    return true;
}

static bool covers_parse(struct parse *p, char *text)
{
    struct strings words = { 0 };
    if (!strings_split(&words, text) || words.count != 2)
        return fail(p, "`covers METHOD PATH` names one operation");
    action_add(p, CLI_COVERS, words.at[0])->other = words.at[1];
    return true;
}

static int signal_number(const char *name)
{
    static const struct {
        const char *name;
        int number;
    } signals[] = {
        { "TERM", SIGTERM }, { "INT", SIGINT }, { "HUP", SIGHUP }, { "QUIT", SIGQUIT }, { "KILL", SIGKILL }
    };
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (strcmp(signals[i].name, name) == 0)
            return signals[i].number;
    return 0;
}

/* stop [SIGNAL] [exit N] [within MS] */
static bool stop_parse(struct parse *p, char *text)
{
    struct strings words = { 0 };
    struct cli_action *a = action_add(p, CLI_STOP, text);
    strings_split(&words, text);
    size_t i = words.count > 0 ? signal_number(words.at[0]) != 0 : 0;
    a->signal = i > 0 ? signal_number(words.at[0]) : SIGTERM;
    a->exit_code = a->signal == SIGKILL ? 128 + SIGKILL : 0;
    for (; i + 1 < words.count; i += 2) {
        long long n;
        if (strcmp(words.at[i], "exit") == 0 && number_parse(words.at[i + 1], 0, 255, &n))
            a->exit_code = (int)n;
        else if (strcmp(words.at[i], "within") == 0 && number_parse(words.at[i + 1], 1, INT_MAX, &n))
            a->timeout_ms = (unsigned)n;
        else
            break;
    }
    return i >= words.count || fail(p, "it is `stop [SIGNAL] [exit N] [within MS]`");
}

static bool exit_parse(struct parse *p, char *text)
{
    long long n;
    if (p->current == NULL || p->current->kind != CLI_COMMAND || !number_parse(text, 0, 255, &n))
        return fail(p, "`exit N` belongs under a `$` command");
    p->current->exit_code = (int)n;
    return true;
}

static bool timeout_parse(struct parse *p, char *text)
{
    long long n;
    if (p->current == NULL || p->current->kind == CLI_STOP || !number_parse(text, 1, INT_MAX, &n))
        return fail(p, "`timeout MS` belongs under a command");
    p->current->timeout_ms = (unsigned)n;
    return true;
}

static bool block_parse(struct parse *p, struct output_check *check)
{
    struct text block = { 0 };
    bool ok = reader_block(&p->rd, &block);
    check->block = lines_split(text_str(&block), block.len);
    text_free(&block);
    return ok;
}

static bool output_parse(struct parse *p, enum stream stream, char *text)
{
    if (p->current == NULL)
        return fail(p, "this belongs under a command");
    struct output_check *c = keep_alloc(sizeof *c);
    *c = (struct output_check){ .line = reader_line(&p->rd), .stream = stream };
    *p->current->last_check = c;
    p->current->last_check = &c->next;
    if (*text == '\0')
        return block_parse(p, c);
    char *contains = str_after(text, "contains"), *lacks = str_after(text, "lacks"),
         *lines = str_after(text, "lines");
    c->needle = contains != NULL ? contains : lacks;
    if (c->needle != NULL)
        c->kind = contains != NULL ? OUTPUT_CONTAINS : OUTPUT_LACKS;
    else if (strcmp(text, "empty") == 0)
        c->kind = OUTPUT_EMPTY;
    else if (lines != NULL && number_parse(lines, 0, INT_MAX, &c->count))
        c->kind = OUTPUT_LINES;
    else
        return fail(
            p, "it is stdout or stderr with nothing, `contains TEXT`, `lacks TEXT`, `lines N` or `empty`");
    return c->needle == NULL || *c->needle != '\0' || fail(p, "the text to look for is missing");
}

static bool stdout_parse(struct parse *p, char *text)
{
    return output_parse(p, STREAM_OUT, text);
}

static bool stderr_parse(struct parse *p, char *text)
{
    return output_parse(p, STREAM_ERR, text);
}

static bool comment_parse(struct parse *p, char *text)
{
    (void)p;
    (void)text;
    return true;
}

static const struct word words[] = {
    { "$", command_parse },     { "&", background_parse },        { "stop", stop_parse },
    { "file", file_parse },     { "same-file", same_file_parse }, { "exit", exit_parse },
    { "stdout", stdout_parse }, { "stderr", stderr_parse },       { "timeout", timeout_parse },
    { "covers", covers_parse }, { "#", comment_parse },
};

static bool line_parse(struct parse *p, char *s)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char *text = str_after(s, words[i].name);
        if (text != NULL)
            return words[i].parse(p, str_trim(text));
    }
    return reader_fail(&p->rd, reader_line(&p->rd), "`%.60s` begins with no known word", s);
}

static bool has_command(const struct cli_case *cc)
{
    for (const struct cli_action *a = cc->actions; a != NULL; a = a->next)
        if (a->kind == CLI_COMMAND || a->kind == CLI_BACKGROUND)
            return true;
    return false;
}

bool cli_case_parse(struct cli_case *cc, const char *path, struct report *report)
{
    struct parse p = { .last = &cc->actions };
    *cc = (struct cli_case){ 0 };
    if (!reader_open(&p.rd, path, report) || !reader_summary(&p.rd, &cc->summary))
        return false;
    for (reader_skip_blank(&p.rd); reader_peek(&p.rd) != NULL; reader_skip_blank(&p.rd))
        if (!line_parse(&p, reader_next(&p.rd)))
            return false;
    return has_command(cc) || reader_fail(&p.rd, reader_line(&p.rd), "there is no command in this file");
}
