#include "mcp/client_auth.h"

#include <stddef.h>

const char *const client_auth_names[] = { "none", "client_secret_basic", "client_secret_post", NULL };
