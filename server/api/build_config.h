/* What a build's config may say in a request: the second version of the format, as far as its rules are documented.
 * Further members are kept as they are. */
#ifndef DUVO_API_BUILD_CONFIG_H
#define DUVO_API_BUILD_CONFIG_H

#include "spec/spec.h"

extern const struct spec build_config_spec;

/* NULL, or that the value is no object: all that is known of options, and of a config of the format's first version. */
const char *check_json_object(struct text json);

#endif
