#include "space/ids.h"

#include "base/hex.h"
#include "base/random.h"
#include "space/space.h"
#include "store/query.h"

enum { TOKEN_BYTES = 2 * sizeof(struct uuid) };

static bool is_seeded(const struct request *rq)
{
    return rq->settings && rq->settings->has_seed;
}

static int64_t next_count(struct request *rq, const char *kind)
{
    return query_number(rq->db, SQL_ID_COUNT, WITH(text_of(kind)));
}

static struct uuid seeded(struct request *rq, const char *kind, int64_t n, const char *part)
{
    const struct text name = text_format(rq->arena, "%lld %lld%s", (long long)rq->settings->seed, (long long)n, part);
    return uuid_of_name(text_of(kind), name);
}

/* Fixtures, an export of a space with the same seed above all, may hold ids that the seed would give again. */
static bool is_taken(struct request *rq, const struct uuid *id)
{
    return query_finds(rq->db, SQL_ID_TAKEN, WITH(id));
}

struct uuid id_new(struct request *rq, const char *kind)
{
    struct uuid id;
    if (!is_seeded(rq))
        return random_uuid();
    do
        id = seeded(rq, kind, next_count(rq, kind), "");
    while (is_taken(rq, &id));
    return id;
}

struct text token_new(struct request *rq, const char *kind)
{
    if (!is_seeded(rq))
        return random_text(rq->arena, TOKEN_BYTES);
    const int64_t n = next_count(rq, kind);
    const struct uuid halves[] = { seeded(rq, kind, n, " a"), seeded(rq, kind, n, " b") };
    return base64url_encode(rq->arena, halves, TOKEN_BYTES);
}

struct secret_hash token_hash(const struct db *db, struct text token)
{
    return secret_hash(store_key_of(db), secret_of(token));
}
