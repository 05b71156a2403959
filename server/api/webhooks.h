/* Webhooks: subscriptions to events, what is sent to them, and what came of it. Who sends is delivery/courier.h. */
#ifndef DUVO_API_WEBHOOKS_H
#define DUVO_API_WEBHOOKS_H

#include "net/webhook_signature.h"
#include "request/request.h"

/* ---- subscriptions --------------------------------------------------------------------------------------- */

struct webhook {
    struct v_uuid id;
    struct v_text url;
    struct v_texts events; /* null: all */
    struct v_enum scheme;
    struct v_bool paused; /* its deliveries wait */
    struct v_text secret; /* in the reply of its making alone, when nobody has given one */
    struct v_time created_at, updated_at;
};

/* As documents give one; an export has its secret sealed. */
struct seeded_webhook {
    struct webhook w;
    struct v_secret secret;
    struct v_text secret_sealed;
};

extern const struct spec webhook_spec, fixture_webhook;

/* `sealed`: its secret, or the unset text. False when the id is taken. */
bool webhook_insert(struct db *db, const struct webhook *webhook, struct text sealed);
/* A secret as it is stored. */
struct text webhook_seal(struct arena *arena, const struct db *db, struct secret secret);

/* ---- deliveries ------------------------------------------------------------------------------------------ */

enum delivery_state { DELIVERY_PENDING, DELIVERY_RETRYING, DELIVERY_DELIVERED, DELIVERY_FAILED };
extern const char *const delivery_states[]; /* the same order; ends with NULL */

struct delivery {
    struct v_uuid id, subscription; /* null: a start of a run has named the URL */
    struct v_text event;
    struct v_uuid event_id;
    struct v_text url;
    struct v_enum state;
    struct v_json payload;  /* the body */
    struct v_json attempts; /* an array of struct delivery_attempt's */
    struct v_time next_attempt_at, created_at, finished_at;
    struct v_uuid team_id;
    struct v_json data; /* the event's */
    struct v_int tries; /* in the current round; negative: so often it was wanted again, and not tried since */
    int64_t tries_before; /* an attempt, whose end delivery_judge has said */
};

/* One call, and what came of it. */
struct delivery_attempt {
    struct v_time at; /* by the machine's clock, as what the receiver is told */
    struct v_int duration_ms, status;
    struct v_text body, error;
};

extern const struct spec delivery_spec, delivery_row, attempt_spec;

/* What is sent. */
struct text delivery_payload(struct arena *arena, const struct config *config, const struct delivery *delivery);

/* What an answer is to a delivery: it has arrived; nothing can be gained by another attempt; or it is tried again. */
enum reception { RECEPTION_ARRIVED, RECEPTION_REFUSED, RECEPTION_AGAIN };
/* 2xx; 408, 429 and 5xx; any other. */
enum reception reception_of_status(unsigned status);
/* Where an attempt leaves a delivery whose state and tries are those from before it, at `now` by the space's clock. */
void delivery_judge(struct delivery *delivery, enum reception reception, const struct config *config, int64_t now);
/* Stores that, and the attempt, inside a write transaction; unless somebody has wanted the delivery sent again since
 * the attempt began: then another round comes after it. */
void delivery_keep(struct request *rq, const struct delivery *delivery, const struct delivery_attempt *attempt);

#endif
