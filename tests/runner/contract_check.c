/* The judging half of contract.h. */
#include "contract.h"

#include "schema.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static json_t *dereferenced(json_t *root, json_t *node)
{
    for (int i = 0; i < 8; i++) {
        const char *ref = json_string_value(json_object_get(node, "$ref"));
        if (ref == NULL)
            return node;
        node = schema_resolve(root, ref);
    }
    return NULL;
}

static json_t *response_find(const struct contract *c, const struct operation *op, int status)
{
    char exact[16], range[16];
    snprintf(exact, sizeof exact, "%d", status);
    snprintf(range, sizeof range, "%dXX", status / 100);
    const char *const keys[] = { exact, range, "default" };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        json_t *response = json_object_get(op->responses, keys[i]);
        if (response != NULL)
            return dereferenced(c->root, response);
    }
    return NULL;
}

static bool type_is_json(const char *type, size_t len)
{
    return (len == 16 && strncasecmp(type, "application/json", len) == 0) ||
           (len > 5 && strncasecmp(type + len - 5, "+json", 5) == 0);
}

/* Types are compared without their parameters; the document may say type/star or star/star. */
static bool type_matches(const char *described, const char *type, size_t len)
{
    size_t known = strcspn(described, "; ");
    if (known >= 2 && strncmp(described + known - 2, "/*", 2) == 0)
        return strncmp(described, "*/*", 3) == 0 ||
               (len >= known && strncasecmp(described, type, known - 1) == 0);
    return known == len && strncasecmp(described, type, len) == 0;
}

static json_t *media_find(json_t *content, const char *type)
{
    const char *described;
    json_t *media;
    json_object_foreach (content, described, media)
        if (type_matches(described, type, strcspn(type, "; ")))
            return media;
    return NULL;
}

static bool body_check(const struct contract *c, json_t *schema, const struct http_reply *reply,
                       const char *type, struct text *problems)
{
    json_error_t error;
    bool is_json = type_is_json(type, strcspn(type, "; "));
    json_t *body = is_json ? json_loadb(text_str(&reply->body), reply->body.len,
                                        JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error)
                           : json_stringn(text_str(&reply->body), reply->body.len);
    if (body == NULL) {
        text_addf(problems, "the body is not %s\n", is_json ? error.text : "UTF-8 text");
        return false;
    }
    bool ok = schema == NULL || schema_valid(c->root, schema, body, problems);
    json_decref(body);
    return ok;
}

static bool content_check(const struct contract *c, json_t *content, bool head,
                          const struct http_reply *reply, struct text *problems)
{
    const char *type = http_reply_field(reply, "content-type");
    if (json_object_size(content) == 0) {
        if (reply->body.len > 0)
            text_addf(problems, "status %d is described without a body\n", reply->status);
        return reply->body.len == 0;
    }
    json_t *media = type == NULL ? NULL : media_find(content, type);
    if (media == NULL) {
        text_addf(problems, "content-type %s is not described for status %d\n",
                  type == NULL ? "(none)" : type, reply->status);
        return false;
    }
    return head || body_check(c, json_object_get(media, "schema"), reply, type, problems);
}

/* A path that nobody described must be answered as such. */
static bool unknown_route_check(const struct contract *c, bool head, const struct http_reply *reply,
                                struct text *problems)
{
    json_t *schema = schema_resolve(c->root, "#/components/schemas/FrameworkError");
    if (reply->status < 400) {
        text_addf(problems, "no operation is described for this request, but the status is %d\n",
                  reply->status);
        return false;
    }
    if (reply->status != 404 || head)
        return true;
    if (schema == NULL) {
        text_add_str(problems, "components/schemas/FrameworkError is not described\n");
        return false;
    }
    return body_check(c, schema, reply, "application/json", problems);
}

bool contract_check(const struct contract *c, const struct operation *op, const char *method,
                    const struct http_reply *reply, struct text *ret_problems)
{
    bool head = strcmp(method, "HEAD") == 0;
    if (op == NULL)
        return unknown_route_check(c, head, reply, ret_problems);
    json_t *response = response_find(c, op, reply->status);
    if (response == NULL) {
        text_addf(ret_problems, "status %d is not described\n", reply->status);
        return false;
    }
    return content_check(c, json_object_get(response, "content"), head, reply, ret_problems);
}
