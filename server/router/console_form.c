/* A form of the console as a browser without scripts sends it: the call that it stands for is run as its script would
 * have sent it, and the browser goes back to the tab, which tells what came of it. */
#include "api/handlers.h"
#include "base/limit.h"
#include "base/text.h"
#include "control/console_kind.h"
#include "control/guard.h"
#include "control/told.h"
#include "pages/page.h"
#include "router/access_log.h"
#include "router/form_call.h"
#include "router/router.h"
#include "spec/lookup.h"

#include <string.h>

/* ---- what is sent ---------------------------------------------------------------------------------------- */

/* For the contract: the fields are read as they come (router/form_call.h). */
struct console_form {
    struct v_text call, first, makes, key;
    struct v_map others;
};

#define F struct console_form
static const struct field form_fields[] = {
    FIELD_AT(F, call, "~call", struct v_text, KIND_TEXT, .flags = REQUIRED, .example = "\"PUT /_mock/clock\"",
             .doc = "Method and path of the call, below the space; {name} in it is the field :name"),
    FIELD_AT(F, first, "~first", struct v_text, KIND_TEXT, .doc = "A call without a body that is made before it"),
    FIELD_AT(F, makes, "~makes", struct v_text, KIND_TEXT,
             .doc = "The list of the row that it makes, which is then shown"),
    FIELD_TEXT(F, key, .doc = "API key, where the operation wants one; else that of the fixtures' owner"),
};
#undef F
const struct spec console_form_spec =
    SPEC_WITH(struct console_form, "ConsoleForm", form_fields, .media = "application/x-www-form-urlencoded",
              .raw = true, .open = true, .extra = offsetof(struct console_form, others));

struct sent {
    struct form_fields fields;
    struct form_call form;
    struct request *ran[2]; /* NULL: not yet */
    size_t done;
};

/* Streams go on without an end, and a form in a form has none. */
static bool can_be_told(const struct route *route)
{
    const char *media = route && route->out ? route->out->media : NULL;
    return !route || !(route->also & E_MCP || route->body == &console_form_spec ||
                       (media && strcmp(media, "text/event-stream") == 0));
}

static enum err check_form(struct request *rq, struct sent *sent)
{
    enum err err = guard_check_form(rq);
    if (err == OK && !text_eq_nocase(request_media(rq), text_of(console_form_spec.media)))
        return ERR_MEDIA_TYPE;
    if (err == OK)
        err = form_read(rq, &sent->fields);
    if (err == OK)
        err = form_call_of(rq, &sent->fields, &sent->form);
    for (size_t i = 0; err == OK && i < sent->form.n; i++)
        if (!can_be_told(sent->form.routes[i]))
            sent->form.wrong = T("What this call answers is no text that ends: send it with curl");
    return err;
}

/* ---- what came of it ------------------------------------------------------------------------------------- */

static struct text string_at(struct arena *arena, struct text json, struct text pointer)
{
    struct text value;
    return spec_json_at(arena, json, pointer, &value) ? spec_json_string(arena, value) : T("");
}

/* As the console's script says it, which tells a key that was made. What a message repeats of the call may be a secret
 * of its URL. */
static struct text outcome_of(const struct request *rq, const struct request *ran)
{
    struct arena *arena = rq->arena;
    const struct redactor redactor = { store_key(rq->server->store) };
    const unsigned status = request_status(ran);
    const struct text answer = request_leaving(ran);
    const struct text key = string_at(arena, answer, T("/key")), message = string_at(arena, answer, T("/message"));
    if (!status)
        return text_format(arena, "The mock does not answer: a fault broke the connection (%s)", request_broken(ran));
    if (status >= 400)
        return text_format(arena, "%u %.*s", status,
                           TEXT_ARG(redact_text(&redactor, arena,
                                                message.n ? message : string_at(arena, answer, T("/error")))));
    return status == 201 && key.n
               ? text_format(arena, "%u done: %.*s is the key, which is not shown again", status, TEXT_ARG(key))
               : text_format(arena, "%u done", status);
}

/* What was typed may be in the reply as well, a secret too: it is shown as the journal shows it. Of JSON that is cut
 * nobody can tell what in it is secret; what is another text is told to people alone. */
static struct text masked(const struct request *rq, const struct request *ran, struct text answer)
{
    const struct redactor redactor = { store_key(rq->server->store) };
    const bool success = ran->route && request_status(ran) == ran->route->success;
    struct buf b = buf_new(rq->arena, LIMIT_REPLY);
    if (spec_json_redact(&b, success ? ran->route->out : NULL, answer, &redactor))
        return buf_text(&b);
    return !ran->reply.content_type || text_starts(text_of(ran->reply.content_type), T("application/json"))
               ? text_format(rq->arena, "[%zu bytes that are no JSON]", answer.n)
               : redact_text(&redactor, rq->arena, answer);
}

