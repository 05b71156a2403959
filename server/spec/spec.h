/* Specs: one table per kind of object says everything about it: JSON member, C member, SQL column, rule, documentation.
 *
 * The same table parses a request (spec_parse_*), writes a reply (spec/write.h), reads and binds a stored row
 * (store/query.h), and prints the schema in the contract document (contract/schema.c). What no table names does not
 * exist for a handler.
 *
 * A table is `static const`. Its entries are made by the macros below, which check at compile time that the C member
 * has the type that the entry's kind stores. Every member is a `v_…` value that knows whether it is absent, null or
 * set.
 *
 * Parsing collects every problem with its path, in table order, in the words of the real API's validation library
 * (duvo-mock answers what Zod 4 behind Fastify answers). */
#ifndef DUVO_SPEC_SPEC_H
#define DUVO_SPEC_SPEC_H

#include "base/buf.h"
#include "base/pair.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/uuid.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum value_state { VALUE_ABSENT, VALUE_NULL, VALUE_SET };

struct v_text { enum value_state is; struct text v; };
struct v_secret { enum value_state is; struct secret v; };
struct v_uuid { enum value_state is; struct uuid v; };
struct v_time { enum value_state is; int64_t v; }; /* milliseconds since 1970 */
struct v_int { enum value_state is; int64_t v; };
struct v_bool { enum value_state is; bool v; };
struct v_enum { enum value_state is; int v; }; /* index into the field's `names` */
struct v_json { enum value_state is; struct text v; }; /* any JSON value, as text */
struct v_texts { enum value_state is; size_t n; struct text *v; };
struct v_uuids { enum value_state is; size_t n; struct uuid *v; };

struct secret_pair { struct text name; struct secret value; };
struct v_map { enum value_state is; size_t n; struct pair *v; };
struct v_secrets { enum value_state is; size_t n; struct secret_pair *v; };

/* Objects of one spec, one after the other. `given`, of those that were parsed: for each which of its fields were
 * there, the first as the lowest bit; the others are absent or have their fallback. `write`, of those of a reply that
 * are no structs: appends all of them as items of an array that is begun, from what `v` is. */
struct json;
struct v_rows {
    enum value_state is;
    size_t n;
    const void *v;
    const uint64_t *given;
    void (*write)(struct json *j, unsigned version, const void *v);
};

/* A set of rows, by its name or as an object. */
struct set { struct text name; const void *object; };
struct v_sets { enum value_state is; bool several; size_t n; const struct set *v; };

static inline bool v_text_eq(struct v_text value, struct text expected)
{
    return value.is == VALUE_SET && text_eq(value.v, expected);
}

#define SET_TEXT(t) ((struct v_text){ VALUE_SET, (t) })
#define SET_UUID(id) ((struct v_uuid){ VALUE_SET, (id) })
#define SET_INT(i) ((struct v_int){ VALUE_SET, (i) })
#define SET_BOOL(b) ((struct v_bool){ VALUE_SET, (b) })
#define SET_TIME(ms) ((struct v_time){ VALUE_SET, (ms) })
#define SET_ROWS(count, rows) ((struct v_rows){ VALUE_SET, (count), (rows), NULL, NULL })

enum field_kind {
    KIND_TEXT,    /* string; min and max count UTF-16 units */
    KIND_URL,     /* absolute http(s) URI with a host, taken as uri_to_ascii has it */
    KIND_SECRET,  /* string that is never kept readable, never written */
    KIND_UUID,
    KIND_TIME,
    KIND_INT,     /* min and max are values */
    KIND_BOOL,
    KIND_ENUM,    /* string out of `names` */
    KIND_JSON,    /* anything; with `sub` an object that it judges, with `items` a string, or an array of objects that
                   * it judges. Kept as it is but for defaults; max counts bytes */
    KIND_TEXTS,   /* array of strings; min and max count items, value_min and value_max the UTF-16 units of one */
    KIND_UUIDS,   /* array of UUIDs; min and max count items */
    KIND_MAP,     /* object of strings; min and max count members, value_min and value_max the units of a value */
    KIND_SECRETS, /* the same with secret values */
    KIND_OBJECT,  /* nested object of `sub`, whose struct begins with an enum value_state */
    KIND_ROWS,    /* array of objects of `sub` */
    KIND_SETS,    /* one of `names`, an object of `sub`, or an array of such; min and max count its items */
    KIND_COUNT
};

