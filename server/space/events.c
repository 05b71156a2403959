#include "space/events.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/limit.h"
#include "space/ids.h"
#include "spec/write.h"
#include "store/query.h"
#include "store/rare.h"

const char *const event_names[] = {
#define EVENT(name, word, about) word,
#include "space/events.def"
#undef EVENT
    NULL
};

const char event_list[] = "Events:"
#define EVENT(name, word, about) " " word
#include "space/events.def"
#undef EVENT
    ;

/* The object as JSON. */
static struct text render(struct request *rq, const struct spec *spec, const void *object, bool deleted)
{
    struct buf out = buf_new(rq->arena, LIMIT_LARGE_BODY);
    struct json j = jw_new(&out);
    jw_object(&j);
    spec_write_members(&j, spec, 2, object);
    if (deleted)
        jw_put_bool(&j, T("deleted"), true);
    jw_object_end(&j);
    return buf_text(&out);
}

/* ---- deliveries ------------------------------------------------------------------------------------------ */

/* Of the two kinds of delivery one has a subscription, the other a URL. */
struct new_delivery {
    struct v_uuid id, webhook_id, event_id, team_id, object_id;
    struct v_text url, event, data;
    struct v_time created_at;
};

#define D struct new_delivery
static const struct field delivery_fields[] = {
    FIELD_UUID(D, id, .column = "id"),
    FIELD_UUID(D, webhook_id, .column = "webhook_id", .flags = NULLABLE),
    FIELD_TEXT(D, url, .column = "url", .flags = NULLABLE),
    FIELD_UUID(D, event_id, .column = "event_id"),
    FIELD_TEXT(D, event, .column = "event"),
    FIELD_UUID(D, team_id, .column = "team_id", .flags = NULLABLE),
    FIELD_UUID(D, object_id, .column = "object_id"),
    FIELD_TEXT(D, data, .column = "data"),
    FIELD_TIME(D, created_at, .column = "created_at"),
};
#undef D
const struct spec delivery_new = SPEC(struct new_delivery, "NewDelivery", delivery_fields);

static void deliver(struct request *rq, struct new_delivery *delivery)
{
    delivery->id = SET_UUID(id_new(rq, "webhook_delivery"));
    query_store(rq->db, SQL_DELIVERY_INSERT, &delivery_new, delivery, WITH(clock_ticket()));
    query_prune(rq->db, SQL_DELIVERY_GIVE_UP, LIMIT_DELIVERIES_WAITING);
    query_prune(rq->db, SQL_DELIVERY_PRUNE, LIMIT_DELIVERIES_KEPT); /* where nothing is tried, that alone ends them */
    db_announce(rq->db);
}

/* The subscriptions that take the event; how many. */
static size_t find_takers(struct request *rq, struct text name, struct uuid ret[LIMIT_WEBHOOKS])
{
    size_t n = 0;
    QUERY q = query_with(rq->db, SQL_WEBHOOK_TAKERS, WITH(name));
    while (n < LIMIT_WEBHOOKS && query_row(&q))
        ret[n++] = col_uuid(&q, 0);
    return n;
}

/* ---- what handlers call ---------------------------------------------------------------------------------- */

bool event_happens(struct request *rq, enum event_type type)
{
    const struct text name = text_of(event_names[type]);
    if (query_change(rq->db, SQL_EVENT_HAPPENS, WITH(name)) == 0)
        query_change(rq->db, SQL_EVENT_BEGINS, WITH(name));
    return rare_may_be(rq->db, RARE_WEBHOOKS) && query_finds(rq->db, SQL_WEBHOOK_TAKERS, WITH(name));
}

void event_publish(struct request *rq, const struct event *event)
{
    struct uuid takers[LIMIT_WEBHOOKS];
    const struct text name = text_of(event_names[event->type]);
    const size_t n = find_takers(rq, name, takers);
    const struct text data = render(rq, event->spec, event->object, event->deleted);
    const struct uuid id = id_new(rq, "event");
    const int64_t at = event->at ? event->at : rq->now;
    for (size_t i = 0; i < n; i++) {
        struct new_delivery delivery = {
            .webhook_id = SET_UUID(takers[i]),
            .url = { .is = VALUE_NULL },
            .event_id = SET_UUID(id),
            .event = SET_TEXT(name),
            .team_id = SET_UUID(event->team_id),
            .object_id = SET_UUID(event->object_id),
            .data = SET_TEXT(data),
            .created_at = SET_TIME(at),
        };
        deliver(rq, &delivery);
    }
}

void event_call(struct request *rq, const struct event_call *call)
{
    struct new_delivery delivery = {
        .webhook_id = { .is = VALUE_NULL },
        .url = SET_TEXT(call->url),
        .event_id = SET_UUID(id_new(rq, "event")),
        .event = SET_TEXT(call->word),
        .team_id = { .is = VALUE_NULL },
        .object_id = SET_UUID(call->object_id),
        .data = SET_TEXT(render(rq, call->spec, call->object, false)),
        .created_at = SET_TIME(call->at),
    };
    deliver(rq, &delivery);
}

void events_expect(struct request *rq)
{
    if (query_finds(rq->db, SQL_EVENT_LISTENERS, NULL))
        db_announce(rq->db);
}