/* Of what leaves: a fault may have cut it, or kept it back. Masks may make it longer. */
static struct text answer_of(const struct request *rq, const struct request *ran)
{
    const struct text answer = request_leaving(ran);
    if (!answer.n || !text_is_utf8(answer))
        return T("");
    if (answer.n <= LIMIT_TOLD_ANSWER) {
        const struct text shown = masked(rq, ran, answer);
        if (shown.n <= LIMIT_TOLD_ANSWER)
            return shown;
    }
    return text_format(rq->arena, "[%zu bytes]", answer.n);
}

/* The id of what was made, also where the reply calls it `…_id` or has it one level below. */
struct id_search {
    struct arena *arena;
    struct text own, named, below;
};

static void see_member(void *cls, struct text name, struct text value)
{
    struct id_search *s = cls;
    if (text_eq(name, T("id")))
        s->own = spec_json_string(s->arena, value);
    else if (text_ends(name, T("_id")) && !s->named.n)
        s->named = spec_json_string(s->arena, value);
    else if (!s->below.n)
        s->below = string_at(s->arena, value, T("/id"));
}

static struct text id_in(struct arena *arena, struct text answer)
{
    struct id_search s = { .arena = arena };
    spec_json_members(arena, answer, see_member, &s);
    const struct text id = s.own.n ? s.own : s.named.n ? s.named : s.below;
    return id.n <= LIMIT_SLUG ? id : T("");
}

/* The tab that the form is on and, of a row that was made, that row. */
static struct console_link way_back(const struct request *rq, const struct sent *sent, const struct request *made)
{
    const struct console_query *in = rq->query;
    const struct list_kind *kind = kind_of_list(form_value(&sent->fields, T("~makes")));
    const struct text id = made && kind ? id_in(rq->arena, request_leaving(made)) : T("");
    struct console_link link = { .tab = console_tab_of(in), .list = text_cstr(rq->arena, in->list.v), .q = in->q.v,
                                 .before = in->before.v, .id = in->id.v, .hides_own = in->own.v };
    if (id.n)
        link = (struct console_link){ .tab = link.tab, .list = kind->name, .id = id };
    return link;
}

static enum err go_back(struct request *rq, const struct sent *sent, const struct request *ran)
{
    const bool failed = sent->form.wrong.p || !request_status(ran) || request_status(ran) >= 400;
    struct told told = { .failed = failed };
    if (sent->form.wrong.p)
        told.text = sent->form.wrong;
    else
        told = (struct told){ outcome_of(rq, ran), answer_of(rq, ran), failed };
    struct console_link link = way_back(rq, sent, failed ? NULL : ran);
    link.told = told_keep(rq, &told);
    page_redirect(rq, console_href(rq->arena, link));
    return OK;
}

/* ---- running it ------------------------------------------------------------------------------------------ */

static enum err answer_form(struct request *rq, struct reply *rp)
{
    const struct sent *sent = rq->job;
    (void)rp;
    for (size_t i = 0; i < sent->done; i++)
        rq->disturbance.delay_us += sent->ran[i]->disturbance.delay_us;
    return go_back(rq, sent, sent->ran[sent->done - 1]);
}

/* One after the other: the first that is refused is the last. */
static bool run_form(struct request *rq)
{
    struct sent *sent = rq->job;
    bool refused = false;
    while (sent->done < sent->form.n && !refused) {
        struct request **ran = &sent->ran[sent->done];
        if (!*ran)
            *ran = call_begin(rq, &sent->form.calls[sent->done]);
        if (!*ran) {
            rq->outcome = ERR_NO_MEMORY;
            rq->way = WAY_DONE;
            return true;
        }
        if (!router_finish(*ran, rq->waiter))
            return false;
        sent->done++;
        log_request(*ran);
        refused = !request_status(*ran) || request_status(*ran) >= 400;
    }
    return true;
}

enum err console_send(struct request *rq, struct reply *rp)
{
    struct sent *sent = REQUEST_NEW(rq, struct sent);
    (void)rp;
    const enum err err = check_form(rq, sent);
    if (err != OK)
        return err;
    rq->job = sent;
    return sent->form.wrong.p ? go_back(rq, sent, NULL) : request_on_calls(rq, run_form, answer_form);
}
