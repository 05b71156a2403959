/* Document: one metadata document of another server, read by a field table. */
#ifndef DUVO_MCP_CLIENT_DOCUMENT_H
#define DUVO_MCP_CLIENT_DOCUMENT_H

#include "net/outbound.h"
#include "spec/read.h"

enum fetched {
    FETCH_FOUND,
    FETCH_NOTHING, /* an error status, or not such a document: it may be elsewhere */
    FETCH_FAILED,  /* no answer */
};

/* GETs the URL and reads the answer into *ret, a zeroed struct of spec->size bytes. *reterr_why is set when it
 * failed. */
enum fetched document_fetch(struct trip *trip, struct text url, const struct spec *spec, void *ret,
                            struct text *reterr_why);

/* spec_read_foreign into *ret, where what was mended is noted; `what` is the text's name: `the registration`. */
struct read_result document_read(struct trip *trip, const struct spec *spec, struct text what, struct text body,
                                 void *ret);
/* A number of seconds in somebody else's answer: whole, with a fraction, which is dropped, or as a string, which is
 * noted. -1: it is none. `member` is its name. */
int64_t document_seconds(struct trip *trip, const char *member, const struct v_json *value);

#endif
