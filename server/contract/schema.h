/* JSON schemas and examples of specs, for document.c. */
#ifndef DUVO_CONTRACT_SCHEMA_H
#define DUVO_CONTRACT_SCHEMA_H

#include "base/json.h"
#include "spec/spec.h"

enum { SCHEMAS_MAX = 400 };

/* The schemas that a document needs: noted while its paths are written, written at its end. */
struct schemas {
    struct arena *arena;
    const char *home; /* what the definitions' names follow in a $ref; NULL: #/components/schemas/ */
    bool closed;      /* objects have the members named and "_comment", no others: those of a fixture document */
    bool both; /* the document covers both versions of the API, whose schemas then need names of their own */
    size_t n;
    struct schema_use {
        const struct spec *spec;
        unsigned version;
        bool reply; /* replies are closed objects; requests ignore what they do not know */
    } v[SCHEMAS_MAX];
};

/* Notes that the document needs the spec's schema. */
void schema_note(struct schemas *schemas, const struct spec *spec, unsigned version, bool reply);
/* `{"$ref": …}` to the spec's schema, which is noted. */
void schema_ref(struct json *j, struct schemas *schemas, const struct spec *spec, unsigned version, bool reply);
/* The schema of one field, without its name. */
void schema_field(struct json *j, struct schemas *schemas, const struct field *f, unsigned version, bool reply);
/* `"Name": {…}` for every spec that was noted. */
void schema_definitions(struct json *j, struct schemas *schemas);
/* `"_comment": {…}`, the member that documents for people may have. */
void schema_comment(struct json *j);
/* A value that fits the field. */
void schema_sample(struct json *j, const struct field *f, unsigned version, bool reply);
/* A value that fits the spec, without the optional members that have no example of their own, as long as any member is
 * left: what a reader begins with. */
void schema_example_short(struct json *j, const struct spec *spec, unsigned version);
/* A value that fits the spec. */
void schema_example(struct json *j, const struct spec *spec, unsigned version, bool reply);

#endif
