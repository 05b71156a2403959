/* Names, for programs that make clients: what the contract, which describes requests and replies, does not hold. */
#include "base/arena.h"
#include "base/json.h"
#include "cli/options.h"
#include "contract/contract.h"
#include "request/operation.h"
#include "space/journal.h"

enum { NAMES_MAX = 1 << 18 };

static const char *const kinds[] = {
    [OPTION_TEXT] = "text",     [OPTION_SECRET] = "secret", [OPTION_URL] = "url",   [OPTION_NUMBER] = "number",
    [OPTION_CHOICE] = "choice", [OPTION_FLAG] = "flag",     [OPTION_LIST] = "list", [OPTION_ORIGINS] = "list",
    [OPTION_HOSTS] = "list",    [OPTION_DELAYS] = "text",   [OPTION_HEADERS] = "text",
};

static void put_if(struct json *j, struct text key, const char *value)
{
    if (value)
        jw_put_text(j, key, text_of(value));
}

static void put_option(struct json *j, const struct option *o)
{
    char variable[OPTION_VARIABLE_SIZE];
    option_variable(o, variable);
    jw_object(j);
    jw_put_text(j, T("flag"), text_of(o->flag));
    jw_put_text(j, T("variable"), text_of(variable));
    jw_put_text(j, T("kind"), text_of(kinds[o->kind]));
    put_if(j, T("argument"), o->argument);
    put_if(j, T("choices"), o->choices);
    put_if(j, T("default"), o->fallback);
    jw_put_text(j, T("help"), text_of(o->help));
    jw_object_end(j);
}

static void put_name(void *cls, struct text name)
{
    jw_text(cls, name);
}

struct text names_text(struct arena *arena)
{
    struct buf b = buf_new(arena, NAMES_MAX);
    struct json j = jw_new(&b);
    j.pretty = true;
    jw_object(&j);
    jw_put_text(&j, T("version"), T(DUVO_MOCK_VERSION));
    jw_key(&j, T("options"));
    jw_array(&j);
    for (size_t i = 0; i < option_count; i++)
        put_option(&j, &options[i]);
    jw_array_end(&j);
    jw_key(&j, T("operations"));
    jw_array(&j);
    operation_names(journal_keeps, put_name, &j);
    jw_array_end(&j);
    jw_object_end(&j);
    buf_add_char(&b, '\n');
    return buf_text(&b);
}
