/* Read: JSON from another program, read by a table in one call. The texts are parts of sentences: `the answer
 * cannot be used: it is not valid JSON (line 1, column 3)`. */
#ifndef DUVO_SPEC_READ_H
#define DUVO_SPEC_READ_H

#include "spec/spec.h"

struct read_result {
    bool ok;
    enum json_outcome outcome;
    int line, column;     /* unless JSON_OK: where */
    struct text problems; /* of JSON_OK: what the table has against it; empty when it is right */
    struct text mended;   /* by spec_read_foreign: what was not JSON, and was taken all the same; empty: nothing */
};

/* Into *ret, a zeroed struct of the spec, in the arena; unknown members are passed over. Problems are under the path
 * `root`. Of a text that was never set nothing is JSON. */
struct read_result spec_read(struct arena *arena, const struct spec *spec, struct text root, struct text json,
                             void *ret);
/* The same of what servers of others send, who do not read bug reports: what can be understood is (base/mend.h), and of
 * a member that is repeated the last one counts. */
struct read_result spec_read_foreign(struct arena *arena, const struct spec *spec, struct text root, struct text json,
                                     void *ret);
/* What is wrong with it, unless it is ok. */
struct text read_why(struct arena *arena, const struct read_result *reading);

#endif
