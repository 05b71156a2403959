/* Outcomes: the end of a consent, and the order of those who decide it.
 *
 * The first of these decides: the queue (POST /_mock/oauth/next), `mock_outcome=` or a `login_hint=deny@…` in the
 * URL, the provider's fixture, the client, which when it wants no HTML is approved at once, and --consent. When
 * none of them does, a person is asked. */
#ifndef DUVO_OAUTH_OUTCOME_H
#define DUVO_OAUTH_OUTCOME_H

#include "space/match.h"

enum outcome {
#define OUTCOME(name, word, error, description, about) OUTCOME_##name,
#include "oauth/outcomes.def"
#undef OUTCOME
    OUTCOME_COUNT
};

struct outcome_kind {
    const char *word, *error, *description, *about;
};

extern const struct outcome_kind outcome_kinds[OUTCOME_COUNT];
extern const char *const outcome_names[]; /* in the order of the enum; ends with NULL */

/* False when the word is none. */
bool outcome_parse(struct text word, enum outcome *ret);

/* How the queue keeps what an entry matches: it may name the values of secrets. */
struct text outcome_seal_match(struct request *rq, struct text json);
/* `null`, which matches nothing, when the sealing key was lost. */
struct text outcome_unseal_match(struct request *rq, struct text sealed);

/* What is known about one consent besides the queue. */
struct consent_input {
    struct match_subject subject;         /* what the queue's entries are matched with */
    struct v_text mock_outcome, login_hint; /* of the URL */
    struct v_enum fixture;                /* of the provider or the auth config */
};

/* True when something other than a person decides; takes the entry off the queue. ERR_INVALID in *ret_err when
 * mock_outcome is no outcome. `is_headless`: nobody can be asked. */
bool outcome_decide(struct request *rq, const struct consent_input *input, bool is_headless, enum outcome *ret,
                    enum err *ret_err);

#endif
