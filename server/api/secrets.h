/* Secrets: named bundles of environment variables, a person's own or shared with the team. Their values are kept
 * (base/kept.h): they can be written and compared, and never read. */
#ifndef DUVO_API_SECRETS_H
#define DUVO_API_SECRETS_H

#include "base/kept.h"
#include "request/request.h"

struct bundle {
    struct v_uuid id, team_id;
    struct v_uuid user_id; /* null: shared with the team */
    struct v_text name, service_slug;
    struct v_texts env_var_keys;
    struct v_uuid created_by;
    struct v_time created_at, updated_at;
};

extern const struct spec secret_spec;

/* Gives a new one its place in the list; false when its id is taken, or its team is missing. */
bool secret_insert(struct db *db, const struct bundle *secret);
/* The secret, when the caller may see it: OK, or ERR_SECRET_NOT_FOUND. */
enum err secret_find(struct request *rq, const struct uuid *id, struct bundle *ret);

/* One variable, as it is stored. */
struct secret_value {
    struct text name;
    struct kept kept;
};

/* The values of a new secret, in their order. */
void secret_values_insert(struct db *db, const struct uuid *id, size_t n, const struct secret_value *values);
/* Those of a secret; *ret_n are how many. */
struct secret_value *secret_values_load(struct db *db, struct arena *arena, const struct uuid *id, size_t *ret_n);
/* The one of that name, or NULL. */
struct secret_value *secret_value_find(struct secret_value *values, size_t n, struct text name);
/* Whether that stored variable of the secret has this value. What an older version kept of it is kept anew then:
 * inside a write transaction. */
bool secret_value_equal(struct db *db, const struct uuid *id, struct secret_value *one, struct secret value);
/* Whether the secret has the variable with this value. Inside a write transaction, too. */
bool secret_values_match(struct request *rq, const struct uuid *id, struct text name, struct secret value);

/* NULL, or what is wrong with the name of a variable. */
const char *check_env_key(struct text key);

#define ENV_KEY_PATTERN "^[A-Z_][A-Z0-9_]*$"
/* The rules of every field that holds values by name. */
#define SECRET_VALUE_RULES                                                                                             \
    .max = LIMIT_ENTRIES, .key_max = LIMIT_SECRET_KEY, .value_min = 1, .value_max = LIMIT_SECRET_VALUE,          \
    .pattern = ENV_KEY_PATTERN, .check_key = check_env_key

/* ---- of builds --------------------------------------------------------------------------------------------- */

/* A secret whose variables are the environment of a build's runs. */
struct build_secret {
    struct v_uuid build_id, secret_id;
};

/* As it is stored, and as fixture documents give it. */
extern const struct spec build_secret_row;

/* Gives a new build the secrets of another of the same team: when that is of another agent, without the personal ones
 * of other people. */
void secrets_copy(struct request *rq, const struct uuid *from_build, const struct uuid *to_build);

#endif
