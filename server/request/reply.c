#include "request/reply.h"

#include "base/json.h"
#include "base/memory.h"
#include "spec/write.h"

#include <string.h>

const char *reply_error_name(const struct reply *rp, unsigned status)
{
    return rp->names_ids ? status_id(status) : status_phrase(status);
}

void reply_error(struct reply *rp, enum err err, struct text message)
{
    reply_error_with(rp, err, message, (struct reply_details){ .spec = NULL });
}

/* The API's envelope, and the framework's for what the API itself never sees (duvo-api.md 3.1). */
void reply_error_with(struct reply *rp, enum err err, struct text message, struct reply_details details)
{
    const struct error_kind *kind = error_kind(err);
    const struct text text = message.p ? message : text_of(kind->message);
    const struct text phrase = text_of(reply_error_name(rp, kind->status));
    rp->status = kind->status;
    rp->object = NULL;
    rp->raw = (struct text){ NULL, 0 };
    rp->content_type = "application/json; charset=utf-8";
    rp->body.n = 0;
    rp->body.full = false; /* what did not fit is gone */
    rp->header_count = 0;
    struct json j = jw_new(&rp->body);
    jw_object(&j);
    if (kind->code)
        jw_put_int(&j, T("statusCode"), kind->status);
    if (kind->code && strcmp(kind->code, "-") != 0)
        jw_put_text(&j, T("code"), text_of(kind->code));
    const bool is_sentence = details.spec ? !spec_find_field(details.spec, 0, T("message"))
                                          : rp->sentences && !kind->code;
    jw_put_text(&j, T("error"), is_sentence ? text : phrase);
    if (!is_sentence)
        jw_put_text(&j, T("message"), text);
    if (details.spec)
        spec_write_members(&j, details.spec, 0, details.object);
    jw_object_end(&j);
}

static void put_header(struct reply *rp, struct text name, struct text value)
{
    if (rp->header_count == REPLY_HEADERS)
        die("a reply with more headers than REPLY_HEADERS");
    rp->headers[rp->header_count++] = (struct pair){ name, value };
}

void reply_header(struct reply *rp, const char *name, const char *value)
{
    put_header(rp, text_of(name), text_of(value));
}

void reply_offer_header(struct reply *rp, struct text name, struct text value)
{
    if (!header_find(rp->headers, rp->header_count, name).p)
        put_header(rp, name, value);
}

struct text reply_bytes(const struct reply *rp)
{
    return rp->raw.p ? rp->raw : buf_text(&rp->body);
}
