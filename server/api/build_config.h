/* What a build's config may say: the second version of the format.
 *
 * It is stored as it was sent. Replies show what the API's closed schema has of it; a PATCH, which may send any object,
 * is laid over it. */
#ifndef DUVO_API_BUILD_CONFIG_H
#define DUVO_API_BUILD_CONFIG_H

#include "spec/spec.h"

/* Of a request that makes a build. */
extern const struct spec build_config_spec;
/* Of a reply: either version. */
extern const struct spec build_config_shown;

/* NULL, or that the value is no object: all that a PATCH and fixtures have to send. */
const char *check_json_object(struct text json);

/* Makes what is stored what is shown. */
void build_config_show(struct arena *arena, struct v_json *config);
/* The config with that object laid over it, member by member. */
struct text build_config_changed(struct arena *arena, struct v_json config, struct text over);
/* What a create would have against it; unset: nothing. */
struct text build_config_refusal(struct arena *arena, bool any_model, struct text config);

#endif
