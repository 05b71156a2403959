/* Messages: what MCP's requests and results hold, where clients and servers write and read the same. */
#ifndef DUVO_MCP_MESSAGES_H
#define DUVO_MCP_MESSAGES_H

#include "spec/spec.h"

/* What members of `_meta` that the specification names begin with. */
#define MCP_META "io.modelcontextprotocol/"

/* Who a client or a server says that it is (Implementation in the specification's schema). */
struct implementation {
    enum value_state is;
    struct v_text name, version;
};

/* A tool as tools/list has it. */
struct mcp_tool {
    struct v_text name, description;
    struct v_json input_schema;
};

extern const struct spec implementation_spec, mcp_tool_spec;

#endif
