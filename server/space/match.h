/* Match: which requests something ordered or asked on the control plane is about. All members that are given must
 * hold. */
#ifndef DUVO_SPACE_MATCH_H
#define DUVO_SPACE_MATCH_H

#include "space/journal.h"
#include "request/request.h"

struct match {
    enum value_state is;
    struct v_text operation, method, path; /* path: without space and query; `*` stands for any characters */
    struct v_int status;                   /* of the reply: for verify alone */
    struct v_map header;                   /* name in any case -> value; `*` as in path */
    struct v_json body;                    /* JSON pointer -> value */
};

extern const struct spec match_spec;

/* What is looked at. */
struct match_subject {
    struct text operation, method, path;
    unsigned version; /* of the API; 0: neither */
    unsigned status;
    struct text body;
    size_t header_count;
    const struct journal_header *headers;
    struct arena *arena; /* for scratch */
};

/* A request as it came, and one from the journal. */
struct match_subject match_subject_of(const struct request *rq);
struct match_subject match_subject_of_entry(struct arena *arena, const struct journal_entry *entry);

/* True, or false with the first member that does not hold, what it wanted and what there was (unless NULL). */
struct match_miss {
    struct text member, wanted, got;
    unsigned held; /* members before it that held: the higher, the nearer */
};
bool match_holds(const struct match *match, const struct match_subject *subject, struct match_miss *ret_miss);

/* As it is kept, and told; and the same test for what was kept so. */
struct text match_json(struct arena *arena, const struct match *match);
bool match_json_holds(struct arena *arena, struct text json, const struct match_subject *subject);

#endif
