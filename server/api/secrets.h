/* Secrets: named bundles of environment variables, a person's own or shared with the team. Their values can be written
 * and compared, and never read. */
#ifndef DUVO_API_SECRETS_H
#define DUVO_API_SECRETS_H

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

/* The secret, when the caller may see it; false otherwise. */
bool secret_find(struct request *rq, const struct uuid *id, struct bundle *ret);

/* What the lists answer: an array without an object around it. */
const void *secrets_listed(struct request *rq, size_t n, const struct bundle *rows);

/* Gives a new build the secrets of another of the same team: when that is of another agent, without the personal ones
 * of other people. */
void secrets_copy(struct request *rq, const struct uuid *from_build, const struct uuid *to_build);

/* What PATCH may say of a secret's values. */
struct value_changes {
    struct v_secrets values, add_values;
    struct v_map rename_keys;
    struct v_texts remove_keys;
};

/* Changes them: `values` takes the place of all; otherwise keys are removed first, then renamed, all at once, and then
 * values added, in the place of one of the same name if there is one. *ret_changed says whether anything is different
 * now. An error names what is in conflict with what is there. */
enum err secret_values_update(struct request *rq, const struct uuid *id, const struct value_changes *changes,
                              bool *ret_changed);

/* Whether the secret has that variable, with that value. */
bool secret_values_match(struct request *rq, const struct uuid *id, struct text name, struct secret value);

/* NULL, or what is wrong with the name of a variable. */
const char *check_env_key(struct text key);
#define ENV_KEY_PATTERN "^[A-Z_][A-Z0-9_]*$"

/* The rules of every field that holds values by name. */
#define SECRET_VALUE_RULES                                                                                             \
    .max = LIMIT_SECRET_VALUES, .key_max = LIMIT_SECRET_KEY, .value_min = 1, .value_max = LIMIT_SECRET_VALUE,          \
    .pattern = ENV_KEY_PATTERN, .check_key = check_env_key

#endif