enum field_flag {
    REQUIRED = 1,   /* in a request: must be there. In a reply: always there */
    NULLABLE = 2,   /* null is allowed; a stored NULL is written as null rather than left out */
    ONLY_V1 = 4,    /* does not exist in /v2 */
    ONLY_V2 = 8,    /* does not exist in /v1 */
    DERIVED = 16,   /* its column is an expression: read, never bound */
    CASE_KEYS = 32, /* a map's names must differ by more than the case of letters */
    STRICT_V1 = 64, /* a UUID that under /v1 has to be one of RFC 9562: of a known version and variant, nil or max */
    MAYBE_URL = 128, /* a text that is taken as a URL is: in ASCII (uri_to_ascii) */
    FIXED = 512,    /* its column stays as it was inserted: no update of the row writes it */
    GROWING = 256,  /* an enumeration that lists what there was once: with `any_word`, other words are as good */
    OR_BOOLEAN = 512, /* of the words "true" and "false" in a query: the contract takes booleans for them, too */
    LINK = 1024,      /* a URL that a person is to follow: the journal shows it as it is, whatever is in it */
};

struct field {
    const char *name;
    struct text key; /* the name as it stands in JSON, quoted and with its colon */
    const char *doc;
    const char *example;  /* JSON text, or NULL */
    const char *column;   /* SQL column or, when DERIVED, expression; NULL when the field is not stored */
    const char *fallback; /* JSON text of the value an absent member gets, or NULL */
    const struct spec *sub, *items;
    const char *const *names; /* ends with NULL */
    const char *alias;        /* of an enumeration: a lenient server takes it for names[alias_of] */
    int alias_of;
    /* Documented regular expression, for the contract only: of an array's items, of a map's names. */
    const char *pattern;
    /* Further rules: NULL when the value (a map's name, a map's value) is right, else what is wrong with it. */
    const char *(*check)(struct text value);
    const char *(*check_key)(struct text key);
    int64_t min, max; /* both 0: no bounds */
    int64_t key_max, value_min, value_max;
    size_t offset;
    enum field_kind kind;
    unsigned flags;
};

struct spec {
    const char *name; /* of the schema in the contract */
    const char *doc;
    const struct field *fields;
    size_t count;
    size_t size;               /* of the C struct */
    /* A rule between members, asked when each of them is right: NULL, or what is wrong with the one in *ret_path. */
    const char *(*check)(struct arena *arena, const void *object, struct text *ret_path);
    /* An object is one of these: the one whose first field, an enumeration of one, has its word. Ends with NULL. */
    const struct spec *const *variants;
    bool loose; /* members that no field names are as welcome as others */
    /* Members that no field names are kept in `extra`, and must be strings; of a query they are ignored. */
    bool open;
    size_t extra;              /* offset of a struct v_map, when open */
    size_t body_max;           /* bytes of a request's body; 0: LIMIT_BODY */
    bool optional;             /* a request without a body is as good as {} */
    bool bare;                 /* a reply's: its one field, an array, is all of it, without an object around */
    bool commented;            /* "_comment" is passed over at every depth, and "$schema" beside its fields */
    bool raw;                  /* the handler reads the body itself, and says in its own way what is wrong with it */
    /* Parameters of OAuth (RFC 6749 sections 3.1, 3.2): an empty one is an omitted one. Of one that is no list and is
     * sent more than once the first value counts, and its name is kept, for the endpoint to refuse in its own way. */
    bool oauth;
    size_t repeated;           /* offset of a struct v_texts for such names, when oauth */
    const char *media;         /* media type when it is not JSON: a form's in a request, a page's in a reply */
};

/* `at` is a member, also one of a struct in the struct: `latest.name`. `json` is its name, a string literal. */
#define FIELD_AT(S, at, json, type, k, ...) \
    { .name = (json), .key = { "\"" json "\":", sizeof json + 2 }, \
      .offset = _Generic(((S *)0)->at, type: offsetof(S, at)), .kind = (k), __VA_ARGS__ }
