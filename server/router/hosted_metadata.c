#include "router/hosted_metadata.h"

#include "api/handlers.h"
#include "base/json.h"
#include "mcp/server/preset.h"
#include "request/route.h"
#include "space/links.h"

#include <string.h>

#define RESOURCE_PLACE "/.well-known/oauth-protected-resource"

/* Of the version that the path names, or of the newest. An API key is all that it takes: no authorization server is
 * named. */
enum err hosted_metadata(struct request *rq, struct reply *rp)
{
    const struct text path = text_from(text_of(rq->route->path), strlen(RESOURCE_PLACE));
    const struct text header = T("header");
    struct text base;
    const enum err err = links_asked(rq, &base);
    if (err != OK)
        return err;
    struct json j = jw_new(&rp->body);
    jw_object(&j);
    jw_put_text(&j, T("resource"), text_format(rq->arena, "%.*s%s", TEXT_ARG(base), path.n ? path.p : "/v2/mcp"));
    jw_put_text(&j, T("resource_name"), text_of(preset_hosted.title));
    jw_put_texts(&j, T("bearer_methods_supported"), &header, 1);
    jw_object_end(&j);
    return OK;
}

void hosted_challenge(struct request *rq)
{
    const struct text sent = request_header(rq, T("authorization"));
    struct text base;
    if (links_asked(rq, &base) != OK)
        return;
    const struct text value = text_format(rq->arena, "Bearer resource_metadata=\"%.*s" RESOURCE_PLACE "%s\"%s",
                                          TEXT_ARG(base), rq->route->path,
                                          sent.p ? ", error=\"invalid_token\"" : "");
    reply_header(&rq->reply, "www-authenticate", value.p);
}
