/* Why a request did not get its answer: one line for a person, with what to do about it. */
#ifndef DUVO_MCP_CLIENT_WHY_H
#define DUVO_MCP_CLIENT_WHY_H

#include "mcp/client/dialogue.h"
#include "mcp/client/talk.h"

/* Also notes in *findings what a program wants to know of it. */
struct text why_unanswered(struct talk *talk, struct text method, const struct talk_result *result,
                           struct findings *findings);

#endif
