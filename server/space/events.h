/* Events: what happened in a space, for those who subscribed to it and for those who ask afterwards.
 *
 * A handler publishes an event inside the transaction that makes it happen. The event counts in the table
 * `event_counts`, whether or not anybody subscribes to it, and becomes a row of `webhook_deliveries` for each
 * subscription that takes it: what is rolled back has never happened, and what was committed leaves, whatever becomes
 * of the process (delivery/delivery.h).
 *
 * Who publishes passes the object as its handler would answer it; it becomes the event's `data`. */
#ifndef DUVO_SPACE_EVENTS_H
#define DUVO_SPACE_EVENTS_H

#include "request/request.h"

enum event_type {
#define EVENT(name, word, about) EVENT_##name,
#include "space/events.def"
#undef EVENT
    EVENT_COUNT
};
extern const char *const event_names[]; /* the same order; ends with NULL */
/* What the documentation of a field of their names lists. */
extern const char event_list[];

struct event {
    enum event_type type;
    struct uuid team_id;
    struct uuid object_id;   /* deliveries of one object leave in the order of their commits: a run's, for all of it */
    int64_t at;              /* by the space's clock; 0: now */
    const struct spec *spec; /* `data`: an object of it, as /v2 shows it */
    const void *object;
    bool deleted;            /* it is the object's last state, and `data` says "deleted": true */
};

/* Inside a write transaction: the event has happened, and is counted. True when a subscription takes it: then it is to
 * be published. Nearly always nobody does, so what the event says is made only then. */
bool event_happens(struct request *rq, enum event_type type);
/* After event_happens: what is sent of it. */
void event_publish(struct request *rq, const struct event *event);

/* Inside a write transaction: one call of a URL that a start of a run has named, with the object as the body. It is
 * tried, tried again and listed as a delivery without a subscription. */
struct event_call {
    struct text url, word; /* run_completed, run_failed, run_interrupted, human_request */
    struct uuid object_id;
    int64_t at; /* by the space's clock */
    const struct spec *spec;
    const void *object;
};
void event_call(struct request *rq, const struct event_call *call);

/* Inside a write transaction: once it is committed, whoever delivers looks at the space again. For what becomes due by
 * itself, such as the next step of a run; nothing happens while nobody could learn of it. */
void events_expect(struct request *rq);

#endif
