/* Inboxes on the control plane: filled by anybody, read and emptied by tests. */
#include "api/common.h"
#include "api/handlers.h"
#include "base/clock.h"
#include "base/limit.h"
#include "base/uri.h"
#include "cli/config.h"
#include "control/console_kind.h"
#include "control/show.h"
#include "net/webhook_signature.h"
#include "space/inbox.h"
#include "space/space.h"
#include "store/query.h"

/* ---- names ----------------------------------------------------------------------------------------------- */

struct inbox_path {
    struct v_text name;
};

static const char *check_name(struct text name)
{
    return text_is_made_of(name, ASCII_ALNUM "._-")
               ? NULL : "Invalid name: expected letters, digits, '.', '_' and '-'";
}

static const struct field path_fields[] = {
    FIELD_TEXT(struct inbox_path, name, .flags = REQUIRED, .min = 1, .max = LIMIT_SPACE_NAME, .check = check_name,
               .doc = "Any name: the first message makes the inbox", .example = "\"tests\""),
};
const struct spec inbox_path = SPEC(struct inbox_path, "InboxPath", path_fields);

/* ---- what comes ------------------------------------------------------------------------------------------ */

const struct spec inbox_message = { .name = "InboxMessage", .doc = "Anything: what is no JSON is only described.",
                                    .raw = true };

/* A path without its query, as it came or as a subscription has it. */
static struct text path_of(struct text uri)
{
    return text_clip(uri, text_find(uri, '?'));
}

static bool sends_here(const struct request *rq, struct text url)
{
    struct uri uri;
    return uri_parse_http(url, &uri) && text_eq(path_of(uri.path), path_of(rq->uri));
}

/* Of the subscriptions of the space that send here: whether it is one's signature, and whose. */
static void check_signature(struct request *rq, struct inbox_message *message)
{
    const struct config_headers *names = &rq->config->webhook_headers;
    const struct webhook_message sent = {
        .id = request_header(rq, text_of(names->id)),
        .timestamp = request_header(rq, text_of(names->timestamp)),
        .body = message->body,
    };
    const struct text signature = request_header(rq, text_of(names->signature));
    QUERY q = query(rq->db, SQL_WEBHOOK_SECRETS);
    while (message->signature != INBOX_TRUE && query_row(&q)) {
        const enum webhook_scheme scheme = (enum webhook_scheme)text_index(col_text(&q, 2), webhook_schemes);
        struct secret secret;
        if (!sends_here(rq, col_text(&q, 1)) ||
            !secret_unseal(rq->arena, store_seal_key_of(rq->db), col_text(&q, 3), &secret))
            continue;
        message->signature = webhook_is_signed(scheme, secret, &sent, signature) ? INBOX_TRUE : INBOX_FALSE;
        message->webhook_id = col_uuid(&q, 0);
    }
}

/* Whatever stands in the URL that a sender was given. */
const struct spec inbox_any_query = { .name = "InboxAnyQuery", .size = sizeof(struct v_map), .open = true };

enum err inbox_receive(struct request *rq, struct reply *rp)
{
    const struct inbox_path *path = rq->path;
    struct inbox_message message = {
        .at = rq->now,
        .uri = rq->uri,
        .headers = rq->headers,
        .header_count = rq->header_count,
        .body = buf_text(&rq->body),
        .signature = INBOX_UNKNOWN,
    };
    check_signature(rq, &message);
    if (!inboxes_add(space_inboxes(rq->home), path->name.v, &message))
        return fail(rq, ERR_QUEUE_FULL, "The space has %d inboxes; delete some first", LIMIT_INBOXES);
    rp->object = done(rq, "Message kept");
    return OK;
}

/* ---- what is there --------------------------------------------------------------------------------------- */

struct inbox_query {
    struct v_int limit, count, within_ms;
};

#define Q struct inbox_query
static const struct field query_fields[] = {
    FIELD_INT(Q, limit, .fallback = "100", .min = 1, .max = LIMIT_INBOX_MESSAGES, .doc = "The newest so many"),
    FIELD_INT(Q, count, .fallback = "1", .max = LIMIT_INBOX_MESSAGES, .doc = "How many within_ms waits for"),
    FIELD_INT(Q, within_ms, .fallback = "0", .max = LIMIT_VERIFY_MS,
              .doc = "How long to wait for them; then it answers with what is there"),
};
#undef Q
const struct spec inbox_query = SPEC(struct inbox_query, "InboxQuery", query_fields);

struct inbox_reply {
    struct v_json messages;
    struct v_int total, dropped;
};

#define R struct inbox_reply
static const struct field reply_fields[] = {
    FIELD_JSON(R, messages, .flags = REQUIRED, .example = "[]",
               .doc = "Newest last, redacted: at, path, headers, body; signed: whether the signature is that of a "
                      "subscription of the space with this URL, null when there is none; webhook_id: which"),
    FIELD_INT(R, total, .flags = REQUIRED, .doc = "How many it holds"),
    FIELD_INT(R, dropped, .flags = REQUIRED, .doc = "How many went for want of room"),
};
#undef R
const struct spec inbox_reply = SPEC_WITH(struct inbox_reply, "Inbox", reply_fields,
                                          .doc = "A receiver of webhooks that the mock plays.");

