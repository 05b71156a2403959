/* Match: which requests something ordered on the control plane applies to. All members that are given must hold. */
#ifndef DUVO_CONTROL_MATCH_H
#define DUVO_CONTROL_MATCH_H

#include "request.h"

struct match {
    enum value_state is;
    struct v_text operation, method, path; /* path: without the query; `*` stands for any characters */
    struct v_map header;                   /* name in any case -> value; `*` as in path */
};

extern const struct spec match_spec;

/* What is looked at. */
struct match_subject {
    struct text operation, method, path;
    const struct request *rq; /* its headers */
};

/* A request, as it is. */
struct match_subject match_subject_of(const struct request *rq);
bool match_holds(const struct match *match, const struct match_subject *subject);
/* The same for one that was kept as JSON by match_json. */
bool match_json_holds(struct arena *arena, struct text json, const struct match_subject *subject);
struct text match_json(struct arena *arena, const struct match *match);

#endif
