/* Connections: the stored object, and who may see and change it. */
#ifndef DUVO_API_CONNECTIONS_H
#define DUVO_API_CONNECTIONS_H

#include "request/request.h"

/* The fields of duvo-api.md section 4, in the order of seed 001. */
struct connection {
    struct v_uuid id;
    struct v_text name, type, provider;
    struct v_uuid user_id; /* null: shared with the team */
    struct v_uuid team_id;
    struct v_text server_url;
    struct v_enum transport_type;
    struct v_text auth_method, composio_mcp_id;
    struct v_uuid custom_integration_id;
    struct v_text icon_url, oauth_provider, oauth_provider_key;
    struct v_texts oauth_scopes;
    struct v_bool has_headers, has_oauth_tokens;
    struct v_text integration_id;
    struct v_bool shared;
    struct v_uuid created_by;
    struct v_time broken_at;
    struct v_text broken_reason;
    struct v_time created_at, updated_at;
};

struct header_halves;
struct credentials;

struct connection_path {
    struct v_uuid connection_id;
};

extern const char *const auth_methods[]; /* url, apikey, headers, oauth; ends with NULL */
extern const char *const transport_types[];
enum { TRANSPORT_STDIO, TRANSPORT_SSE, TRANSPORT_HTTP }; /* in them */

/* The connection, when the caller may see it: OK, or ERR_CONNECTION_NOT_FOUND. */
enum err connection_get(struct request *rq, const struct uuid *id, struct connection *ret);
/* The same, when the caller may change it, too: OK, or the error that says why not. */
enum err connection_find_to_change(struct request *rq, const struct uuid *id, struct connection *ret);
/* A personal one of the caller, made now: all but name, type and provider is set. */
struct connection connection_new(struct request *rq);
/* Stores one after a new authorization: it has tokens and is no longer broken. */
void connection_renew(struct request *rq, struct connection *connection);
/* Stores all fields of one that is there. */
void connection_save(struct db *db, const struct connection *connection);
/* Stores a new one with its headers and gives it its place in the list; sets has_headers. False when its id is
 * taken, or its team is missing. */
bool connection_insert(struct db *db, struct connection *connection, const struct credentials *headers);
/* The same with headers as they were sent, and that as ERR_INTERNAL. */
enum err connection_store(struct request *rq, struct connection *connection, const struct header_halves *headers);

#endif
