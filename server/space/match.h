/* Match: the requests that an order or a question on the control plane is about. All given members must hold. */
#ifndef DUVO_SPACE_MATCH_H
#define DUVO_SPACE_MATCH_H

#include "space/journal.h"
#include "request/request.h"

struct match {
    enum value_state is;
    struct v_text operation, method, path; /* path: without space and query; `*` stands for any characters */
    struct v_map query;                    /* name -> value of any parameter of that name; `*` as in path */
    struct v_text key;                     /* e-mail of the person whose API key it is */
    struct v_int status;                   /* of the reply: for verify alone */
    struct v_map header;                   /* name in any case -> value; `*` as in path */
    struct v_json body;                    /* JSON pointer -> value */
    struct v_enum origin;                  /* enum match_origin; clients when absent */
    struct v_enum event;                   /* enum event_type: events are meant, not requests; for verify alone */
};

enum match_origin { MATCH_CLIENT, MATCH_SELF, MATCH_ANY };
extern const char *const match_origins[];
extern const struct spec match_spec;

/* For matches of requests alone, whose member "event" has no meaning. */
#define MATCH_NO_EVENT "An event is no request: only verify counts events"
/* Whether anything is asked of a request. */
bool match_asks_of_request(const struct match *match);

/* For fields that hold a pattern of paths: NULL, or what is wrong with it. */
const char *match_check_path(struct text pattern);
/* For fields that hold a method of HTTP, in any case: as above. */
const char *match_check_method(struct text method);

/* Whether the whole text fits the pattern, in which `*` stands for any characters. */
bool match_pattern_fits(struct text pattern, struct text t);

/* What is looked at. */
struct match_subject {
    enum origin origin;
    struct text operation, method, path, query;
    unsigned version; /* of the API; 0: neither */
    unsigned status;
    struct text caller;
    struct text body;
    bool body_lost; /* there was one, and nobody knows it any more */
    size_t header_count;
    const struct pair *headers;
    struct arena *arena; /* for scratch */
};

/* A request as it came, and one from the journal. */
struct match_subject match_subject_of(const struct request *rq);
struct match_subject match_subject_of_entry(struct arena *arena, const struct journal_entry *entry);

/* One member of a match, as the subject has it. */
enum match_part { PART_ORIGIN, PART_OPERATION, PART_METHOD, PART_PATH, PART_QUERY, PART_KEY, PART_STATUS, PART_HEADER,
                  PART_BODY };
struct match_member {
    enum match_part part;
    struct text name;        /* of a parameter or a header; a body's pointer */
    struct text wanted, got; /* of a body JSON; of a status digits; got unset: none, or not known */
    bool holds, known;
};

/* Calls see(cls, member) for each member, until it returns false. */
void match_each(const struct match *match, const struct match_subject *subject,
                bool (*see)(void *cls, const struct match_member *member), void *cls);

/* MATCH_UNKNOWN: all members hold but those of a body that was lost. */
enum match_verdict { MATCH_NO, MATCH_YES, MATCH_UNKNOWN };
enum match_verdict match_judge(const struct match *match, const struct match_subject *subject);
/* Whether it is MATCH_YES. */
bool match_holds(const struct match *match, const struct match_subject *subject);
/* Whether it may have held for an entry that the journal forgot. */
bool match_may_have_held(struct arena *arena, const struct match *match, const struct journal_dropped *dropped);

/* As it is kept, and told; and the same test for what was kept so. */
struct text match_json(struct arena *arena, const struct match *match);
bool match_json_holds(struct arena *arena, struct text json, const struct match_subject *subject);

#endif
