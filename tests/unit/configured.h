/* Configured: what a command line and the environment make of a configuration, for the tests of both. */
#ifndef DUVO_TEST_CONFIGURED_H
#define DUVO_TEST_CONFIGURED_H

#include "cli/config.h"
#include "rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* What the last PARSE, ACCEPT or REFUSE made, and what it said about a bad one. */
extern struct config config;
extern char why[512];

/* Takes all variables of the program out of the environment: the setup of each test. */
int configured_setup(void **state);

bool configured(const char *const *words);

#define PARSE(...) configured((const char *const[]){ __VA_ARGS__, NULL })
#define NOTHING NULL

#define ACCEPT(...) do { if (!PARSE(__VA_ARGS__)) fail_msg("%s", why); } while (0)
#define REFUSE(message, ...) do {                                          \
        assert_false(PARSE(__VA_ARGS__));                                  \
        assert_string_equal(why, message);                                 \
    } while (0)

/* `words` has the values of the list with a comma between two. */
void expect_list(const struct config_list *list, const char *words);

void set_variable(const char *name, const char *value);

#endif
