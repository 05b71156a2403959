/* Fixture sets: documents that are loaded together, and what is wrong with them. Shared by the files that read, check
 * and load them; everybody else uses fixtures.h. */
#ifndef DUVO_FIXTURE_SET_H
#define DUVO_FIXTURE_SET_H

#include "fixture_specs.h"
#include "fixtures.h"

struct fixture_source {
    const char *name; /* as errors call it */
    bool is_catalog;  /* the built-in one: what others say goes before it */
    bool is_built_in;
    bool lost_catalog; /* it counts on integrations that another document has replaced */
    struct document document;
};

struct fixture_set {
    const char *root; /* of a request's: what its paths begin with */
    size_t n;
    struct fixture_source v[CONFIG_LIST_MAX * 4];
};

/* A line for each error: the document's name, `between`, and the path in it with what is wrong there. */
struct fixture_errors {
    struct arena *arena;
    const char *between;
    struct buf lines;
};

struct fixture_errors fixture_errors_new(struct arena *arena, const char *between);
void fixture_wrong(struct fixture_errors *errors, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The rows of one section. */
static inline const struct v_rows *fixture_rows_of(const struct document *document, enum section section)
{
    return field_in(&fixture_document.fields[section], document);
}

static inline const void *fixture_row_at(enum section section, const struct v_rows *rows, size_t i)
{
    return (const char *)rows->v + i * fixture_document.fields[section].sub->size;
}

#endif
