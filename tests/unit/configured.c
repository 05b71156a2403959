#include "configured.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct config config;
char why[512];
/* What lists of the environment point to lives as long as the process, and so do all that was parsed. */
static struct config kept[256];
static size_t kept_count;

extern char **environ;

int configured_setup(void **state)
{
    (void)state;
    for (char **variable = environ; *variable;) {
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(*variable, "="), *variable);
        if (strncmp(name, "DUVO_MOCK_", 10) == 0 || strcmp(name, "PORT") == 0)
            unsetenv(name); /* the next one takes its place */
        else
            variable++;
    }
    return 0;
}

/* config_parse changes nothing in its arguments, but a program's own are not const. */
static char *word(const char *p)
{
    const union {
        const char *from;
        char *to;
    } unconst = { .from = p };
    return unconst.to;
}

bool configured(const char *const *words)
{
    char *argv[CONFIG_LIST_MAX + 8] = { word("duvo-mock") };
    int argc = 1;
    for (; words[argc - 1]; argc++)
        argv[argc] = word(words[argc - 1]);
    why[0] = '\0';
    const bool ok = config_parse(argc, argv, &config, why, sizeof why);
    kept[kept_count++ % COUNT(kept)] = config;
    return ok;
}

void expect_list(const struct config_list *list, const char *words)
{
    char got[2000] = "";
    for (size_t i = 0; i < list->n; i++) {
        const size_t n = strlen(got);
        snprintf(got + n, sizeof got - n, "%s%s", i ? "," : "", list->v[i]);
    }
    assert_string_equal(got, words);
}

void set_variable(const char *name, const char *value)
{
    assert_int_equal(setenv(name, value, 1), 0);
}