#define FIELD_OF(S, m, type, k, ...) FIELD_AT(S, m, #m, type, k, __VA_ARGS__)
#define FIELD_TEXT(S, m, ...) FIELD_OF(S, m, struct v_text, KIND_TEXT, __VA_ARGS__)
#define FIELD_URL(S, m, ...) FIELD_OF(S, m, struct v_text, KIND_URL, __VA_ARGS__)
#define FIELD_SECRET(S, m, ...) FIELD_OF(S, m, struct v_secret, KIND_SECRET, __VA_ARGS__)
#define FIELD_UUID(S, m, ...) FIELD_OF(S, m, struct v_uuid, KIND_UUID, __VA_ARGS__)
#define FIELD_TIME(S, m, ...) FIELD_OF(S, m, struct v_time, KIND_TIME, __VA_ARGS__)
#define FIELD_INT(S, m, ...) FIELD_OF(S, m, struct v_int, KIND_INT, __VA_ARGS__)
#define FIELD_BOOL(S, m, ...) FIELD_OF(S, m, struct v_bool, KIND_BOOL, __VA_ARGS__)
#define FIELD_ENUM(S, m, ...) FIELD_OF(S, m, struct v_enum, KIND_ENUM, __VA_ARGS__)
#define FIELD_JSON(S, m, ...) FIELD_OF(S, m, struct v_json, KIND_JSON, __VA_ARGS__)
#define FIELD_TEXTS(S, m, ...) FIELD_OF(S, m, struct v_texts, KIND_TEXTS, __VA_ARGS__)
#define FIELD_UUIDS(S, m, ...) FIELD_OF(S, m, struct v_uuids, KIND_UUIDS, __VA_ARGS__)
#define FIELD_MAP(S, m, ...) FIELD_OF(S, m, struct v_map, KIND_MAP, __VA_ARGS__)
#define FIELD_SECRETS(S, m, ...) FIELD_OF(S, m, struct v_secrets, KIND_SECRETS, __VA_ARGS__)
#define FIELD_ROWS(S, m, ...) FIELD_OF(S, m, struct v_rows, KIND_ROWS, __VA_ARGS__)
#define FIELD_SETS(S, m, ...) FIELD_OF(S, m, struct v_sets, KIND_SETS, __VA_ARGS__)
/* `type` is the nested struct. */
#define FIELD_OBJECT(S, m, type, ...) FIELD_OF(S, m, type, KIND_OBJECT, __VA_ARGS__)

/* The maximum of a string or an array that has a minimum and that only the size of the body bounds. */
#define NO_MAX INT64_MAX

#define SPEC(S, spec_name, table) SPEC_WITH(S, spec_name, table, .doc = NULL)
#define SPEC_WITH(S, spec_name, table, ...)                                                                            \
    { .name = (spec_name), .fields = (table), .count = sizeof(table) / sizeof (table)[0], .size = sizeof(S),   \
      __VA_ARGS__ }

/* Whether the field exists in that version of the API (1 or 2; 0 is neither: everything exists). */
static inline bool field_exists(const struct field *f, unsigned version)
{
    return !(version == 1 && (f->flags & ONLY_V2)) && !(version == 2 && (f->flags & ONLY_V1));
}

/* What was wrong with one request (or one fixture file). */
struct problems {
    struct arena *arena;
    struct buf messages; /* `body/name Too small: …, querystring/limit …` */
    unsigned count;
    struct buf unknown; /* names that no table knows: `body/foo, querystring/bar` */
    unsigned unknown_count;
    bool unknown_cut; /* there were more than are named */
    bool strict;   /* a name that no table knows is a problem */
    bool hints;    /* the nearest right word is named with a wrong one */
    bool aliases;  /* aliases of enumerations are taken */
    bool any_word; /* enumerations that grow take any word */
    bool duplicates; /* of a member that is repeated the last one counts */
    struct text separator; /* between messages */
};

struct problems problems_new(struct arena *arena, bool strict, struct text separator);
/* Adds one problem; `path` as in `body/headers/secret/A`. For rules that no table can say. */
void problem_add(struct problems *p, struct text path, const char *message);
/* All messages in one text; past LIMIT_PROBLEMS their number only. */
struct text problems_text(struct problems *p);

/* How reading a JSON text ended. JSON_TOO_LARGE: what stands in a text of LIMIT_LARGE_BODY or less takes more memory
 * than LIMIT_JSON_TREE. */
enum json_outcome { JSON_OK, JSON_MALFORMED, JSON_DUPLICATE_KEY, JSON_NUL, JSON_TOO_LARGE };

/* Parses `json` into *ret, a zeroed struct of spec->size bytes; problems are added under the path `root` ("body",
 * or nothing).
 * A missing body (json.p == NULL) is judged as the real API judges it. On anything but JSON_OK nothing was parsed and
 * *ret_line and *ret_column say where. Everything in *ret lives in p->arena. */
enum json_outcome spec_parse_json(const struct spec *spec, unsigned version, struct text root, struct text json,
                                  struct problems *p, void *ret, int *ret_line, int *ret_column);

/* Parses raw query text (after the `?`, still escaped). */
void spec_parse_query(const struct spec *spec, unsigned version, struct text query, struct problems *p, void *ret);

/* Stores one path parameter, already decoded. */
void spec_parse_param(const struct spec *spec, unsigned version, struct text name, struct text value,
                      struct problems *p, void *ret);

/* The field of that name in that version; NULL: there is none. */
const struct field *spec_find_field(const struct spec *spec, unsigned version, struct text name);

/* The member of the object that the field describes. */
static inline void *field_at(const struct field *f, void *object)
{
    return (char *)object + f->offset;
}

static inline const void *field_in(const struct field *f, const void *object)
{
    return (const char *)object + f->offset;
}

#endif
