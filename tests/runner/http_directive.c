/* The lines of a .http file that begin with @. */
#include "http_case.h"

#include <limits.h>
#include <string.h>

enum place {
    PLACE_TOP = 1,     /* above the first step */
    PLACE_BETWEEN = 2, /* between two steps */
    PLACE_INSIDE = 4,  /* under the title of a step */
    PLACE_ANY = PLACE_TOP | PLACE_BETWEEN | PLACE_INSIDE
};

enum argument { ARGUMENT_NONE, ARGUMENT_NUMBER, ARGUMENT_TEXT, ARGUMENT_OPTIONAL };

/* One use of a directive. */
struct use {
    struct reader *rd;
    struct http_case *hc; /* NULL inside a step */
    struct step *step;    /* the step that it stands in, or else the next one */
    char *text;
    long long number;
};

struct directive {
    const char *name;
    unsigned places;
    enum argument argument;
    bool (*parse)(struct use *u);
};

static bool flags_parse(struct use *u)
{
    return strings_split(&u->hc->flags, u->text) ||
           reader_fail(u->rd, reader_line(u->rd), "a quote is not closed");
}

static bool env_parse(struct use *u)
{
    const char *equals = strchr(u->text, '=');
    if (equals == NULL || equals == u->text)
        return reader_fail(u->rd, reader_line(u->rd), "@env needs NAME=value");
    strings_add(&u->hc->environment, u->text);
    return true;
}

static bool db_parse(struct use *u)
{
    u->hc->durable = true;
    return true;
}

static bool nohead_parse(struct use *u)
{
    if (u->hc != NULL && u->hc->actions == NULL)
        u->hc->nohead = true;
    else
        u->step->nohead = true;
    return true;
}

static bool nocheck_parse(struct use *u)
{
    u->step->nocheck = true;
    return true;
}

static bool raw_parse(struct use *u)
{
    u->step->raw = true;
    u->step->shut_writing = strcmp(u->text, "close") == 0;
    if (*u->text != '\0' && !u->step->shut_writing)
        return reader_fail(u->rd, reader_line(u->rd), "@raw knows only `close`");
    return true;
}

static bool repeat_parse(struct use *u)
{
    u->step->repeat = (unsigned)u->number;
    return true;
}

static bool parallel_parse(struct use *u)
{
    u->step->parallel = (unsigned)u->number;
    return u->number <= 500 || reader_fail(u->rd, reader_line(u->rd), "@parallel goes up to 500");
}

static bool timeout_parse(struct use *u)
{
    u->step->timeout_ms = (unsigned)u->number;
    return true;
}

static struct action *action_add(struct use *u, enum action_kind kind)
{
    struct action *a = keep_alloc(sizeof *a);
    a->kind = kind;
    a->line = reader_line(u->rd);
    *u->hc->last = a;
    u->hc->last = &a->next;
    return a;
}

static bool restart_parse(struct use *u)
{
    action_add(u, ACTION_RESTART);
    return true;
}

static bool kill_parse(struct use *u)
{
    action_add(u, ACTION_KILL);
    return true;
}

static bool wait_parse(struct use *u)
{
    action_add(u, ACTION_WAIT)->ms = u->number;
    return true;
}

static bool log_parse(struct use *u)
{
    char *contains = str_after(u->text, "contains"), *lacks = str_after(u->text, "lacks");
    char *needle = contains != NULL ? contains : lacks;
    if (needle == NULL || *needle == '\0')
        return reader_fail(u->rd, reader_line(u->rd), "@log needs `contains TEXT` or `lacks TEXT`");
    struct action *a = action_add(u, ACTION_LOG);
    a->needle = needle;
    a->lacks = lacks != NULL;
    return true;
}

static bool db_lacks_parse(struct use *u)
{
    action_add(u, ACTION_DB_LACKS)->needle = u->text;
    return u->hc->durable ||
           reader_fail(u->rd, reader_line(u->rd), "@db-lacks without @db above the first step");
}

static const struct directive directives[] = {
    { "flags", PLACE_TOP, ARGUMENT_TEXT, flags_parse },
    { "env", PLACE_TOP, ARGUMENT_TEXT, env_parse },
    { "db", PLACE_TOP, ARGUMENT_NONE, db_parse },
    { "nohead", PLACE_ANY, ARGUMENT_NONE, nohead_parse },
    { "nocheck", PLACE_ANY, ARGUMENT_NONE, nocheck_parse },
    { "repeat", PLACE_ANY, ARGUMENT_NUMBER, repeat_parse },
    { "parallel", PLACE_ANY, ARGUMENT_NUMBER, parallel_parse },
    { "timeout", PLACE_ANY, ARGUMENT_NUMBER, timeout_parse },
    { "raw", PLACE_INSIDE, ARGUMENT_OPTIONAL, raw_parse },
    { "restart", PLACE_BETWEEN, ARGUMENT_NONE, restart_parse },
    { "kill", PLACE_BETWEEN, ARGUMENT_NONE, kill_parse },
    { "wait", PLACE_TOP | PLACE_BETWEEN, ARGUMENT_NUMBER, wait_parse },
    { "log", PLACE_TOP | PLACE_BETWEEN, ARGUMENT_TEXT, log_parse },
    { "db-lacks", PLACE_BETWEEN, ARGUMENT_TEXT, db_lacks_parse },
};

static const struct directive *directive_find(const char *name)
{
    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++)
        if (strcmp(directives[i].name, name) == 0)
            return &directives[i];
    return NULL;
}

static const char *argument_problem(const struct directive *d, const char *text, long long *ret_number)
{
    if (d->argument == ARGUMENT_NONE && *text != '\0')
        return "takes nothing behind it";
    if (d->argument == ARGUMENT_TEXT && *text == '\0')
        return "needs something behind it";
    if (d->argument == ARGUMENT_NUMBER && !number_parse(text, 1, INT_MAX, ret_number))
        return "needs a number behind it";
    return NULL;
}

bool directive_parse(struct reader *rd, struct http_case *hc, struct step *step, char *s)
{
    bool inside = hc == NULL;
    int line = reader_line(rd);
    size_t name = strcspn(s + 1, " \t");
    const struct directive *d = directive_find(keep_copy(s + 1, name));
    unsigned place = inside ? PLACE_INSIDE : hc->actions == NULL ? PLACE_TOP : PLACE_BETWEEN;
    struct use u = { .rd = rd, .hc = hc, .step = step, .text = str_trim(s + 1 + name) };
    if (d == NULL)
        return reader_fail(rd, line, "unknown directive `%.60s`", s);
    if ((d->places & place) == 0)
        return reader_fail(rd, line, "@%s cannot stand %s", d->name,
                           inside               ? "inside a step"
                           : place == PLACE_TOP ? "before the first step"
                                                : "between steps");
    const char *problem = argument_problem(d, u.text, &u.number);
    if (problem != NULL)
        return reader_fail(rd, line, "@%s %s", d->name, problem);
    if ((d->places & PLACE_INSIDE) != 0)
        step->line = line; /* tells a directive that no step follows */
    return d->parse(&u);
}
