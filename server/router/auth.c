#include "router/auth.h"

#include "base/kept.h"
#include "cli/config.h"
#include "request/server.h"
#include "space/directory.h"
#include "store/query.h"

#include <string.h>

static enum role role_of(struct text name)
{
    const int i = text_index(name, role_names);
    return i < 0 ? ROLE_OWNER : (enum role)i;
}

/* Columns: team, person, revoked, role, sharing, e-mail. */
static bool read_identity(struct query *q, struct request *rq, bool *ret_revoked)
{
    struct identity *ret = &rq->who;
    if (!query_row(q))
        return false;
    rq->caller = text_copy(rq->arena, col_text(q, 5));
    ret->team_id = col_uuid(q, 0);
    ret->user_id = col_uuid(q, 1);
    *ret_revoked = col_int(q, 2) != 0;
    ret->role = role_of(col_text(q, 3));
    ret->sharing = col_int(q, 4) != 0;
    return true;
}

/* Clients send the same key again and again: the last one's hash is at hand. */
static struct secret_hash hash_of(struct request *rq, struct text token)
{
    static _Thread_local struct {
        struct secret_key key;
        size_t n;
        char token[128];
        struct secret_hash hash;
    } last;
    const struct secret_key *key = store_key_of(rq->db);
    if (token.n == last.n && memcmp(token.p, last.token, token.n) == 0 && memcmp(key, &last.key, sizeof *key) == 0)
        return last.hash;
    const struct secret_hash hash = secret_hash(key, secret_of(token));
    if (token.n > sizeof last.token)
        return hash;
    last.key = *key;
    last.n = token.n;
    memcpy(last.token, token.p, token.n);
    last.hash = hash;
    return hash;
}

enum err take_key(struct request *rq, struct text *ret_token)
{
    const enum err err = bearer_token(rq, ret_token);
    if (err == OK)
        rq->who.key = hash_of(rq, *ret_token);
    return err;
}

/* What this thread has found lately. It holds for as long as the store's identities and the space's settings stay the
 * same: looking a key up again would be a third of the work of a small request. */
static _Thread_local struct known {
    const struct server *server;
    uint64_t identities, settings;
    int64_t space;
    struct identity who;
    size_t caller_size;
    char caller[128];
} known[16];

static struct known *known_place(const struct request *rq)
{
    return &known[rq->who.key.b[0] % (sizeof known / sizeof known[0])];
}

static bool recall(struct request *rq)
{
    const struct known *k = known_place(rq);
    if (k->server != rq->server || k->identities != rq->identities || k->space != rq->space ||
        k->settings != settings_number(rq->settings) || !secret_hash_eq(&k->who.key, &rq->who.key))
        return false;
    rq->who = k->who;
    rq->caller = text_copy(rq->arena, (struct text){ k->caller, k->caller_size });
    return true;
}

/* Only what was read while the identities stood still. */
static void remember(const struct request *rq)
{
    struct known *k = known_place(rq);
    if (rq->identities % 2 || store_identities_of(rq->db) != rq->identities || rq->caller.n > sizeof k->caller)
        return;
    *k = (struct known){ rq->server, rq->identities, settings_number(rq->settings), rq->space, rq->who,
                         .caller_size = rq->caller.n };
    memcpy(k->caller, rq->caller.p, rq->caller.n);
}

/* The key that making the space answered acts as the default owner. */
static bool is_key_of_space(struct request *rq, struct text token)
{
    bool old;
    struct space *space = spaces_of_key(rq->server->spaces, secret_of(token), &old);
    const bool mine = space && space == rq->home;
    rq->has_old_key |= mine && old;
    space_release(space);
    return mine;
}

static bool find_kept(struct request *rq, const struct secret_hash *hash, enum kept_kind kind, bool *ret_revoked)
{
    QUERY q = query_with(rq->db, SQL_KEY_GET, WITH(hash, (int)kind));
    return read_identity(&q, rq, ret_revoked);
}

static bool find_key(struct request *rq, struct text token, bool *ret_revoked)
{
    const struct kept kept = kept_key(secret_of(token));
    if (find_kept(rq, &kept.hash, KEPT_KEY, ret_revoked))
        return true;
    if (find_kept(rq, &rq->who.key, KEPT_FILE, ret_revoked)) {
        rq->has_old_key = true;
        return true;
    }
    const bool any = rq->config->any_key && text_starts(token, T("dv_")) && token.n > 3;
    if (!any && !is_key_of_space(rq, token))
        return false;
    QUERY owner = query(rq->db, SQL_KEY_ANY);
    return read_identity(&owner, rq, ret_revoked);
}

enum err authenticate(struct request *rq)
{
    struct text token;
    bool revoked = false;
    const enum err err = take_key(rq, &token);
    if (err != OK)
        return err;
    if (recall(rq))
        return OK;
    if (!find_key(rq, token, &revoked))
        return ERR_UNKNOWN_KEY;
    if (!revoked)
        remember(rq);
    return revoked ? ERR_REVOKED_KEY : OK;
}

/* ---- keys that an older version kept ---------------------------------------------------------------------- */

static void renew_row(struct request *rq, struct secret key)
{
    const struct kept old = kept_file(store_key(rq->server->store), key), kept = kept_key(key);
    char why[256];
    struct db *db = store_db(rq->server->store, why, sizeof why);
    if (!db)
        return;
    db_use_space(db, rq->space);
    db_wait_since(db, 1); /* not worth waiting for: it is tried again with the next request */
    if (!tx_begin(db, TX_WRITE))
        return;
    query_change(db, SQL_KEY_RENEW, WITH(&old.hash, &kept.hash));
    tx_commit(db);
}

void renew_key(struct request *rq)
{
    struct text token;
    if (!rq->has_old_key || bearer_token(rq, &token) != OK)
        return;
    renew_row(rq, secret_of(token));
    if (rq->server->spaces)
        spaces_renew_key(rq->server->spaces, secret_of(token));
}

/* ---- this process itself ------------------------------------------------------------------------------------- */

/* All of the token is compared: the time tells nothing of where they differ. */
static bool is_own_token(const struct request *rq, struct text token)
{
    const struct text ours = text_of(rq->server->token);
    unsigned differ = 0;
    if (!ours.n || token.n != ours.n)
        return false;
    for (size_t i = 0; i < ours.n; i++)
        differ |= (unsigned char)(token.p[i] ^ ours.p[i]);
    return !differ;
}

/* The token of this process's own calls is nobody's to see: whoever had it could pass for it. */
void take_origin(struct request *rq)
{
    if (!is_own_token(rq, request_header(rq, T("x-mock-token"))))
        return;
    rq->origin = ORIGIN_SELF;
    for (size_t i = 0; i < rq->header_count; i++)
        if (text_eq_nocase(rq->headers[i].name, T("x-mock-token")))
            rq->headers[i--] = rq->headers[--rq->header_count];
}
