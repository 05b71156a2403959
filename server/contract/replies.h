/* What the parts of document.c share: a document that is being written, and the replies of an operation. */
#ifndef DUVO_CONTRACT_REPLIES_H
#define DUVO_CONTRACT_REPLIES_H

#include "contract/schema.h"
#include "base/json.h"
#include "request/route.h"

struct document {
    struct json j;
    struct schemas schemas;
    unsigned version; /* 0: everything */
    size_t servers_begin, servers_end; /* where the value of that member stands */
};

/* The member `responses`' own members: success, redirect, errors. */
void describe_replies(struct document *d, const struct route *route);
/* The members of components/headers. */
void describe_reply_headers(struct json *j);
/* What groups the operation with others, the first word of what its path is about: connections, profile, … */
struct text operation_tag(const struct route *route);
/* Whether an error of that status is one of them: the row declares it, or the guard answers it. */
bool replies_name_error(const struct route *route, unsigned status);

#endif