static void show_one(struct request *rq, struct shown *shown, const struct inbox_message *message)
{
    struct json *j = &shown->j;
    const bool is_signed = message->signature == INBOX_TRUE;
    jw_object(j);
    jw_key(j, T("at"));
    jw_time(j, message->at);
    jw_put_text(j, T("path"), redact_url_with(&shown->redactor, rq->arena, message->uri));
    show_message(shown, message->headers, message->header_count, message->body);
    jw_key(j, T("signed"));
    if (message->signature == INBOX_UNKNOWN)
        jw_null(j);
    else
        jw_bool(j, is_signed);
    jw_key(j, T("webhook_id"));
    if (is_signed)
        jw_text(j, uuid_text(rq->arena, &message->webhook_id));
    else
        jw_null(j);
    jw_object_end(j);
}

enum err inbox_show(struct request *rq, struct reply *rp)
{
    const struct inbox_path *path = rq->path;
    const struct inbox_query *in = rq->query;
    struct inboxes *inboxes = space_inboxes(rq->home);
    struct inbox_reply *out = REQUEST_NEW(rq, struct inbox_reply);
    const uint64_t heard = bell_rung(inboxes_bell(inboxes));
    const int64_t due_us = rq->started_us + in->within_ms.v * 1000;
    const struct inbox_view view = inboxes_read(inboxes, rq->arena, path->name.v, (size_t)in->limit.v);
    if ((int64_t)view.total < in->count.v && clock_steady_us() < due_us)
        return request_wait(rq, inboxes_bell(inboxes), heard, due_us);
    struct shown shown = shown_new(rq, SHOW_JSON);
    for (size_t i = 0; i < view.n; i++)
        show_one(rq, &shown, &view.messages[i]);
    *out = (struct inbox_reply){
        .messages = { VALUE_SET, shown_whole(&shown) },
        .total = SET_INT((int64_t)view.total),
        .dropped = SET_INT((int64_t)view.dropped),
    };
    rp->object = out;
    return OK;
}

enum err inbox_clear(struct request *rq, struct reply *rp)
{
    const struct inbox_path *path = rq->path;
    inboxes_clear(space_inboxes(rq->home), path->name.v);
    rp->object = done(rq, "Inbox emptied");
    return OK;
}

/* ---- on the console -------------------------------------------------------------------------------------- */

struct inbox_row {
    struct v_text name;
    struct v_int messages, dropped;
    struct v_time last_at;
};

#define I struct inbox_row
static const struct field row_fields[] = {
    FIELD_TEXT(I, name, .flags = REQUIRED, .doc = "Its name"),
    FIELD_INT(I, messages, .flags = REQUIRED, .doc = "How many it holds"),
    FIELD_INT(I, dropped, .flags = REQUIRED, .doc = "How many went for want of room"),
    FIELD_TIME(I, last_at, .doc = "When the newest came"),
};
#undef I
const struct spec inbox_row = SPEC(struct inbox_row, "InboxRow", row_fields);

const void *inbox_rows(const struct space *space, struct arena *arena, size_t *ret_n)
{
    const struct inbox_line *lines = inboxes_list(space_inboxes(space), arena, ret_n);
    struct inbox_row *rows = ARENA_ARRAY(arena, *ret_n, struct inbox_row);
    for (size_t i = 0; i < *ret_n; i++)
        rows[i] = (struct inbox_row){
            .name = SET_TEXT(lines[i].name),
            .messages = SET_INT((int64_t)lines[i].total),
            .dropped = SET_INT((int64_t)lines[i].dropped),
            .last_at = { lines[i].last_at ? VALUE_SET : VALUE_ABSENT, lines[i].last_at },
        };
    return rows;
}

void console_put_inbox(struct console *c, struct text name)
{
    struct request *rq = c->rq;
    const struct inbox_view view = inboxes_read(space_inboxes(rq->home), rq->arena, name, CONSOLE_PAGE);
    struct template_values *items = ARENA_ARRAY(rq->arena, view.n, struct template_values);
    for (size_t i = 0; i < view.n; i++) {
        const struct inbox_message *message = &view.messages[view.n - 1 - i];
        struct shown shown = shown_new(rq, SHOW_JSON);
        struct template_value *v = ARENA_ARRAY(rq->arena, 5, struct template_value);
        show_one(rq, &shown, message);
        v[0] = value_of("message", show_indented(rq->arena, shown_first(&shown)));
        v[1] = value_of("at", time_text(rq->arena, message->at));
        v[2] = value_of("is_signed", message->signature == INBOX_TRUE ? T("true") : T(""));
        v[3] = value_of("is_forged", message->signature == INBOX_FALSE ? T("true") : T(""));
        v[4] = (struct template_value){ .name = NULL };
        items[i] = (struct template_values){ v };
    }
    console_put(c, list_of("inbox_messages", items, view.n));
}
