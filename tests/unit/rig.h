/* Rig: what several unit tests need. A server without sockets, whose requests go through the router as http.c sends
 * them; children whose end is looked at; a folder for files. Whatever goes wrong fails the test. */
#ifndef DUVO_TEST_RIG_H
#define DUVO_TEST_RIG_H

#include "router/router.h"

#include <stdbool.h>
#include <stddef.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define OWNER "dv_test_owner"
#define MANAGER "dv_test_manager"
#define MEMBER "dv_test_member"
#define OTHER "dv_test_other"
#define TEAM "6f1d2c3b-2222-4aaa-8bbb-000000000002"
#define OTHER_TEAM "6f1d2c3b-2222-4aaa-8bbb-000000000003"

struct rig {
    struct config config;
    struct server server;
};

/* A store with the fixtures, as the arguments of the command line have it: without any, an ephemeral one with the
 * default set. `args` ends with NULL and does not begin with a program's name; NULL is none. Variables of the
 * environment do not count. */
void rig_open(struct rig *r, const char *const *args);
void rig_close(struct rig *r);

/* That of the test that runs. Around a test or a group of them: opened without arguments, and closed. */
extern struct rig rig;
int rig_setup(void **state);
int rig_teardown(void **state);

/* One request; what is left out is not sent. */
struct ask {
    const char *method, *uri; /* GET when it has no method */
    const char *key;          /* for an Authorization header */
    const char *type;         /* content-type */
    const char *body;
    size_t length;            /* of the body; 0: strlen */
    bool chunked;             /* the length is not announced */
    struct pair headers[8]; /* further ones; the first without a name ends them */
};

/* A method, a target, and whatever else. */
#define ASK(...) ((struct ask){ .method = __VA_ARGS__ })
#define JSON "application/json"

/* Sends it and checks that no transaction and no query was left open. The caller frees it with request_free. */
struct request *rig_ask(const struct rig *r, struct ask ask);
/* The same as far as router_begin, with any announced length; *ret_refused is what router_begin said. */
struct request *rig_begin(const struct rig *r, struct ask ask, int64_t length, bool *ret_refused);
/* Makes its reply ready, waiting here for what it waits for. */
void rig_run(struct request *rq);
/* The same, with the same check. */
void rig_finish(const struct rig *r, struct request *rq);
/* Sends it, checks status and body, and frees it; `body` NULL is any. */
void rig_expect(const struct rig *r, struct ask ask, unsigned status, const char *body);
/* The same, where the body only has to contain the text. */
void rig_expect_part(const struct rig *r, struct ask ask, unsigned status, const char *part);
/* Looks at a header instead; `value` NULL: the reply must not have it. */
void rig_expect_header(const struct rig *r, struct ask ask, unsigned status, const char *name, const char *value);
/* The value of a reply's header, or NULL. */
const char *reply_value(const struct request *rq, const char *name);

/* This thread's connection. */
struct db *rig_db(const struct rig *r);
/* How the child that ran `run` ended, as waitpid says it; its stderr comes back in `ret`. */
int end_of(void (*run)(void), char *ret, size_t room);
/* `run` ends the program with exit status 1 and a line on stderr that contains `part`. */
void expect_death(void (*run)(void), const char *part);
/* `run` fails an assertion whose text contains `part`. */
void expect_assert(void (*run)(void), const char *part);

/* By an independent reader, which knows every rule of RFC 8259: whether the text is one JSON value without repeated
 * keys, and the text that a JSON string stands for. */
bool is_json(struct text json);
struct text string_of_json(struct arena *arena, struct text json);

/* A new folder; folder_remove takes its files and it away, and frees the path. */
char *folder_new(void);
void folder_remove(char *path);
/* Both end the test when they fail. The path is in the arena; the content is NUL-terminated. */
const char *file_write(struct arena *arena, const char *folder, const char *name, struct text content);
struct text file_content(struct arena *arena, const char *path);

#endif
